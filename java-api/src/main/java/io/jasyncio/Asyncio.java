package io.jasyncio;

import io.jasyncio.spi.CurrentLoop;
import io.jasyncio.spi.LoopRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * asyncio's module-level functions, for static import.
 *
 * <p>Bodies come in two styles. In direct style a body is plain Java that waits with {@link #await}; in stage style it is a
 * supplier of a {@link CompletionStage}, and the functions that take one have {@code Stage} in their names. Whatever waits
 * returns a {@link LoopFuture}, so the two styles mix.
 *
 * <p>Thread rule: everything but {@link #run} and {@link #runStage} is for code that a loop runs, and throws an
 * {@link IllegalStateException} elsewhere.
 */
public final class Asyncio {

    private Asyncio() {}

    // ---- Programs --------------------------------------------------------------------------------------------------

    /**
     * Runs a program: makes a loop, runs the body on it as the main task, cancels what the body left behind, waits for
     * that, and closes the loop (asyncio's {@code run}, S131-S135).
     *
     * <p>Ctrl-C cancels the main task; if it ends cancelled, this throws {@link KeyboardInterruptException}. A second
     * Ctrl-C ends the process.
     *
     * @return the result of the body
     * @throws Exception what the body throws
     * @throws IllegalStateException on a thread that runs a loop already
     */
    public static <T extends @Nullable Object> T run(Coroutine<T> main) throws Exception {
        try (var runner = new Runner()) {
            return runner.run(main);
        }
    }

    /** The same for a body without a result. */
    public static void run(CoroutineAction main) throws Exception {
        run(main.asCoroutine());
    }

    /** The same for a body in stage style. */
    public static <T extends @Nullable Object> T runStage(Supplier<? extends CompletionStage<T>> main)
            throws Exception {
        try (var runner = new Runner()) {
            return runner.runStage(main);
        }
    }

    // ---- Awaiting --------------------------------------------------------------------------------------------------

    /**
     * Waits, in a direct-style body, until a stage has ended; meanwhile the loop runs other things. A stage that has ended
     * already does not suspend the body (S24).
     *
     * <p><b>Cancellation</b>: cancelling the task cancels the stage, and this throws {@link
     * java.util.concurrent.CancellationException}, once for each request (S39). A result that came in the same pass is lost
     * to this task but stays in the stage (S44).
     *
     * @return the stage's value
     * @throws Exception the stage's original exception, never wrapped; so it can be caught by its own type
     * @throws IllegalStateException outside of a direct-style body, or if the stage belongs to another loop
     */
    public static <T extends @Nullable Object> T await(CompletionStage<T> stage) throws Exception {
        return requireDirectTask("await").await(stage);
    }

    static DirectTask<?> requireDirectTask(String function) {
        var loop = CurrentLoop.get();
        if (loop == null) {
            throw new IllegalStateException(function + "() was called outside of an event loop: start one with"
                    + " Asyncio.run(...), or block on loop.submit(...).get() in a thread of your own");
        }
        var task = loop.runningTask();
        if (task instanceof DirectTask<?> direct) {
            return direct;
        }
        if (task == null) {
            throw new IllegalStateException(
                    function + "() was called in a callback, which cannot wait: do it in a task,"
                            + " createTask(() -> ...), or attach a callback to the future");
        }
        throw new IllegalStateException(
                function + "() was called in " + task + ", whose body is not in direct style: chain"
                        + " stages there (thenCompose), use the suspend functions in Kotlin, or start a direct-style task with"
                        + " createTask(() -> ...)");
    }

    private static LoopRuntime loop(String function) {
        var loop = CurrentLoop.get();
        if (loop == null) {
            throw new IllegalStateException(function + "() was called outside of an event loop: start one with"
                    + " Asyncio.run(...), or hand the work to a running one with loop.submit(...)");
        }
        return loop;
    }

    // ---- Tasks -----------------------------------------------------------------------------------------------------

    /**
     * Starts a direct-style body as a task of its own, concurrent with the caller. It runs for the first time in the next
     * iteration (S31).
     */
    public static <T extends @Nullable Object> Task<T> createTask(Coroutine<T> body) {
        return loop("createTask").createTask(body);
    }

    /** The same with a name, a context or an eager start. */
    public static <T extends @Nullable Object> Task<T> createTask(Coroutine<T> body, TaskOptions options) {
        return loop("createTask").createTask(body, options);
    }

    /** The same for a body without a result. */
    public static Task<@Nullable Void> createTask(CoroutineAction body) {
        return loop("createTask").createTask(body);
    }

    /** The same for a body without a result, with options. */
    public static Task<@Nullable Void> createTask(CoroutineAction body, TaskOptions options) {
        return loop("createTask").createTask(body.asCoroutine(), options);
    }

    /**
     * Starts a stage-style body as a task: calls the supplier in the next iteration, and ends as the stage does that it
     * returns. Cancelling the task cancels what that stage waits for.
     */
    public static <T extends @Nullable Object> Task<T> createStageTask(Supplier<? extends CompletionStage<T>> body) {
        return loop("createStageTask").createStageTask(body);
    }

    /** The same with a name, a context or an eager start. */
    public static <T extends @Nullable Object> Task<T> createStageTask(
            Supplier<? extends CompletionStage<T>> body, TaskOptions options) {
        return loop("createStageTask").createStageTask(body, options);
    }

    /** The task that runs this code; null in a plain callback (S11). */
    public static @Nullable Task<?> currentTask() {
        return loop("currentTask").currentTask();
    }

    /** The loop's tasks that have not ended (S38). */
    public static Set<Task<?>> allTasks() {
        return loop("allTasks").allTasks();
    }

    /** The stage as a future of this loop: itself if it is one, else a view of it (S30). */
    public static <T extends @Nullable Object> LoopFuture<T> ensureFuture(CompletionStage<T> stage) {
        return ForeignStage.onLoop(loop("ensureFuture"), stage);
    }

    // ---- Time ------------------------------------------------------------------------------------------------------

    /**
     * A future that ends after a time. Zero or less means: in the next iteration, after everything that is ready now (S20).
     *
     * <p><b>Cancellation</b>: cancels the timer.
     */
    public static LoopFuture<@Nullable Void> sleep(Duration delay) {
        return Asyncio.<@Nullable Void>sleep(delay, null);
    }

    /** The same with a result. */
    public static <T extends @Nullable Object> LoopFuture<T> sleep(Duration delay, T result) {
        var loop = loop("sleep");
        return Deadlines.isPositive(Objects.requireNonNull(delay, "delay"))
                ? new SleepFuture<>(loop, Deadlines.after(loop.time(), delay), result)
                : new YieldFuture<>(loop, result);
    }

    /**
     * Waits for a future no longer than a time (S61-S63). When time is up, the future is cancelled, and when that has
     * really ended, this fails with a {@link java.util.concurrent.TimeoutException}. If the future ends with a value all
     * the same, that is the result.
     *
     * <p><b>Cancellation</b>: cancels the future, and ends when that has.
     */
    public static <T extends @Nullable Object> LoopFuture<T> waitFor(CompletionStage<T> stage, Duration timeout) {
        var loop = loop("waitFor");
        Objects.requireNonNull(timeout, "timeout");
        return new WaitFor<>(loop, ForeignStage.onLoop(loop, stage), timeout).start();
    }

    /** Runs a direct-style body in the current task, no longer than a time: {@link #timeout(Duration, Coroutine)}. */
    public static <T extends @Nullable Object> T waitFor(Coroutine<T> body, Duration timeout) throws Exception {
        if (Deadlines.isPositive(Objects.requireNonNull(timeout, "timeout"))) {
            return timeout(timeout, body);
        }
        return await(waitFor(createTask(body), timeout));
    }

    /** Starts a stage-style body as a task and waits for it no longer than a time. */
    public static <T extends @Nullable Object> LoopFuture<T> waitForStage(
            Supplier<? extends CompletionStage<T>> body, Duration timeout) {
        return waitFor(createStageTask(body), timeout);
    }

    /**
     * A deadline for the awaits of a {@code try}-with-resources block in a direct-style body; see {@link Timeout}.
     *
     * <p>An await that is broken off throws {@link java.util.concurrent.TimeoutException}.
     */
    public static Timeout timeout(Duration delay) {
        return Timeout.after(Objects.requireNonNull(delay, "delay")).open();
    }

    /** The same with a time of the loop's clock; empty for no deadline yet. */
    public static Timeout timeoutAt(OptionalLong whenNanos) {
        return Timeout.at(Objects.requireNonNull(whenNanos, "whenNanos")).open();
    }

    /**
     * Runs a body in the current task with a deadline (asyncio's {@code async with timeout(...)}, S53-S60).
     *
     * @throws java.util.concurrent.TimeoutException if the deadline passes and the body ends by that cancellation
     * @throws Exception what the body throws otherwise
     */
    public static <T extends @Nullable Object> T timeout(Duration delay, Coroutine<T> body) throws Exception {
        Objects.requireNonNull(body, "body");
        return Timeout.after(delay).run(scope -> body.run());
    }

    /** The same for a body without a result. */
    public static void timeout(Duration delay, CoroutineAction body) throws Exception {
        timeout(delay, body.asCoroutine());
    }

    /** The same for a body that looks at its deadline or changes it. */
    public static <T extends @Nullable Object> T timeout(Duration delay, Timeout.Body<T> body) throws Exception {
        return Timeout.after(delay).run(Objects.requireNonNull(body, "body"));
    }

    /** The same with a time of the loop's clock; empty for no deadline yet. */
    public static <T extends @Nullable Object> T timeoutAt(OptionalLong whenNanos, Timeout.Body<T> body)
            throws Exception {
        return Timeout.at(whenNanos).run(Objects.requireNonNull(body, "body"));
    }

    // ---- Combining -------------------------------------------------------------------------------------------------

    /**
     * The values of several stages, in the order of the arguments (S74-S76). The first failure is the failure of the whole,
     * at once; the others go on.
     *
     * <p><b>Cancellation</b>: cancels all that have not ended; this ends when one of them has.
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T extends @Nullable Object> LoopFuture<List<T>> gather(CompletionStage<? extends T>... stages) {
        return gather(List.of(stages));
    }

    /** The same for a collection. */
    public static <T extends @Nullable Object> LoopFuture<List<T>> gather(
            Collection<? extends CompletionStage<? extends T>> stages) {
        return new Gathering.OfValues<T>(loop("gather")).start(stages);
    }

    /**
     * How several stages ended, in the order of the arguments: {@code gather(..., return_exceptions=True)} (S77).
     *
     * <p><b>Cancellation</b>: cancels all that have not ended; this ends when all of them have.
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T extends @Nullable Object> LoopFuture<List<Outcome<T>>> gatherOutcomes(
            CompletionStage<? extends T>... stages) {
        return gatherOutcomes(List.of(stages));
    }

    /** The same for a collection. */
    public static <T extends @Nullable Object> LoopFuture<List<Outcome<T>>> gatherOutcomes(
            Collection<? extends CompletionStage<? extends T>> stages) {
        return new Gathering.OfOutcomes<T>(loop("gatherOutcomes")).start(stages);
    }

    /** Waits until all have ended; see {@link #wait(Collection, Duration, ReturnWhen)}. */
    public static <F extends LoopFuture<? extends @Nullable Object>> LoopFuture<WaitResult<F>> wait(
            Collection<F> futures) {
        return waitUntil(futures, null, ReturnWhen.ALL_COMPLETED);
    }

    /** Waits without a time limit; see {@link #wait(Collection, Duration, ReturnWhen)}. */
    public static <F extends LoopFuture<? extends @Nullable Object>> LoopFuture<WaitResult<F>> wait(
            Collection<F> futures, ReturnWhen returnWhen) {
        return waitUntil(futures, null, returnWhen);
    }

    /**
     * Waits until one, one failure or all of some futures have ended, or time is up (asyncio's {@code wait}, S78). It never
     * cancels them and never fails because of them: the result says which have ended and which not.
     *
     * <p>Write it with the class name, {@code Asyncio.wait(...)}: Java's {@code Object.wait} hides a static import.
     *
     * <p><b>Cancellation</b>: lets go of the futures, which go on.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static <F extends LoopFuture<? extends @Nullable Object>> LoopFuture<WaitResult<F>> wait(
            Collection<F> futures, Duration timeout, ReturnWhen returnWhen) {
        return waitUntil(futures, Objects.requireNonNull(timeout, "timeout"), returnWhen);
    }

    private static <F extends LoopFuture<? extends @Nullable Object>> LoopFuture<WaitResult<F>> waitUntil(
            Collection<F> futures, @Nullable Duration timeout, ReturnWhen returnWhen) {
        var loop = loop("wait");
        if (futures.isEmpty()) {
            throw new IllegalArgumentException("wait() needs at least one future");
        }
        futures.forEach(future -> ForeignStage.requireLoop(loop, future));
        return new Waiting<>(loop, futures, Objects.requireNonNull(returnWhen, "returnWhen")).start(timeout);
    }

    /** Futures in the order in which they end; see {@link AsCompleted} (S79). */
    public static <T extends @Nullable Object, F extends LoopFuture<? extends T>> AsCompleted<T, F> asCompleted(
            Collection<F> futures) {
        return new AsCompleted<T, F>(loop("asCompleted"), new ArrayList<>(futures), null).start();
    }

    /**
     * The same with a time limit: what has not ended by then fails here with a
     * {@link java.util.concurrent.TimeoutException}, and goes on itself.
     */
    public static <T extends @Nullable Object, F extends LoopFuture<? extends T>> AsCompleted<T, F> asCompleted(
            Collection<F> futures, Duration timeout) {
        var limit = Objects.requireNonNull(timeout, "timeout");
        return new AsCompleted<T, F>(loop("asCompleted"), new ArrayList<>(futures), limit).start();
    }

    /**
     * The same result, but out of reach of a cancel request (S79). A stage that has ended is returned as it is.
     *
     * <p><b>Cancellation</b>: ends this future alone; the stage goes on.
     */
    public static <T extends @Nullable Object> LoopFuture<T> shield(CompletionStage<T> stage) {
        var loop = loop("shield");
        var inner = ForeignStage.onLoop(loop, stage);
        return inner.isDone() ? inner : new Shield<T>(loop).start(inner);
    }

    /** A group of tasks for a {@code try}-with-resources block in a direct-style body; see {@link TaskGroup}. */
    public static TaskGroup taskGroup() {
        return new TaskGroup(requireDirectTask("taskGroup")).open();
    }

    /**
     * Runs a body in the current task with a group of tasks, and waits for all of them (S64-S73).
     *
     * <p><b>Cancellation</b>: cancels the children and waits for them.
     *
     * @return the body's result
     * @throws ExceptionGroup if the body or a child fails
     */
    public static <T extends @Nullable Object> T taskGroup(TaskGroup.Body<T> body) throws Exception {
        return new TaskGroup(requireDirectTask("taskGroup")).run(Objects.requireNonNull(body, "body"));
    }

    /** The same in stage style: a task that ends when the stage and all children have ended. */
    public static <T extends @Nullable Object> Task<T> taskGroupStage(
            Function<? super TaskGroup, ? extends CompletionStage<T>> body) {
        Objects.requireNonNull(body, "body");
        return createTask(() -> taskGroup((TaskGroup group) -> await(body.apply(group))));
    }

    // ---- Other threads ---------------------------------------------------------------------------------------------

    /**
     * Runs a blocking function in the loop's default executor, in a copy of the current context (asyncio's
     * {@code to_thread}, S123).
     *
     * <p><b>Cancellation</b>: a function that has begun goes on, and its result is dropped.
     */
    public static <T extends @Nullable Object> LoopFuture<T> toThread(Callable<T> function) {
        var loop = loop("toThread");
        Objects.requireNonNull(function, "function");
        var context = Context.capture();
        return loop.runInExecutor(null, context == null ? function : () -> context.call(function));
    }

    /** The same for a function without a result. */
    public static LoopFuture<@Nullable Void> toThread(CoroutineAction function) {
        return toThread(Objects.requireNonNull(function, "function").asCoroutine()::run);
    }
}
