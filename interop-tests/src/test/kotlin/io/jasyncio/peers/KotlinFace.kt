package io.jasyncio.peers

import io.jasyncio.EventLoop
import io.jasyncio.LoopFuture
import io.jasyncio.Task
import io.jasyncio.coroutines.component1
import io.jasyncio.coroutines.component2
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.drain
import io.jasyncio.coroutines.lines
import io.jasyncio.coroutines.openConnection
import io.jasyncio.coroutines.read
import io.jasyncio.coroutines.readExactly
import io.jasyncio.coroutines.readLine
import io.jasyncio.coroutines.startServer
import io.jasyncio.coroutines.waitClosed
import io.jasyncio.stream.Server
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import java.io.ByteArrayOutputStream
import java.io.IOException

/** Kotlin. */
internal class KotlinFace : Face {
    // ---- The service -----------------------------------------------------------------------------------------------

    override fun serve(): LoopFuture<Server> =
        createTask { startServer("127.0.0.1", 0) { reader, writer -> writer.use { serve(reader, writer) } } }

    private suspend fun serve(
        reader: StreamReader,
        writer: StreamWriter,
    ) {
        val wanted = checkNotNull(reader.readLine()).split(" ")
        when (wanted[0]) {
            "echo" -> {
                serveEcho(reader, writer)
            }

            "lines" -> {
                reader.lines().collect { line ->
                    writer.write(line.uppercase() + "\n")
                    writer.drain()
                }
            }

            "digest" -> {
                writer.write(Messages.digest(reader.read()) + "\n")
            }

            "flood" -> {
                writer.write(Messages.pattern(wanted[1].toInt()))
                writer.drain()
                writer.writeEof()
                reader.read()
            }

            "reset" -> {
                reader.read(1)
                Messages.reset(writer)
            }

            else -> {
                error(wanted[0])
            }
        }
    }

    private suspend fun serveEcho(
        reader: StreamReader,
        writer: StreamWriter,
    ) {
        while (true) {
            val data = reader.read(65_536)
            if (data.isEmpty()) {
                return
            }
            writer.write(data)
            writer.drain()
        }
    }

    // ---- The client ------------------------------------------------------------------------------------------------

    override fun ask(
        port: Int,
        name: String,
    ): Task<*> =
        createTask {
            val (reader, writer) = openConnection("127.0.0.1", port)
            writer.use { ask(name, reader, writer) }
            runCatching { writer.waitClosed() }
        }

    private suspend fun ask(
        name: String,
        reader: StreamReader,
        writer: StreamWriter,
    ) {
        when (name) {
            "echo" -> {
                askEcho(reader, writer)
            }

            "bytes" -> {
                askBytes(reader, writer)
            }

            "lines" -> {
                writer.write("lines\n" + Messages.lines().joinToString("\n", postfix = "\n"))
                writer.writeEof()
                reader.lines().toList() shouldBe Messages.lines().map(String::uppercase)
            }

            "digest" -> {
                askDigest(reader, writer)
            }

            "flood" -> {
                askFlood(reader, writer)
            }

            "reset" -> {
                writer.write("reset\nx")
                shouldThrow<IOException> { reader.read() }
            }

            "nothing" -> {
                writer.write("echo\nsome")
                reader.readExactly(4)
                Messages.reset(writer)
            }

            else -> {
                error(name)
            }
        }
    }

    private suspend fun askEcho(
        reader: StreamReader,
        writer: StreamWriter,
    ) {
        writer.write("echo\n")
        for (size in Messages.SIZES) {
            val message = Messages.pattern(size)
            writer.write(message)
            Messages.requireEqual(message, reader.readExactly(size))
        }
        writer.writeEof()
        reader.read().toList().shouldBeEmpty()
    }

    private suspend fun askBytes(
        reader: StreamReader,
        writer: StreamWriter,
    ) {
        writer.write("echo\n")
        for (single in Messages.pattern(300)) {
            writer.write(byteArrayOf(single))
            writer.drain()
            reader.readExactly(1)[0] shouldBe single
        }
        writer.writeEof()
        reader.read().toList().shouldBeEmpty()
    }

    private suspend fun askDigest(
        reader: StreamReader,
        writer: StreamWriter,
    ) {
        val data = Messages.pattern(1_000_000)
        writer.write("digest\n")
        for (piece in Messages.pieces(data, 10_000)) {
            writer.write(piece)
            writer.drain()
        }
        writer.writeEof()
        reader.readLine() shouldBe Messages.digest(data)
    }

    private suspend fun askFlood(
        reader: StreamReader,
        writer: StreamWriter,
    ) {
        writer.write("flood ${Messages.FLOOD}\n")
        val received = ByteArrayOutputStream()
        while (true) {
            val data = reader.read(100_000)
            if (data.isEmpty()) {
                break
            }
            received.write(data)
        }
        Messages.requireEqual(Messages.pattern(Messages.FLOOD), received.toByteArray())
    }

    override fun toString(): String = "Kotlin"
}
