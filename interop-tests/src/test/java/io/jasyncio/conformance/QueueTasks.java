package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.onCancel;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.queue.AsyncQueue;
import io.jasyncio.queue.QueueEmptyException;
import io.jasyncio.queue.QueueFullException;
import io.jasyncio.queue.QueueShutDownException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What the tasks do in the scenarios of queues, in direct style and as stages. */
final class QueueTasks {

    private QueueTasks() {}

    // ---- Bodies in direct style ------------------------------------------------------------------------------------

    /** Gets one item and says how that ended. */
    static CoroutineAction getter(Trace trace, String name, AsyncQueue<?> queue) {
        return telling(trace, name, () -> trace.add(name, "got", await(queue.getAsync())));
    }

    /** Puts one item and says how that ended. */
    static <T> CoroutineAction putter(Trace trace, String name, AsyncQueue<T> queue, T item) {
        return telling(trace, name, () -> {
            await(queue.putAsync(item));
            trace.add(name, "has put", item);
        });
    }

    /** Waits until all work is done and says how that ended. */
    static CoroutineAction joiner(Trace trace, String name, AsyncQueue<?> queue) {
        return telling(trace, name, () -> {
            await(queue.joinAsync());
            trace.add(name, "joined at", millis());
        });
    }

    private static CoroutineAction telling(Trace trace, String name, CoroutineAction body) {
        return () -> {
            try {
                body.run();
            } catch (QueueShutDownException shutDown) {
                trace.add(name, "finds it shut down");
            } catch (CancellationException cancelled) {
                trace.add(name, cancelled);
                throw cancelled;
            }
        };
    }

    /** A task for each name, that gets one item. */
    static List<Task<Void>> getters(Trace trace, AsyncQueue<?> queue, String... names) {
        return Arrays.stream(names)
                .map(name -> createTask(getter(trace, name, queue)))
                .toList();
    }

    /** A task for each name, that puts one item. */
    static List<Task<Void>> putters(Trace trace, AsyncQueue<String> queue, String... names) {
        return Arrays.stream(names)
                .map(name -> createTask(putter(trace, name, queue, "item of " + name)))
                .toList();
    }

    /** A task for each name, that waits until all work is done. */
    static List<Task<Void>> joiners(Trace trace, AsyncQueue<?> queue, String... names) {
        return Arrays.stream(names)
                .map(name -> createTask(joiner(trace, name, queue)))
                .toList();
    }

    /** Waits for tasks, whichever way they end. */
    static void ended(List<Task<Void>> tasks) throws Exception {
        await(Asyncio.wait(tasks));
    }

    // ---- The same as stages ----------------------------------------------------------------------------------------

    static Supplier<CompletionStage<Void>> getterStage(Trace trace, String name, AsyncQueue<?> queue) {
        return () -> told(trace, name, queue.getAsync().thenAccept(item -> trace.add(name, "got", item)));
    }

    static <T> Supplier<CompletionStage<Void>> putterStage(Trace trace, String name, AsyncQueue<T> queue, T item) {
        return () -> told(trace, name, queue.putAsync(item).thenRun(() -> trace.add(name, "has put", item)));
    }

    static Supplier<CompletionStage<Void>> joinerStage(Trace trace, String name, AsyncQueue<?> queue) {
        return () -> told(trace, name, queue.joinAsync().thenRun(() -> trace.add(name, "joined at", millis())));
    }

    private static CompletionStage<Void> told(Trace trace, String name, CompletionStage<Void> stage) {
        return onCancel(stage, cancelled -> trace.add(name, cancelled)).exceptionallyCompose(failure -> {
            if (original(failure) instanceof QueueShutDownException) {
                trace.add(name, "finds it shut down");
                return nothing();
            }
            return CompletableFuture.failedFuture(failure);
        });
    }

    static List<Task<Void>> getterStages(Trace trace, AsyncQueue<?> queue, String... names) {
        return Arrays.stream(names)
                .map(name -> createStageTask(getterStage(trace, name, queue)))
                .toList();
    }

    static List<Task<Void>> putterStages(Trace trace, AsyncQueue<String> queue, String... names) {
        return Arrays.stream(names)
                .map(name -> createStageTask(putterStage(trace, name, queue, "item of " + name)))
                .toList();
    }

    static List<Task<Void>> joinerStages(Trace trace, AsyncQueue<?> queue, String... names) {
        return Arrays.stream(names)
                .map(name -> createStageTask(joinerStage(trace, name, queue)))
                .toList();
    }

    static CompletionStage<List<Task<Void>>> endedStage(List<Task<Void>> tasks) {
        return Asyncio.wait(tasks).thenApply(all -> tasks);
    }

    // ---- What does not wait ----------------------------------------------------------------------------------------

    /** Gets an item or says why there is none. */
    static void tryGet(Trace trace, AsyncQueue<?> queue) {
        try {
            trace.add("got", queue.getNowait());
        } catch (QueueShutDownException shutDown) {
            trace.add("shut down");
        } catch (QueueEmptyException empty) {
            trace.add("empty");
        }
    }

    /** Puts an item or says why not. */
    static <T> void tryPut(Trace trace, AsyncQueue<T> queue, T item) {
        try {
            queue.putNowait(item);
            trace.add("has put", item);
        } catch (QueueShutDownException shutDown) {
            trace.add("shut down");
        } catch (QueueFullException full) {
            trace.add("full");
        }
    }

    /** Reports work that was never put, or was reported already. */
    static void oneDoneTooMany(Trace trace, AsyncQueue<?> queue) {
        try {
            queue.taskDone();
        } catch (IllegalStateException refused) {
            trace.add("refused");
        }
    }

    /** Calls back at a second of the virtual time. */
    static void callAt(int second, Runnable callback) {
        EventLoop.current().callAt(seconds(second).toNanos(), callback);
    }

    /** All that is in a queue, in the order in which it gives it. */
    static <T> List<T> drain(AsyncQueue<T> queue) {
        var items = new ArrayList<T>();
        while (!queue.isEmpty()) {
            items.add(queue.getNowait());
        }
        return items;
    }
}
