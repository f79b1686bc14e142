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

    /**
     * Sets a new deadline, or none.
     *
     * @param deadlineNanos in nanoseconds of [EventLoop.time]; a time in the past passes in the next pass
     * @throws IllegalStateException if the deadline has passed or the block was left
     */
    public fun rescheduleAt(deadlineNanos: Long?)
}

/**
 * Runs [block] with a deadline (asyncio's `timeout`, S53-S60). When the deadline passes the block is cancelled, and this
 * throws [TimeoutException], which unlike kotlinx' `withTimeout` is no cancellation: it cannot end a coroutine silently.
 *
 * A block that ends with a value, or with an exception of its own, in spite of the deadline keeps it; the exception then has
 * the [TimeoutException] among its suppressed ones (S57, S58). A block that never suspends is never broken off (S54).
 *
 * *Cancellation*: cancels the block, and wins over the deadline (S55).
 *
 * @param duration null for no deadline yet
 */
public suspend fun <T> timeout(
    duration: Duration?,
    block: suspend TimeoutScope.() -> T,
): T {
    val deadline = Deadline(EventLoop.current(), "timed out after $duration")
    return deadline.run(deadline.after(duration), block)
}

/**
 * The same with a time of the loop's clock (asyncio's `timeout_at`).
 *
 * @param deadlineNanos in nanoseconds of [EventLoop.time]; null for no deadline yet
 */
public suspend fun <T> timeoutAt(
    deadlineNanos: Long?,
    block: suspend TimeoutScope.() -> T,
): T = Deadline(EventLoop.current(), DEADLINE_PASSED).run(deadlineNanos, block)

private const val DEADLINE_PASSED = "the deadline has passed"

private class Deadline(
    private val loop: EventLoop,
    private var message: String,
) {
    private var scope: CoroutineScope? = null
    private var timer: Handle? = null

    var nanos: Long? = null
        private set

    var expired = false
        private set

    suspend fun <T> run(
        deadlineNanos: Long?,
        block: suspend TimeoutScope.() -> T,
    ): T {
        var ended: Result<T>? = null
        val failure =
            try {
                return coroutineScope {
                    val entered = Entered(this@Deadline, this)
                    scope = this
                    arm(deadlineNanos)
                    entered.block().also { ended = Result.success(it) }
                }
            } catch (thrown: Throwable) {
                thrown
            } finally {
                scope = null
                timer?.cancel()
            }
        if (expired && currentCoroutineContext().isActive) {
            if (failure is CancellationException) {
                // A scope that was cancelled has no value any more, even if its block came to a good end.
                val value = ended ?: throw timedOut(failure)
                return value.getOrThrow()
            }
            failure.addSuppressed(timedOut(null))
        }
        throw failure
    }

    fun after(duration: Duration?): Long? = duration?.let { loop.time() + it.inWholeNanoseconds.coerceIn(0, Long.MAX_VALUE / 2) }

    fun move(deadlineNanos: Long?) {
        check(!expired) { "cannot change the deadline of a timeout that has expired" }
        check(scope != null) { "cannot change the deadline of a timeout that was left" }
        message = DEADLINE_PASSED
        arm(deadlineNanos)
    }

    private fun arm(deadlineNanos: Long?) {
        timer?.cancel()
        nanos = deadlineNanos
        timer =
            when {
                deadlineNanos == null -> null
                deadlineNanos - loop.time() > 0 -> loop.callAt(deadlineNanos, ::expire)
                // Before the next step of the block: timers would come after it.
                else -> loop.callSoon(::expire)
            }
    }

    private fun expire() {
        expired = true
        scope?.cancel(CancellationException(DEADLINE_PASSED))
    }

    private fun timedOut(cause: Throwable?) = TimeoutException(message).apply { initCause(cause) }
}

private class Entered(
    private val deadline: Deadline,
    scope: CoroutineScope,
) : TimeoutScope,
    CoroutineScope by scope {
    override val expired: Boolean get() = deadline.expired

    override val deadlineNanos: Long? get() = deadline.nanos

    override fun reschedule(duration: Duration?) = deadline.move(deadline.after(duration))

    override fun rescheduleAt(deadlineNanos: Long?) = deadline.move(deadlineNanos)
}
