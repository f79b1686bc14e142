package io.jasyncio;

import io.jasyncio.iteration.GeneratorBody;
import io.jasyncio.iteration.GeneratorExit;
import io.jasyncio.iteration.Yielder;
import io.jasyncio.spi.LoopRuntime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of an async generator: a direct-style body that runs only while somebody asks for an element or closes it,
 * and stands at a {@code yield} otherwise. The loop does not list it among its tasks. Who asks is {@link Generation}.
 */
final class GeneratorTask<T extends @Nullable Object> extends DirectTask<@Nullable Void> {

    private final Escort escort = new Escort();

    /** Told after each stop, when the body has left its fiber. */
    private final Runnable onStop;

    /** The body has come to a yield or its end; nobody was told yet. */
    private boolean stopped;

    /** It was its end. */
    private boolean over;

    private boolean hasElement;
    private @Nullable T element;

    /** Why the body has ended, until somebody was told. */
    private @Nullable Throwable failure;

    /** The body is to unwind, and yields no more. */
    private boolean closing;

    /** It has yielded all the same. */
    private boolean exitIgnored;

    private GeneratorTask(LoopRuntime loop, Coroutine<@Nullable Void> body, Runnable onStop) {
        super(loop, body, TaskOptions.DEFAULT);
        this.onStop = onStop;
    }

    static <T extends @Nullable Object> GeneratorTask<T> of(LoopRuntime loop, GeneratorBody<T> body, Runnable onStop) {
        var out = new Out<T>();
        Coroutine<@Nullable Void> whole = () -> {
            body.run(out);
            return null;
        };
        var task = new GeneratorTask<T>(loop, whole, onStop);
        out.task = task;
        return task;
    }

    // ---- For the one who asks --------------------------------------------------------------------------------------

    boolean hasElement() {
        return hasElement;
    }

    T takeElement() {
        var taken = element;
        element = null;
        hasElement = false;
        return taken;
    }

    /** Why the body has ended; null if it has not, or not by a failure, or somebody has taken it. */
    @Nullable
    Throwable takeFailure() {
        var reason = failure;
        failure = null;
        return reason;
    }

    boolean isOver() {
        return over;
    }

    /** When it goes on, the body leaves its yield by an error. */
    void beginToClose() {
        closing = true;
        takeElement();
    }

    // ---- Its steps -------------------------------------------------------------------------------------------------

    @Override
    public void run() {
        escort.during(loop, () -> {
            super.run();
            tellOfStop();
        });
    }

    @Override
    public void continueLater(Runnable continuation) {
        super.continueLater(() -> escort.during(loop, () -> {
            continuation.run();
            tellOfStop();
        }));
    }

    private void tellOfStop() {
        if (isDone() && !over) {
            end(failureOrNull());
        }
        if (stopped) {
            stopped = false;
            onStop.run();
        }
    }

    /** Whether the one who awaits a request goes on in the step that runs. */
    boolean takeAlong(SteppingTask<?> task) {
        return escort.take(task);
    }

    // ---- The body's side -------------------------------------------------------------------------------------------

    private void yieldElement(T value) {
        if (loop.currentTask() != this) {
            throw new IllegalStateException("yield() was called outside of the body of " + this
                    + ": only the body itself can yield, not what it starts");
        }
        deliverCancel();
        if (closing) {
            refuseToYield();
        }
        element = value;
        hasElement = true;
        stopped = true;
        pause();
        if (closing) {
            throw new GeneratorExit();
        }
        deliverCancel();
    }

    /**
     * Unwinds further, once. A body that does not heed even that would keep the loop for ever: it stays where it is.
     */
    private void refuseToYield() {
        if (exitIgnored) {
            end(null);
            pause();
        }
        exitIgnored = true;
        throw new GeneratorExit();
    }

    private void end(@Nullable Throwable reason) {
        failure = closing ? reasonOfClose(reason) : reason;
        over = true;
        stopped = true;
    }

    private @Nullable Throwable reasonOfClose(@Nullable Throwable reason) {
        if (exitIgnored) {
            return new IllegalStateException(
                    "async generator ignored GeneratorExit: " + this + " has yielded while it was being closed");
        }
        return reason instanceof GeneratorExit ? null : reason;
    }

    @Override
    public String toString() {
        return "AsyncGenerator[" + getName() + ", " + (closing ? "closed" : "open") + "]";
    }

    /** What the body is given: not the task, which is nothing for its hands. */
    private static final class Out<T extends @Nullable Object> implements Yielder<T> {

        private @Nullable GeneratorTask<T> task;

        @Override
        public void yield(T value) {
            Objects.requireNonNull(task).yieldElement(value);
        }
    }
}
