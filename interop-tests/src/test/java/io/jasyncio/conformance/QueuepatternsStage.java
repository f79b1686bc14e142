package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.taskGroupStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Ending.endedStage;
import static io.jasyncio.conformance.Ending.ifCancelled;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.QueueTasks.endedStage;
import static io.jasyncio.conformance.QueueTasks.getterStage;
import static io.jasyncio.conformance.QueueTasks.getterStages;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.ReturnWhen;
import io.jasyncio.Runner;
import io.jasyncio.Task;
import io.jasyncio.queue.AsyncQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** S44, S89-S93 and S96 in stage style: queues at work. */
class QueuepatternsStage {

    /** One after the other. */
    private static <T> CompletionStage<Void> each(List<T> items, Function<T, CompletionStage<Void>> step) {
        CompletionStage<Void> done = nothing();
        for (var item : items) {
            done = done.thenCompose(before -> step.apply(item));
        }
        return done;
    }

    @Twin("a_bound_makes_the_producer_and_the_consumer_take_turns")
    CompletionStage<?> aBoundMakesTheProducerAndTheConsumerTakeTurns(Trace trace) {
        var queue = new AsyncQueue<Integer>(1);
        var items = List.of(1, 2, 3);
        var producer =
                createStageTask(() -> each(items, item -> queue.putAsync(item).thenRun(() -> trace.add("put", item))));
        var consumer =
                createStageTask(() -> each(items, any -> queue.getAsync().thenAccept(item -> trace.add("got", item))));
        return endedStage(List.of(producer, consumer));
    }

    @Twin("fast_producers_are_held_back_by_slow_consumers")
    CompletionStage<?> fastProducersAreHeldBackBySlowConsumers(Trace trace) {
        var queue = new AsyncQueue<String>(2);
        var sizes = new ArrayList<Integer>();
        var consumer = createStageTask(() -> slowConsumer(trace, queue));
        var producers =
                List.of(createStageTask(producer(queue, "A", sizes)), createStageTask(producer(queue, "B", sizes)));
        return endedStage(producers).thenCompose(put -> queue.joinAsync()).thenRun(() -> {
            consumer.cancel();
            trace.add("most", Collections.max(sizes), "left", queue.size());
        });
    }

    private static CompletionStage<Void> slowConsumer(Trace trace, AsyncQueue<String> queue) {
        return napStage(1)
                .thenCompose(slept -> queue.getAsync())
                .thenAccept(item -> trace.add("C", "got", item, "at", millis()))
                .thenRun(queue::taskDone)
                .thenCompose(done -> slowConsumer(trace, queue));
    }

    private static Supplier<CompletionStage<Void>> producer(
            AsyncQueue<String> queue, String name, List<Integer> sizes) {
        return () ->
                each(List.of(1, 2, 3), number -> queue.putAsync(name + number).thenRun(() -> sizes.add(queue.size())));
    }

    @Twin("who_loses_a_selection_loses_no_item")
    CompletionStage<?> whoLosesASelectionLosesNoItem(Trace trace) {
        var left = new AsyncQueue<String>();
        var right = new AsyncQueue<String>();
        var gets = List.of(left.getAsync(), right.getAsync());
        return napStage(1)
                .thenCompose(slept -> {
                    left.putNowait("from the left");
                    return Asyncio.wait(gets, ReturnWhen.FIRST_COMPLETED);
                })
                .thenCompose(result -> {
                    trace.add("first", result.done().iterator().next().getNow("none"));
                    right.putNowait("from the right");
                    var loser = result.pending().iterator().next();
                    loser.cancel();
                    return Asyncio.wait(List.of(loser));
                })
                .thenRun(() -> trace.add("cancelled", gets.get(1).isCancelled(), "left", left.size(), right.size()));
    }

    @Twin("a_cancelled_gathering_takes_its_getters_out_of_the_line")
    CompletionStage<?> aCancelledGatheringTakesItsGettersOutOfTheLine(Trace trace) {
        var queue = new AsyncQueue<String>();
        var gathered = gather(getterStages(trace, queue, "A", "B"));
        var other = createStageTask(getterStage(trace, "C", queue));
        return napStage(1)
                .thenRun(gathered::cancel)
                .thenCompose(cancelled -> napStage(1))
                .thenRun(() -> queue.putNowait("item"))
                .thenCompose(put -> Asyncio.wait(List.of(other, gathered)))
                .thenRun(() -> trace.add("left", queue.size()));
    }

    @Twin("a_group_that_fails_gives_up_its_gets")
    CompletionStage<?> aGroupThatFailsGivesUpItsGets(Trace trace) {
        var queue = new AsyncQueue<String>();
        return taskGroupStage(group -> {
                    group.createStageTask(getterStage(trace, "getter", queue));
                    return group.createStageTask(() -> napStage(1).<Void>thenApply(slept -> {
                        // The item comes just before the group hears of the failure, a pass after the end of this
                        // stage.
                        var loop = EventLoop.current();
                        loop.callSoon(() -> loop.callSoon(() -> queue.putNowait("item")));
                        throw new Boom("now");
                    }));
                })
                .handle((value, failure) -> original(failure))
                .thenAccept(failed -> {
                    trace.add("group failed");
                    trace.add("left", queue.size());
                });
    }

    @Twin("a_getter_that_is_cancelled_and_comes_again_stands_last")
    CompletionStage<?> aGetterThatIsCancelledAndComesAgainStandsLast(Trace trace) {
        var queue = new AsyncQueue<Integer>();
        var first = createStageTask(() -> ifCancelled(queue.getAsync(), cancelled -> {
                    trace.add("A", cancelled);
                    return queue.getAsync();
                })
                .thenAccept(item -> trace.add("A got", item)));
        var second = createStageTask(getterStage(trace, "B", queue));
        return napStage(1)
                .thenRun(first::cancel)
                .thenCompose(cancelled -> napStage(1))
                .thenCompose(slept -> {
                    queue.putNowait(1);
                    queue.putNowait(2);
                    return endedStage(List.of(first, second));
                });
    }

    @Twin("consumers_end_when_the_queue_was_shut_down_and_is_empty")
    CompletionStage<?> consumersEndWhenTheQueueWasShutDownAndIsEmpty(Trace trace) {
        var queue = new AsyncQueue<Integer>(1);
        var consumers = List.of(consumer(trace, "A", queue), consumer(trace, "B", queue));
        return each(List.of(5, 1, 2), queue::putAsync)
                .thenRun(queue::shutdown)
                .thenCompose(shutDown -> endedStage(consumers));
    }

    private static Task<Void> consumer(Trace trace, String name, AsyncQueue<Integer> queue) {
        return createStageTask(() -> queue.forEachStageAsync(
                        item -> napStage(item).thenRun(() -> trace.add(name, "did", item, "at", millis())))
                .thenRun(() -> trace.add(name, "ends at", millis())));
    }

    @Twin("items_pass_through_a_chain_of_queues")
    CompletionStage<?> itemsPassThroughAChainOfQueues(Trace trace) {
        var raw = new AsyncQueue<Integer>(1);
        var cooked = new AsyncQueue<Integer>(1);
        var cook = createStageTask(() -> raw.forEachStageAsync(
                        item -> napStage(1).thenCompose(slept -> cooked.putAsync(item * 10)))
                .thenRun(cooked::shutdown));
        var supply = createStageTask(() -> each(List.of(1, 2, 3), raw::putAsync).thenRun(() -> {
            trace.add("supplied at", millis());
            raw.shutdown();
        }));
        return cooked.forEachStageAsync(item -> {
                    trace.add("got", item, "at", millis());
                    return napStage(2);
                })
                .thenRun(() -> trace.add("end at", millis()))
                .thenCompose(shown -> endedStage(List.of(cook, supply)));
    }

    @Twin(value = "a_queue_belongs_to_the_loop_on_which_somebody_waited", plain = true)
    void aQueueBelongsToTheLoopOnWhichSomebodyWaited(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        run(
                trace,
                () -> queue.getAsync().thenCompose(item -> {
                    trace.add("got", item);
                    EventLoop.current().callSoon(() -> queue.putNowait("second"));
                    return queue.getAsync().thenAccept(second -> trace.add("got", second));
                }));
        run(trace, () -> {
            try {
                return queue.getAsync().thenAccept(item -> trace.add("got", item));
            } catch (IllegalStateException refused) {
                trace.add(refused);
                return nothing();
            }
        });
    }

    private static void run(Trace trace, Supplier<CompletionStage<Void>> main) throws Exception {
        try (var runner = new Runner(trace.options())) {
            runner.runStage(main);
        }
    }
}
