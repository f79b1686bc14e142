@file:OptIn(InternalCoroutinesApi::class)

package io.jasyncio.runtime.wait

import io.jasyncio.runtime.loop.LoopDispatcher
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.ensureActive
import java.util.IdentityHashMap

/**
 * The places in line of a loop's coroutines, one for each job that has ever waited and has not ended. To learn of a
 * cancellation one has to attach to the job, and that costs more than all the rest of a wait: so it is done once. Loop only.
 */
internal class CoroutineWaiters(
    private val loop: LoopDispatcher,
) {
    private val ofJobs = IdentityHashMap<Job, CoroutineWaiter>()

    /** A place for a coroutine of a job; throws if the job is cancelled. */
    fun waiterOf(job: Job?): CoroutineWaiter {
        if (job == null || job === NonCancellable) {
            return CoroutineWaiter(loop, null)
        }
        val known = ofJobs[job]
        val waiter = if (known == null || known.isInUse) attach(job, known == null) else known
        if (waiter.hasEnded) {
            // Cancelled before, or by another thread in this very moment.
            job.ensureActive()
        }
        return waiter
    }

    /** Two coroutines of one job that wait at a time are rare: the second one's place is for one wait. */
    private fun attach(
        job: Job,
        keep: Boolean,
    ): CoroutineWaiter {
        val made = CoroutineWaiter(loop, job)
        if (keep) {
            ofJobs[job] = made
        }
        val watch =
            job.invokeOnCompletion(onCancelling = true) {
                made.hasEnded = true
                onLoop {
                    if (keep) {
                        ofJobs.remove(job)
                    }
                    made.jobEnds()
                }
            }
        if (!keep) {
            made.watch = watch
        }
        return made
    }

    /** A job may end in any thread. */
    private fun onLoop(action: () -> Unit) {
        if (loop.isCurrent() || !loop.offer(action)) {
            action()
        }
    }
}
