package io.jasyncio.coroutines

import io.jasyncio.kit.LeakCheck
import io.jasyncio.stream.Server
import io.jasyncio.stream.StreamPair
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import io.jasyncio.transport.ConnectOptions
import io.jasyncio.transport.ServerOptions
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.booleans.shouldBeFalse
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.ints.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.net.BindException
import java.net.ConnectException
import java.net.InetSocketAddress
import java.net.StandardSocketOptions
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel
import java.nio.file.Files

private const val LOCAL = "127.0.0.1"

private suspend fun connect(server: Server): StreamPair = openConnection(LOCAL, server.port())

/** Sends a line and returns the answer; null at the end of the connection. */
private suspend fun StreamPair.ask(line: String): String? {
    writer().write("$line\n")
    return reader().readLine()
}

private suspend fun echo(
    reader: StreamReader,
    writer: StreamWriter,
) {
    reader.lines().collect {
        writer.write("$it\n")
        writer.drain()
    }
}

/** `serve`: a server under structured concurrency. */
internal class ServeSpec :
    FunSpec({
        val leaks = LeakCheck()
        beforeTest { leaks.begin() }
        afterTest { (_, result) -> leaks.end(result.isSuccess) }

        /** Serves [handler] while [client] runs, and closes the server then. */
        fun served(
            handler: suspend CoroutineScope.(StreamReader, StreamWriter) -> Unit,
            client: suspend CoroutineScope.(Server) -> Unit,
        ) = runAsyncio {
            serve(LOCAL, 0, handler = handler, onServing = { server ->
                coroutineScope { client(server) }
                server.close()
            })
        }

        test("a connection is closed when its handler returns") {
            served({ reader, writer -> writer.write("${reader.readLine()}!\n") }) { server ->
                val connection = connect(server)
                connection.ask("hello") shouldBe "hello!"
                connection.reader().readLine() shouldBe null
                connection.writer().close()
            }
        }

        test("what the handler has launched ends before the connection does") {
            served({ _, writer -> launch { writer.write("launched\n") } }) { server ->
                val connection = connect(server)
                connection.reader().readLine() shouldBe "launched"
                connection.reader().readLine() shouldBe null
                connection.writer().close()
            }
        }

        test("connections are served side by side") {
            served({ reader, writer -> echo(reader, writer) }) { server ->
                val first = connect(server)
                val second = connect(server)
                first.ask("one") shouldBe "one"
                second.ask("two") shouldBe "two"
                first.ask("three") shouldBe "three"
                first.writer().close()
                second.writer().close()
            }
        }

        test("a handler that fails is reported, ends its own connection and no other") {
            served({ reader, writer ->
                reader.lines().collect {
                    check(it != "bad") { "a bad line" }
                    writer.write("$it\n")
                }
            }) { server ->
                val good = connect(server)
                val bad = connect(server)
                good.ask("one") shouldBe "one"
                bad.ask("bad") shouldBe null
                good.ask("two") shouldBe "two"
                good.writer().close()
                bad.writer().close()
            }
            leaks.errors().takeException().message shouldBe "a bad line"
        }

        test("a closed server takes no more connections, and serve returns when the last one has ended") {
            runAsyncio {
                val steps = mutableListOf<String>()
                val connected = CompletableDeferred<Pair<Server, StreamPair>>()
                val serving =
                    launch {
                        serve(LOCAL, 0, onServing = { connected.complete(it to connect(it)) }) { reader, writer ->
                            echo(reader, writer)
                            steps += "handler ended"
                        }
                        steps += "serve returned"
                    }
                val (server, connection) = connected.await()
                val port = server.port()
                connection.ask("one") shouldBe "one"
                server.close()
                shouldThrow<ConnectException> { openConnection(LOCAL, port) }
                connection.ask("two") shouldBe "two"
                serving.isActive.shouldBeTrue()
                connection.closeAsync().await()
                serving.join()
                steps shouldContainExactly listOf("handler ended", "serve returned")
            }
        }

        test("serve waits for a handler whose connection has ended before") {
            runAsyncio {
                val gone = CompletableDeferred<Unit>()
                val release = CompletableDeferred<Unit>()
                val serving =
                    launch {
                        serve(LOCAL, 0, onServing = {
                            connect(it).closeAsync().await()
                            gone.await()
                            it.close()
                            launch { release.complete(Unit) }
                        }) { reader, writer ->
                            reader.readLine()
                            writer.closeAsync().await()
                            gone.complete(Unit)
                            release.await()
                        }
                    }
                serving.join()
                release.isCompleted.shouldBeTrue()
            }
        }

        test("cancellation closes the server, cancels the handlers, and waits for their finally and for the connections") {
            runAsyncio {
                val steps = mutableListOf<String>()
                val started = CompletableDeferred<Unit>()
                val connected = CompletableDeferred<Pair<Server, StreamPair>>()
                val serving =
                    launch {
                        serve(LOCAL, 0, onServing = { connected.complete(it to connect(it)) }) { _, writer ->
                            try {
                                started.complete(Unit)
                                awaitCancellation()
                            } finally {
                                steps += "finally"
                                writer.write("bye\n")
                                withContext(NonCancellable) { writer.drain() }
                                steps += "drained"
                            }
                        }
                    }
                val (server, connection) = connected.await()
                started.await()
                val port = server.port()
                serving.cancelAndJoin()
                steps shouldContainExactly listOf("finally", "drained")
                connection.reader().readLine() shouldBe "bye"
                connection.reader().readLine() shouldBe null
                shouldThrow<ConnectException> { openConnection(LOCAL, port) }
                connection.writer().close()
            }
        }

        test("a connection that nobody has told the handler of is closed by a cancellation too") {
            runAsyncio {
                var handled = false
                val connected = CompletableDeferred<StreamPair>()
                val serving = launch { serve(LOCAL, 0, onServing = { connected.complete(connect(it)) }) { _, _ -> handled = true } }
                val connection = connected.await()
                serving.cancelAndJoin()
                runCatching { connection.reader().readLine() }.getOrNull() shouldBe null
                connection.writer().close()
            }
        }

        test("a failure of onServing ends all of it and leaves with its failure") {
            runAsyncio {
                lateinit var server: Server
                val started = CompletableDeferred<Unit>()
                var cancelled = false
                shouldThrow<IllegalStateException> {
                    serve(LOCAL, 0, onServing = {
                        server = it
                        connect(it).use { started.await() }
                        error("no good")
                    }) { _, _ ->
                        started.complete(Unit)
                        try {
                            awaitCancellation()
                        } finally {
                            cancelled = true
                        }
                    }
                }.message shouldBe "no good"
                server.isServing.shouldBeFalse()
                cancelled.shouldBeTrue()
            }
        }

        test("a handler is a task of its own with the caller's coroutine context") {
            runAsyncio {
                val caller = currentTask()
                withContext(CoroutineName("caller's")) {
                    serve(LOCAL, 0, onServing = {
                        connect(it).use { connection -> connection.ask("?") shouldBe "caller's" }
                        it.close()
                    }) { reader, writer ->
                        reader.readLine()
                        (currentTask() === caller).shouldBeFalse()
                        writer.write("${currentCoroutineContext()[CoroutineName]?.name}\n")
                    }
                }
            }
        }

        test("serve serves though the options say not to start") {
            runAsyncio {
                serve(LOCAL, 0, ServerOptions.DEFAULT.withStartServing(false), onServing = {
                    it.isServing.shouldBeTrue()
                    it.close()
                }) { _, _ -> }
            }
        }

        test("a peer that does not take what is left for it holds up the end for a while, and not for ever") {
            runAsyncio {
                val written = CompletableDeferred<Int>()
                val connected = CompletableDeferred<StreamPair>()
                // What the system keeps for two sockets has to be far less than what is left.
                val slowly = ConnectOptions.DEFAULT.withOption(StandardSocketOptions.SO_RCVBUF, 50_000)
                val options = ServerOptions.DEFAULT.withOption(StandardSocketOptions.SO_SNDBUF, 50_000)
                val serving =
                    launch {
                        serve(LOCAL, 0, options, onServing = {
                            connected.complete(openConnection(LOCAL, it.port(), slowly))
                        }) { _, writer ->
                            var count = 0
                            while (writer.transport().writeBufferSize < 1_000_000) {
                                writer.write(ByteArray(100_000))
                                count += 100_000
                            }
                            written.complete(count)
                            awaitCancellation()
                        }
                    }
                val connection = connected.await()
                written.await()
                serving.cancelAndJoin()
                connection.reader().read().size shouldBeLessThan written.await()
                connection.writer().close()
            }
        }

        test("sockets that exist already are taken, and closed with the server and the streams") {
            fun bound() = ServerSocketChannel.open().bind(InetSocketAddress(LOCAL, 0))
            runAsyncio {
                val listening = listOf(bound(), bound())
                val connected = listening.map { SocketChannel.open(it.localAddress) }
                serve(listening[0], onServing = { server ->
                    openConnection(connected[0]).use { it.ask("one") shouldBe "one" }
                    server.close()
                }) { reader, writer -> echo(reader, writer) }
                val server = startServer(listening[1]) { reader, writer -> writer.use { echo(reader, writer) } }
                openConnection(connected[1]).use { it.ask("two") shouldBe "two" }
                server.closeAsync().await()
                (listening + connected).filter { it.isOpen }.shouldBeEmpty()
            }
        }

        test("serve and a server on a Unix domain socket, whose file is gone afterwards") {
            val folder = Files.createTempDirectory("serve")
            val path = folder.resolve("socket")
            runAsyncio {
                serveUnix(path, onServing = { server ->
                    openUnixConnection(path).use { it.ask("one") shouldBe "one" }
                    server.close()
                }) { reader, writer -> echo(reader, writer) }
                val server = startUnixServer(path) { reader, writer -> writer.use { echo(reader, writer) } }
                openUnixConnection(path).use { it.ask("two") shouldBe "two" }
                server.closeAsync().await()
            }
            Files.delete(folder)
        }

        test("a server that serves for ever is closed with its connections when that is cancelled") {
            runAsyncio {
                val server = startServer(LOCAL, 0) { reader, writer -> writer.use { echo(reader, writer) } }
                val forever = launch { server.serveForever() }
                val connection = connect(server)
                connection.ask("one") shouldBe "one"
                forever.cancelAndJoin()
                server.waitClosedAsync().isDone.shouldBeTrue()
                connection.reader().readLine() shouldBe null
                connection.writer().close()
            }
        }

        test("a port that is taken is a failure at once") {
            served({ _, _ -> }) { server -> shouldThrow<BindException> { serve(LOCAL, server.port()) { _, _ -> } } }
        }
    })
