package io.jasyncio.conformance

import io.jasyncio.coroutines.acquire
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.wait
import io.jasyncio.coroutines.withLock
import io.jasyncio.sync.AsyncCondition
import io.jasyncio.sync.AsyncLock
import kotlinx.coroutines.CoroutineScope

/** S85 and S87 in Kotlin. */
internal class ConditionsKotlin {
    private val condition = AsyncCondition()

    /** Has a task for each name wait for a signal. */
    private suspend fun startWaiters(
        trace: Trace,
        condition: AsyncCondition,
        vararg names: String,
    ) {
        for (name in names) {
            createTask {
                condition.withLock {
                    condition.wait()
                    trace.add(name, "goes on at", millis())
                }
            }
        }
        nap(1)
    }

    @Twin("a_signal_wakes_whoever_waits_longest")
    suspend fun CoroutineScope.aSignalWakesWhoeverWaitsLongest(trace: Trace) {
        startWaiters(trace, condition, "a", "b", "c")
        repeat(3) {
            condition.withLock { condition.signal() }
            nap(1)
        }
    }

    @Twin("a_signal_may_wake_several_in_their_order")
    suspend fun CoroutineScope.aSignalMayWakeSeveralInTheirOrder(trace: Trace) {
        startWaiters(trace, condition, "a", "b", "c", "d")
        for (count in listOf(0, 2, 5)) {
            trace.add("signal", count)
            condition.withLock { condition.signal(count) }
            nap(1)
        }
    }

    @Twin("several_signals_in_one_pass_wake_as_many")
    suspend fun CoroutineScope.severalSignalsInOnePassWakeAsMany(trace: Trace) {
        startWaiters(trace, condition, "a", "b", "c")
        condition.withLock {
            condition.signal()
            condition.signal()
        }
        nap(1)
        trace.add("signal")
        condition.withLock { condition.signal() }
        nap(1)
    }

    @Twin("a_signal_for_all_lets_one_after_the_other_have_the_lock")
    suspend fun CoroutineScope.aSignalForAllLetsOneAfterTheOtherHaveTheLock(trace: Trace) {
        val tasks =
            listOf("a", "b", "c").map { name ->
                createTask {
                    condition.withLock {
                        condition.wait()
                        trace.add(name, "in at", millis())
                        nap(1)
                    }
                    trace.add(name, "out at", millis())
                }
            }
        nap(1)
        condition.withLock { condition.signalAll() }
        wait(tasks)
    }

    @Twin("a_signal_does_not_release_the_lock")
    suspend fun CoroutineScope.aSignalDoesNotReleaseTheLock(trace: Trace) {
        startWaiters(trace, condition, "a")
        condition.withLock {
            condition.signalAll()
            nap(2)
            trace.add("still in at", millis())
        }
        nap(1)
    }

    @Twin("a_wait_releases_the_lock_and_has_it_again_at_its_end")
    suspend fun CoroutineScope.aWaitReleasesTheLockAndHasItAgainAtItsEnd(trace: Trace) {
        val task =
            createTask {
                condition.withLock {
                    trace.add("before", condition.isLocked)
                    condition.wait()
                    trace.add("after", condition.isLocked)
                }
                trace.add("outside", condition.isLocked)
            }
        nap(1)
        trace.add("during", condition.isLocked)
        condition.withLock { condition.signal() }
        task.await()
    }

    @Twin("a_woken_waiter_takes_its_turn_for_the_lock")
    suspend fun CoroutineScope.aWokenWaiterTakesItsTurnForTheLock(trace: Trace) {
        startWaiters(trace, condition, "a")
        condition.lock().acquire()
        createTask { condition.withLock { trace.add("taker in at", millis()) } }
        nap(1)
        condition.signal()
        nap(1)
        condition.release()
        nap(1)
    }

    @Twin("a_wake_up_takes_one_pass")
    suspend fun CoroutineScope.aWakeUpTakesOnePass(trace: Trace) {
        lateinit var passes: Passes
        val tasks =
            listOf("a", "b").map { name ->
                createTask {
                    condition.withLock {
                        condition.wait()
                        trace.add(name, "after", passes.count())
                    }
                }
            }
        nap(1)
        condition.withLock {
            passes = Passes.start()
            condition.signalAll()
        }
        wait(tasks)
        passes.stop()
    }

    @Twin("a_signal_that_nobody_waits_for_is_lost")
    suspend fun CoroutineScope.aSignalThatNobodyWaitsForIsLost(trace: Trace) {
        condition.withLock {
            condition.signal()
            condition.signalAll()
        }
        startWaiters(trace, condition, "a")
        trace.add("signal")
        condition.withLock { condition.signal() }
        nap(1)
    }

    @Twin("a_wait_for_a_predicate_goes_on_when_it_holds")
    suspend fun CoroutineScope.aWaitForAPredicateGoesOnWhenItHolds(trace: Trace) {
        var value = 0
        val enough = {
            trace.add("asked with", value, "locked", condition.isLocked)
            value >= 2
        }
        val task =
            createTask {
                condition.withLock {
                    condition.wait(enough)
                    trace.add("goes on with", value)
                    condition.wait(enough)
                }
            }
        repeat(2) {
            nap(1)
            condition.withLock {
                value++
                condition.signal()
            }
        }
        task.await()
    }

    @Twin("without_the_lock_there_is_no_waiting_and_no_signal")
    suspend fun CoroutineScope.withoutTheLockThereIsNoWaitingAndNoSignal(trace: Trace) {
        startWaiters(trace, condition, "a")
        val uses =
            listOf<suspend () -> Unit>(
                { condition.signal() },
                { condition.signalAll() },
                { condition.release() },
                { condition.wait() },
            )
        for (use in uses) {
            try {
                use()
            } catch (refused: IllegalStateException) {
                trace.add(refused, "locked", condition.isLocked)
            }
        }
        condition.withLock { condition.signal() }
        nap(1)
    }

    @Twin("two_conditions_may_share_a_lock")
    suspend fun CoroutineScope.twoConditionsMayShareALock(trace: Trace) {
        val lock = AsyncLock()
        val full = AsyncCondition(lock)
        val empty = AsyncCondition(lock)
        startWaiters(trace, full, "full")
        startWaiters(trace, empty, "empty")
        full.withLock {
            trace.add("locked", lock.isLocked, empty.isLocked)
            empty.signalAll()
        }
        nap(1)
        trace.add("signal")
        lock.withLock { full.signalAll() }
        nap(1)
    }
}
