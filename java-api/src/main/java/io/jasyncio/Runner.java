package io.jasyncio;

import io.jasyncio.spi.CurrentLoop;
import io.jasyncio.spi.LoopRuntime;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds one loop for several programs that run after each other (asyncio's {@code Runner}, S131-S135). {@link Asyncio#run}
 * is a runner for a single one.
 *
 * <pre>{@code
 * try (var runner = new Runner(LoopOptions.defaults().withDebug(true))) {
 *     runner.run(() -> prepare());
 *     runner.run(() -> work());
 * }
 * }</pre>
 *
 * <p>Thread rule: for one thread, which becomes the loop's while a program runs.
 */
public final class Runner implements AutoCloseable {

    private static final Duration EXECUTOR_PATIENCE = Duration.ofSeconds(300);

    private final Supplier<? extends EventLoop> loopFactory;

    /** Kept over all programs: what one sets, the next one sees (S133). */
    private final Context context = Context.current().copy();

    private @Nullable LoopRuntime loop;
    private boolean closed;

    /** A runner with {@linkplain LoopOptions#defaults() default options}. */
    public Runner() {
        this(LoopOptions.defaults());
    }

    /** A runner whose loop is made with these options. */
    public Runner(LoopOptions options) {
        Objects.requireNonNull(options, "options");
        this.loopFactory = () -> EventLoop.create(options);
    }

    /** A runner that takes its loop from a factory. */
    public Runner(Supplier<? extends EventLoop> loopFactory) {
        this.loopFactory = Objects.requireNonNull(loopFactory, "loopFactory");
    }

    /**
     * The loop; made now if no program has run yet.
     *
     * @throws IllegalStateException if the runner is closed
     */
    public EventLoop getLoop() {
        return loop();
    }

    private LoopRuntime loop() {
        if (closed) {
            throw new IllegalStateException("this runner is closed");
        }
        var known = loop;
        if (known == null) {
            known = (LoopRuntime) loopFactory.get();
            loop = known;
        }
        return known;
    }

    /**
     * Runs a direct-style body as the main task and waits for it. What it leaves behind goes on in the next run.
     *
     * @throws Exception what the body throws
     * @throws KeyboardInterruptException if the main task was cancelled by Ctrl-C
     * @throws IllegalStateException if the runner is closed, or a loop runs on this thread already
     */
    public <T extends @Nullable Object> T run(Coroutine<T> main) throws Exception {
        Objects.requireNonNull(main, "main");
        return runTask((on, options) -> on.createTask(main, options));
    }

    /** The same for a body without a result. */
    public void run(CoroutineAction main) throws Exception {
        run(Objects.requireNonNull(main, "main").asCoroutine());
    }

    /** The same for a body in stage style. */
    public <T extends @Nullable Object> T runStage(Supplier<? extends CompletionStage<T>> main) throws Exception {
        Objects.requireNonNull(main, "main");
        return runTask((on, options) -> on.createStageTask(main, options));
    }

    /** For runtimes: runs a task of another kind as the main task. It is to be made with the options that are handed over. */
    public <T extends @Nullable Object> T runTask(
            BiFunction<? super LoopRuntime, ? super TaskOptions, ? extends Task<T>> startMain) throws Exception {
        if (CurrentLoop.get() != null) {
            throw new IllegalStateException("run() was called on a thread that runs an event loop already: await the"
                    + " work, or start it with createTask(...)");
        }
        var running = loop();
        var main = startMain.apply(running, TaskOptions.DEFAULT.in(context));
        try (var interrupt = running.watchInterrupt(() -> running.schedule(main::cancel))) {
            try {
                return running.runUntilComplete(main);
            } catch (CancellationException cancelled) {
                if (interrupt.happened() && main.uncancel() == 0) {
                    throw new KeyboardInterruptException(cancelled);
                }
                throw cancelled;
            } catch (Throwable failure) {
                addCallersFrames(failure);
                throw failure;
            }
        }
    }

    /**
     * A body in direct style has a stack of its own. A trace that ends there does not say which program it was; and Java's
     * launcher of source files takes for granted that a trace ends with its own frames, and cuts off as many.
     */
    private static void addCallersFrames(Throwable failure) {
        var here = new Throwable().getStackTrace();
        var trace = failure.getStackTrace();
        var caller = here[here.length - 1];
        if (trace.length == 0 || trace[trace.length - 1].equals(caller)) {
            return;
        }
        var both = Arrays.copyOf(trace, trace.length + here.length);
        System.arraycopy(here, 0, both, trace.length, here.length);
        failure.setStackTrace(both);
    }

    /**
     * Ends what is left: cancels all tasks and waits for them, closes async generators, waits for the default executor,
     * closes the loop (S131). Idempotent.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        var toClose = loop;
        if (toClose == null) {
            return;
        }
        try {
            cancelAll(toClose);
            toClose.runUntilComplete(toClose.shutdownAsyncGenerators());
            toClose.runUntilComplete(toClose.shutdownDefaultExecutor(EXECUTOR_PATIENCE));
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException("the loop could not be shut down", impossible);
        } finally {
            toClose.close();
        }
    }

    /** One pass: what a task starts while it is being cancelled is not waited for (S132). */
    private static void cancelAll(LoopRuntime loop) throws Exception {
        var left = loop.allTasks();
        if (left.isEmpty()) {
            return;
        }
        // On behalf of the loop, though it does not run just now: functions of stages may run inside of the request.
        var outer = CurrentLoop.set(loop);
        try {
            left.forEach(Task::cancel);
        } finally {
            CurrentLoop.set(outer);
        }
        loop.runUntilComplete(new Gathering.OfOutcomes<@Nullable Object>(loop).start(left));
        for (var task : left) {
            var failure = task.failureOrNull();
            if (failure != null && !(failure instanceof CancellationException)) {
                loop.callExceptionHandler(
                        new ErrorContext("unhandled exception during asyncio.run() shutdown", failure, task));
            }
        }
    }
}
