package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;

import io.jasyncio.Coroutine;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.ExceptionGroup;
import io.jasyncio.Task;
import io.jasyncio.TaskOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** What the tasks do in the scenarios of groups and of gather and its kin, in direct style and as stages. */
final class Children {

    private Children() {}

    static Coroutine<Void> sleeper(Trace trace, String name, int seconds) {
        CoroutineAction body = () -> {
            try {
                await(sleep(seconds(seconds)));
                trace.add(name, "slept");
            } catch (CancellationException cancelled) {
                trace.add(name, cancelled, "at", millis());
                throw cancelled;
            }
        };
        return body.asCoroutine();
    }

    static Supplier<CompletionStage<Void>> sleeperStage(Trace trace, String name, int seconds) {
        return () -> sleep(seconds(seconds)).whenComplete((slept, failure) -> {
            if (failure == null) {
                trace.add(name, "slept");
            } else {
                trace.add(name, original(failure), "at", millis());
            }
        });
    }

    static <T> Coroutine<T> failAfter(int seconds, String message) {
        return () -> {
            await(sleep(seconds(seconds)));
            throw new Boom(message);
        };
    }

    static <T> Supplier<CompletionStage<T>> failAfterStage(int seconds, String message) {
        return () -> sleep(seconds(seconds)).thenApply(slept -> {
            throw new Boom(message);
        });
    }

    static <T> Coroutine<T> after(int seconds, T value) {
        return () -> await(sleep(seconds(seconds), value));
    }

    static <T> Supplier<CompletionStage<T>> afterStage(int seconds, T value) {
        return () -> sleep(seconds(seconds), value);
    }

    /** What a group holds: failures by their messages, groups as lists, other exceptions as they are. */
    static List<Object> failures(Throwable group) {
        return ((ExceptionGroup) original(group))
                .exceptions().stream().map(Children::failure).toList();
    }

    private static Object failure(Throwable exception) {
        if (exception instanceof ExceptionGroup group) {
            return failures(group);
        }
        return exception instanceof Boom ? exception.getMessage() : exception;
    }

    /** For the end of a stage-style group that must have failed: prints what it holds. */
    static <T> BiFunction<T, Throwable, Void> printFailures(Trace trace) {
        return (value, failure) -> {
            trace.add("failed", failures(failure));
            return null;
        };
    }

    /** A stage with a {@code finally} that takes time: sleeps, does what is to be done, and ends as the stage did. */
    static <T> CompletionStage<T> withCleanup(CompletionStage<T> stage, int seconds, Runnable action) {
        return stage.handle((value, failure) -> sleep(seconds(seconds)))
                .thenCompose(cleanup -> cleanup)
                .thenRun(action)
                .thenCompose(then -> stage);
    }

    /** For a stage-style body that has nothing to wait for. */
    static <T> CompletionStage<T> nothing() {
        return CompletableFuture.completedFuture(null);
    }

    /** What a stage's function is given, without the wrapper of {@link CompletableFuture}. */
    static Throwable original(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** The virtual time of the running loop, in milliseconds. */
    static long millis() {
        return EventLoop.current().time() / 1_000_000;
    }

    /** The cancel requests that stand against the running task. */
    static int requests() {
        return Objects.requireNonNull(currentTask()).cancelling();
    }

    static TaskOptions named(String name) {
        return TaskOptions.named(name);
    }

    static List<String> names(Collection<? extends Task<?>> tasks) {
        return tasks.stream().map(Task::getName).sorted().toList();
    }
}
