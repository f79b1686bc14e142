package io.jasyncio;

import io.jasyncio.spi.CurrentLoop;
import io.jasyncio.spi.Providers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * asyncio's event loop: one thread, one first-in-first-out queue for callbacks, task steps, channels and timers.
 *
 * <p>{@link Asyncio#run} makes a loop, runs a program on it and closes it; most programs need no more of this interface
 * than {@link #current()}. Made by a runtime; not for applications to implement.
 *
 * <p>Thread rule: call from code that the loop runs, or from any one thread while it does not run. The exceptions are
 * {@link #callSoonThreadsafe}, {@link #execute}, {@link #submit}, {@link #isRunning}, {@link #isClosed},
 * {@link #isCurrent} and {@link #time}, which any thread may call at any time. Any other call from a foreign thread is
 * refused with an {@link IllegalStateException}.
 */
public interface EventLoop extends Executor, AutoCloseable, LoopNetwork, LoopChannels {

    // ---- Which loop ------------------------------------------------------------------------------------------------

    /**
     * The loop on whose behalf the calling code runs (asyncio's {@code get_running_loop}).
     *
     * @throws IllegalStateException if there is none
     */
    static EventLoop current() {
        var loop = CurrentLoop.get();
        if (loop == null) {
            throw new IllegalStateException("no event loop is running on this thread: start one with Asyncio.run(...),"
                    + " or hand work to a running one with loop.submit(...)");
        }
        return loop;
    }

    /** A new loop with {@linkplain LoopOptions#defaults() default options}. Close it when done with it. */
    static EventLoop create() {
        return create(LoopOptions.defaults());
    }

    /**
     * A new loop. Close it when done with it.
     *
     * @throws IllegalStateException if no runtime is found, or more than one; the message says what to do
     */
    static EventLoop create(LoopOptions options) {
        var provider = options.provider();
        return (provider == null ? Providers.get() : provider).newEventLoop(options);
    }

    // ---- Running ---------------------------------------------------------------------------------------------------

    /**
     * Runs until {@link #stop()} is called, on the calling thread.
     *
     * @throws IllegalStateException if the loop is closed or runs already, or another loop runs on this thread (S9, S10)
     */
    void runForever();

    /**
     * Runs until the stage has ended.
     *
     * @return its result
     * @throws Exception the original exception of the stage
     * @throws IllegalStateException as {@link #runForever()}, or if the loop was stopped before the stage ended (S7)
     */
    <T extends @Nullable Object> T runUntilComplete(CompletionStage<T> stage) throws Exception;

    /**
     * Ends {@link #runForever()} after the current iteration (S6). Before it: it will run exactly one iteration.
     */
    void stop();

    /** Whether the loop runs now. */
    boolean isRunning();

    /** Whether the loop was closed. */
    boolean isClosed();

    /** Whether the calling code runs on behalf of this loop: on its thread, or in a direct-style body of its. */
    boolean isCurrent();

    /**
     * Closes the loop for good; what is queued does not run any more (S9). Tasks that are still pending are reported, and
     * the {@code finally} blocks of direct-style bodies among them run. Idempotent.
     *
     * @throws IllegalStateException if the loop is running
     */
    @Override
    void close();

    // ---- Callbacks -------------------------------------------------------------------------------------------------

    /**
     * Puts a callback at the end of the ready queue; it runs in the next iteration, in a copy of the current context.
     *
     * @throws IllegalStateException if the loop is closed
     */
    default Handle callSoon(Runnable callback) {
        return callSoon(callback, null);
    }

    /**
     * The same in a given context.
     *
     * @param context the very context to run in; null for a copy of the current one
     */
    Handle callSoon(Runnable callback, @Nullable Context context);

    /** The same from any thread; wakes the loop (S12). */
    Handle callSoonThreadsafe(Runnable callback);

    /**
     * {@link #callSoonThreadsafe} without a handle: the loop as an {@link Executor}. On the loop's own thread this is the
     * end of the ready queue.
     */
    @Override
    void execute(Runnable callback);

    /**
     * Runs a callback after a delay. A delay of zero or less means the next iteration (S16).
     *
     * @throws IllegalStateException if the loop is closed
     */
    default TimerHandle callLater(Duration delay, Runnable callback) {
        return callAt(Deadlines.after(time(), delay), callback);
    }

    /**
     * Runs a callback at a time of this loop's clock; equal times run in the order of the calls.
     *
     * @param whenNanos in nanoseconds of {@link #time()}
     */
    TimerHandle callAt(long whenNanos, Runnable callback);

    /** The time of the loop's clock in nanoseconds, from an arbitrary origin; never goes back. */
    long time();

    // ---- Futures and tasks -----------------------------------------------------------------------------------------

    /** A future of this loop, for the caller to complete. */
    <T extends @Nullable Object> LoopFuture<T> createFuture();

    /** Starts a direct-style body as a task; see {@link Asyncio#createTask(Coroutine)}. */
    default <T extends @Nullable Object> Task<T> createTask(Coroutine<T> body) {
        return createTask(body, TaskOptions.DEFAULT);
    }

    /** The same with a name, a context or an eager start. */
    <T extends @Nullable Object> Task<T> createTask(Coroutine<T> body, TaskOptions options);

    /** The same for a body without a result. */
    default Task<@Nullable Void> createTask(CoroutineAction body) {
        return createTask(body.asCoroutine(), TaskOptions.DEFAULT);
    }

    /** The same for a body without a result, with options. */
    default Task<@Nullable Void> createTask(CoroutineAction body, TaskOptions options) {
        return createTask(body.asCoroutine(), options);
    }

    /** Starts a stage-style body as a task; see {@link Asyncio#createStageTask(Supplier)}. */
    default <T extends @Nullable Object> Task<T> createStageTask(Supplier<? extends CompletionStage<T>> body) {
        return createStageTask(body, TaskOptions.DEFAULT);
    }

    /** The same with a name, a context or an eager start. */
    <T extends @Nullable Object> Task<T> createStageTask(
            Supplier<? extends CompletionStage<T>> body, TaskOptions options);

    /**
     * Starts a direct-style body as a task of this loop, from any thread (asyncio's {@code run_coroutine_threadsafe},
     * S125). Cancelling the returned future cancels the task.
     *
     * @throws IllegalStateException if the loop is closed
     */
    <T extends @Nullable Object> CompletableFuture<T> submit(Coroutine<T> body);

    /** The same for a body without a result. */
    default CompletableFuture<@Nullable Void> submit(CoroutineAction body) {
        return submit(body.asCoroutine());
    }

    /** The same for a stage-style body. */
    <T extends @Nullable Object> CompletableFuture<T> submitStage(Supplier<? extends CompletionStage<T>> body);

    /** The task whose step runs now; null in a plain callback (S11) and outside of the loop. */
    @Nullable
    Task<?> currentTask();

    /** The tasks that have not ended, in the order of their creation (S38). */
    Set<Task<?>> allTasks();

    // ---- Work in other threads -------------------------------------------------------------------------------------

    /**
     * Runs a blocking function in an executor (S123).
     *
     * <p><b>Cancellation</b>: takes work that has not begun out of the executor's hands; work that has begun goes on and
     * its result is dropped.
     *
     * @param executor where; null for the default executor
     * @throws IllegalStateException if the loop is closed or its default executor was shut down
     */
    <T extends @Nullable Object> LoopFuture<T> runInExecutor(@Nullable Executor executor, Callable<T> function);

    /** Replaces the default executor. The loop shuts it down when it is closed. */
    void setDefaultExecutor(ExecutorService executor);

    /**
     * Shuts the default executor down and waits for its work without blocking the loop (S124). When the time is over it is
     * said in a warning and nobody waits any longer.
     */
    LoopFuture<@Nullable Void> shutdownDefaultExecutor(Duration timeout);

    // ---- Generators ------------------------------------------------------------------------------------------------

    /**
     * Closes all {@linkplain io.jasyncio.iteration.AsyncGenerator async generators} that were started on this loop and have
     * not ended, and waits for that (S131). What goes wrong in their bodies is given to the exception handler, a cancellation
     * too. {@link Asyncio#run} does so at its end.
     *
     * <p><b>Cancellation</b>: reaches what the bodies wait for in their {@code finally} blocks.
     */
    LoopFuture<@Nullable Void> shutdownAsyncGenerators();

    // ---- Errors and debugging --------------------------------------------------------------------------------------

    /** Takes over the errors that have nobody else to go to; null brings the default back, which logs them (S127). */
    void setExceptionHandler(@Nullable ExceptionHandler handler);

    /** The handler that was set, or null. */
    @Nullable
    ExceptionHandler getExceptionHandler();

    /** Logs an error as the loop does where no handler is set (S128). */
    void defaultExceptionHandler(ErrorContext context);

    /** Gives an error to the handler. Never throws. */
    void callExceptionHandler(ErrorContext context);

    /** Whether debug mode is on (S129). */
    boolean isDebug();

    /** Switches debug mode. */
    void setDebug(boolean debug);

    /** From how long on a callback or step counts as slow in debug mode and is logged. 100 milliseconds at first. */
    Duration getSlowCallbackDuration();

    /** Changes the duration from which on a callback is slow. */
    void setSlowCallbackDuration(Duration duration);
}
