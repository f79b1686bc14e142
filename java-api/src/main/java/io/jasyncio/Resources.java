package io.jasyncio;

import io.jasyncio.spi.LoopBinding;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that are in a resource (asyncio's {@code async with}), for static import: {@code using} in direct style,
 * {@code usingStage} in stage style.
 *
 * <p>In all of them entering may wait and leaving may wait. Leaving happens once, however the body ends; it does not happen
 * if entering failed or was cancelled, but it does if the resource was entered in the very pass in which the task was
 * cancelled. A failure of the body always leaves the block, and one of the leaving is its suppressed exception; if the body
 * came to a good end, the failure of the leaving leaves the block.
 *
 * <p>Thread rule: for code that a loop runs.
 */
public final class Resources {

    private Resources() {}

    /** A direct-style body that is told its resource. */
    @FunctionalInterface
    public interface Body<R extends @Nullable Object, T extends @Nullable Object> {

        /**
         * Runs the body.
         *
         * @throws Exception whatever ends it
         */
        T run(R resource) throws Exception;
    }

    // ---- Direct style ----------------------------------------------------------------------------------------------

    /**
     * Runs a body with something that is open already, and closes it.
     *
     * <p><b>Cancellation</b>: while this closes, the closing is cancelled. If the body has failed, its failure leaves the
     * block, and the cancellation is delivered at the next await.
     *
     * @return the body's result
     * @throws Exception what the body throws, else what the closing does
     * @throws IllegalStateException outside of a direct-style body; the resource was not closed then
     */
    public static <R extends AsyncCloseable, T extends @Nullable Object> T using(R resource, Body<? super R, T> body)
            throws Exception {
        return using(Opening.of(resource), body);
    }

    /**
     * Opens something, runs a body with it and closes it.
     *
     * <p><b>Cancellation</b>: while this opens, the opening is cancelled; if it succeeds all the same in that moment, what it
     * has opened is closed. While this closes, see {@link #using(AsyncCloseable, Body)}.
     *
     * @param opening a stage that was begun for this and that nobody else waits for
     * @return the body's result
     * @throws Exception why it could not be opened, else what the body throws, else what the closing does
     * @throws IllegalStateException outside of a direct-style body
     */
    public static <R extends AsyncCloseable, T extends @Nullable Object> T using(
            CompletionStage<R> opening, Body<? super R, T> body) throws Exception {
        return using(new Opening<>(Objects.requireNonNull(opening, "opening")), body);
    }

    /**
     * Enters a resource, runs a body and leaves the resource.
     *
     * <p><b>Cancellation</b>: while this enters, the entering is cancelled; if it succeeds all the same in that moment, the
     * resource is left again. While this leaves, the leaving is cancelled, but not begun again; if the body has failed, its
     * failure leaves the block, and the cancellation is delivered at the next await.
     *
     * @return the body's result
     * @throws Exception why it could not be entered, else what the body throws, else what the leaving does
     * @throws IllegalStateException outside of a direct-style body; nothing was entered then
     */
    public static <R extends @Nullable Object, T extends @Nullable Object> T using(
            AsyncResource<R> resource, Body<? super R, T> body) throws Exception {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(body, "body");
        var task = Asyncio.requireDirectTask("using");
        var entered = enter(task, resource);
        T value;
        try {
            value = body.run(entered);
        } catch (Throwable failure) {
            exitAfter(failure, task, resource, entered);
            throw failure;
        }
        task.await(exit(resource, entered, null));
        return value;
    }

    private static <R extends @Nullable Object> R enter(DirectTask<?> task, AsyncResource<R> resource) {
        var entering = Entering.start(task.loop, resource);
        try {
            return task.await(entering);
        } catch (Throwable interrupted) {
            if (!entering.giveUp() && !entering.isCompletedExceptionally()) {
                // It came in the pass in which the task was cancelled (S44): nobody else knows that it is there.
                exitAfter(interrupted, task, resource, entering.takeResult());
            }
            throw interrupted;
        }
    }

    private static <R extends @Nullable Object> void exitAfter(
            Throwable failure, DirectTask<?> task, AsyncResource<R> resource, R entered) {
        var requests = task.cancelling();
        try {
            task.await(exit(resource, entered, failure));
        } catch (Throwable ofExit) {
            suppress(failure, ofExit);
            var isRequest = ofExit instanceof CancellationException && task.cancelling() > requests;
            if (isRequest && !(failure instanceof CancellationException)) {
                // The failure goes first, but the cancellation must still be felt, at the next await (as in S67).
                task.uncancel();
                task.cancel(ofExit.getMessage());
            }
        }
    }

    // ---- Stage style -----------------------------------------------------------------------------------------------

    /**
     * Runs a stage-style body with something that is open already, and closes it when the body's stage has ended.
     *
     * <p><b>Cancellation</b>: of the body's stage or of the closing, whichever it has come to. The resource is closed in any
     * case, and this ends after that.
     *
     * @return the body's result; fails with what the body fails with, else with what the closing does
     * @throws IllegalStateException outside of a loop; the resource was not closed then
     */
    public static <R extends AsyncCloseable, T extends @Nullable Object> LoopFuture<T> usingStage(
            R resource, Function<? super R, ? extends CompletionStage<T>> body) {
        return usingStage(Opening.of(resource), body);
    }

    /**
     * Opens something, runs a stage-style body with it and closes it when the body's stage has ended.
     *
     * <p><b>Cancellation</b>: of the opening, of the body's stage or of the closing, whichever it has come to. What was opened
     * is closed in any case, and this ends after that.
     *
     * @param opening a stage that was begun for this and that nobody else waits for
     * @return the body's result; fails with why it could not be opened, else with what the body fails with, else with what
     *     the closing does
     * @throws IllegalStateException outside of a loop
     */
    public static <R extends AsyncCloseable, T extends @Nullable Object> LoopFuture<T> usingStage(
            CompletionStage<R> opening, Function<? super R, ? extends CompletionStage<T>> body) {
        return usingStage(new Opening<>(Objects.requireNonNull(opening, "opening")), body);
    }

    /**
     * Enters a resource, runs a stage-style body and leaves the resource when the body's stage has ended. The body is called
     * on the loop as soon as the resource was entered: within this call, if that did not wait.
     *
     * <p><b>Cancellation</b>: of the entering, of the body's stage or of the leaving, whichever it has come to. What was
     * entered is left in any case, once, and this ends after that.
     *
     * @return the body's result; fails with why it could not be entered, else with what the body fails with, be it thrown or
     *     by its stage, else with what the leaving does
     * @throws IllegalStateException outside of a loop; nothing was entered then
     */
    public static <R extends @Nullable Object, T extends @Nullable Object> LoopFuture<T> usingStage(
            AsyncResource<R> resource, Function<? super R, ? extends CompletionStage<T>> body) {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(body, "body");
        return new UsingFuture<R, T>(LoopBinding.current("usingStage"), resource, body).start();
    }

    // ---- Both ------------------------------------------------------------------------------------------------------

    static <R extends @Nullable Object> CompletionStage<@Nullable Void> exit(
            AsyncResource<R> resource, R entered, @Nullable Throwable failure) {
        return requireStage(resource.exitAsync(entered, failure), "the end of", resource);
    }

    static <S extends CompletionStage<?>> S requireStage(@Nullable S stage, String part, Object resource) {
        if (stage == null) {
            throw new NullPointerException(part + " " + resource + " returned null in place of a stage");
        }
        return stage;
    }

    /** An exception cannot be suppressed in itself, as which it may come back: a resource is told the failure. */
    static void suppress(Throwable failure, Throwable ofExit) {
        if (failure != ofExit) {
            failure.addSuppressed(ofExit);
        }
    }

    /** Something to close, and the stage that opens it. */
    private record Opening<R extends AsyncCloseable>(CompletionStage<R> stage) implements AsyncResource<R> {

        static <R extends AsyncCloseable> Opening<R> of(R resource) {
            return new Opening<>(CompletableFuture.completedFuture(Objects.requireNonNull(resource, "resource")));
        }

        @Override
        public CompletionStage<R> enterAsync() {
            return stage;
        }

        @Override
        public CompletionStage<@Nullable Void> exitAsync(R opened, @Nullable Throwable failure) {
            return opened.closeAsync();
        }
    }
}
