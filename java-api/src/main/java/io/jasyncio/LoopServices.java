package io.jasyncio;

import io.jasyncio.internal.fiber.FiberFactory;
import io.jasyncio.iteration.AsyncIterator;
import io.jasyncio.iteration.GeneratorBody;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.spi.Stepper;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a loop that need neither a selector nor a dispatcher: its tasks, its errors, its executor. A runtime makes
 * one for each loop and hands the calls on. Not for applications.
 *
 * <p>Thread rule: the loop's, but for {@link #submit}.
 */
public final class LoopServices {

    private final LoopRuntime loop;
    private final TaskRegistry tasks = new TaskRegistry();
    private final FailureTracker failures = new FailureTracker();
    private final Unsettled unsettled = new Unsettled();
    private final Nesting nesting = new Nesting(200);

    /** Less deep, since each step on this way takes some twenty frames and an exception with a trace of all of them. */
    private final Nesting cancelNesting = new Nesting(8);

    private final ExternalWork externalWork = new ExternalWork();
    private final DefaultExecutor defaultExecutor;
    private final Generators generators;
    private final LoopFuture<@Nullable Void> completed;

    /** What other threads have submitted and the loop has not begun; any thread. */
    private final Set<SubmittedFuture<?>> notBegun = ConcurrentHashMap.newKeySet();

    private @Nullable ExceptionHandler exceptionHandler;
    private @Nullable FiberFactory fibers;

    /**
     * The direct-style body whose stack is in use. Not always the current task's: what hangs on a future runs on the stack of
     * whoever ends it.
     */
    private @Nullable DirectTask<?> mounted;

    private @Nullable LoopFuture<Boolean> yes;
    private @Nullable LoopFuture<Boolean> no;
    private Duration slowCallbackDuration = Duration.ofMillis(100);
    private boolean debug;

    /** Creates the services of a loop. */
    public LoopServices(LoopRuntime loop, LoopOptions options) {
        this.loop = loop;
        this.debug = options.debug();
        this.defaultExecutor = new DefaultExecutor(loop, externalWork);
        this.generators = new Generators(loop);
        this.completed = new LoopFuture<>(loop);
        completed.finish(null);
    }

    // ---- Tasks -----------------------------------------------------------------------------------------------------

    TaskRegistry tasks() {
        return tasks;
    }

    FailureTracker failures() {
        return failures;
    }

    Nesting nesting() {
        return nesting;
    }

    Unsettled unsettled() {
        return unsettled;
    }

    Generators generators() {
        return generators;
    }

    /** Bounds how deep the bodies of a runtime's tasks cancel each other. */
    Nesting cancelNesting() {
        return cancelNesting;
    }

    /** What other threads do for the loop. */
    public ExternalWork externalWork() {
        return externalWork;
    }

    /** What runs direct-style bodies; chosen when the first one starts, which is when the loop's thread is known. */
    FiberFactory fibers() {
        var chosen = fibers;
        if (chosen == null) {
            chosen = FiberFactory.choose(loop, loop.options().carrier());
            fibers = chosen;
        }
        return chosen;
    }

    /** {@link EventLoop#createFuture()}. */
    public <T extends @Nullable Object> LoopFuture<T> createFuture() {
        return new LoopFuture<>(loop);
    }

    /** A stage as a future of this loop: itself if it is one, else a view of it. */
    public <T extends @Nullable Object> LoopFuture<T> futureOf(CompletionStage<T> stage) {
        return ForeignStage.onLoop(loop, stage);
    }

    /** A future that has ended without a value: always the same one, for what did not have to wait. */
    public LoopFuture<@Nullable Void> completed() {
        return completed;
    }

    /** A future that has ended with a value. */
    public <T extends @Nullable Object> LoopFuture<T> ended(T value) {
        var future = new LoopFuture<T>(loop);
        future.finish(value);
        return future;
    }

    /** A future that has ended with a failure. */
    public <T extends @Nullable Object> LoopFuture<T> failed(Throwable failure) {
        var future = new LoopFuture<T>(loop);
        future.fail(failure);
        return future;
    }

    /** A future that has ended with yes or no: always the same two. */
    public LoopFuture<Boolean> answer(boolean yes) {
        var known = yes ? this.yes : no;
        if (known == null) {
            known = ended(yes);
            if (yes) {
                this.yes = known;
            } else {
                no = known;
            }
        }
        return known;
    }

    /** Runs an item inside the running one, which may be a direct-style body that must not be in the way. */
    public void runInside(Runnable item) {
        var body = mounted;
        if (body == null) {
            loop.runInline(item);
        } else {
            body.runOutside(() -> loop.runInline(item));
        }
    }

    /** Notes whose stack is in use from now on; null for the loop's own. Returns what was noted before. */
    @Nullable
    DirectTask<?> mount(@Nullable DirectTask<?> body) {
        var outer = mounted;
        mounted = body;
        return outer;
    }

    /** {@link EventLoop#createTask(Coroutine, TaskOptions)}. */
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> body, TaskOptions options) {
        requireUsable("createTask");
        var task = new DirectTask<T>(loop, body, options);
        task.start(options);
        return task;
    }

    /** {@link EventLoop#createStageTask(Supplier, TaskOptions)}. */
    public <T extends @Nullable Object> Task<T> createStageTask(
            Supplier<? extends CompletionStage<T>> body, TaskOptions options) {
        requireUsable("createStageTask");
        var task = new StageTask<T>(loop, body, options);
        task.start(options);
        return task;
    }

    /** A stage-style task of the library's own, whose first step runs now. It goes down with the loop silently (S28). */
    public <T extends @Nullable Object> Task<T> startInternal(Supplier<? extends CompletionStage<T>> body) {
        var options = TaskOptions.DEFAULT.eager();
        var task = new StageTask<T>(loop, body, options);
        task.isInternal = true;
        task.start(options);
        return task;
    }

    /** Starts work as a task of its own, whose first step runs now. */
    public <T extends @Nullable Object> LoopFuture<T> startSteps(Stepper<T> work) {
        requireUsable("startSteps");
        return StepperTask.start(loop, work);
    }

    /**
     * Does work on behalf of the caller, as far as it gets.
     *
     * @return what the caller has to wait for; null if all of it is done
     * @throws Exception the failure of the work, if it did not have to wait
     */
    public <T extends @Nullable Object> @Nullable LoopFuture<T> goOn(Stepper<T> work) throws Exception {
        return StepperTask.goOn(loop, work);
    }

    /**
     * Makes the body of a generator ready to run; the first question starts it.
     *
     * @param owner when it becomes garbage, the body is closed
     */
    public <T extends @Nullable Object> AsyncIterator<T> startGenerator(Object owner, GeneratorBody<T> body) {
        requireUsable("hasNextAsync");
        return new Generation<>(loop, owner, body);
    }

    /** {@link EventLoop#shutdownAsyncGenerators()}. */
    public LoopFuture<@Nullable Void> shutdownAsyncGenerators() {
        return generators.shutdown();
    }

    /** Refuses a call on a closed loop (S9), or from a foreign thread. */
    public void requireUsable(String method) {
        if (loop.isClosed()) {
            throw new IllegalStateException("Event loop is closed");
        }
        requireOwnThread(method);
    }

    /** Refuses to touch what belongs to a loop from a thread that does not run on its behalf. */
    public void requireOwnThread(String method) {
        requireOwnThread(method, null);
    }

    /** The same with something better to do than the usual. */
    public void requireOwnThread(String method, @Nullable String advice) {
        if (!loop.isCurrent() && loop.isRunning()) {
            var usual = "use loop.submit(...), loop.execute(...) or loop.callSoonThreadsafe(...) there";
            throw new IllegalStateException(method + "() was called from thread '"
                    + Thread.currentThread().getName() + "', which is not the loop's: "
                    + (advice == null ? usual : advice));
        }
    }

    /** {@link EventLoop#submit} for either style; any thread. */
    public <T extends @Nullable Object> CompletableFuture<T> submit(Supplier<Task<T>> start) {
        return SubmittedFuture.submit(loop, notBegun, start);
    }

    /** {@link EventLoop#allTasks()}. */
    public Set<Task<?>> allTasks() {
        return tasks.snapshot();
    }

    /** {@link EventLoop#runInExecutor} and its kin. */
    public DefaultExecutor defaultExecutor() {
        return defaultExecutor;
    }

    // ---- Errors ----------------------------------------------------------------------------------------------------

    /** {@link EventLoop#setExceptionHandler}. */
    public void setExceptionHandler(@Nullable ExceptionHandler handler) {
        exceptionHandler = handler;
    }

    /** {@link EventLoop#getExceptionHandler()}. */
    public @Nullable ExceptionHandler getExceptionHandler() {
        return exceptionHandler;
    }

    /** {@link EventLoop#callExceptionHandler}: never throws, and never loses the error. */
    public void callExceptionHandler(ErrorContext context) {
        var handler = exceptionHandler;
        if (handler == null) {
            logError(context);
            return;
        }
        try {
            handler.handle(loop, context);
        } catch (Throwable failed) {
            logError(new ErrorContext("Unhandled error in exception handler", failed, handler));
            logError(context);
        }
    }

    /** {@link EventLoop#defaultExceptionHandler}. */
    public void logError(ErrorContext context) {
        LoopLog.error(context);
    }

    /** Says something that is worth knowing but no error. */
    public void logWarning(String message) {
        LoopLog.warning(message);
    }

    /**
     * Reports failed futures that became garbage before anybody looked at them, and has generators closed that became
     * garbage before they ended. Cheap; for idle moments.
     */
    public void reportLostFailures() {
        unsettled.settleAll();
        failures.reportCollected(loop);
        generators.closeCollected();
    }

    // ---- Debugging -------------------------------------------------------------------------------------------------

    /** {@link EventLoop#isDebug()}. */
    public boolean isDebug() {
        return debug;
    }

    /** {@link EventLoop#setDebug}. */
    public void setDebug(boolean on) {
        debug = on;
    }

    /** {@link EventLoop#getSlowCallbackDuration()}. */
    public Duration getSlowCallbackDuration() {
        return slowCallbackDuration;
    }

    /** {@link EventLoop#setSlowCallbackDuration}. */
    public void setSlowCallbackDuration(Duration duration) {
        if (Objects.requireNonNull(duration, "duration").isNegative()) {
            throw new IllegalArgumentException("the slow callback duration is negative: " + duration);
        }
        slowCallbackDuration = duration;
    }

    /** Says that an item took long (S129). */
    public void warnSlow(Object item, long tookNanos) {
        LoopLog.slow(item, tookNanos);
    }

    // ---- The end ---------------------------------------------------------------------------------------------------

    /**
     * The last part of {@link EventLoop#close()}: reports what is left, unwinds direct-style bodies that still wait, and
     * lets the threads go. The loop is marked closed already, so nothing of it can be scheduled any more.
     */
    public void close() {
        for (var task = tasks.first(); task != null; task = tasks.first()) {
            tasks.remove(task);
            if (!task.isInternal) {
                callExceptionHandler(new ErrorContext("Task was destroyed but it is pending!", null, task));
            }
            task.abandon();
        }
        generators.abandonAll();
        notBegun.forEach(SubmittedFuture::loopClosed);
        unsettled.settleAll();
        failures.reportAll(loop);
        defaultExecutor.shutdownNow();
        if (fibers != null) {
            fibers.close();
        }
    }
}
