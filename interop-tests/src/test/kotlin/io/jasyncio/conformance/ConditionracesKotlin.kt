package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.Task
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.timeout
import io.jasyncio.coroutines.wait
import io.jasyncio.coroutines.withLock
import io.jasyncio.sync.AsyncCondition
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import java.time.Duration.ofSeconds
import java.util.concurrent.TimeoutException
import kotlin.time.Duration.Companion.seconds

/** S85, S86 and S96 in Kotlin. */
internal class ConditionracesKotlin {
    /** Things to take, for those who wait until there is one: a wake-up for nothing does not show. */
    private class Shelf(
        private val trace: Trace,
    ) {
        val condition = AsyncCondition()
        private var things = 0

        /** Takes a thing, and says how that ended. */
        suspend fun take(name: String) {
            try {
                condition.withLock {
                    try {
                        condition.wait { things > 0 }
                    } catch (cancelled: CancellationException) {
                        trace.add(name, "leaves at", millis(), "locked", condition.isLocked)
                        throw cancelled
                    }
                    things--
                    trace.add(name, "takes at", millis())
                }
            } catch (cancelled: CancellationException) {
                trace.add(name, cancelled, "requests", requests())
                throw cancelled
            }
        }

        suspend fun startTakers(vararg names: String): List<Task<Unit>> {
            val tasks = names.map { createTask { take(it) } }
            nap(1)
            return tasks
        }

        /** Puts that many things there, and wakes as many. The lock must be held. */
        fun put(count: Int = 1) {
            things += count
            condition.signal(count)
        }

        fun showEnd(task: Task<*>) = trace.add("locked", condition.isLocked, "cancelled", task.isCancelled)
    }

    @Twin("a_wait_that_is_cancelled_ends_with_the_lock")
    suspend fun CoroutineScope.aWaitThatIsCancelledEndsWithTheLock(trace: Trace) {
        val shelf = Shelf(trace)
        val (a) = shelf.startTakers("a")
        shelf.condition.withLock {
            a.cancel()
            nap(2)
            trace.add("still in at", millis())
        }
        nap(1)
        shelf.showEnd(a)
    }

    @Twin("a_request_while_the_lock_is_taken_again_is_remembered")
    suspend fun CoroutineScope.aRequestWhileTheLockIsTakenAgainIsRemembered(trace: Trace) {
        val shelf = Shelf(trace)
        val (a, _) = shelf.startTakers("a", "b")
        shelf.condition.withLock {
            shelf.put()
            nap(1)
            a.cancel()
            nap(1)
            trace.add("still in at", millis())
        }
        nap(1)
        shelf.showEnd(a)
    }

    @Twin("two_requests_while_the_lock_is_taken_again_end_it_once")
    suspend fun CoroutineScope.twoRequestsWhileTheLockIsTakenAgainEndItOnce(trace: Trace) {
        val shelf = Shelf(trace)
        val (a, _) = shelf.startTakers("a", "b")
        shelf.condition.withLock {
            shelf.put()
            repeat(2) {
                nap(1)
                a.cancel()
            }
            nap(1)
        }
        nap(1)
        shelf.showEnd(a)
    }

    @Twin("a_request_in_the_pass_of_the_signal_passes_it_on")
    suspend fun CoroutineScope.aRequestInThePassOfTheSignalPassesItOn(trace: Trace) {
        val shelf = Shelf(trace)
        val (a, _) = shelf.startTakers("a", "b")
        shelf.condition.withLock {
            shelf.put()
            a.cancel()
        }
        nap(1)
        shelf.showEnd(a)
    }

    @Twin("a_signal_after_a_request_of_the_same_pass_goes_to_the_next")
    suspend fun CoroutineScope.aSignalAfterARequestOfTheSamePassGoesToTheNext(trace: Trace) {
        val shelf = Shelf(trace)
        val (a, _) = shelf.startTakers("a", "b")
        shelf.condition.withLock {
            a.cancel()
            shelf.put()
        }
        nap(1)
        shelf.showEnd(a)
    }

    @Twin("a_request_in_the_pass_in_which_the_lock_is_handed_over_passes_both_on")
    suspend fun CoroutineScope.aRequestInThePassInWhichTheLockIsHandedOverPassesBothOn(trace: Trace) {
        val shelf = Shelf(trace)
        val (a, _) = shelf.startTakers("a", "b")
        shelf.condition.withLock {
            shelf.put()
            nap(1)
            a.cancel()
        }
        nap(1)
        shelf.showEnd(a)
    }

    @Twin("a_request_in_the_line_for_the_lock_costs_the_place")
    suspend fun CoroutineScope.aRequestInTheLineForTheLockCostsThePlace(trace: Trace) {
        val shelf = Shelf(trace)
        val (a) = shelf.startTakers("a")
        shelf.condition.withLock {
            shelf.put()
            nap(1)
            createTask { shelf.condition.withLock { trace.add("newcomer in at", millis()) } }
            nap(1)
            a.cancel()
            nap(1)
        }
        nap(1)
    }

    @Twin("of_several_that_were_woken_one_may_be_cancelled")
    suspend fun CoroutineScope.ofSeveralThatWereWokenOneMayBeCancelled(trace: Trace) {
        val shelf = Shelf(trace)
        val (_, b, _, _) = shelf.startTakers("a", "b", "c", "d")
        shelf.condition.withLock {
            shelf.put(2)
            b.cancel()
        }
        nap(1)
        trace.add("signal")
        shelf.condition.withLock { shelf.put() }
        nap(1)
    }

    @Twin("all_that_were_woken_may_be_cancelled")
    suspend fun CoroutineScope.allThatWereWokenMayBeCancelled(trace: Trace) {
        val shelf = Shelf(trace)
        val (a, b, _, _) = shelf.startTakers("a", "b", "c", "d")
        shelf.condition.withLock {
            shelf.put(2)
            a.cancel()
            b.cancel()
        }
        nap(1)
        trace.add("locked", shelf.condition.isLocked)
    }

    @Twin("a_waiter_that_was_cancelled_takes_no_signal")
    suspend fun CoroutineScope.aWaiterThatWasCancelledTakesNoSignal(trace: Trace) {
        val shelf = Shelf(trace)
        val (_, b) = shelf.startTakers("a", "b")
        b.cancel()
        nap(1)
        shelf.condition.withLock { shelf.put() }
        nap(1)
    }

    @Twin("a_wait_with_a_deadline_ends_with_the_lock")
    suspend fun CoroutineScope.aWaitWithADeadlineEndsWithTheLock(trace: Trace) {
        val condition = AsyncCondition()
        val task =
            createTask {
                condition.withLock {
                    try {
                        timeout(1.seconds) { condition.wait() }
                    } catch (late: TimeoutException) {
                        trace.add(late, "at", millis(), "locked", condition.isLocked)
                    }
                }
            }
        onePass()
        condition.withLock {
            nap(3)
            trace.add("still in at", millis())
        }
        task.await()
        trace.add("locked", condition.isLocked)
    }

    @Twin("a_deadline_in_the_pass_of_the_signal_passes_it_on")
    suspend fun CoroutineScope.aDeadlineInThePassOfTheSignalPassesItOn(trace: Trace) {
        for ((signalAfter, deadline) in listOf(2L to 3, 3L to 2)) {
            val shelf = Shelf(trace)
            createTask {
                shelf.condition.withLock {
                    try {
                        timeout(deadline.seconds) { shelf.condition.wait() }
                    } catch (late: TimeoutException) {
                        trace.add("hasty", late, "at", millis())
                    }
                }
            }
            createTask { shelf.take("a") }
            onePass()
            shelf.condition.withLock {
                EventLoop.current().callLater(ofSeconds(signalAfter)) { shelf.put() }
                EventLoop.current().callLater(ofSeconds(1)) { trace.advance(ofSeconds(5)) }
                nap(5)
            }
            nap(10)
        }
    }
}
