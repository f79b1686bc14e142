package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.acquire
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.gather
import io.jasyncio.coroutines.timeout
import io.jasyncio.coroutines.wait
import io.jasyncio.coroutines.withLock
import io.jasyncio.sync.AsyncLock
import kotlinx.coroutines.CoroutineScope
import java.time.Duration.ofSeconds
import java.util.concurrent.TimeoutException
import kotlin.time.Duration.Companion.seconds

/** S80 and S81 in Kotlin. */
internal class LocksKotlin {
    private val lock = AsyncLock()

    @Twin("a_free_lock_is_taken_at_once")
    suspend fun CoroutineScope.aFreeLockIsTakenAtOnce(trace: Trace) {
        trace.add("locked", lock.isLocked)
        val passes = Passes.start()
        lock.acquire()
        trace.add("passes", passes.stop(), "locked", lock.isLocked)
        lock.release()
        trace.add("locked", lock.isLocked)
    }

    @Twin("waiters_get_the_lock_in_the_order_in_which_they_came")
    suspend fun CoroutineScope.waitersGetTheLockInTheOrderInWhichTheyCame(trace: Trace) {
        val workers =
            listOf("a", "b", "c").map { name ->
                createTask {
                    lock.withLock {
                        trace.add(name, "in at", millis())
                        nap(1)
                    }
                    trace.add(name, "out at", millis())
                }
            }
        gather(workers)
        trace.add("locked", lock.isLocked)
    }

    @Twin("the_lock_is_free_until_the_next_waiter_runs")
    suspend fun CoroutineScope.theLockIsFreeUntilTheNextWaiterRuns(trace: Trace) {
        lock.acquire()
        startTimed(trace, "a") { lock.acquire() }
        nap(1)
        lock.release()
        trace.add("locked", lock.isLocked)
        nap(1)
        trace.add("locked", lock.isLocked)
    }

    @Twin("a_hand_over_takes_one_pass")
    suspend fun CoroutineScope.aHandOverTakesOnePass(trace: Trace) {
        lock.acquire()
        lateinit var passes: Passes
        val workers =
            listOf("a", "b", "c").map { name ->
                createTask { lock.withLock { trace.add(name, "after", passes.count()) } }
            }
        nap(1)
        passes = Passes.start()
        lock.release()
        wait(workers)
        passes.stop()
    }

    @Twin("anybody_may_release_a_lock")
    suspend fun CoroutineScope.anybodyMayReleaseALock(trace: Trace) {
        lock.acquire()
        startTimed(trace, "a") { lock.acquire() }
        EventLoop.current().callLater(ofSeconds(1), lock::release)
        nap(2)
        lock.release()
        trace.add("locked", lock.isLocked)
    }

    @Twin("a_lock_is_not_reentrant")
    suspend fun CoroutineScope.aLockIsNotReentrant(trace: Trace) {
        lock.acquire()
        try {
            timeout(1.seconds) { lock.acquire() }
        } catch (late: TimeoutException) {
            trace.add(late, "at", millis(), "locked", lock.isLocked)
        }
    }

    @Twin("a_free_lock_cannot_be_released")
    suspend fun CoroutineScope.aFreeLockCannotBeReleased(trace: Trace) {
        repeat(2) {
            try {
                lock.release()
            } catch (refused: IllegalStateException) {
                trace.add(refused, "locked", lock.isLocked)
            }
        }
        lock.acquire()
        trace.add("locked", lock.isLocked)
        lock.release()
    }

    @Twin("a_lock_that_was_just_released_cannot_be_released_again")
    suspend fun CoroutineScope.aLockThatWasJustReleasedCannotBeReleasedAgain(trace: Trace) {
        lock.acquire()
        startTimed(trace, "a") { lock.acquire() }
        nap(1)
        lock.release()
        try {
            lock.release()
        } catch (refused: IllegalStateException) {
            trace.add(refused)
        }
        nap(1)
        trace.add("locked", lock.isLocked)
    }

    @Twin("a_block_gives_the_lock_back_however_it_is_left")
    suspend fun CoroutineScope.aBlockGivesTheLockBackHoweverItIsLeft(trace: Trace) {
        val failing = createTask { lock.withLock { failAfter(1, "in the block") } }
        val waiting = createTask { lock.withLock { nap(10) } }
        startTimed(trace, "a") { lock.acquire() }
        nap(2)
        trace.add("failed", failing.exception(), "locked", lock.isLocked)
        waiting.cancel()
        nap(1)
        trace.add("cancelled", waiting.isCancelled, "locked", lock.isLocked)
        lock.release()
        trace.add("locked", lock.isLocked)
    }

    @Twin("a_block_that_was_not_entered_gives_nothing_back")
    suspend fun CoroutineScope.aBlockThatWasNotEnteredGivesNothingBack(trace: Trace) {
        lock.acquire()
        val waiting = createTask { lock.withLock { trace.add("not reached") } }
        nap(1)
        waiting.cancel()
        nap(1)
        trace.add("cancelled", waiting.isCancelled, "locked", lock.isLocked)
    }
}
