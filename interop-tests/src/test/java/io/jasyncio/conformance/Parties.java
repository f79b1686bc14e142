package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.onCancel;

import io.jasyncio.Task;
import io.jasyncio.sync.AsyncBarrier;
import io.jasyncio.sync.BrokenBarrierException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Those who wait at barriers in the scenarios of these, in direct style and as stages. */
final class Parties {

    /** Which rule is followed where CPython is wrong. */
    static final String UNIQUE = "CPython 3.13 gives an index out twice (gh-155233); they must be unique in each round";

    private Parties() {}

    /** Has a task for each name wait at the barrier and say how that ended. */
    static List<Task<Void>> arrive(Trace trace, AsyncBarrier barrier, String... names) {
        return Stream.of(names)
                .map(name -> createTask(() -> {
                    try {
                        trace.add(name, "passes as", await(barrier.waitAsync()));
                    } catch (BrokenBarrierException broken) {
                        trace.add(name, broken);
                    } catch (CancellationException cancelled) {
                        trace.add(name, cancelled);
                        throw cancelled;
                    }
                }))
                .toList();
    }

    /** The same with bodies in stage style. */
    static List<Task<Void>> arriveStage(Trace trace, AsyncBarrier barrier, String... names) {
        return Stream.of(names)
                .map(name -> createStageTask(() -> party(trace, name, barrier)))
                .toList();
    }

    private static CompletionStage<Void> party(Trace trace, String name, AsyncBarrier barrier) {
        var passed = barrier.waitAsync().thenAccept(index -> trace.add(name, "passes as", index));
        return onCancel(passed, cancelled -> trace.add(name, cancelled)).exceptionallyCompose(failure -> {
            if (!(original(failure) instanceof BrokenBarrierException broken)) {
                return CompletableFuture.failedFuture(failure);
            }
            trace.add(name, broken);
            return known(null);
        });
    }

    /** For the last one, which need not wait. */
    static void passStage(Trace trace, AsyncBarrier barrier) {
        barrier.waitAsync().thenAccept(index -> trace.add("main passes as", index));
    }

    static void show(Trace trace, AsyncBarrier barrier) {
        trace.add("waiting", barrier.waiting(), "broken", barrier.isBroken());
    }
}
