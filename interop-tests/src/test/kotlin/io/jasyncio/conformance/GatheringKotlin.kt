package io.jasyncio.conformance

import io.jasyncio.Asyncio
import io.jasyncio.EventLoop
import io.jasyncio.conformance.GatheringDirect.shown
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.gather
import io.jasyncio.coroutines.gatherOutcomes
import io.jasyncio.coroutines.sleep
import io.jasyncio.coroutines.wait
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import java.time.Duration.ofSeconds
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** S74-S77 in Kotlin, where `gather` suspends; the future of it is the one that Java has. */
internal class GatheringKotlin {
    @Twin("gather_gives_the_values_in_the_order_of_the_arguments")
    suspend fun CoroutineScope.gatherGivesTheValuesInTheOrderOfTheArguments(trace: Trace) {
        val values = gather(createTask { after(3, "a") }, createTask { after(1, "b") }, createTask { after(2, "c") })
        trace.add(values, millis())
    }

    @Twin("gather_of_nothing_has_ended_at_once")
    suspend fun CoroutineScope.gatherOfNothingHasEndedAtOnce(trace: Trace) {
        val nothing = Asyncio.gather<Any>()
        trace.add("done", nothing.isDone, gather<Any>())
    }

    @Twin("gather_takes_a_future_at_several_places")
    suspend fun CoroutineScope.gatherTakesAFutureAtSeveralPlaces(trace: Trace) {
        val task =
            createTask {
                trace.add("runs")
                "x"
            }
        trace.add(gather(task, createTask { after(1, "y") }, task))
    }

    @Twin("the_first_failure_ends_gather_and_the_siblings_go_on")
    suspend fun CoroutineScope.theFirstFailureEndsGatherAndTheSiblingsGoOn(trace: Trace) {
        var reported = 0
        EventLoop.current().setExceptionHandler { _, _ -> reported++ }
        val sibling = createTask { sleeper(trace, "sibling", 3) }
        val later = createTask { failAfter(2, "later") }
        try {
            gather(sibling, later, createTask { failAfter(1, "first") })
        } catch (failed: Boom) {
            trace.add(failed, failed.message, "at", millis())
        }
        wait(listOf(sibling, later))
        trace.add("reported", reported)
    }

    @Twin("a_cancelled_child_ends_gather")
    suspend fun CoroutineScope.aCancelledChildEndsGather(trace: Trace) {
        val victim = createTask { sleeper(trace, "victim") }
        val sibling = createTask { sleeper(trace, "sibling", 2) }
        EventLoop.current().callLater(ofSeconds(1)) { victim.cancel() }
        try {
            gather(victim, sibling)
        } catch (cancelled: CancellationException) {
            trace.add(cancelled, "requests", requests(), "at", millis())
        }
        sibling.await()
    }

    @Twin("cancelling_gather_cancels_the_children_and_ends_with_the_first")
    suspend fun CoroutineScope.cancellingGatherCancelsTheChildrenAndEndsWithTheFirst(trace: Trace) {
        val slow = createTask { slowToEnd(trace, "slow", 3) }
        val together = Asyncio.gather(createTask { slowToEnd(trace, "quick", 1) }, slow)
        sleep(1.seconds)
        trace.add("accepted", together.cancel("enough"), "done", together.isDone)
        try {
            together.await()
        } catch (cancelled: CancellationException) {
            trace.add(cancelled, cancelled.message, "at", millis())
        }
        trace.add("accepted", together.cancel(), "done", together.isDone)
        wait(listOf(slow))
    }

    private suspend fun slowToEnd(
        trace: Trace,
        name: String,
        seconds: Int,
    ) {
        try {
            sleep(10.seconds)
        } finally {
            sleepInCleanup(seconds)
            trace.add(name, "has ended", millis())
        }
    }

    @Twin(
        "a_gather_that_was_asked_to_stop_has_failed_and_is_not_cancelled",
        because = "a CompletableFuture that ends with a CancellationException is cancelled",
        trace = ["done true cancelled true"],
    )
    suspend fun CoroutineScope.aGatherThatWasAskedToStopIsCancelled(trace: Trace) {
        val together = Asyncio.gather(createTask { after(5, "x") })
        sleep(Duration.ZERO)
        together.cancel()
        try {
            together.await()
        } catch (_: CancellationException) {
            trace.add("done", together.isDone, "cancelled", together.isCancelled)
        }
    }

    @Twin("cancelling_the_task_that_gathers_cancels_the_children")
    suspend fun CoroutineScope.cancellingTheTaskThatGathersCancelsTheChildren(trace: Trace) {
        val task =
            createTask {
                val inner = Asyncio.gather(createTask { sleeper(trace, "grandchild") })
                gather(createTask { sleeper(trace, "child") }, inner)
            }
        sleep(1.seconds)
        task.cancel()
        wait(listOf(task))
        trace.add("cancelled", task.isCancelled, millis())
    }

    @Twin("cancelling_an_ended_gather_does_nothing")
    suspend fun CoroutineScope.cancellingAnEndedGatherDoesNothing(trace: Trace) {
        val sibling = createTask { sleeper(trace, "sibling", 2) }
        val together = Asyncio.gather<Any?>(sibling, createTask { failAfter(1, "first") })
        try {
            together.await()
        } catch (_: Boom) {
            trace.add("accepted", together.cancel())
        }
        sibling.await()
    }

    @Twin("gather_outcomes_holds_failures_and_cancellations")
    suspend fun CoroutineScope.gatherOutcomesHoldsFailuresAndCancellations(trace: Trace) {
        val victim = createTask { sleeper(trace, "victim") }
        EventLoop.current().callLater(ofSeconds(1)) { victim.cancel() }
        val bad = createTask { failAfter(3, "bad") }
        val results = gatherOutcomes(bad, victim, createTask { after(2, "fine") })
        trace.add(shown(results), results[0].exception()?.message, millis())
    }

    @Twin(
        "cancelling_gather_outcomes_ends_cancelled_when_all_have_ended",
        because = "a cancelled coroutine goes on at once, and does not wait for what it has cancelled",
        trace = ["cancelled true 1000", "one has ended 2000", "two has ended 3000"],
    )
    suspend fun CoroutineScope.cancellingGatherOutcomesEndsCancelledWhenAllHaveEnded(trace: Trace) {
        val task =
            createTask {
                val results = gatherOutcomes(createTask { stubborn(trace, "one", 1) }, createTask { stubborn(trace, "two", 2) })
                trace.add("not reached", shown(results))
            }
        sleep(1.seconds)
        task.cancel()
        wait(listOf(task))
        trace.add("cancelled", task.isCancelled, millis())
    }

    private suspend fun stubborn(
        trace: Trace,
        name: String,
        seconds: Int,
    ) {
        try {
            sleep(10.seconds)
        } catch (_: CancellationException) {
            sleepInCleanup(seconds)
            trace.add(name, "has ended", millis())
        }
    }
}
