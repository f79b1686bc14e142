package io.jasyncio.benchmarks.scenario;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.run;
import static io.jasyncio.Asyncio.runStage;
import static io.jasyncio.Asyncio.sleep;

import io.jasyncio.benchmarks.harness.Scenario;
import io.jasyncio.iteration.AsyncGenerator;
import java.time.Duration;

/** Generators in direct style. An operation is one element. */
public final class GeneratorScenarios {

    private GeneratorScenarios() {}

    /** A generator and a {@code for} loop over it. */
    public static Scenario each(boolean waits) {
        return (operations, watch) -> run(() -> {
            var count = 0L;
            watch.start();
            for (var element : generator(operations, waits).each()) {
                count += element.length() / QueueScenarios.ITEM.length();
            }
            watch.stop(count);
        });
    }

    /** A generator in direct style whose elements a callback gets. */
    public static Scenario forEach(boolean waits) {
        return (operations, watch) -> runStage(() -> {
            var count = new long[1];
            watch.start();
            return generator(operations, waits)
                    .forEachAsync(element -> count[0]++)
                    .whenComplete((value, failure) -> watch.stop(count[0]));
        });
    }

    /** Yields so many elements, and gives way before each if it shall wait. */
    static AsyncGenerator<String> generator(long elements, boolean waits) {
        return AsyncGenerator.of(out -> {
            for (var i = 0L; i < elements; i++) {
                if (waits) {
                    await(sleep(Duration.ZERO));
                }
                out.yield(QueueScenarios.ITEM);
            }
        });
    }
}
