package io.jasyncio.conformance

import io.jasyncio.Runner
import io.jasyncio.coroutines.acquire
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.runMain
import io.jasyncio.coroutines.wait
import io.jasyncio.coroutines.withLock
import io.jasyncio.coroutines.withPermit
import io.jasyncio.sync.AsyncBarrier
import io.jasyncio.sync.AsyncCondition
import io.jasyncio.sync.AsyncEvent
import io.jasyncio.sync.AsyncLock
import io.jasyncio.sync.AsyncSemaphore

/** S89 in Kotlin. */
@NotHere(
    scenario = "all_of_them_are_made_without_a_loop",
    because = "no task in it has a body; it is in the direct twins",
)
internal class OtherloopsKotlin {
    private fun run(
        trace: Trace,
        body: suspend () -> Unit,
    ) = Runner(trace.options()).use { runner -> runner.runMain { body() } }

    /** Has to wait for something that nobody gives, and is cancelled. */
    private suspend fun fight(waiting: suspend () -> Unit) {
        val task = createTask { waiting() }
        nap(1)
        task.cancel()
        ended(task)
    }

    private suspend fun refusal(
        trace: Trace,
        waiting: suspend () -> Unit,
    ) {
        try {
            waiting()
            trace.add("not refused")
        } catch (refused: IllegalStateException) {
            trace.add(refused)
        }
    }

    @Twin(value = "what_nobody_had_to_wait_for_belongs_to_no_loop", plain = true)
    fun whatNobodyHadToWaitForBelongsToNoLoop(trace: Trace) {
        val lock = AsyncLock()
        val semaphore = AsyncSemaphore(1)
        val event = AsyncEvent()
        repeat(2) {
            run(trace) {
                lock.withLock {}
                semaphore.withPermit {}
                event.set()
                event.wait()
                event.clear()
                trace.add("locked", lock.isLocked, semaphore.isLocked, "set", event.isSet)
            }
        }
    }

    @Twin(value = "a_lock_belongs_to_the_loop_of_the_first_wait", plain = true)
    fun aLockBelongsToTheLoopOfTheFirstWait(trace: Trace) {
        val lock = AsyncLock()
        run(trace) {
            lock.acquire()
            fight { lock.acquire() }
        }
        run(trace) {
            refusal(trace) { lock.acquire() }
            trace.add("locked", lock.isLocked)
        }
    }

    @Twin(value = "an_event_belongs_to_the_loop_of_the_first_wait", plain = true)
    fun anEventBelongsToTheLoopOfTheFirstWait(trace: Trace) {
        val event = AsyncEvent()
        run(trace) { fight { event.wait() } }
        run(trace) {
            refusal(trace) { event.wait() }
            trace.add("set", event.isSet)
        }
    }

    @Twin(value = "a_condition_belongs_to_the_loop_of_the_first_wait", plain = true)
    fun aConditionBelongsToTheLoopOfTheFirstWait(trace: Trace) {
        val condition = AsyncCondition()
        run(trace) { fight { condition.withLock { condition.wait() } } }
        run(trace) {
            condition.withLock {
                refusal(trace) { condition.wait() }
                trace.add("locked", condition.isLocked)
            }
        }
    }

    @Twin(value = "a_semaphore_belongs_to_the_loop_of_the_first_wait", plain = true)
    fun aSemaphoreBelongsToTheLoopOfTheFirstWait(trace: Trace) {
        val semaphore = AsyncSemaphore(0)
        run(trace) { fight { semaphore.acquire() } }
        run(trace) {
            refusal(trace) { semaphore.acquire() }
            trace.add("locked", semaphore.isLocked)
        }
    }

    @Twin(value = "a_barrier_belongs_to_the_loop_of_the_first_wait", plain = true)
    fun aBarrierBelongsToTheLoopOfTheFirstWait(trace: Trace) {
        val barrier = AsyncBarrier(2)
        run(trace) { fight { barrier.wait() } }
        run(trace) {
            refusal(trace) { barrier.wait() }
            trace.add("waiting", barrier.waiting())
        }
    }
}
