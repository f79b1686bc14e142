package io.jasyncio.benchmarks.net

import io.jasyncio.coroutines.drain
import io.jasyncio.coroutines.more
import io.jasyncio.coroutines.read
import io.jasyncio.coroutines.runAsyncio
import io.jasyncio.coroutines.serveForever
import io.jasyncio.coroutines.startServer
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import java.util.function.IntConsumer

/**
 * Our streams in Kotlin.
 *
 * @param views whether it reads nothing and writes what the reader has, from where it is; else it reads arrays
 */
internal class KotlinEcho(
    private val views: Boolean,
) : EchoServer {
    override fun serve(listening: IntConsumer) {
        runAsyncio {
            val server = startServer(EchoServer.HOST, 0, EchoTls.serverOptions()) { reader, writer ->
                if (views) echoViews(reader, writer) else echoArrays(reader, writer)
            }
            listening.accept(server.port())
            server.serveForever()
        }
    }

    private suspend fun echoArrays(
        reader: StreamReader,
        writer: StreamWriter,
    ) {
        while (true) {
            val data = reader.read(EchoServer.READ_BYTES)
            if (data.isEmpty()) {
                break
            }
            writer.write(data)
            writer.drain()
        }
        writer.close()
    }

    private suspend fun echoViews(
        reader: StreamReader,
        writer: StreamWriter,
    ) {
        while (reader.more()) {
            val data = reader.view()
            val bytes = data.remaining()
            writer.write(data)
            reader.skip(bytes)
            writer.drain()
        }
        writer.close()
    }
}
