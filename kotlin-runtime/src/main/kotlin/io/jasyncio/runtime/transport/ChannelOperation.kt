package io.jasyncio.runtime.transport

import io.jasyncio.LoopFuture
import io.jasyncio.runtime.io.ChannelWatch
import io.jasyncio.runtime.io.IoDriver
import io.jasyncio.spi.LoopRuntime
import io.jasyncio.spi.Reclaiming
import java.io.IOException
import java.nio.channels.SelectableChannel
import java.nio.channels.SocketChannel

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
) : LoopFuture<T>(loop),
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

    private fun leave() {
        val watch = driver.watchOrNull(channel) ?: return
        if (direction.waiterOf(watch) === this) {
            direction.set(watch, null)
            if (watch.reader == null && watch.writer == null) watch.cancel()
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
