package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.Task
import io.jasyncio.coroutines.acquire
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.timeout
import io.jasyncio.coroutines.wait
import io.jasyncio.coroutines.withLock
import io.jasyncio.sync.AsyncLock
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import java.time.Duration.ofSeconds
import kotlin.time.Duration.Companion.seconds

/** S80, S82 and S96 in Kotlin. */
internal class LockracesKotlin {
    private val lock = AsyncLock()

    /** Takes the lock, and has a task for each name wait for it. */
    private suspend fun startWaiters(
        trace: Trace,
        vararg names: String,
    ): List<Task<Unit>> {
        lock.acquire()
        val tasks = names.map { start(trace, it) { lock.acquire() } }
        nap(1)
        return tasks
    }

    /** Releases the lock until nobody waits for it any more. */
    private suspend fun drain(trace: Trace) {
        while (lock.isLocked) {
            trace.add("release")
            lock.release()
            nap(1)
        }
    }

    @Twin("whoever_releases_and_takes_again_goes_behind_the_waiter")
    suspend fun CoroutineScope.whoeverReleasesAndTakesAgainGoesBehindTheWaiter(trace: Trace) {
        startWaiters(trace, "a")
        createTask {
            lock.release()
            report(trace, "again") { lock.acquire() }
        }
        nap(1)
        drain(trace)
    }

    @Twin("whoever_runs_before_the_woken_waiter_goes_behind_it")
    suspend fun CoroutineScope.whoeverRunsBeforeTheWokenWaiterGoesBehindIt(trace: Trace) {
        startWaiters(trace, "a", "b")
        start(trace, "newcomer") { lock.acquire() }
        lock.release()
        nap(1)
        drain(trace)
    }

    @Twin("a_woken_waiter_that_is_cancelled_wakes_the_next")
    suspend fun CoroutineScope.aWokenWaiterThatIsCancelledWakesTheNext(trace: Trace) {
        val (a, _) = startWaiters(trace, "a", "b")
        lock.release()
        a.cancel()
        nap(1)
        trace.add("locked", lock.isLocked, "cancelled", a.isCancelled)
    }

    @Twin("a_woken_waiter_that_is_cancelled_alone_leaves_the_lock_free")
    suspend fun CoroutineScope.aWokenWaiterThatIsCancelledAloneLeavesTheLockFree(trace: Trace) {
        val (a) = startWaiters(trace, "a")
        lock.release()
        a.cancel()
        nap(1)
        trace.add("locked", lock.isLocked)
        val passes = Passes.start()
        lock.acquire()
        trace.add("passes", passes.stop())
    }

    @Twin("woken_waiters_that_are_cancelled_one_after_the_other_pass_the_lock_on")
    suspend fun CoroutineScope.wokenWaitersThatAreCancelledOneAfterTheOtherPassTheLockOn(trace: Trace) {
        val (a, b) = startWaiters(trace, "a", "b", "c")
        lock.release()
        a.cancel()
        b.cancel()
        nap(1)
        trace.add("locked", lock.isLocked)
    }

    @Twin("what_is_passed_on_takes_one_pass_for_each_hand")
    suspend fun CoroutineScope.whatIsPassedOnTakesOnePassForEachHand(trace: Trace) {
        lock.acquire()
        lateinit var passes: Passes
        val tasks =
            listOf("a", "b", "c").map { name ->
                createTask {
                    try {
                        lock.acquire()
                        trace.add(name, "goes on after", passes.count())
                    } catch (cancelled: CancellationException) {
                        trace.add(name, cancelled, "after", passes.count())
                        throw cancelled
                    }
                }
            }
        nap(1)
        passes = Passes.start()
        lock.release()
        tasks[0].cancel()
        onePass()
        tasks[1].cancel()
        wait(tasks)
        passes.stop()
    }

    @Twin("a_waiter_that_was_cancelled_is_not_woken")
    suspend fun CoroutineScope.aWaiterThatWasCancelledIsNotWoken(trace: Trace) {
        val (a, _) = startWaiters(trace, "a", "b")
        a.cancel()
        lock.release()
        nap(1)
        trace.add("locked", lock.isLocked)
    }

    @Twin("waiters_that_were_cancelled_do_not_keep_anybody_from_the_lock")
    suspend fun CoroutineScope.waitersThatWereCancelledDoNotKeepAnybodyFromTheLock(trace: Trace) {
        startWaiters(trace, "a", "b").forEach { it.cancel() }
        lock.release()
        val passes = Passes.start()
        lock.acquire()
        val taken = passes.stop()
        nap(1)
        trace.add("passes", taken, "locked", lock.isLocked)
    }

    @Twin("a_cancelled_waiter_behind_the_first_changes_nothing")
    suspend fun CoroutineScope.aCancelledWaiterBehindTheFirstChangesNothing(trace: Trace) {
        val (_, b, _) = startWaiters(trace, "a", "b", "c")
        b.cancel()
        lock.release()
        nap(1)
        drain(trace)
    }

    @Twin("a_newcomer_cannot_use_the_cancellation_of_a_woken_waiter")
    suspend fun CoroutineScope.aNewcomerCannotUseTheCancellationOfAWokenWaiter(trace: Trace) {
        val (a, _) = startWaiters(trace, "a", "b")
        start(trace, "newcomer") { lock.acquire() }
        lock.release()
        a.cancel()
        nap(1)
        drain(trace)
    }

    @Twin("a_deadline_in_the_pass_of_the_release_comes_too_early")
    suspend fun CoroutineScope.aDeadlineInThePassOfTheReleaseComesTooEarly(trace: Trace) {
        for ((releaseAfter, deadline) in listOf(2L to 3, 3L to 2)) {
            val lock = AsyncLock()
            lock.acquire()
            start(trace, "a") { timeout(deadline.seconds) { lock.acquire() } }
            start(trace, "b") { lock.acquire() }
            onePass()
            EventLoop.current().callLater(ofSeconds(releaseAfter), lock::release)
            EventLoop.current().callLater(ofSeconds(1)) { trace.advance(ofSeconds(5)) }
            nap(10)
            trace.add("locked", lock.isLocked)
        }
    }

    @Twin("a_deadline_in_the_pass_after_the_release_comes_too_late")
    suspend fun CoroutineScope.aDeadlineInThePassAfterTheReleaseComesTooLate(trace: Trace) {
        lock.acquire()
        start(trace, "a") { timeout(2.seconds) { lock.acquire() } }
        EventLoop.current().callLater(ofSeconds(1)) {
            lock.release()
            trace.advance(ofSeconds(5))
        }
        nap(10)
        trace.add("locked", lock.isLocked)
    }

    @Twin("a_block_that_is_cancelled_in_the_pass_of_the_release_is_not_entered")
    suspend fun CoroutineScope.aBlockThatIsCancelledInThePassOfTheReleaseIsNotEntered(trace: Trace) {
        lock.acquire()
        val (a, b) =
            listOf("a", "b").map { name ->
                createTask {
                    lock.withLock {
                        trace.add(name, "in at", millis())
                        nap(1)
                    }
                }
            }
        nap(1)
        lock.release()
        a.cancel()
        wait(listOf(a, b))
        trace.add("cancelled", a.isCancelled, b.isCancelled, "locked", lock.isLocked)
    }
}
