package io.jasyncio.conformance

import io.jasyncio.Task
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.get
import io.jasyncio.coroutines.join
import io.jasyncio.coroutines.put
import io.jasyncio.coroutines.wait
import io.jasyncio.queue.AsyncQueue
import io.jasyncio.queue.QueueShutDownException
import kotlinx.coroutines.CancellationException

// What the tasks do in the scenarios of queues; `QueueTasks` is the same in Java.

/** Gets one item and says how that ended. */
internal suspend fun getter(
    trace: Trace,
    name: String,
    queue: AsyncQueue<*>,
) = telling(trace, name) { trace.add(name, "got", queue.get()) }

/** Puts one item and says how that ended. */
internal suspend fun <T> putter(
    trace: Trace,
    name: String,
    queue: AsyncQueue<T>,
    item: T,
) = telling(trace, name) {
    queue.put(item)
    trace.add(name, "has put", item)
}

/** Waits until all work is done and says how that ended. */
internal suspend fun joiner(
    trace: Trace,
    name: String,
    queue: AsyncQueue<*>,
) = telling(trace, name) {
    queue.join()
    trace.add(name, "joined at", millis())
}

private suspend fun telling(
    trace: Trace,
    name: String,
    block: suspend () -> Unit,
) {
    try {
        block()
    } catch (_: QueueShutDownException) {
        trace.add(name, "finds it shut down")
    } catch (cancelled: CancellationException) {
        trace.add(name, cancelled)
        throw cancelled
    }
}

/** A task for each name, that gets one item. */
internal fun getters(
    trace: Trace,
    queue: AsyncQueue<*>,
    vararg names: String,
): List<Task<Unit>> = names.map { createTask { getter(trace, it, queue) } }

/** A task for each name, that puts one item. */
internal fun putters(
    trace: Trace,
    queue: AsyncQueue<String>,
    vararg names: String,
): List<Task<Unit>> = names.map { createTask { putter(trace, it, queue, "item of $it") } }

/** A task for each name, that waits until all work is done. */
internal fun joiners(
    trace: Trace,
    queue: AsyncQueue<*>,
    vararg names: String,
): List<Task<Unit>> = names.map { createTask { joiner(trace, it, queue) } }

/** Waits for tasks, whichever way they end. */
internal suspend fun ended(tasks: List<Task<*>>) {
    wait(tasks)
}
