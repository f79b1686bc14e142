package io.jasyncio.conformance

import io.jasyncio.coroutines.asAsyncIterable
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.hasNext
import io.jasyncio.coroutines.use
import io.jasyncio.iteration.AsyncIterator
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlinx.coroutines.flow.flow

/** Async generators in Kotlin: a flow that is asked for one value at a time. */
internal class GeneratorsKotlin {
    private fun <T> generator(block: suspend FlowCollector<T>.() -> Unit): AsyncIterator<T> =
        flow(block).asAsyncIterable().asyncIterator()

    /** Counts for ever, and says when it is closed. */
    private fun counter(trace: Trace): AsyncIterator<Int> =
        generator {
            var number = 0
            try {
                while (true) {
                    number++
                    trace.add("makes", number)
                    emit(number)
                }
            } finally {
                trace.add("closes at", millis())
                sleepInCleanup(1)
                trace.add("is closed at", millis())
            }
        }

    /** Asks for one value, and says what came. */
    private suspend fun ask(
        trace: Trace,
        generator: AsyncIterator<*>,
    ) {
        try {
            if (generator.hasNext()) trace.add("got", generator.next()) else trace.add("no more")
        } catch (failed: Boom) {
            trace.add("failed", failed.message)
        }
    }

    private suspend fun close(generator: AsyncIterator<*>) {
        generator.closeAsync().await()
    }

    @Twin("values_are_made_on_demand")
    suspend fun CoroutineScope.valuesAreMadeOnDemand(trace: Trace) {
        val generator = counter(trace)
        trace.add("made")
        repeat(3) { ask(trace, generator) }
        close(generator)
    }

    @Twin("a_generator_that_does_not_wait_does_not_let_the_loop_run")
    suspend fun CoroutineScope.aFlowThatDoesNotWaitDoesNotLetTheLoopRun(trace: Trace) {
        val numbers: Flow<Int> =
            flow {
                for (number in 1..3) {
                    emit(number)
                }
            }
        val passes = Passes.start()
        numbers.collect { trace.add(it) }
        trace.add("passes", passes.stop())
    }

    @Twin("a_generator_may_wait_for_its_values")
    suspend fun CoroutineScope.aGeneratorMayWaitForItsValues(trace: Trace) {
        val ticks =
            generator {
                for (number in 1..2) {
                    nap(1)
                    emit(number)
                }
                nap(1)
            }
        while (ticks.hasNext()) {
            trace.add(ticks.next(), "at", millis())
            nap(2)
        }
        trace.add("end at", millis())
    }

    @Twin("a_waiting_generator_can_be_asked_again_at_once")
    suspend fun CoroutineScope.aWaitingGeneratorCanBeAskedAgainAtOnce(trace: Trace) {
        val generator =
            generator {
                for (number in 1..2) {
                    nap(1)
                    emit(number)
                }
                nap(1)
                trace.add("ends at", millis())
            }
        repeat(4) { ask(trace, generator) }
        trace.add("at", millis())
    }

    @Twin("a_generator_that_has_ended_has_no_more_values")
    suspend fun CoroutineScope.aGeneratorThatHasEndedHasNoMoreValues(trace: Trace) {
        val generator =
            generator {
                emit("value")
                trace.add("ends")
            }
        repeat(3) { ask(trace, generator) }
        close(generator)
        ask(trace, generator)
    }

    @Twin("a_failure_reaches_the_one_who_asks")
    suspend fun CoroutineScope.aFailureReachesTheOneWhoAsks(trace: Trace) {
        val generator =
            generator {
                emit("value")
                throw Boom("in the generator")
            }
        repeat(3) { ask(trace, generator) }
    }

    @Twin("closing_runs_the_cleanup_and_waits_for_it")
    suspend fun CoroutineScope.closingRunsTheCleanupAndWaitsForIt(trace: Trace) {
        val generator = counter(trace)
        ask(trace, generator)
        nap(1)
        close(generator)
        trace.add("after at", millis())
        ask(trace, generator)
    }

    @Twin("closing_what_was_not_begun_runs_nothing")
    suspend fun CoroutineScope.closingWhatWasNotBegunRunsNothing(trace: Trace) {
        val generator = counter(trace)
        close(generator)
        trace.add("after at", millis())
        ask(trace, generator)
    }

    @Twin("closing_again_does_nothing")
    suspend fun CoroutineScope.closingAgainDoesNothing(trace: Trace) {
        val generator = counter(trace)
        ask(trace, generator)
        close(generator)
        close(generator)
        trace.add("after at", millis())
    }

    @Twin("a_loop_that_is_left_early_leaves_the_generator_open")
    suspend fun CoroutineScope.aLoopThatIsLeftEarlyLeavesTheGeneratorOpen(trace: Trace) {
        val generator = counter(trace)
        while (generator.hasNext()) {
            if (generator.next() == 2) {
                break
            }
        }
        trace.add("left")
        ask(trace, generator)
        close(generator)
    }

    @Twin("a_block_closes_its_generator_when_it_is_left_early")
    suspend fun CoroutineScope.aBlockClosesItsGeneratorWhenItIsLeftEarly(trace: Trace) {
        try {
            counter(trace).use { generator ->
                while (generator.hasNext()) {
                    if (generator.next() == 2) {
                        throw Boom("in the loop")
                    }
                }
            }
        } catch (failed: Boom) {
            trace.add(failed.message, "at", millis())
        }
    }

    private fun slow(): AsyncIterator<String> =
        generator {
            nap(1)
            emit("value")
        }

    @Twin("asking_while_it_runs_is_refused")
    suspend fun CoroutineScope.askingWhileItRunsIsRefused(trace: Trace) {
        val generator = slow()
        val task = createTask { ask(trace, generator) }
        onePass()
        try {
            generator.hasNext()
        } catch (refused: IllegalStateException) {
            trace.add(refused)
        }
        task.await()
    }

    @Twin("closing_while_it_runs_is_refused")
    suspend fun CoroutineScope.closingWhileItRunsIsRefused(trace: Trace) {
        val generator = slow()
        val task = createTask { ask(trace, generator) }
        onePass()
        try {
            close(generator)
        } catch (refused: IllegalStateException) {
            trace.add(refused)
        }
        task.await()
    }

    @Twin("a_failure_in_the_cleanup_fails_the_closing")
    suspend fun CoroutineScope.aFailureInTheCleanupFailsTheClosing(trace: Trace) {
        val generator =
            generator {
                try {
                    emit("value")
                } finally {
                    throw Boom("in the cleanup")
                }
            }
        ask(trace, generator)
        try {
            close(generator)
        } catch (failed: Boom) {
            trace.add(failed.message)
        }
        ask(trace, generator)
    }

    @Twin(
        value = "a_value_out_of_the_cleanup_is_refused",
        because = "$STAYS_CANCELLED, and so the second emit does",
        trace = ["got 1", "closed"],
    )
    suspend fun CoroutineScope.aValueOutOfTheCleanupIsDropped(trace: Trace) {
        val generator =
            generator {
                try {
                    emit(1)
                } finally {
                    emit(2)
                }
            }
        ask(trace, generator)
        close(generator)
        trace.add("closed")
    }
}
