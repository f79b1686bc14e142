package io.jasyncio;

import io.jasyncio.iteration.AsyncIterator;
import io.jasyncio.iteration.GeneratorBody;
import io.jasyncio.iteration.GeneratorExit;
import io.jasyncio.iteration.Yielder;
import io.jasyncio.spi.LoopBinding;
import io.jasyncio.spi.LoopRuntime;
import java.lang.ref.WeakReference;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The started body of an async generator: a direct-style body that runs only while somebody asks for an element or closes
 * it, and stands at a {@code yield} otherwise. The loop does not list it among its tasks.
 */
final class GeneratorTask<T extends @Nullable Object> extends DirectTask<@Nullable Void> implements AsyncIterator<T> {

    private enum State {
        /** Before its start or at a yield; resumed by a request. */
        STANDING,
        RUNNING,
        ENDED
    }

    private final Escort escort = new Escort();

    /** The generator that the user holds. Weak: when nobody can ask any more, the loop closes this. */
    private final WeakReference<Object> owner;

    private State state = State.STANDING;
    private boolean hasElement;
    private @Nullable T element;

    /** The body is to unwind, and yields no more. */
    private boolean closing;

    /** It has yielded all the same. */
    private boolean exitIgnored;

    /** The body has come to a yield or to its end. Whoever asked is told when it has really stopped. */
    private boolean stopped;

    /** It was its end. */
    private boolean over;

    /** Why the body has ended, until somebody was told. */
    private @Nullable Throwable failure;

    /** The request in progress, once the caller had to be told to wait; at most one of the two. */
    private @Nullable GeneratorRequest<Boolean> asked;

    private @Nullable GeneratorRequest<@Nullable Void> closeAsked;

    private GeneratorTask(LoopRuntime loop, Coroutine<@Nullable Void> body, Object owner) {
        super(loop, body, TaskOptions.DEFAULT);
        this.owner = loop.services().generators().reference(owner, this);
    }

    /**
     * Makes the body ready to run.
     *
     * @param owner what the user holds; when it becomes garbage, the body is closed
     */
    static <T extends @Nullable Object> GeneratorTask<T> of(LoopRuntime loop, Object owner, GeneratorBody<T> body) {
        var out = new Out<T>();
        var task = new GeneratorTask<T>(
                loop,
                () -> {
                    body.run(out);
                    return null;
                },
                owner);
        out.task = task;
        task.addListener(ended -> task.bodyEnded());
        loop.services().generators().add(task);
        return task;
    }

    // ---- The asking side -------------------------------------------------------------------------------------------

    @Override
    public LoopFuture<Boolean> hasNextAsync() {
        requireOwnLoop("hasNextAsync");
        if (!hasElement && state != State.ENDED) {
            requireStanding("hasNextAsync");
            goOnFor();
            if (state == State.RUNNING) {
                asked = new GeneratorRequest<>(this, owner.get());
                return asked;
            }
        }
        var reason = takeFailure();
        return reason == null ? loop.services().answer(hasElement) : loop.services().failed(reason);
    }

    @Override
    public T next() {
        if (!hasElement) {
            throw new NoSuchElementException("there is no next element: ask hasNextAsync() first");
        }
        return dropElement();
    }

    private T dropElement() {
        var dropped = element;
        element = null;
        hasElement = false;
        return dropped;
    }

    @Override
    public LoopFuture<@Nullable Void> closeAsync() {
        requireOwnLoop("closeAsync");
        if (state != State.ENDED) {
            requireStanding("closeAsync");
            closing = true;
            dropElement();
            goOnFor();
            if (state == State.RUNNING) {
                closeAsked = new GeneratorRequest<>(this, owner.get());
                return closeAsked;
            }
        }
        var reason = takeFailure();
        return reason == null ? loop.services().completed() : loop.services().failed(reason);
    }

    private @Nullable Throwable takeFailure() {
        var reason = failure;
        failure = null;
        return reason;
    }

    private void requireOwnLoop(String method) {
        if (LoopBinding.current(method) != loop) {
            throw new IllegalStateException(this + " is bound to a different event loop: make one for each loop");
        }
        loop.services().requireUsable(method);
    }

    private void requireStanding(String method) {
        if (state == State.RUNNING) {
            throw new IllegalStateException(method + "(): asynchronous generator is already running");
        }
    }

    /** The body goes on inside this call, in the context of the caller. */
    private void goOnFor() {
        state = State.RUNNING;
        runIn(Context.current());
        loop.services().runInside(this);
    }

    @Override
    public void run() {
        escort.during(loop, () -> {
            super.run();
            answerIfStopped();
        });
    }

    @Override
    public void continueLater(Runnable continuation) {
        super.continueLater(() -> escort.during(loop, () -> {
            continuation.run();
            answerIfStopped();
        }));
    }

    /** Outside of the body, which must stand before anybody asks again: what hangs on a request may do so at once. */
    private void answerIfStopped() {
        if (!stopped) {
            return;
        }
        stopped = false;
        state = over ? State.ENDED : State.STANDING;
        if (asked != null) {
            var request = asked;
            asked = null;
            answer(() -> request.end(hasElement, takeFailure()));
        } else if (closeAsked != null) {
            var request = closeAsked;
            closeAsked = null;
            answer(() -> request.end(null, takeFailure()));
        }
    }

    /** Whether the one who awaits a request goes on in the step that runs. */
    boolean takeAlong(SteppingTask<?> task) {
        return escort.take(task);
    }

    /** As a callback and not as a step of this task, whose body stands still. */
    private void answer(Runnable answer) {
        loop.runInline(answer);
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

    /** Unwinds further, once. A body that does not heed even that would keep the loop for ever: it stays where it is. */
    private void refuseToYield() {
        if (exitIgnored) {
            end(null);
            pause();
        }
        exitIgnored = true;
        throw new GeneratorExit();
    }

    private void bodyEnded() {
        loop.services().generators().remove(this);
        if (state != State.ENDED) {
            end(failureOrNull());
        }
    }

    private void end(@Nullable Throwable reason) {
        failure = closing ? reasonOfClose(reason) : reason;
        over = true;
        stopped = true;
    }

    private @Nullable Throwable reasonOfClose(@Nullable Throwable reason) {
        if (exitIgnored) {
            return new IllegalStateException("async generator ignored GeneratorExit: " + this
                    + " has yielded while it was being closed");
        }
        return reason instanceof GeneratorExit ? null : reason;
    }

    // ---- The end without being asked -------------------------------------------------------------------------------

    /** Nobody can ask any more. */
    void closeOrphan() {
        if (state == State.STANDING && !loop.isClosed()) {
            loop.services().generators().reportFailure(this, closeAsync());
        }
    }

    @Override
    void abandon() {
        super.abandon();
        answerIfStopped();
        var reason = takeFailure();
        if (reason != null && !(reason instanceof LoopClosedError)) {
            loop.services().generators().report(this, reason);
        }
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
