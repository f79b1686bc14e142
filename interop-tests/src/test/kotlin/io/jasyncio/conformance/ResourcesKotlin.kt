package io.jasyncio.conformance

import io.jasyncio.conformance.ResourcesDirect.Journal
import io.jasyncio.conformance.ResourcesDirect.Listener
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.use
import io.jasyncio.sync.AsyncLock
import kotlinx.coroutines.CoroutineScope

/** Async context managers in Kotlin: what is entered and left around a block. */
internal class ResourcesKotlin {
    @Twin("the_body_runs_between_the_two_ends")
    suspend fun CoroutineScope.theBodyRunsBetweenTheTwoEnds(trace: Trace) {
        Door(trace).opening(1).closing(2).use { door ->
            trace.add("in", door.name())
            nap(3)
        }
        trace.add("after at", millis())
    }

    @Twin("what_does_not_wait_does_not_suspend")
    suspend fun CoroutineScope.whatDoesNotWaitDoesNotSuspend(trace: Trace) {
        val passes = Passes.start()
        Door(trace).use { trace.add("in") }
        trace.add("passes", passes.stop())
    }

    @Twin("a_failure_of_the_body_leaves_after_the_resource_was_left")
    suspend fun CoroutineScope.aFailureOfTheBodyLeavesAfterTheResourceWasLeft(trace: Trace) {
        try {
            Door(trace).closing(2).use {
                nap(1)
                throw Boom("in the body")
            }
        } catch (failed: Boom) {
            trace.add(failed, failed.message, "at", millis())
        }
    }

    @Twin("what_cannot_be_entered_is_not_left")
    suspend fun CoroutineScope.whatCannotBeEnteredIsNotLeft(trace: Trace) {
        try {
            Door(trace).opening(1).stuck().use { trace.add("not reached") }
        } catch (failed: Boom) {
            trace.add(failed, failed.message, "at", millis())
        }
    }

    @Twin("a_failure_to_leave_leaves_the_block")
    suspend fun CoroutineScope.aFailureToLeaveLeavesTheBlock(trace: Trace) {
        try {
            Door(trace).closing(1).squeaks().use { trace.add("in") }
        } catch (failed: Boom) {
            trace.add(failed, failed.message, "at", millis())
        }
    }

    @Twin(
        value = "of_two_failures_the_one_goes_first_and_the_other_behind_it",
        because = ResourcesDirect.BODY_FIRST,
        trace = ["door opens", "door is open at 0", "door closes after Boom", "in the body and behind it squeaks"],
    )
    suspend fun CoroutineScope.ofTwoFailuresTheBodysGoesFirst(trace: Trace) {
        try {
            Door(trace).squeaks().use { throw Boom("in the body") }
        } catch (failed: Boom) {
            trace.add(failed.message, "and behind it", failed.suppressed.single().message)
        }
    }

    @Twin("nested_resources_are_left_in_reverse_order")
    suspend fun CoroutineScope.nestedResourcesAreLeftInReverseOrder(trace: Trace) {
        try {
            Door(trace, "outer").closing(1).use {
                Door(trace, "inner").closing(1).use { throw Boom("in the body") }
            }
        } catch (failed: Boom) {
            trace.add(failed, failed.message, "at", millis())
        }
    }

    @Twin("an_outer_resource_is_left_if_the_inner_one_cannot_be_entered")
    suspend fun CoroutineScope.anOuterResourceIsLeftIfTheInnerOneCannotBeEntered(trace: Trace) {
        try {
            Door(trace, "outer").use {
                Door(trace, "inner").stuck().use { trace.add("not reached") }
            }
        } catch (failed: Boom) {
            trace.add(failed, failed.message)
        }
    }

    @Twin("a_resource_may_be_entered_again")
    suspend fun CoroutineScope.aResourceMayBeEnteredAgain(trace: Trace) {
        val door = Door(trace).closing(1)
        for (number in 1..2) {
            door.use { trace.add("in", number) }
        }
    }

    @Twin(
        value = "a_resource_may_swallow_the_failure",
        because = ResourcesDirect.NO_SWALLOWING,
        trace = ["told Boom", "Boom in the body"],
    )
    suspend fun CoroutineScope.aResourceMayNotSwallowTheFailure(trace: Trace) {
        try {
            Listener(trace).use { throw Boom("in the body") }
        } catch (failed: Boom) {
            trace.add(failed, failed.message)
        }
    }

    @Twin("what_is_open_already_is_closed")
    suspend fun CoroutineScope.whatIsOpenAlreadyIsClosed(trace: Trace) {
        Journal(trace).use { trace.add("in") }
        try {
            Journal(trace).use {
                trace.add("in")
                throw Boom("in the body")
            }
        } catch (failed: Boom) {
            trace.add(failed, failed.message)
        }
    }

    @Twin("a_lock_is_a_resource")
    suspend fun CoroutineScope.aLockIsAResource(trace: Trace) {
        val lock = AsyncLock()
        val task = createTask { lock.use { trace.add("other in at", millis()) } }
        try {
            lock.use {
                trace.add("locked", lock.isLocked)
                nap(1)
                throw Boom("in the body")
            }
        } catch (failed: Boom) {
            trace.add(failed, failed.message)
        }
        task.await()
        trace.add("locked", lock.isLocked)
    }
}
