package io.jasyncio.coroutines

import io.jasyncio.queue.AsyncQueue
import io.jasyncio.runtime.wait.TurnKind
import io.jasyncio.runtime.wait.stand
import io.jasyncio.runtime.wait.waiterOf
import kotlin.coroutines.coroutineContext

/**
 * Puts an item; suspends while there is no room (S90).
 *
 * *Cancellation*: the item was not put.
 *
 * @throws io.jasyncio.queue.QueueShutDownException if the queue is or becomes shut down
 */
public suspend fun <T> AsyncQueue<T>.put(item: T): Unit = if (isFull && !isShutdown) putLater(item) else putNowait(item)

private suspend fun <T> AsyncQueue<T>.putLater(item: T) {
    val waiter = waiterOf(coroutineContext)
    if (waiter == null) putAsync(item).awaitDone() else waiter.stand(putters(), TurnKind.Put, this, item)
}

/**
 * Takes the next item; suspends while there is none (S90). `for (item in queue)` does so until the queue is shut down.
 *
 * Which to use? kotlinx' `Channel` works on the loop as everywhere, and also between dispatchers. An [AsyncQueue] is for what Java
 * and Kotlin code share on one loop, for priorities, and for counting what is done; only the loop may touch it, and other
 * threads go through its door.
 *
 * *Cancellation*: no item is taken.
 *
 * @throws io.jasyncio.queue.QueueShutDownException once the queue is shut down and empty
 */
public suspend fun <T> AsyncQueue<T>.get(): T = if (isEmpty && !isShutdown) getLater() else getNowait()

private suspend fun <T> AsyncQueue<T>.getLater(): T {
    val waiter = waiterOf(coroutineContext) ?: return getAsync().await()
    @Suppress("UNCHECKED_CAST") // an item of this queue
    return waiter.stand(getters(), TurnKind.Get, this) as T
}

/**
 * Suspends until `taskDone` was called for every item (S92).
 *
 * *Cancellation*: ends the wait alone.
 */
public suspend fun AsyncQueue<*>.join() {
    if (unfinished() > 0) {
        joinAsync().await()
    }
}
