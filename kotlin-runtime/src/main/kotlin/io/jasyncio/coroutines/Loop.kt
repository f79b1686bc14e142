package io.jasyncio.coroutines

import io.jasyncio.EventLoop
import io.jasyncio.LoopFuture
import io.jasyncio.Task
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob

/**
 * The loop as a kotlinx dispatcher. Coroutines on it share the one queue with tasks and callbacks; `delay` and timeouts are
 * the loop's timers. A coroutine that is dispatched after the loop was closed is cancelled, and unwinds on another thread.
 */
public val EventLoop.dispatcher: CoroutineDispatcher get() = this as CoroutineDispatcher

/**
 * A new scope whose coroutines run on this loop; from any thread. The caller owns it: cancel it before the loop closes.
 */
public fun EventLoop.asCoroutineScope(): CoroutineScope = CoroutineScope(dispatcher + SupervisorJob())

/** The task on whose behalf this code runs; null in a plain callback (S11). */
public fun currentTask(): Task<*>? = EventLoop.current().currentTask()

/** The running loop's tasks that have not ended, oldest first (S38). */
public fun allTasks(): Set<Task<*>> = EventLoop.current().allTasks()

/** A future of the running loop, for the caller to complete. */
public fun <T> createFuture(): LoopFuture<T> = EventLoop.current().createFuture()
