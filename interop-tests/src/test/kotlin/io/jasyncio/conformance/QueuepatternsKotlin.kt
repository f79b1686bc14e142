package io.jasyncio.conformance

import io.jasyncio.Asyncio
import io.jasyncio.EventLoop
import io.jasyncio.ExceptionGroup
import io.jasyncio.ReturnWhen
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.get
import io.jasyncio.coroutines.hasNext
import io.jasyncio.coroutines.iterator
import io.jasyncio.coroutines.join
import io.jasyncio.coroutines.put
import io.jasyncio.coroutines.runAsyncio
import io.jasyncio.coroutines.taskGroup
import io.jasyncio.coroutines.wait
import io.jasyncio.queue.AsyncQueue
import io.jasyncio.queue.QueueShutDownException
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope

/** S44, S89-S93 and S96 in Kotlin: queues at work. */
internal class QueuepatternsKotlin {
    @Twin("a_bound_makes_the_producer_and_the_consumer_take_turns")
    suspend fun CoroutineScope.aBoundMakesTheProducerAndTheConsumerTakeTurns(trace: Trace) {
        val queue = AsyncQueue<Int>(1)
        val producer =
            createTask {
                for (item in 1..3) {
                    queue.put(item)
                    trace.add("put", item)
                }
            }
        val consumer = createTask { repeat(3) { trace.add("got", queue.get()) } }
        ended(listOf(producer, consumer))
    }

    @Twin("fast_producers_are_held_back_by_slow_consumers")
    suspend fun CoroutineScope.fastProducersAreHeldBackBySlowConsumers(trace: Trace) {
        val queue = AsyncQueue<String>(2)
        val sizes = ArrayList<Int>()
        val consumer =
            createTask {
                while (true) {
                    nap(1)
                    trace.add("C", "got", queue.get(), "at", millis())
                    queue.taskDone()
                }
            }
        val producers =
            listOf("A", "B").map { name ->
                createTask {
                    for (number in 1..3) {
                        queue.put("$name$number")
                        sizes.add(queue.size())
                    }
                }
            }
        ended(producers)
        queue.join()
        consumer.cancel()
        trace.add("most", sizes.max(), "left", queue.size())
    }

    @Twin("who_loses_a_selection_loses_no_item")
    suspend fun CoroutineScope.whoLosesASelectionLosesNoItem(trace: Trace) {
        val left = AsyncQueue<String>()
        val right = AsyncQueue<String>()
        val gets = listOf(left, right).map { createTask { it.get() } }
        nap(1)
        left.putNowait("from the left")
        val result = wait(gets, ReturnWhen.FIRST_COMPLETED)
        trace.add("first", result.done.single().result())
        right.putNowait("from the right")
        val loser = result.pending.single()
        loser.cancel()
        ended(loser)
        trace.add("cancelled", loser.isCancelled, "left", left.size(), right.size())
    }

    @Twin("a_cancelled_gathering_takes_its_getters_out_of_the_line")
    suspend fun CoroutineScope.aCancelledGatheringTakesItsGettersOutOfTheLine(trace: Trace) {
        val queue = AsyncQueue<String>()
        val gathered = Asyncio.gather(getters(trace, queue, "A", "B"))
        val other = createTask { getter(trace, "C", queue) }
        nap(1)
        gathered.cancel()
        nap(1)
        queue.putNowait("item")
        wait(listOf(other, gathered))
        trace.add("left", queue.size())
    }

    @Twin("a_group_that_fails_gives_up_its_gets")
    suspend fun CoroutineScope.aGroupThatFailsGivesUpItsGets(trace: Trace) {
        val queue = AsyncQueue<String>()
        try {
            taskGroup {
                createTask { getter(trace, "getter", queue) }
                createTask {
                    nap(1)
                    // The item comes just before the group hears of the failure.
                    EventLoop.current().callSoon { queue.putNowait("item") }
                    throw Boom("now")
                }
            }
        } catch (_: ExceptionGroup) {
            trace.add("group failed")
        }
        trace.add("left", queue.size())
    }

    @Twin(
        value = "a_getter_that_is_cancelled_and_comes_again_stands_last",
        because = STAYS_CANCELLED,
        trace = ["A Cancelled", "B got 1"],
    )
    suspend fun CoroutineScope.aGetterThatWasCancelledCannotComeAgain(trace: Trace) {
        val queue = AsyncQueue<Int>()
        val first =
            createTask {
                try {
                    queue.get()
                } catch (cancelled: CancellationException) {
                    trace.add("A", cancelled)
                }
                trace.add("A got", queue.get())
            }
        val second = createTask { getter(trace, "B", queue) }
        nap(1)
        first.cancel()
        nap(1)
        queue.putNowait(1)
        queue.putNowait(2)
        ended(listOf(first, second))
    }

    @Twin("consumers_end_when_the_queue_was_shut_down_and_is_empty")
    suspend fun CoroutineScope.consumersEndWhenTheQueueWasShutDownAndIsEmpty(trace: Trace) {
        val queue = AsyncQueue<Int>(1)
        val consumers =
            listOf("A", "B").map { name ->
                createTask {
                    for (item in queue) {
                        nap(item)
                        trace.add(name, "did", item, "at", millis())
                    }
                    trace.add(name, "ends at", millis())
                }
            }
        for (item in listOf(5, 1, 2)) {
            queue.put(item)
        }
        queue.shutdown()
        ended(consumers)
    }

    @Twin("items_pass_through_a_chain_of_queues")
    suspend fun CoroutineScope.itemsPassThroughAChainOfQueues(trace: Trace) {
        val raw = AsyncQueue<Int>(1)
        val cooked = AsyncQueue<Int>(1)
        val cook =
            createTask {
                for (item in raw) {
                    nap(1)
                    cooked.put(item * 10)
                }
                cooked.shutdown()
            }
        val supply =
            createTask {
                for (item in 1..3) {
                    raw.put(item)
                }
                trace.add("supplied at", millis())
                raw.shutdown()
            }
        try {
            while (true) {
                trace.add("got", cooked.get(), "at", millis())
                nap(2)
            }
        } catch (_: QueueShutDownException) {
            trace.add("end at", millis())
        }
        ended(listOf(cook, supply))
    }

    @Twin(value = "a_queue_belongs_to_the_loop_on_which_somebody_waited", plain = true)
    fun aQueueBelongsToTheLoopOnWhichSomebodyWaited(trace: Trace) {
        val queue = AsyncQueue<String>()
        queue.putNowait("item")
        runAsyncio(trace.options()) {
            trace.add("got", queue.get())
            EventLoop.current().callSoon { queue.putNowait("second") }
            trace.add("got", queue.get())
        }
        runAsyncio(trace.options()) {
            try {
                trace.add("got", queue.get())
            } catch (refused: IllegalStateException) {
                trace.add(refused)
            }
        }
    }
}
