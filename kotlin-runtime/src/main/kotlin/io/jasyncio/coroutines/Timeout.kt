package io.jasyncio.coroutines

import io.jasyncio.EventLoop
import io.jasyncio.Handle
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.isActive
import java.util.concurrent.TimeoutException
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/** The deadline of a [timeout] block. */
public interface TimeoutScope : CoroutineScope {
    /** Whether the deadline has passed while the block ran. */
    public val expired: Boolean

    /** The deadline in nanoseconds of [EventLoop.time]; null if there is none. */
    public val deadlineNanos: Long?

    /**
     * Sets a new deadline counted from now, or none.
     *
     * @throws IllegalStateException if the deadline has passed or the block was left
     */
    public fun reschedule(duration: Duration?)
}

/**
 * Runs [block] with a deadline (asyncio's `timeout`, S53-S60). When the deadline passes the block is cancelled, and this
 * throws [TimeoutException], which unlike kotlinx' `withTimeout` is no cancellation: it cannot end a coroutine silently.
 *
 * A block that ends with a value, or with an exception of its own, in spite of the deadline keeps it. A cancellation from
 * outside wins.
 *
 * @param duration null for no deadline yet
 */
public suspend fun <T> timeout(
    duration: Duration?,
    block: suspend TimeoutScope.() -> T,
): T {
    var scope: TimeoutBlock? = null
    return try {
        coroutineScope {
            val entered = TimeoutBlock(this, EventLoop.current())
            scope = entered
            entered.reschedule(duration)
            entered.block()
        }
    } catch (cancelled: CancellationException) {
        if (scope?.expired == true && currentCoroutineContext().isActive) {
            throw TimeoutException("timed out after $duration").apply { initCause(cancelled) }
        }
        throw cancelled
    } finally {
        scope?.leave()
    }
}

private class TimeoutBlock(
    scope: CoroutineScope,
    private val loop: EventLoop,
) : TimeoutScope,
    CoroutineScope by scope {
    private var timer: Handle? = null
    private var left = false

    override var expired = false
        private set

    override var deadlineNanos: Long? = null
        private set

    override fun reschedule(duration: Duration?) {
        check(!expired) { "cannot change the deadline of a timeout that has expired" }
        check(!left) { "cannot change the deadline of a timeout that was left" }
        timer?.cancel()
        deadlineNanos = duration?.let { loop.time() + it.inWholeNanoseconds.coerceIn(0, Long.MAX_VALUE / 2) }
        timer =
            when {
                duration == null -> null
                duration.isPositive() -> loop.callLater(duration.toJavaDuration(), ::expire)
                else -> loop.callSoon(::expire)
            }
    }

    private fun expire() {
        expired = true
        cancel(CancellationException("the deadline has passed"))
    }

    fun leave() {
        left = true
        timer?.cancel()
    }
}
