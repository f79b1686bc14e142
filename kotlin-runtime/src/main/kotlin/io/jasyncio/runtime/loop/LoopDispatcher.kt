@file:OptIn(InternalCoroutinesApi::class)

package io.jasyncio.runtime.loop

import io.jasyncio.runtime.task.TaskDispatcher
import io.jasyncio.runtime.wait.CoroutineWaiters
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Delay
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.cancel
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.resume

/**
 * The loop as kotlinx sees it: a dispatcher whose ready queue is asyncio's, and whose `delay` and timeouts are the loop's
 * timers. `Delay` is internal to kotlinx; this file is the only place that knows it.
 */
internal abstract class LoopDispatcher :
    CoroutineDispatcher(),
    Delay {
    /** What runs next. Loop only. */
    val ready = ReadyQueue()

    protected abstract val timers: TimerQueue

    /** The places of coroutines in lines. */
    val coroutineWaiters = CoroutineWaiters(this)

    abstract fun isCurrent(): Boolean

    abstract fun time(): Long

    /** Puts an item on the loop from any thread; false if the loop is closed. */
    abstract fun offer(item: Runnable): Boolean

    override fun dispatch(
        context: CoroutineContext,
        block: Runnable,
    ) {
        if (!offer(block)) {
            // The coroutine cannot go on here, but its finally blocks must run somewhere.
            context.cancel(CancellationException("the event loop is closed"))
            Dispatchers.IO.dispatch(context, block)
        }
    }

    /** One thread is as limited as can be. A view of kotlinx' would hide from us whose step it runs, and from the closed loop whom to cancel. */
    override fun limitedParallelism(
        parallelism: Int,
        name: String?,
    ): CoroutineDispatcher {
        require(parallelism >= 1) { "Expected positive parallelism level, but got $parallelism" }
        return this
    }

    override fun scheduleResumeAfterDelay(
        timeMillis: Long,
        continuation: CancellableContinuation<Unit>,
    ) {
        val timer = DelayTimer(deadlineAfter(timeMillis), continuation, this)
        start(timer)
        continuation.invokeOnCancellation(timer)
    }

    /** Without this, kotlinx' timeouts would run on a thread and a clock of their own. */
    override fun invokeOnTimeout(
        timeMillis: Long,
        block: Runnable,
        context: CoroutineContext,
    ): DisposableHandle {
        val timer = TimeoutTimer(deadlineAfter(timeMillis), block, this)
        start(timer)
        return timer
    }

    private fun deadlineAfter(timeMillis: Long): Long = time() + timeMillis.coerceIn(0, MAX_DELAY_MILLIS) * NANOS_PER_MILLI

    private fun start(timer: TimerNode) {
        if (isCurrent()) {
            timers.add(timer)
        } else {
            offer { timers.add(timer) }
        }
    }

    fun stop(timer: TimerNode) {
        if (isCurrent()) {
            timers.remove(timer)
        } else {
            offer { timers.remove(timer) }
        }
    }

    companion object {
        private const val NANOS_PER_MILLI = 1_000_000L

        /** Some 146 years: the difference of two deadlines must not overflow. */
        private const val MAX_DELAY_MILLIS = Long.MAX_VALUE / 2 / NANOS_PER_MILLI

        /** The loop behind the interceptor of a coroutine; null if it is another dispatcher. */
        fun of(interceptor: ContinuationInterceptor?): LoopDispatcher? =
            when (interceptor) {
                is TaskDispatcher -> interceptor.loop
                is LoopDispatcher -> interceptor
                else -> null
            }
    }
}

/** A `delay` that is under way; also its own cancellation handler, since a million of them may sleep. */
internal class DelayTimer(
    deadlineNanos: Long,
    private val continuation: CancellableContinuation<Unit>,
    private val loop: LoopDispatcher,
) : TimerNode(deadlineNanos),
    (Throwable?) -> Unit {
    /** Through the ready queue and not at once: a sleeper wakes like every other waiter. */
    override fun run() = continuation.resume(Unit)

    override fun invoke(cause: Throwable?) = loop.stop(this)
}

/** A kotlinx timeout that is under way. */
internal class TimeoutTimer(
    deadlineNanos: Long,
    private val block: Runnable,
    private val loop: LoopDispatcher,
) : TimerNode(deadlineNanos),
    DisposableHandle {
    override fun run() = block.run()

    override fun dispose() = loop.stop(this)
}
