package io.jasyncio.conformance

import io.jasyncio.Task
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.sleep
import io.jasyncio.coroutines.wait
import kotlinx.coroutines.CancellationException
import java.util.concurrent.CompletionStage
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

// How tasks end in the scenarios of cancellation and of timeouts; `Ending` is the same in Java.

/** Why traces of bodies that go on after a cancellation differ. */
internal const val STAYS_CANCELLED = "a coroutine that was cancelled stays cancelled: each further suspension throws"

/** Waits for a task, whichever way it ends. */
internal suspend fun <T : Task<*>> ended(task: T): T {
    wait(listOf(task))
    return task
}

internal suspend fun nap(seconds: Int) = sleep(seconds.seconds)

/** One pass of the loop. */
internal suspend fun onePass() = sleep(Duration.ZERO)

/** Awaits something and says how that ended. */
internal suspend fun waiter(
    trace: Trace,
    name: String,
    awaited: CompletionStage<*>,
) {
    try {
        trace.add(name, "got", awaited.await())
    } catch (cancelled: CancellationException) {
        trace.add(name, cancelled)
        throw cancelled
    }
}

/** The same with the time. */
internal suspend fun timedWaiter(
    trace: Trace,
    name: String,
    awaited: CompletionStage<*>,
) {
    try {
        trace.add(name, "got", awaited.await())
    } catch (cancelled: CancellationException) {
        trace.add(name, cancelled, "at", millis())
        throw cancelled
    }
}
