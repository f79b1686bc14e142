package io.jasyncio.conformance

import io.jasyncio.Task
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.wait
import io.jasyncio.sync.AsyncBarrier
import io.jasyncio.sync.BrokenBarrierException
import kotlinx.coroutines.CancellationException
import java.util.concurrent.TimeoutException

// Those who wait for locks and the like in the scenarios of these; `Contenders` is the same in Java.

/** A task that waits for something and says how that ended. */
internal fun start(
    trace: Trace,
    name: String,
    waiting: suspend () -> Unit,
): Task<Unit> = createTask { report(trace, name, waiting) }

/** The same for who is within a task already. */
internal suspend fun report(
    trace: Trace,
    name: String,
    waiting: suspend () -> Unit,
) {
    try {
        waiting()
        trace.add(name, "goes on")
    } catch (late: TimeoutException) {
        trace.add(name, late, "at", millis())
    } catch (cancelled: CancellationException) {
        trace.add(name, cancelled)
        throw cancelled
    }
}

/** A task that waits for something and says when that ended. */
internal fun startTimed(
    trace: Trace,
    name: String,
    waiting: suspend () -> Unit,
): Task<Unit> =
    createTask {
        waiting()
        trace.add(name, "goes on at", millis())
    }

/** Has a task for each name wait at the barrier and say how that ended; `Parties` is the same in Java. */
internal fun arrive(
    trace: Trace,
    barrier: AsyncBarrier,
    vararg names: String,
): List<Task<Unit>> =
    names.map { name ->
        createTask {
            try {
                trace.add(name, "passes as", barrier.wait())
            } catch (broken: BrokenBarrierException) {
                trace.add(name, broken)
            } catch (cancelled: CancellationException) {
                trace.add(name, cancelled)
                throw cancelled
            }
        }
    }

internal fun show(
    trace: Trace,
    barrier: AsyncBarrier,
) = Parties.show(trace, barrier)
