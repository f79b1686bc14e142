package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.spi.Stepper;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Runs a {@link Stepper}: as a task like others, or as a part of whoever awaits it. */
final class StepperTask<T extends @Nullable Object> extends SteppingTask<T> {

    private final Stepper<T> work;

    /** Takes the awaiting task along; null if this is a task of its own. */
    private final @Nullable Escort escort;

    private @Nullable LoopFuture<?> awaited;

    private StepperTask(LoopRuntime loop, Stepper<T> work, @Nullable Escort escort, TaskOptions options) {
        super(loop, options);
        this.work = work;
        this.escort = escort;
    }

    /** Starts a task whose first step runs now. */
    static <T extends @Nullable Object> StepperTask<T> start(LoopRuntime loop, Stepper<T> work) {
        var options = TaskOptions.DEFAULT.eager();
        var task = new StepperTask<>(loop, work, null, options);
        task.start(options);
        return task;
    }

    /** Does the work here and now as far as it gets, on behalf of the caller. Null if it was done without waiting. */
    static <T extends @Nullable Object> @Nullable StepperTask<T> goOn(LoopRuntime loop, Stepper<T> work)
            throws Exception {
        var awaited = nextToAwait(loop, work, null);
        if (awaited == null) {
            return null;
        }
        var task = new StepperTask<>(loop, work, new Escort(), TaskOptions.DEFAULT.in(Context.current()));
        task.awaited = awaited;
        task.waitOn(awaited);
        return task;
    }

    @Override
    public void run() {
        if (escort == null) {
            step();
        } else {
            escort.during(loop, this::step);
        }
    }

    private void step() {
        if (isDone()) {
            return;
        }
        var ended = awaited;
        awaited = null;
        var cancelled = ended == null ? takeCancellation(null) : endWait(ended);
        try {
            var next = nextToAwait(loop, work, cancelled);
            if (next == null) {
                endNormally(work.result());
            } else {
                awaited = next;
                waitOn(next);
            }
        } catch (Throwable failure) {
            endExceptionally(failure);
        }
    }

    private static @Nullable LoopFuture<?> nextToAwait(
            LoopRuntime loop, Stepper<?> work, @Nullable CancellationException cancelled) throws Exception {
        var deliver = cancelled;
        while (true) {
            var stage = work.step(deliver);
            if (stage == null) {
                return null;
            }
            var future = ForeignStage.onLoop(loop, stage);
            if (!future.isDone()) {
                return future;
            }
            deliver = null;
        }
    }

    @Override
    boolean takesAlong(SteppingTask<?> task) {
        return escort != null && escort.take(task);
    }

    /** The loop is closed; what the work holds goes with it. */
    @Override
    void abandon() {
        endExceptionally(Failures.cancellation("the event loop was closed"));
    }
}
