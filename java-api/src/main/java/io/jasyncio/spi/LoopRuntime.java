package io.jasyncio.spi;

import io.jasyncio.Context;
import io.jasyncio.Coroutine;
import io.jasyncio.ErrorContext;
import io.jasyncio.EventLoop;
import io.jasyncio.ExceptionHandler;
import io.jasyncio.LoopFuture;
import io.jasyncio.LoopOptions;
import io.jasyncio.LoopServices;
import io.jasyncio.Task;
import io.jasyncio.TaskOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the API needs of a loop beneath {@link EventLoop}. Implemented by a runtime, called by nobody else.
 *
 * <p>What needs neither a selector nor a dispatcher is implemented here, by {@link #services()}.
 */
public interface LoopRuntime extends EventLoop {

    /**
     * Puts an item at the end of the ready queue; from any thread. Unlike {@link #execute}, it drops the item silently
     * when the loop is closed (S30): whoever waits on a closed loop waits for nothing.
     */
    void schedule(Runnable item);

    /**
     * Runs an item inside the running one, which goes on afterwards: for eager starts.
     */
    void runInline(Runnable item);

    /**
     * What the loop would run next if the running item ended here, provided that nothing else may come in between: no
     * channel is watched, no timer is due, no other thread has sent anything. Otherwise null.
     */
    @Nullable
    Runnable peekNext();

    /** Takes what {@link #peekNext()} named, which runs from now on: the caller does it in the loop's place. */
    void takeNext();

    /** {@link #currentTask()} for code that is known to run on the loop. */
    @Nullable
    Task<?> runningTask();

    /** The context of the item that runs now; null between items. */
    @Nullable
    Context currentContext();

    /**
     * Watches for Ctrl-C (S134): the first runs the callback, in the thread of the signal; a second ends the process as if
     * nobody had watched. Where another watch is open, the application handles the signal itself or the JVM leaves signals
     * alone, nothing is watched.
     */
    InterruptWatch watchInterrupt(Runnable onFirst);

    /** The parts of the loop that need neither a selector nor a dispatcher. */
    LoopServices services();

    /** What the loop was made with. */
    LoopOptions options();

    @Override
    default <T extends @Nullable Object> LoopFuture<T> createFuture() {
        return services().createFuture();
    }

    @Override
    default <T extends @Nullable Object> Task<T> createTask(Coroutine<T> body, TaskOptions options) {
        return services().createTask(body, options);
    }

    @Override
    default <T extends @Nullable Object> Task<T> createStageTask(
            Supplier<? extends CompletionStage<T>> body, TaskOptions options) {
        return services().createStageTask(body, options);
    }

    @Override
    default <T extends @Nullable Object> CompletableFuture<T> submit(Coroutine<T> body) {
        Objects.requireNonNull(body, "body");
        return services().submit(() -> createTask(body));
    }

    @Override
    default <T extends @Nullable Object> CompletableFuture<T> submitStage(Supplier<? extends CompletionStage<T>> body) {
        Objects.requireNonNull(body, "body");
        return services().submit(() -> createStageTask(body));
    }

    @Override
    default Set<Task<?>> allTasks() {
        services().requireOwnThread("allTasks");
        return services().allTasks();
    }

    @Override
    default <T extends @Nullable Object> LoopFuture<T> runInExecutor(
            @Nullable Executor executor, Callable<T> function) {
        services().requireUsable("runInExecutor");
        return services().defaultExecutor().run(executor, function);
    }

    @Override
    default void setDefaultExecutor(ExecutorService executor) {
        services().requireUsable("setDefaultExecutor");
        services().defaultExecutor().set(executor);
    }

    @Override
    default LoopFuture<@Nullable Void> shutdownDefaultExecutor(Duration timeout) {
        services().requireUsable("shutdownDefaultExecutor");
        return services().defaultExecutor().shutdown(timeout);
    }

    @Override
    default LoopFuture<@Nullable Void> shutdownAsyncGenerators() {
        services().requireUsable("shutdownAsyncGenerators");
        return services().shutdownAsyncGenerators();
    }

    @Override
    default void setExceptionHandler(@Nullable ExceptionHandler handler) {
        services().requireOwnThread("setExceptionHandler");
        services().setExceptionHandler(handler);
    }

    @Override
    default @Nullable ExceptionHandler getExceptionHandler() {
        return services().getExceptionHandler();
    }

    @Override
    default void defaultExceptionHandler(ErrorContext context) {
        services().logError(context);
    }

    @Override
    default void callExceptionHandler(ErrorContext context) {
        services().callExceptionHandler(context);
    }

    @Override
    default boolean isDebug() {
        return services().isDebug();
    }

    @Override
    default void setDebug(boolean debug) {
        services().requireOwnThread("setDebug");
        services().setDebug(debug);
    }

    @Override
    default Duration getSlowCallbackDuration() {
        return services().getSlowCallbackDuration();
    }

    @Override
    default void setSlowCallbackDuration(Duration duration) {
        services().requireOwnThread("setSlowCallbackDuration");
        services().setSlowCallbackDuration(duration);
    }
}
