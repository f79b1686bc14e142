package io.jasyncio.transport;

import io.jasyncio.runtime.transport.Race;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import kotlin.coroutines.Continuation;
import kotlin.jvm.functions.Function2;
import org.jspecify.annotations.Nullable;

/** A race, for tests in Kotlin: the real one is internal to a module of Kotlin, which hides it from them alone. */
public final class Racing {

    private final Race<Integer, Closeable> race;

    /** A race among so many addresses. */
    public Racing(
            int count, Duration delay, Function2<Integer, Continuation<? super Closeable>, @Nullable Object> connect) {
        this.race = new Race<>(IntStream.range(0, count).boxed().toList(), delay, connect);
    }

    /** As the machine code of Kotlin has it: the result, or the mark that it comes later. */
    public @Nullable Object begin(Continuation<? super @Nullable Closeable> continuation) {
        return race.run(continuation);
    }

    /** Why the attempts failed. */
    public List<String> failures() {
        return race.failures().stream()
                .map(failure -> Objects.requireNonNull(failure.getMessage()))
                .toList();
    }
}
