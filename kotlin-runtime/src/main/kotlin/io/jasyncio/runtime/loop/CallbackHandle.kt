package io.jasyncio.runtime.loop

import io.jasyncio.Context
import io.jasyncio.Handle
import io.jasyncio.Task
import io.jasyncio.TimerHandle
import io.jasyncio.spi.ReadyItem

/** What `callSoon` returns, and the entry of the ready queue itself. Loop only. */
internal class CallbackHandle(
    private var callback: Runnable?,
    private var context: Context?,
    /** Where it was scheduled; debug mode only. */
    val created: Throwable?,
) : Handle,
    ReadyItem {
    private var cancelled = false

    override fun run() {
        callback?.run()
    }

    override fun cancel() {
        cancelled = true
        callback = null
    }

    override fun cancelled(): Boolean = cancelled

    override fun task(): Task<*>? = null

    override fun getContext(): Context = context ?: Context().also { context = it }

    override fun toString(): String = "callback ${callback ?: "(cancelled)"}"
}

/** What `callLater` and `callAt` return, and the timer itself. Loop only. */
internal class CallbackTimer(
    deadlineNanos: Long,
    private var callback: Runnable?,
    private var context: Context?,
    val created: Throwable?,
    private val queue: TimerQueue,
) : TimerNode(deadlineNanos),
    TimerHandle,
    ReadyItem {
    private var cancelled = false

    override fun run() {
        callback?.run()
    }

    override fun cancel() {
        cancelled = true
        callback = null
        queue.remove(this)
    }

    override fun cancelled(): Boolean = cancelled

    override fun `when`(): Long = deadlineNanos

    override fun task(): Task<*>? = null

    override fun getContext(): Context = context ?: Context().also { context = it }

    override fun toString(): String = "timer ${callback ?: "(cancelled)"}"
}
