package io.jasyncio.runtime.io

import io.jasyncio.runtime.loop.ReadyQueue
import java.nio.channels.SelectableChannel

/**
 * Where the loop blocks, and the only thing that knows how channels are watched. Everything but [wakeup] belongs to the
 * loop.
 */
internal interface IoDriver {
    /** Whether any channel is watched, so that polling can find something. */
    val hasChannels: Boolean

    /**
     * Waits until a watched channel is ready, [wakeup] is called or the time is over, and appends the callbacks of ready
     * channels.
     *
     * @param timeoutNanos zero not to wait, negative to wait for ever
     */
    fun poll(
        timeoutNanos: Long,
        ready: ReadyQueue,
    )

    /** Ends a [poll] that waits, or else the next one. Any thread. */
    fun wakeup()

    /** The watch on a channel, made if there is none. The channel must be in non-blocking mode. */
    fun watch(channel: SelectableChannel): ChannelWatch

    /** The watch on a channel, if there is one. */
    fun watchOrNull(channel: SelectableChannel): ChannelWatch?

    /**
     * Lets go of the channels whose watches were cancelled, which a poll would do too: until then they may not really be
     * closed. A driver that lets go at once has nothing to do here.
     */
    fun releaseClosed() = Unit

    fun close()
}

/** What shall run when a channel is ready. Loop only. */
internal interface ChannelWatch {
    /** The transport or server that uses the channel; null for one of the caller's own. */
    var owner: Any?

    /** Put on the ready queue whenever the channel can be read, or accepted from. */
    var reader: Runnable?

    /** Put on the ready queue whenever the channel can be written, or has finished connecting. */
    var writer: Runnable?

    /** The channel was read; [count] is what the read returned. From this the driver guesses what further channels will bring. */
    fun hasRead(count: Int) = Unit

    /** Ends the watch. The channel may be closed only afterwards. */
    fun cancel()
}
