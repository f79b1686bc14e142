package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.waitForStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.endedStage;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onCancel;
import static io.jasyncio.conformance.QueueTasks.callAt;
import static io.jasyncio.conformance.QueueTasks.endedStage;
import static io.jasyncio.conformance.QueueiterationsDirect.queueOf;

import io.jasyncio.queue.AsyncQueue;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** S91, S93 and S96 in stage style: queues gone through until they are shut down. */
class QueueiterationsStage {

    /** Works so long on each item. */
    private static Supplier<CompletionStage<Void>> consumer(
            Trace trace, String name, AsyncQueue<?> queue, int seconds) {
        return () -> onCancel(
                queue.forEachStageAsync(item -> {
                            trace.add(name, "got", item, "at", millis());
                            return seconds > 0 ? napStage(seconds) : nothing();
                        })
                        .thenRun(() -> trace.add(name, "ends at", millis())),
                cancelled -> trace.add(name, cancelled, "at", millis()));
    }

    @Twin("a_loop_goes_on_until_the_queue_is_shut_down_and_empty")
    CompletionStage<?> aLoopGoesOnUntilTheQueueIsShutDownAndEmpty(Trace trace) {
        var queue = queueOf(1);
        callAt(1, () -> queue.putNowait(2));
        callAt(2, () -> queue.putNowait(3));
        callAt(3, queue::shutdown);
        return consumer(trace, "A", queue, 0).get();
    }

    @Twin("a_loop_ends_at_once_with_a_shutdown_at_once")
    CompletionStage<?> aLoopEndsAtOnceWithAShutdownAtOnce(Trace trace) {
        var queue = queueOf(1, 2, 3);
        callAt(1, () -> queue.shutdown(true));
        return consumer(trace, "A", queue, 3).get();
    }

    @Twin("loops_share_the_items")
    CompletionStage<?> loopsShareTheItems(Trace trace) {
        var queue = queueOf();
        var tasks = List.of(
                createStageTask(consumer(trace, "A", queue, 0)), createStageTask(consumer(trace, "B", queue, 0)));
        for (var second : List.of(1, 2, 3)) {
            callAt(second, () -> queue.putNowait(second));
        }
        callAt(4, queue::shutdown);
        return endedStage(tasks);
    }

    @Twin("a_loop_takes_no_item_ahead")
    CompletionStage<?> aLoopTakesNoItemAhead(Trace trace) {
        var queue = queueOf(1, 2, 3);
        var task = createStageTask(consumer(trace, "A", queue, 2));
        return napStage(1).thenCompose(slept -> {
            trace.add("robber got", queue.getNowait(), "left", queue.size());
            queue.shutdown();
            return task;
        });
    }

    @Twin("a_loop_that_is_left_early_leaves_the_rest")
    CompletionStage<?> aLoopThatIsLeftEarlyLeavesTheRest(Trace trace) {
        var queue = queueOf(1, 2, 3);
        queue.shutdown();
        return queue.take(1)
                .forEachAsync(item -> trace.add("got", item))
                .thenRun(() -> trace.add("left", queue.size()))
                .thenCompose(shown -> consumer(trace, "A", queue, 0).get());
    }

    @Twin("an_item_that_meets_a_request_stays_in_the_queue")
    CompletionStage<?> anItemThatMeetsARequestStaysInTheQueue(Trace trace) {
        var queue = new AsyncQueue<String>();
        var task = createStageTask(consumer(trace, "A", queue, 0));
        return napStage(1)
                .thenCompose(slept -> {
                    queue.putNowait("item");
                    task.cancel();
                    return endedStage(task);
                })
                .thenRun(() -> trace.add("left", queue.size()));
    }

    @Twin("an_item_that_meets_a_request_goes_to_the_next_loop")
    CompletionStage<?> anItemThatMeetsARequestGoesToTheNextLoop(Trace trace) {
        var queue = new AsyncQueue<String>();
        var first = createStageTask(consumer(trace, "A", queue, 0));
        var second = createStageTask(consumer(trace, "B", queue, 0));
        return napStage(1)
                .thenCompose(slept -> {
                    queue.putNowait("item");
                    first.cancel();
                    return napStage(1);
                })
                .thenCompose(slept -> {
                    queue.shutdown();
                    return endedStage(List.of(first, second));
                })
                .thenRun(() -> trace.add("left", queue.size()));
    }

    @Twin("an_item_that_meets_a_deadline_stays_in_the_queue")
    CompletionStage<?> anItemThatMeetsADeadlineStaysInTheQueue(Trace trace) {
        var queue = new AsyncQueue<String>();
        callAt(1, () -> trace.advance(seconds(3)));
        callAt(2, () -> queue.putNowait("item"));
        return waitForStage(consumer(trace, "A", queue, 0), seconds(3))
                .handle((value, failure) -> original(failure))
                .thenAccept(late -> {
                    trace.add(late, "at", millis());
                    trace.add("left", queue.size());
                });
    }

    @Twin("a_request_while_it_works_takes_its_item_with_it")
    CompletionStage<?> aRequestWhileItWorksTakesItsItemWithIt(Trace trace) {
        var queue = queueOf(1, 2);
        var task = createStageTask(consumer(trace, "A", queue, 5));
        callAt(1, task::cancel);
        return endedStage(task).thenRun(() -> trace.add("left", queue.size(), queue.getNowait()));
    }
}
