package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Ending.nap;

import io.jasyncio.iteration.AsyncGenerator;
import io.jasyncio.iteration.AsyncIterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Generators of the scenarios, and how they are asked, in direct style and as stages. */
final class GeneratorTasks {

    private GeneratorTasks() {}

    /** Counts for ever, and says when it is closed. */
    static AsyncGenerator<Integer> counter(Trace trace) {
        return AsyncGenerator.of(out -> {
            try {
                for (var number = 1; ; number++) {
                    trace.add("makes", number);
                    out.yield(number);
                }
            } finally {
                trace.add("closes at", millis());
                nap(1);
                trace.add("is closed at", millis());
            }
        });
    }

    /** A value each two seconds; takes its seconds to clean up. */
    static AsyncGenerator<Integer> ticks(Trace trace, int cleanup) {
        return AsyncGenerator.of(out -> {
            try {
                for (var number = 1; ; number++) {
                    nap(2);
                    out.yield(number);
                }
            } catch (CancellationException cancelled) {
                trace.add("generator", cancelled, "at", millis());
                throw cancelled;
            } finally {
                if (cleanup > 0) {
                    nap(cleanup);
                }
                trace.add("closed at", millis());
            }
        });
    }

    /** One value after a second. */
    static AsyncGenerator<String> slow() {
        return AsyncGenerator.of(out -> {
            nap(1);
            out.yield("value");
        });
    }

    /** Asks for one value, and says what came. */
    static void ask(Trace trace, AsyncIterator<?> generator) throws Exception {
        try {
            show(trace, generator, await(generator.hasNextAsync()));
        } catch (Boom failed) {
            trace.add("failed", failed.getMessage());
        }
    }

    /** The same as a stage. */
    static CompletionStage<Void> askStage(Trace trace, AsyncIterator<?> generator) {
        return generator
                .hasNextAsync()
                .thenAccept(found -> show(trace, generator, found))
                .exceptionallyCompose(failure -> {
                    if (original(failure) instanceof Boom failed) {
                        trace.add("failed", failed.getMessage());
                        return nothing();
                    }
                    return CompletableFuture.failedFuture(failure);
                });
    }

    private static void show(Trace trace, AsyncIterator<?> generator, boolean found) {
        if (found) {
            trace.add("got", generator.next());
        } else {
            trace.add("no more");
        }
    }
}
