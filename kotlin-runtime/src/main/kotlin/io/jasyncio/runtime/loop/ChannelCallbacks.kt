package io.jasyncio.runtime.loop

import io.jasyncio.runtime.io.IoDriver
import java.nio.channels.SelectableChannel

/** The readers and writers that callers have set on channels of their own: `add_reader` and its kin. Loop only. */
internal class ChannelCallbacks(
    private val driver: IoDriver,
) {
    fun setReader(
        channel: SelectableChannel,
        reader: CallbackHandle,
    ) {
        val watch = driver.watch(channel)
        // The one that is replaced may stand on the ready queue already.
        cancel(watch.reader)
        watch.reader = reader
    }

    fun removeReader(channel: SelectableChannel): Boolean {
        val watch = driver.watchOrNull(channel) ?: return false
        val removed = cancel(watch.reader)
        watch.reader = null
        if (watch.writer == null) watch.cancel()
        return removed
    }

    fun setWriter(
        channel: SelectableChannel,
        writer: CallbackHandle,
    ) {
        val watch = driver.watch(channel)
        cancel(watch.writer)
        watch.writer = writer
    }

    fun removeWriter(channel: SelectableChannel): Boolean {
        val watch = driver.watchOrNull(channel) ?: return false
        val removed = cancel(watch.writer)
        watch.writer = null
        if (watch.reader == null) watch.cancel()
        return removed
    }

    private fun cancel(callback: Runnable?): Boolean {
        val handle = callback as? CallbackHandle ?: return false
        handle.cancel()
        return true
    }
}
