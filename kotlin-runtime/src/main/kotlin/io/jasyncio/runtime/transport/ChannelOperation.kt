package io.jasyncio.runtime.transport

import io.jasyncio.LoopFuture
import io.jasyncio.WorkFuture
import io.jasyncio.runtime.io.ChannelWatch
import io.jasyncio.runtime.io.IoDriver
import io.jasyncio.spi.LoopRuntime
import io.jasyncio.spi.Reclaiming
import java.io.IOException
import java.nio.channels.SelectableChannel
import java.nio.channels.SocketChannel
import java.util.concurrent.CancellationException

/**
 * One operation on a channel of the caller's, tried at once and again whenever the channel is ready (asyncio's `sock_recv` and its
 * kin). It waits by a watch that it takes away in the very call that ends it: a waiter that stays behind would be woken for somebody
 * else's data, or by another channel that has got the same file descriptor (cpython #131728, #74250). Loop only.
 *
 * @param attempt completes the future, or leaves it for later
 */
internal open class ChannelOperation<T>(
    loop: LoopRuntime,
    private val driver: IoDriver,
    private val channel: SelectableChannel,
    private val direction: Direction,
    private val attempt: LoopFuture<T>.() -> Unit,
) : WorkFuture<T>(loop),
    Runnable {
    enum class Direction {
        READ,
        WRITE,
        ;

        fun waiterOf(watch: ChannelWatch): Runnable? = if (this == READ) watch.reader else watch.writer

        fun set(
            watch: ChannelWatch,
            waiter: Runnable?,
        ) {
            if (this == READ) watch.reader = waiter else watch.writer = waiter
        }
    }

    /** Tries; misuse is told here and not by the future. */
    fun start(): LoopFuture<T> {
        requireFree()
        try {
            attempt()
        } catch (failure: IOException) {
            completeExceptionally(failure)
        }
        if (!isDone) {
            direction.set(driver.watch(channel), this)
            whenEnded(::leave)
        }
        return this
    }

    private fun requireFree() {
        require(!channel.isBlocking) { "the channel is in blocking mode; call configureBlocking(false): $channel" }
        val watch = driver.watchOrNull(channel) ?: return
        require(watch.owner == null) { "the channel is used by a transport: ${watch.owner}" }
        val other = direction.waiterOf(watch)
        check(other == null) { "somebody waits already to ${direction.name.lowercase()} on $channel: $other" }
    }

    /** The channel is ready. It may have been closed and its end be told since the poll, and so is not touched then. */
    override fun run() {
        if (isDone) {
            return
        }
        try {
            attempt()
        } catch (failure: Throwable) {
            completeExceptionally(failure)
        }
    }

    // ---- The end ---------------------------------------------------------------------------------------------------

    // What was hung on this with `thenCompose` runs in the very call that ends this, before any listener is told, and may
    // begin the next operation there. So this makes room first.

    override fun complete(value: T): Boolean {
        makeRoom()
        return super.complete(value)
    }

    override fun completeExceptionally(exception: Throwable): Boolean {
        makeRoom()
        return super.completeExceptionally(exception)
    }

    override fun cancelWork(message: String?) {
        completeExceptionally(CancellationException(message))
    }

    /** Another thread, too, may end this; then there is room a little later. */
    private fun makeRoom() {
        val watch = if (getLoop().isCurrent) driver.watchOrNull(channel) else null
        if (watch != null && direction.waiterOf(watch) === this) {
            direction.set(watch, null)
        }
    }

    /** The channel is watched no more, unless somebody has gone on with it meanwhile. */
    private fun leave() {
        makeRoom()
        val watch = driver.watchOrNull(channel) ?: return
        if (watch.owner == null && watch.reader == null && watch.writer == null) {
            watch.cancel()
        }
    }
}

/** A connection that somebody waits for; closed again if nobody takes it. Loop only. */
internal class Accepting(
    loop: LoopRuntime,
    driver: IoDriver,
    channel: SelectableChannel,
    attempt: LoopFuture<SocketChannel>.() -> Unit,
) : ChannelOperation<SocketChannel>(loop, driver, channel, Direction.READ, attempt),
    Reclaiming {
    override fun valueNotTaken() = result().close()
}
