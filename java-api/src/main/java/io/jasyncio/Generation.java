package io.jasyncio;

import io.jasyncio.iteration.AsyncIterator;
import io.jasyncio.iteration.GeneratorBody;
import io.jasyncio.spi.LoopBinding;
import io.jasyncio.spi.LoopRuntime;
import java.lang.ref.WeakReference;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** One run of a generator from the side of whoever asks it: one request at a time, and each lets the body go on. */
final class Generation<T extends @Nullable Object> implements AsyncIterator<T> {

    private enum State {
        /** Before its start or at a yield; resumed by a request. */
        STANDING,
        RUNNING,
        ENDED
    }

    private final LoopRuntime loop;
    private final GeneratorTask<T> body;

    /** The generator that the user holds. Weak: when nobody can ask any more, the loop closes this. */
    private final WeakReference<Object> owner;

    private State state = State.STANDING;

    /** The request in progress, once the caller had to be told to wait; at most one of the two. */
    private @Nullable GeneratorRequest<Boolean> asked;

    private @Nullable GeneratorRequest<@Nullable Void> closeAsked;

    /**
     * Makes the body ready to run.
     *
     * @param owner what the user holds; when it becomes garbage, the body is closed
     */
    Generation(LoopRuntime loop, Object owner, GeneratorBody<T> body) {
        this.loop = loop;
        this.body = GeneratorTask.of(loop, body, this::bodyStopped);
        this.owner = loop.services().generators().add(this, owner);
    }

    // ---- Asking ----------------------------------------------------------------------------------------------------

    @Override
    public LoopFuture<Boolean> hasNextAsync() {
        requireOwnLoop("hasNextAsync");
        if (!body.hasElement() && state != State.ENDED) {
            requireStanding("hasNextAsync");
            letGoOn();
            if (state == State.RUNNING) {
                asked = new GeneratorRequest<>(body, owner.get());
                return asked;
            }
        }
        var failure = body.takeFailure();
        return failure == null
                ? loop.services().answer(body.hasElement())
                : loop.services().failed(failure);
    }

    @Override
    public T next() {
        if (!body.hasElement()) {
            throw new NoSuchElementException("there is no next element: ask hasNextAsync() first");
        }
        return body.takeElement();
    }

    @Override
    public LoopFuture<@Nullable Void> closeAsync() {
        requireOwnLoop("closeAsync");
        if (state != State.ENDED) {
            requireStanding("closeAsync");
            body.beginToClose();
            letGoOn();
            if (state == State.RUNNING) {
                closeAsked = new GeneratorRequest<>(body, owner.get());
                return closeAsked;
            }
        }
        var failure = body.takeFailure();
        return failure == null ? loop.services().completed() : loop.services().failed(failure);
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

    /**
     * The body goes on inside this call, in the context of the caller; where too many stand on the stack, in the next
     * pass.
     */
    private void letGoOn() {
        state = State.RUNNING;
        body.runIn(Context.current());
        if (!loop.services().generators().runInside(body)) {
            loop.schedule(body);
        }
    }

    /**
     * The body has come to a yield or its end, and has left its fiber: what hangs on a request may ask again at once.
     */
    private void bodyStopped() {
        state = body.isOver() ? State.ENDED : State.STANDING;
        if (body.isDone()) {
            loop.services().generators().remove(this);
        }
        if (asked != null) {
            var request = asked;
            asked = null;
            answer(() -> request.end(body.hasElement(), body.takeFailure()));
        } else if (closeAsked != null) {
            var request = closeAsked;
            closeAsked = null;
            answer(() -> request.end(null, body.takeFailure()));
        }
    }

    /** As a callback and not as a step of the body, which stands still. */
    private void answer(Runnable answer) {
        loop.runInline(answer);
    }

    // ---- The end without being asked -------------------------------------------------------------------------------

    /** Nobody can ask any more. */
    void closeOrphan() {
        if (state == State.STANDING && !loop.isClosed()) {
            loop.services().generators().reportFailure(this, closeAsync());
        }
    }

    /** The loop is closed: the body unwinds with an error. */
    void abandon() {
        body.abandon();
        var failure = body.takeFailure();
        if (failure != null && !(failure instanceof LoopClosedError)) {
            loop.services().generators().report(this, failure);
        }
    }

    @Override
    public String toString() {
        return body.toString();
    }
}
