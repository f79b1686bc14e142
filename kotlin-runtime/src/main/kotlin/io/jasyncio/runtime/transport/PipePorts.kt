package io.jasyncio.runtime.transport

import io.jasyncio.internal.net.BytePort
import io.jasyncio.runtime.io.IoDriver
import io.jasyncio.transport.ExtraInfo
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.channels.Pipe
import java.nio.channels.SelectableChannel

/** One end of a pipe that a selector can watch. Loop only. */
internal sealed class PipePort(
    driver: IoDriver,
    private val channel: SelectableChannel,
) : BytePort {
    protected val watch = driver.watch(channel).also { it.owner = this }

    @Suppress("UNCHECKED_CAST") // the key is of the type of its value
    override fun <T : Any> extra(key: ExtraInfo<T>): T? = (if (key === ExtraInfo.CHANNEL) channel else null) as T?

    override fun kind(): String = "pipe"

    override fun release() {
        watch.cancel()
        channel.close()
    }

    override fun toString(): String = "$channel"
}

/** Where a pipe is read from. */
internal class SourcePort(
    driver: IoDriver,
    private val source: Pipe.SourceChannel,
) : PipePort(driver, source) {
    override fun read(into: ByteBuffer): Int = source.read(into).also(watch::hasRead)

    override fun wantRead(ready: Runnable?) {
        watch.reader = ready
    }

    override fun isWritable(): Boolean = false

    override fun write(from: ByteBuffer): Int = throw UnsupportedOperationException()

    override fun wantWrite(ready: Runnable?) = Unit

    override fun canShutdownOutput(): Boolean = false

    override fun shutdownOutput() = Unit
}

/** Where a pipe is written to. That nobody reads it any more is told by the next write: no selector says so. */
internal class SinkPort(
    driver: IoDriver,
    private val sink: Pipe.SinkChannel,
) : PipePort(driver, sink) {
    override fun isReadable(): Boolean = false

    override fun read(into: ByteBuffer): Int = throw UnsupportedOperationException()

    override fun wantRead(ready: Runnable?) = Unit

    override fun write(from: ByteBuffer): Int = sink.write(from)

    override fun wantWrite(ready: Runnable?) {
        watch.writer = ready
    }

    override fun canShutdownOutput(): Boolean = true

    /** The end of a pipe is its close, which follows. */
    override fun shutdownOutput() = Unit

    override fun transferFrom(
        file: FileChannel,
        position: Long,
        count: Long,
    ): Long = file.transferTo(position, count, sink)
}
