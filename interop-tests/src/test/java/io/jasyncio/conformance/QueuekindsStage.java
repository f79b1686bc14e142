package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Ending.endedStage;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.QueueTasks.drain;
import static io.jasyncio.conformance.QueueTasks.endedStage;
import static io.jasyncio.conformance.QueueTasks.getterStage;
import static io.jasyncio.conformance.QueueTasks.getterStages;
import static io.jasyncio.conformance.QueueTasks.putterStage;
import static io.jasyncio.conformance.QueueTasks.tryPut;
import static io.jasyncio.conformance.QueuekindsDirect.kinds;

import io.jasyncio.conformance.QueuekindsDirect.Job;
import io.jasyncio.queue.AsyncLifoQueue;
import io.jasyncio.queue.AsyncPriorityQueue;
import io.jasyncio.queue.AsyncQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** S90, S91 and S95 in stage style: queues by priority and last-in first-out queues. */
class QueuekindsStage {

    @Twin("the_smallest_item_leaves_first")
    CompletionStage<?> theSmallestItemLeavesFirst(Trace trace) {
        var queue = new AsyncPriorityQueue<Integer>();
        List.of(3, 1, 2).forEach(queue::putNowait);
        return queue.getAsync().thenAccept(trace::add).thenRun(() -> {
            queue.putNowait(0);
            trace.add(drain(queue));
        });
    }

    @Twin("items_of_one_priority_leave_in_the_order_they_came")
    CompletionStage<?> itemsOfOnePriorityLeaveInTheOrderTheyCame(Trace trace) {
        var queue = Job.queue();
        Job.SOME.forEach(queue::putNowait);
        trace.add(drain(queue).stream().map(Job::what).toList());
        return nothing();
    }

    @Twin("another_order_can_be_chosen")
    CompletionStage<?> anotherOrderCanBeChosen(Trace trace) {
        var queue = new AsyncPriorityQueue<Integer>(Comparator.reverseOrder());
        List.of(2, 3, 1).forEach(queue::putNowait);
        trace.add(drain(queue));
        return nothing();
    }

    @Twin("the_last_item_leaves_first")
    CompletionStage<?> theLastItemLeavesFirst(Trace trace) {
        var queue = new AsyncLifoQueue<Integer>();
        queue.putNowait(1);
        queue.putNowait(2);
        return queue.getAsync().thenAccept(trace::add).thenRun(() -> {
            queue.putNowait(3);
            trace.add(drain(queue));
        });
    }

    @Twin("a_woken_getter_takes_the_smallest_that_is_there_by_then")
    CompletionStage<?> aWokenGetterTakesTheSmallestThatIsThereByThen(Trace trace) {
        var queue = new AsyncPriorityQueue<Integer>();
        var task = createStageTask(getterStage(trace, "getter", queue));
        return napStage(1)
                .thenCompose(slept -> {
                    queue.putNowait(5);
                    queue.putNowait(1);
                    return task;
                })
                .thenRun(() -> trace.add("left", drain(queue)));
    }

    @Twin("a_woken_getter_takes_the_last_that_is_there_by_then")
    CompletionStage<?> aWokenGetterTakesTheLastThatIsThereByThen(Trace trace) {
        var queue = new AsyncLifoQueue<String>();
        var task = createStageTask(getterStage(trace, "getter", queue));
        return napStage(1)
                .thenCompose(slept -> {
                    queue.putNowait("first");
                    queue.putNowait("last");
                    return task;
                })
                .thenRun(() -> trace.add("left", drain(queue)));
    }

    @Twin("of_two_woken_getters_the_first_gets_the_smallest")
    CompletionStage<?> ofTwoWokenGettersTheFirstGetsTheSmallest(Trace trace) {
        var queue = new AsyncPriorityQueue<Integer>();
        var tasks = getterStages(trace, queue, "A", "B");
        return napStage(1).thenCompose(slept -> {
            queue.putNowait(2);
            queue.putNowait(1);
            return endedStage(tasks);
        });
    }

    @Twin("an_item_that_nobody_takes_keeps_its_rank")
    CompletionStage<?> anItemThatNobodyTakesKeepsItsRank(Trace trace) {
        CompletionStage<Void> shown = nothing();
        for (var queue : kinds(0)) {
            shown = shown.thenCompose(before -> notTaken(trace, queue));
        }
        return shown;
    }

    private static CompletionStage<Void> notTaken(Trace trace, AsyncQueue<Integer> queue) {
        var task = createStageTask(queue::getAsync);
        return napStage(1)
                .thenCompose(slept -> {
                    List.of(1, 3, 2).forEach(queue::putNowait);
                    task.cancel();
                    return endedStage(task);
                })
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), "left", drain(queue)));
    }

    @Twin("a_putter_that_waited_comes_in_by_its_rank")
    CompletionStage<?> aPutterThatWaitedComesInByItsRank(Trace trace) {
        var queue = new AsyncPriorityQueue<Integer>(2);
        queue.putNowait(3);
        queue.putNowait(4);
        var first = createStageTask(putterStage(trace, "A", queue, 5));
        var second = createStageTask(putterStage(trace, "B", queue, 1));
        return napStage(1)
                .thenRun(() -> trace.add("got", queue.getNowait()))
                .thenCompose(shown -> napStage(1))
                .thenRun(() -> trace.add("got", queue.getNowait()))
                .thenCompose(shown -> endedStage(List.of(first, second)))
                .thenRun(() -> trace.add("left", drain(queue)));
    }

    @Twin("a_putter_that_waited_is_the_last_in")
    CompletionStage<?> aPutterThatWaitedIsTheLastIn(Trace trace) {
        var queue = new AsyncLifoQueue<String>(2);
        queue.putNowait("bottom");
        queue.putNowait("top");
        var task = createStageTask(putterStage(trace, "putter", queue, "late"));
        return napStage(1)
                .thenRun(() -> trace.add("got", queue.getNowait()))
                .thenCompose(shown -> task)
                .thenRun(() -> trace.add("left", drain(queue)));
    }

    @Twin("each_kind_keeps_its_order_after_a_shutdown")
    CompletionStage<?> eachKindKeepsItsOrderAfterAShutdown(Trace trace) {
        CompletionStage<Void> shown = nothing();
        for (var queue : kinds(0)) {
            shown = shown.thenCompose(before -> {
                List.of(2, 1, 3).forEach(queue::putNowait);
                queue.shutdown();
                return drainByGets(trace, queue, new ArrayList<>());
            });
        }
        return shown;
    }

    /** Until the get fails. */
    private static CompletionStage<Void> drainByGets(Trace trace, AsyncQueue<Integer> queue, List<Integer> got) {
        return queue.getAsync().handle((item, failure) -> item).thenCompose(item -> {
            if (item == null) {
                trace.add(got);
                return nothing();
            }
            got.add(item);
            return drainByGets(trace, queue, got);
        });
    }

    @Twin("each_kind_has_its_limit")
    CompletionStage<?> eachKindHasItsLimit(Trace trace) {
        for (var queue : kinds(1)) {
            queue.putNowait(1);
            tryPut(trace, queue, 2);
            trace.add("size", queue.size(), "limit", queue.maxSize());
        }
        return nothing();
    }
}
