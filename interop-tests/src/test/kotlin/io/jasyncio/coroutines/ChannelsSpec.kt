package io.jasyncio.coroutines

import io.jasyncio.kit.LeakCheck
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.booleans.shouldBeFalse
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.StandardProtocolFamily
import java.nio.ByteBuffer
import java.nio.channels.DatagramChannel
import java.nio.channels.FileChannel
import java.nio.channels.Pipe
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel
import java.nio.file.Files
import java.nio.file.Path

private val LOCAL = InetSocketAddress(InetAddress.getLoopbackAddress(), 0)

/** Two connected sockets of the caller's own. */
private suspend fun socketPair(): Pair<SocketChannel, SocketChannel> =
    coroutineScope {
        ServerSocketChannel.open().bind(LOCAL).use { listening ->
            listening.configureBlocking(false)
            val accepting = async(start = CoroutineStart.UNDISPATCHED) { sockAccept(listening) }
            val near = SocketChannel.open()
            near.configureBlocking(false)
            sockConnect(near, listening.localAddress)
            near to accepting.await()
        }
    }

private fun datagrams() =
    DatagramChannel.open(StandardProtocolFamily.INET).bind(LOCAL).also {
        it.configureBlocking(false)
    }

private fun withFile(
    content: ByteArray,
    body: (Path, FileChannel) -> Unit,
) {
    val path = Files.write(Files.createTempFile("send", null), content)
    try {
        FileChannel.open(path).use { body(path, it) }
    } finally {
        Files.delete(path)
    }
}

/** The suspend faces of bare channels, pipes and files; what they do in detail is tested in Java. */
internal class ChannelsSpec :
    FunSpec({
        val leaks = LeakCheck()
        beforeTest { leaks.begin() }
        afterTest { (_, result) -> leaks.end(result.isSuccess) }

        test("bytes go from socket to socket") {
            runAsyncio {
                val (near, far) = socketPair()
                near.use {
                    far.use {
                        sockSendAll(near, ByteBuffer.wrap("hello".toByteArray()))
                        val buffer = ByteBuffer.allocate(10)
                        sockRecv(far, buffer) shouldBe 5
                        near.shutdownOutput()
                        sockRecv(far, buffer) shouldBe -1
                    }
                }
            }
        }

        test("a cancelled coroutine leaves the channel to the next one") {
            runAsyncio {
                val (near, far) = socketPair()
                near.use {
                    far.use {
                        val buffer = ByteBuffer.allocate(10)
                        val first = launch(start = CoroutineStart.UNDISPATCHED) { sockRecv(near, buffer) }
                        shouldThrow<IllegalStateException> { sockRecv(near, buffer) }
                        first.cancelAndJoin()
                        val second = async(start = CoroutineStart.UNDISPATCHED) { sockRecv(near, buffer) }
                        sockSendAll(far, ByteBuffer.allocate(3))
                        second.await() shouldBe 3
                    }
                }
            }
        }

        test("datagrams go from socket to socket") {
            runAsyncio {
                datagrams().use { near ->
                    datagrams().use { far ->
                        sockSendTo(near, ByteBuffer.allocate(7), far.localAddress) shouldBe 7
                        val buffer = ByteBuffer.allocate(10)
                        sockRecvFrom(far, buffer) shouldBe near.localAddress
                        buffer.position() shouldBe 7
                    }
                }
            }
        }

        test("a file goes over a bare socket") {
            withFile(ByteArray(1000) { it.toByte() }) { _, file ->
                runAsyncio {
                    val (near, far) = socketPair()
                    near.use {
                        far.use {
                            file.position(5)
                            sockSendFile(near, file, 990, 100) shouldBe 10
                            file.position() shouldBe 5
                            val buffer = ByteBuffer.allocate(20)
                            sockRecv(far, buffer) shouldBe 10
                            buffer.get(0) shouldBe 990.toByte()
                        }
                    }
                }
            }
        }

        test("a file goes over a stream") {
            withFile(ByteArray(1_000_000) { it.toByte() }) { _, file ->
                runAsyncio {
                    startServer("127.0.0.1", 0) { reader, writer ->
                        writer.write("it is: ")
                        writer.sendFile(file) shouldBe 1_000_000
                        writer.close()
                    }.use { server ->
                        openConnection("127.0.0.1", server.port()).use { connection ->
                            val all = connection.reader().read()
                            all.size shouldBe 1_000_007
                            all[1_000_006] shouldBe 999_999.toByte()
                        }
                    }
                }
            }
        }

        test("pipes are streams") {
            runAsyncio {
                val pipe = Pipe.open()
                val reader = openReadPipe(pipe.source())
                openWritePipe(pipe.sink()).use { writer ->
                    writer.write("one\ntwo\n")
                    writer.drain()
                }
                val lines = mutableListOf<String>()
                reader.lines().collect(lines::add)
                lines shouldBe listOf("one", "two")
                pipe.sink().isOpen.shouldBeFalse()
            }
        }

        test("blocking streams are streams, too") {
            val output = ByteArrayOutputStream()
            runAsyncio {
                val reader = openReadPipe(ByteArrayInputStream("one\ntwo\n".toByteArray()))
                val writer = openWritePipe(output)
                reader.lines().collect { writer.write("$it!\n") }
                writer.closeAsync().await()
            }
            output.toString() shouldBe "one!\ntwo!\n"
        }

        test("standard output stays open") {
            runAsyncio {
                val output = stdout()
                output.closeAsync().await()
                output.isClosing.shouldBeTrue()
            }
            System.out.checkError().shouldBeFalse()
        }
    })
