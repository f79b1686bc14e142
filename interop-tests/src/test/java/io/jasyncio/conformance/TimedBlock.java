package io.jasyncio.conformance;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.Timeout;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A block with a deadline that can be asked about it when it was left: Python's {@code async with timeout() as deadline}. */
final class TimedBlock {

    private @Nullable Timeout deadline;

    void run(int seconds, CoroutineAction body) throws Exception {
        Asyncio.timeout(Duration.ofSeconds(seconds), scope -> enter(scope, body));
    }

    void runUntil(OptionalLong whenNanos, CoroutineAction body) throws Exception {
        Asyncio.timeoutAt(whenNanos, scope -> enter(scope, body));
    }

    private Object enter(Timeout scope, CoroutineAction body) throws Exception {
        deadline = scope;
        body.run();
        return this;
    }

    Timeout deadline() {
        return Objects.requireNonNull(deadline, "the block was not entered");
    }
}
