package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.taskGroup;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.QueueTasks.ended;
import static io.jasyncio.conformance.QueueTasks.getter;
import static io.jasyncio.conformance.QueueTasks.getters;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.ExceptionGroup;
import io.jasyncio.ReturnWhen;
import io.jasyncio.Runner;
import io.jasyncio.TaskGroup;
import io.jasyncio.queue.AsyncQueue;
import io.jasyncio.queue.QueueShutDownException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;

/** S44, S89-S93 and S96 in direct style: queues at work. */
class QueuepatternsDirect {

    @Twin("a_bound_makes_the_producer_and_the_consumer_take_turns")
    void aBoundMakesTheProducerAndTheConsumerTakeTurns(Trace trace) throws Exception {
        var queue = new AsyncQueue<Integer>(1);
        var producer = createTask(() -> {
            for (var item : List.of(1, 2, 3)) {
                await(queue.putAsync(item));
                trace.add("put", item);
            }
        });
        var consumer = createTask(() -> {
            for (var i = 0; i < 3; i++) {
                trace.add("got", await(queue.getAsync()));
            }
        });
        ended(List.of(producer, consumer));
    }

    @Twin("fast_producers_are_held_back_by_slow_consumers")
    void fastProducersAreHeldBackBySlowConsumers(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(2);
        var sizes = new ArrayList<Integer>();
        var consumer = createTask(() -> {
            while (true) {
                nap(1);
                trace.add("C", "got", await(queue.getAsync()), "at", millis());
                queue.taskDone();
            }
        });
        ended(List.of(createTask(producer(queue, "A", sizes)), createTask(producer(queue, "B", sizes))));
        await(queue.joinAsync());
        consumer.cancel();
        trace.add("most", Collections.max(sizes), "left", queue.size());
    }

    private static CoroutineAction producer(AsyncQueue<String> queue, String name, List<Integer> sizes) {
        return () -> {
            for (var number : List.of(1, 2, 3)) {
                await(queue.putAsync(name + number));
                sizes.add(queue.size());
            }
        };
    }

    @Twin("who_loses_a_selection_loses_no_item")
    void whoLosesASelectionLosesNoItem(Trace trace) throws Exception {
        var left = new AsyncQueue<String>();
        var right = new AsyncQueue<String>();
        var gets = List.of(createTask(() -> await(left.getAsync())), createTask(() -> await(right.getAsync())));
        nap(1);
        left.putNowait("from the left");
        var result = await(Asyncio.wait(gets, ReturnWhen.FIRST_COMPLETED));
        trace.add("first", result.done().iterator().next().result());
        right.putNowait("from the right");
        var loser = result.pending().iterator().next();
        loser.cancel();
        ended(loser);
        trace.add("cancelled", loser.isCancelled(), "left", left.size(), right.size());
    }

    @Twin("a_cancelled_gathering_takes_its_getters_out_of_the_line")
    void aCancelledGatheringTakesItsGettersOutOfTheLine(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var gathered = gather(getters(trace, queue, "A", "B"));
        var other = createTask(getter(trace, "C", queue));
        nap(1);
        gathered.cancel();
        nap(1);
        queue.putNowait("item");
        await(Asyncio.wait(List.of(other, gathered)));
        trace.add("left", queue.size());
    }

    @Twin("a_group_that_fails_gives_up_its_gets")
    void aGroupThatFailsGivesUpItsGets(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        try {
            taskGroup((TaskGroup group) -> {
                group.createTask(getter(trace, "getter", queue));
                return group.createTask(() -> {
                    nap(1);
                    // The item comes just before the group hears of the failure.
                    EventLoop.current().callSoon(() -> queue.putNowait("item"));
                    throw new Boom("now");
                });
            });
        } catch (ExceptionGroup failed) {
            trace.add("group failed");
        }
        trace.add("left", queue.size());
    }

    @Twin("a_getter_that_is_cancelled_and_comes_again_stands_last")
    void aGetterThatIsCancelledAndComesAgainStandsLast(Trace trace) throws Exception {
        var queue = new AsyncQueue<Integer>();
        var first = createTask(() -> {
            try {
                await(queue.getAsync());
            } catch (CancellationException cancelled) {
                trace.add("A", cancelled);
            }
            trace.add("A got", await(queue.getAsync()));
        });
        var second = createTask(getter(trace, "B", queue));
        nap(1);
        first.cancel();
        nap(1);
        queue.putNowait(1);
        queue.putNowait(2);
        ended(List.of(first, second));
    }

    @Twin("consumers_end_when_the_queue_was_shut_down_and_is_empty")
    void consumersEndWhenTheQueueWasShutDownAndIsEmpty(Trace trace) throws Exception {
        var queue = new AsyncQueue<Integer>(1);
        var consumers = List.of(createTask(consumer(trace, "A", queue)), createTask(consumer(trace, "B", queue)));
        for (var item : List.of(5, 1, 2)) {
            await(queue.putAsync(item));
        }
        queue.shutdown();
        ended(consumers);
    }

    private static CoroutineAction consumer(Trace trace, String name, AsyncQueue<Integer> queue) {
        return () -> {
            for (var item : queue.each()) {
                nap(item);
                trace.add(name, "did", item, "at", millis());
            }
            trace.add(name, "ends at", millis());
        };
    }

    @Twin("items_pass_through_a_chain_of_queues")
    void itemsPassThroughAChainOfQueues(Trace trace) throws Exception {
        var raw = new AsyncQueue<Integer>(1);
        var cooked = new AsyncQueue<Integer>(1);
        var cook = createTask(() -> {
            for (var item : raw.each()) {
                nap(1);
                await(cooked.putAsync(item * 10));
            }
            cooked.shutdown();
        });
        var supply = createTask(() -> {
            for (var item : List.of(1, 2, 3)) {
                await(raw.putAsync(item));
            }
            trace.add("supplied at", millis());
            raw.shutdown();
        });
        try {
            while (true) {
                trace.add("got", await(cooked.getAsync()), "at", millis());
                nap(2);
            }
        } catch (QueueShutDownException shutDown) {
            trace.add("end at", millis());
        }
        ended(List.of(cook, supply));
    }

    @Twin(value = "a_queue_belongs_to_the_loop_on_which_somebody_waited", plain = true)
    void aQueueBelongsToTheLoopOnWhichSomebodyWaited(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        run(trace, () -> {
            trace.add("got", await(queue.getAsync()));
            EventLoop.current().callSoon(() -> queue.putNowait("second"));
            trace.add("got", await(queue.getAsync()));
        });
        run(trace, () -> {
            try {
                trace.add("got", await(queue.getAsync()));
            } catch (IllegalStateException refused) {
                trace.add(refused);
            }
        });
    }

    private static void run(Trace trace, CoroutineAction main) throws Exception {
        try (var runner = new Runner(trace.options())) {
            runner.run(main.asCoroutine());
        }
    }
}
