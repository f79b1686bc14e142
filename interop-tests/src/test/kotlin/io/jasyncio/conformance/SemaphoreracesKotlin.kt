package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.Task
import io.jasyncio.coroutines.acquire
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.timeout
import io.jasyncio.coroutines.wait
import io.jasyncio.sync.AsyncBoundedSemaphore
import io.jasyncio.sync.AsyncSemaphore
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import java.time.Duration.ofSeconds
import kotlin.time.Duration.Companion.seconds

/** S82, S83 and S96 in Kotlin. */
internal class SemaphoreracesKotlin {
    private val semaphore = AsyncSemaphore(0)

    /** Has a task for each name wait for a permit. */
    private suspend fun startWaiters(
        trace: Trace,
        vararg names: String,
    ): List<Task<Unit>> {
        val tasks = names.map { start(trace, it) { semaphore.acquire() } }
        nap(1)
        return tasks
    }

    private suspend fun release(trace: Trace) {
        trace.add("release")
        semaphore.release()
        nap(1)
    }

    @Twin("whoever_gives_back_and_takes_again_goes_behind_the_waiter")
    suspend fun CoroutineScope.whoeverGivesBackAndTakesAgainGoesBehindTheWaiter(trace: Trace) {
        startWaiters(trace, "a")
        createTask {
            semaphore.release()
            report(trace, "again") { semaphore.acquire() }
        }
        nap(1)
        release(trace)
    }

    @Twin("a_permit_is_not_free_while_somebody_is_about_to_run")
    suspend fun CoroutineScope.aPermitIsNotFreeWhileSomebodyIsAboutToRun(trace: Trace) {
        lateinit var passes: Passes

        fun startTaker(name: String) =
            createTask {
                semaphore.acquire()
                trace.add(name, "after", passes.count())
            }
        val a = startTaker("a")
        nap(1)
        passes = Passes.start()
        val newcomer = startTaker("newcomer")
        semaphore.release()
        semaphore.release()
        trace.add("locked", semaphore.isLocked)
        wait(listOf(a, newcomer))
        passes.stop()
        trace.add("locked", semaphore.isLocked)
    }

    @Twin("whoever_runs_before_the_woken_waiter_goes_behind_it")
    suspend fun CoroutineScope.whoeverRunsBeforeTheWokenWaiterGoesBehindIt(trace: Trace) {
        startWaiters(trace, "a", "b")
        start(trace, "newcomer") { semaphore.acquire() }
        semaphore.release()
        nap(1)
        release(trace)
        release(trace)
    }

    @Twin("a_woken_waiter_that_is_cancelled_passes_its_permit_on")
    suspend fun CoroutineScope.aWokenWaiterThatIsCancelledPassesItsPermitOn(trace: Trace) {
        val (a, _, _) = startWaiters(trace, "a", "b", "c")
        semaphore.release()
        a.cancel()
        nap(1)
        trace.add("locked", semaphore.isLocked, "cancelled", a.isCancelled)
        release(trace)
    }

    @Twin("a_woken_waiter_that_is_cancelled_alone_gives_its_permit_back")
    suspend fun CoroutineScope.aWokenWaiterThatIsCancelledAloneGivesItsPermitBack(trace: Trace) {
        val (a) = startWaiters(trace, "a")
        semaphore.release()
        a.cancel()
        nap(1)
        trace.add("locked", semaphore.isLocked)
        val passes = Passes.start()
        semaphore.acquire()
        trace.add("passes", passes.stop(), "locked", semaphore.isLocked)
    }

    @Twin("of_several_that_were_woken_one_may_be_cancelled")
    suspend fun CoroutineScope.ofSeveralThatWereWokenOneMayBeCancelled(trace: Trace) {
        val (_, b, _, _) = startWaiters(trace, "a", "b", "c", "d")
        semaphore.release()
        semaphore.release()
        b.cancel()
        nap(1)
        release(trace)
    }

    @Twin("all_that_were_woken_may_be_cancelled")
    suspend fun CoroutineScope.allThatWereWokenMayBeCancelled(trace: Trace) {
        val (a, b, _, _) = startWaiters(trace, "a", "b", "c", "d")
        semaphore.release()
        semaphore.release()
        a.cancel()
        b.cancel()
        nap(1)
        trace.add("locked", semaphore.isLocked)
    }

    @Twin("what_is_passed_on_takes_one_pass_for_each_hand")
    suspend fun CoroutineScope.whatIsPassedOnTakesOnePassForEachHand(trace: Trace) {
        lateinit var passes: Passes
        val tasks =
            listOf("a", "b", "c").map { name ->
                createTask {
                    try {
                        semaphore.acquire()
                        trace.add(name, "goes on after", passes.count())
                    } catch (cancelled: CancellationException) {
                        trace.add(name, cancelled, "after", passes.count())
                        throw cancelled
                    }
                }
            }
        nap(1)
        passes = Passes.start()
        semaphore.release()
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
        semaphore.release()
        nap(1)
        trace.add("locked", semaphore.isLocked)
    }

    @Twin("waiters_that_were_cancelled_do_not_keep_anybody_from_a_permit")
    suspend fun CoroutineScope.waitersThatWereCancelledDoNotKeepAnybodyFromAPermit(trace: Trace) {
        startWaiters(trace, "a", "b").forEach { it.cancel() }
        semaphore.release()
        trace.add("locked", semaphore.isLocked)
        val passes = Passes.start()
        semaphore.acquire()
        val taken = passes.stop()
        nap(1)
        trace.add("passes", taken, "locked", semaphore.isLocked)
    }

    @Twin("a_newcomer_cannot_use_the_cancellation_of_a_woken_waiter")
    suspend fun CoroutineScope.aNewcomerCannotUseTheCancellationOfAWokenWaiter(trace: Trace) {
        val (a, _) = startWaiters(trace, "a", "b")
        start(trace, "newcomer") { semaphore.acquire() }
        semaphore.release()
        a.cancel()
        nap(1)
        release(trace)
    }

    @Twin("a_cancelled_waiter_behind_the_first_changes_nothing")
    suspend fun CoroutineScope.aCancelledWaiterBehindTheFirstChangesNothing(trace: Trace) {
        val (_, b, _) = startWaiters(trace, "a", "b", "c")
        b.cancel()
        nap(1)
        release(trace)
        release(trace)
    }

    @Twin("a_deadline_in_the_pass_of_the_release_comes_too_early")
    suspend fun CoroutineScope.aDeadlineInThePassOfTheReleaseComesTooEarly(trace: Trace) {
        for ((releaseAfter, deadline) in listOf(2L to 3, 3L to 2)) {
            val semaphore = AsyncSemaphore(0)
            start(trace, "a") { timeout(deadline.seconds) { semaphore.acquire() } }
            start(trace, "b") { semaphore.acquire() }
            onePass()
            EventLoop.current().callLater(ofSeconds(releaseAfter), semaphore::release)
            EventLoop.current().callLater(ofSeconds(1)) { trace.advance(ofSeconds(5)) }
            nap(10)
            trace.add("locked", semaphore.isLocked)
        }
    }

    @Twin("what_a_cancelled_waiter_gives_back_counts_for_the_bound")
    suspend fun CoroutineScope.whatACancelledWaiterGivesBackCountsForTheBound(trace: Trace) {
        val bounded = AsyncBoundedSemaphore(1)
        bounded.acquire()
        val a = start(trace, "a") { bounded.acquire() }
        nap(1)
        bounded.release()
        a.cancel()
        nap(1)
        trace.add("locked", bounded.isLocked)
        try {
            bounded.release()
        } catch (_: IllegalStateException) {
            trace.add("refused")
        }
    }
}
