package io.jasyncio.runtime.io

import io.jasyncio.runtime.loop.ReadyQueue
import java.lang.System.Logger.Level
import java.nio.channels.ClosedChannelException
import java.nio.channels.IllegalBlockingModeException
import java.nio.channels.SelectableChannel
import java.nio.channels.SelectionKey
import java.nio.channels.Selector
import java.nio.channels.SocketChannel
import java.util.function.Consumer

/** The driver on a NIO selector. */
internal class SelectorIoDriver : IoDriver {
    private val selector = Selector.open()

    /** The keys of the last selection that were not handed out yet. */
    private val selected = ArrayDeque<SelectionKey>()
    private val collect = Consumer<SelectionKey>(selected::addLast)

    /** How many keys the present iteration may be given. */
    private var batch = MOST_AT_ONCE

    /** How many bytes came since the last poll. */
    private var bytesRead = 0

    /** The selector keeps a key, also one of a channel that was closed, until its next selection (J3). */
    override val hasChannels: Boolean get() = selector.keys().isNotEmpty()

    override fun poll(
        timeoutNanos: Long,
        ready: ReadyQueue,
    ) {
        val before = ready.size
        adjustBatch()
        handOut(ready)
        if (ready.size == before) {
            select(timeoutNanos)
            handOut(ready)
        }
    }

    /**
     * Some at a time. Whoever waits for a channel goes on in the next iteration, and with a thousand channels in between, what the first
     * one has touched has left the processor's caches by then: a quarter of the time that a request takes. What is left over is
     * found ready by the next poll, before it selects again; so nothing waits longer than it would in one large batch.
     */
    private fun handOut(ready: ReadyQueue) {
        val enough = ready.size + batch
        while (ready.size < enough) {
            val key = selected.removeFirstOrNull() ?: return
            (key.attachment() as Watch).collect(ready)
        }
    }

    /**
     * As many as can be expected to bring what the caches hold. Eight reads of 100 KiB, each into a buffer of its own, push out the first
     * one before it is answered; and a server that is slower for that never has fewer than eight that are ready. A read is not known
     * before it happens, hence by what the last ones have brought: from one to eight it takes three polls.
     */
    private fun adjustBatch() {
        if (bytesRead > MOST_BYTES) {
            batch = maxOf(batch / 2, 1)
        } else if (bytesRead <= MOST_BYTES / 2) {
            batch = minOf(batch * 2, MOST_AT_ONCE)
        }
        bytesRead = 0
    }

    private fun select(timeoutNanos: Long) {
        when {
            timeoutNanos == 0L -> selector.selectNow(collect)
            timeoutNanos < 0 -> selector.select(collect, FOR_EVER)
            // The selector counts in milliseconds. Rounded down, the loop would spin until the deadline (J1).
            else -> selector.select(collect, minOf((timeoutNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI, MAX_WAIT_MILLIS))
        }
        if (Thread.interrupted()) {
            // Left alone, every further selection would return at once (J2).
            LOG.log(Level.WARNING, "the thread of an event loop was interrupted; that has no effect. Use stop() or cancel()")
        }
    }

    override fun wakeup() {
        selector.wakeup()
    }

    override fun watch(channel: SelectableChannel): ChannelWatch = watchOrNull(channel) ?: register(channel)

    override fun watchOrNull(channel: SelectableChannel): ChannelWatch? {
        val key = channel.keyFor(selector) ?: return null
        return if (key.isValid) key.attachment() as Watch else null
    }

    private fun register(channel: SelectableChannel): Watch {
        if (channel.keyFor(selector) != null) {
            // Cancelled in this very iteration: the selector must forget the old key before it takes a new one.
            releaseClosed()
        }
        val watch = Watch(channel)
        try {
            watch.key = channel.register(selector, 0, watch)
        } catch (closed: ClosedChannelException) {
            throw IllegalArgumentException("the channel is closed: $channel", closed)
        } catch (blocking: IllegalBlockingModeException) {
            throw IllegalArgumentException("the channel is in blocking mode; call configureBlocking(false): $channel", blocking)
        }
        return watch
    }

    /** What is ready meanwhile is not lost: a selector tells as long as it is so. */
    override fun releaseClosed() {
        if (selector.isOpen) {
            selector.selectNow { }
        }
    }

    override fun close() = selector.close()

    private inner class Watch(
        private val channel: SelectableChannel,
    ) : ChannelWatch {
        lateinit var key: SelectionKey

        override var owner: Any? = null

        override var reader: Runnable? = null
            set(value) {
                field = value
                updateInterest()
            }

        override var writer: Runnable? = null
            set(value) {
                field = value
                updateInterest()
            }

        private fun updateInterest() {
            if (!key.isValid) {
                return
            }
            val read = if (reader == null) 0 else channel.validOps() and READ_OPS
            val write = if (writer == null) 0 else writeOps()
            val wanted = read or write
            if (key.interestOps() != wanted) {
                key.interestOps(wanted)
            }
        }

        private fun writeOps(): Int {
            val connecting = channel is SocketChannel && channel.isConnectionPending
            return channel.validOps() and if (connecting) SelectionKey.OP_CONNECT else SelectionKey.OP_WRITE
        }

        fun collect(ready: ReadyQueue) {
            if (!key.isValid) {
                return
            }
            val ops = key.readyOps()
            if (ops and READ_OPS != 0) {
                reader?.let(ready::add)
            }
            if (ops and WRITE_OPS != 0) {
                writer?.let(ready::add)
            }
        }

        override fun hasRead(count: Int) {
            bytesRead += maxOf(count, 0)
        }

        override fun cancel() {
            reader = null
            writer = null
            if (key.isValid) {
                key.cancel()
            }
        }
    }

    private companion object {
        /** How many ready channels an iteration serves. Measured with 1 KiB: up to 16 there is no difference, from 64 on there is. */
        const val MOST_AT_ONCE = 8

        /** How much an iteration may read before the next one serves fewer. */
        const val MOST_BYTES = 128 * 1024
        const val READ_OPS = SelectionKey.OP_READ or SelectionKey.OP_ACCEPT
        const val WRITE_OPS = SelectionKey.OP_WRITE or SelectionKey.OP_CONNECT
        const val FOR_EVER = 0L
        const val NANOS_PER_MILLI = 1_000_000L

        /** asyncio's bound, so that a deadline in the far future cannot overflow anything (S19). */
        const val MAX_WAIT_MILLIS = 24 * 3600 * 1000L
        val LOG: System.Logger = System.getLogger("io.jasyncio")
    }
}
