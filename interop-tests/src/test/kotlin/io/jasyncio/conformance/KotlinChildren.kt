package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.currentTask
import io.jasyncio.coroutines.sleep
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.seconds

// What the tasks do in the scenarios of groups and of gather and its kin; `Children` is the same in Java.

internal suspend fun sleeper(
    trace: Trace,
    name: String,
    seconds: Int = 10,
) {
    try {
        sleep(seconds.seconds)
        trace.add(name, "slept")
    } catch (cancelled: CancellationException) {
        trace.add(name, cancelled, "at", millis())
        throw cancelled
    }
}

internal suspend fun failAfter(
    seconds: Int,
    message: String,
): Nothing {
    sleep(seconds.seconds)
    throw Boom(message)
}

internal suspend fun <T> after(
    seconds: Int,
    value: T,
): T {
    sleep(seconds.seconds)
    return value
}

/** A cancelled coroutine may wait only here. */
internal suspend fun sleepInCleanup(seconds: Int) = withContext(NonCancellable) { sleep(seconds.seconds) }

internal fun millis(): Long = EventLoop.current().time() / 1_000_000

/** The cancel requests that stand against the running task. */
internal fun requests(): Int = checkNotNull(currentTask()).cancelling()
