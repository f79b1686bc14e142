package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onCancel;

import io.jasyncio.CoroutineAction;
import io.jasyncio.Task;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Those who wait for locks and the like in the scenarios of these, in direct style and as stages. */
final class Contenders {

    /** Why a cancellation shows earlier in stage style if the waiter was not woken before. */
    static final String CANCELLED_INLINE =
            "a function of a stage runs where the stage is cancelled, so it prints first";

    private Contenders() {}

    /** A task that waits for something and says how that ended. */
    static Task<Void> start(Trace trace, String name, CoroutineAction waiting) {
        return createTask(report(trace, name, waiting));
    }

    /** The same for who is within a task already. */
    static CoroutineAction report(Trace trace, String name, CoroutineAction waiting) {
        return () -> {
            try {
                waiting.run();
                trace.add(name, "goes on");
            } catch (TimeoutException late) {
                trace.add(name, late, "at", millis());
            } catch (CancellationException cancelled) {
                trace.add(name, cancelled);
                throw cancelled;
            }
        };
    }

    /** A task that waits for something and says when that ended. */
    static Task<Void> startTimed(Trace trace, String name, CoroutineAction waiting) {
        return createTask(() -> {
            waiting.run();
            trace.add(name, "goes on at", millis());
        });
    }

    /** {@link #start} with a body in stage style. */
    static Task<Void> startStage(Trace trace, String name, Supplier<? extends CompletionStage<?>> waiting) {
        return createStageTask(() -> reportStage(trace, name, waiting.get()));
    }

    /** {@link #report} as a stage. */
    static CompletionStage<Void> reportStage(Trace trace, String name, CompletionStage<?> waiting) {
        var told = waiting.thenAccept(done -> trace.add(name, "goes on"));
        return onCancel(told, cancelled -> trace.add(name, cancelled)).exceptionallyCompose(failure -> {
            if (!(original(failure) instanceof TimeoutException late)) {
                return CompletableFuture.failedFuture(failure);
            }
            trace.add(name, late, "at", millis());
            return known(null);
        });
    }

    /** {@link #startTimed} with a body in stage style. */
    static Task<Void> startTimedStage(Trace trace, String name, Supplier<? extends CompletionStage<?>> waiting) {
        return createStageTask(() -> waiting.get().thenAccept(done -> trace.add(name, "goes on at", millis())));
    }

    /** Does one thing after the other, each after a second of sleep; the second after the last one passes, too. */
    static CompletionStage<Void> secondBySecond(Runnable... steps) {
        var done = napStage(1);
        for (var step : steps) {
            done = done.thenRun(step).thenCompose(then -> napStage(1));
        }
        return done;
    }
}
