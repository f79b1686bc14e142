package io.jasyncio.conformance;

import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.QueueTasks.endedStage;
import static io.jasyncio.conformance.QueueTasks.getterStage;
import static io.jasyncio.conformance.QueueTasks.getterStages;
import static io.jasyncio.conformance.QueueTasks.putterStage;
import static io.jasyncio.conformance.QueueTasks.putterStages;
import static io.jasyncio.conformance.QueueTasks.tryGet;
import static io.jasyncio.conformance.QueueTasks.tryPut;

import io.jasyncio.queue.AsyncQueue;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** S93 and S94 in stage style: shutting down, plainly and at once, and who is woken by it. */
class QueueshutdownStage {

    @Twin("a_queue_that_is_shut_down_takes_nothing")
    CompletionStage<?> aQueueThatIsShutDownTakesNothing(Trace trace) {
        var queue = new AsyncQueue<String>();
        queue.shutdown();
        return putterStage(trace, "putter", queue, "item").get().thenRun(() -> {
            tryPut(trace, queue, "item");
            trace.add("size", queue.size());
        });
    }

    @Twin("a_full_queue_that_is_shut_down_takes_nothing_either")
    CompletionStage<?> aFullQueueThatIsShutDownTakesNothingEither(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        queue.shutdown();
        return putterStage(trace, "putter", queue, "item").get().thenRun(() -> {
            tryPut(trace, queue, "item");
            trace.add("size", queue.size());
        });
    }

    @Twin("what_is_left_can_be_got_after_a_shutdown")
    CompletionStage<?> whatIsLeftCanBeGotAfterAShutdown(Trace trace) {
        var queue = new AsyncQueue<Integer>();
        List.of(1, 2, 3).forEach(queue::putNowait);
        queue.shutdown();
        return getterStage(trace, "getter", queue)
                .get()
                .thenRun(() -> tryGet(trace, queue))
                .thenCompose(got -> getterStage(trace, "getter", queue).get())
                .thenCompose(got -> getterStage(trace, "getter", queue).get())
                .thenRun(() -> tryGet(trace, queue));
    }

    @Twin("a_shutdown_wakes_all_getters")
    CompletionStage<?> aShutdownWakesAllGetters(Trace trace) {
        var queue = new AsyncQueue<String>();
        var tasks = getterStages(trace, queue, "A", "B", "C");
        return napStage(1).thenRun(queue::shutdown).thenCompose(shutDown -> endedStage(tasks));
    }

    @Twin("a_shutdown_wakes_all_putters")
    CompletionStage<?> aShutdownWakesAllPutters(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var tasks = putterStages(trace, queue, "A", "B");
        return napStage(1)
                .thenRun(queue::shutdown)
                .thenCompose(shutDown -> endedStage(tasks))
                .thenRun(() -> {
                    tryGet(trace, queue);
                    tryGet(trace, queue);
                });
    }

    @Twin("a_shutdown_at_once_drops_the_items")
    CompletionStage<?> aShutdownAtOnceDropsTheItems(Trace trace) {
        var queue = new AsyncQueue<Integer>();
        queue.putNowait(1);
        queue.putNowait(2);
        queue.shutdown(true);
        trace.add("size", queue.size(), "empty", queue.isEmpty());
        return getterStage(trace, "getter", queue).get().thenRun(() -> {
            tryGet(trace, queue);
            tryPut(trace, queue, 3);
        });
    }

    @Twin("a_shutdown_at_once_wakes_all_putters")
    CompletionStage<?> aShutdownAtOnceWakesAllPutters(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var tasks = putterStages(trace, queue, "A", "B");
        return napStage(1)
                .thenRun(() -> queue.shutdown(true))
                .thenCompose(shutDown -> endedStage(tasks))
                .thenRun(() -> trace.add("size", queue.size()));
    }

    @Twin("a_second_shutdown_changes_nothing")
    CompletionStage<?> aSecondShutdownChangesNothing(Trace trace) {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        queue.shutdown();
        queue.shutdown();
        tryGet(trace, queue);
        queue.shutdown();
        tryGet(trace, queue);
        return nothing();
    }

    @Twin("a_shutdown_can_become_one_at_once")
    CompletionStage<?> aShutdownCanBecomeOneAtOnce(Trace trace) {
        var queue = new AsyncQueue<Integer>();
        queue.putNowait(1);
        queue.putNowait(2);
        queue.shutdown();
        tryGet(trace, queue);
        queue.shutdown(true);
        tryGet(trace, queue);
        return nothing();
    }
}
