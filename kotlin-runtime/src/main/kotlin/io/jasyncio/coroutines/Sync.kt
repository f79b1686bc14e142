package io.jasyncio.coroutines

import io.jasyncio.LoopFuture
import io.jasyncio.runtime.wait.TurnKind
import io.jasyncio.runtime.wait.stand
import io.jasyncio.runtime.wait.waiterOf
import io.jasyncio.sync.AsyncBarrier
import io.jasyncio.sync.AsyncCondition
import io.jasyncio.sync.AsyncEvent
import io.jasyncio.sync.AsyncLock
import io.jasyncio.sync.AsyncSemaphore
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import kotlin.coroutines.coroutineContext

/**
 * Takes the lock, after all who asked before; does not suspend if it is free (S80, S81).
 *
 * *Cancellation*: the lock is not held.
 */
public suspend fun AsyncLock.acquire(): Unit = if (tryAcquire()) Unit else acquireLater()

private suspend fun AsyncLock.acquireLater() {
    val waiter = waiterOf(coroutineContext)
    if (waiter == null) acquireAsync().awaitDone() else waiter.stand(waiters(), TurnKind.Plain)
}

/**
 * Holds the lock while [block] runs: asyncio's `async with lock`.
 *
 * Which to use? kotlinx' own `Mutex` and `Semaphore` work on the loop as everywhere, and also between dispatchers: take them for
 * Kotlin code that must not care where it runs. Those of [io.jasyncio.sync] are for what Java and Kotlin code share on one
 * loop, and for what kotlinx does not have: conditions, events, barriers, and asyncio's order to the pass.
 *
 * *Cancellation*: while it waits the lock is not held; inside [block] it is released as by any exception.
 */
public suspend inline fun <T> AsyncLock.withLock(block: () -> T): T {
    acquire()
    try {
        return block()
    } finally {
        release()
    }
}

/**
 * Waits until the event is set; does not suspend if it is (S84).
 *
 * *Cancellation*: ends the wait alone.
 */
public suspend fun AsyncEvent.wait() {
    if (isSet) return
    val waiter = waiterOf(coroutineContext)
    if (waiter == null) waitAsync().awaitDone() else waiter.stand(waiters(), TurnKind.Plain)
}

/**
 * Takes a permit, after all who asked before; does not suspend if one is free (S83).
 *
 * *Cancellation*: no permit is held.
 */
public suspend fun AsyncSemaphore.acquire(): Unit = if (tryAcquire()) Unit else acquireLater()

private suspend fun AsyncSemaphore.acquireLater() {
    val waiter = waiterOf(coroutineContext)
    if (waiter == null) acquireAsync().awaitDone() else waiter.stand(waiters(), TurnKind.Plain)
}

/**
 * Has a permit while [block] runs: asyncio's `async with semaphore`.
 *
 * *Cancellation*: while it waits no permit is held; inside [block] it is given back as by any exception.
 */
public suspend inline fun <T> AsyncSemaphore.withPermit(block: () -> T): T {
    acquire()
    try {
        return block()
    } finally {
        release()
    }
}

/** Holds the condition's lock while [block] runs. */
public suspend inline fun <T> AsyncCondition.withLock(block: () -> T): T = lock().withLock(block)

/**
 * Releases the lock, waits for a signal, and comes back with the lock (S85).
 *
 * *Cancellation*: thrown when the lock is held again, so that [withLock] can release it. A signal that would be lost goes to
 * another waiter (S86).
 *
 * @throws IllegalStateException if nobody holds the lock
 */
public suspend fun AsyncCondition.wait() {
    val turn = waitAsync()
    try {
        turn.await()
    } catch (cancelled: CancellationException) {
        if (!turn.isDone) withContext(NonCancellable) { lockIsHeld(turn) }
        throw cancelled
    }
}

/** In the turn itself, which ends as the cancelled wait that it is: another future would come one pass later. */
private suspend fun lockIsHeld(turn: LoopFuture<*>) {
    try {
        turn.awaitDone()
    } catch (_: CancellationException) {
        // What wait() has caught already.
    }
}

/**
 * Waits until [predicate] is true; does not suspend if it is. It is asked with the lock held.
 *
 * *Cancellation*: as [wait].
 *
 * @throws IllegalStateException if nobody holds the lock
 */
public suspend inline fun AsyncCondition.wait(predicate: () -> Boolean) {
    while (!predicate()) {
        wait()
    }
}

/**
 * Waits until all parties have come; the last one does not suspend (S88).
 *
 * *Cancellation*: the others wait on for somebody else.
 *
 * @return an index from 0, different for each task of a round
 * @throws io.jasyncio.sync.BrokenBarrierException if the barrier is or becomes broken, or is reset
 */
public suspend fun AsyncBarrier.wait(): Int = waitAsync().await()
