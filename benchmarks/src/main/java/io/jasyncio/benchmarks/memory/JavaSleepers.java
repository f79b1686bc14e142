package io.jasyncio.benchmarks.memory;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;

import io.jasyncio.Asyncio;
import java.time.Duration;

/** Java's sleepers. None of them is kept by the program: the loop holds its tasks. */
final class JavaSleepers {

    private static final Duration LONG = Duration.ofHours(1);

    private JavaSleepers() {}

    /** {@code createTask(() -> await(sleep(..)))}. */
    static Sleepers direct() {
        return (count, gauge) -> Asyncio.run(() -> {
            gauge.before();
            for (var i = 0; i < count; i++) {
                createTask(() -> {
                    await(sleep(LONG));
                });
            }
            // One pass starts them all, and ours comes after theirs.
            await(sleep(Duration.ZERO));
            gauge.allAsleep();
        });
    }

    /** {@code createStageTask(() -> sleep(..))}. */
    static Sleepers stage() {
        return (count, gauge) -> Asyncio.runStage(() -> {
            gauge.before();
            for (var i = 0; i < count; i++) {
                createStageTask(() -> sleep(LONG));
            }
            return sleep(Duration.ZERO).thenAccept(passed -> gauge.allAsleep());
        });
    }
}
