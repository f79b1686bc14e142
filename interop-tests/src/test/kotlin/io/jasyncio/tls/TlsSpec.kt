package io.jasyncio.tls

import io.jasyncio.coroutines.component1
import io.jasyncio.coroutines.component2
import io.jasyncio.coroutines.drain
import io.jasyncio.coroutines.lines
import io.jasyncio.coroutines.openConnection
import io.jasyncio.coroutines.openUnixConnection
import io.jasyncio.coroutines.read
import io.jasyncio.coroutines.readLine
import io.jasyncio.coroutines.runAsyncio
import io.jasyncio.coroutines.serve
import io.jasyncio.coroutines.serveUnix
import io.jasyncio.coroutines.startTls
import io.jasyncio.coroutines.waitClosed
import io.jasyncio.kit.LeakCheck
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import io.jasyncio.transport.ConnectOptions
import io.jasyncio.transport.ExtraInfo
import io.jasyncio.transport.ServerOptions
import io.jasyncio.transport.TlsOptions
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.yield
import java.nio.file.Files
import javax.net.ssl.SSLException

private const val LOCAL = "127.0.0.1"

private suspend fun echo(
    reader: StreamReader,
    writer: StreamWriter,
) {
    reader.lines().collect {
        writer.write("$it\n")
        writer.drain()
    }
}

/** TLS over streams, in coroutines. */
internal class TlsSpec :
    FunSpec({
        val leaks = LeakCheck()
        beforeTest { leaks.begin() }
        afterTest { (_, result) -> leaks.end(result.isSuccess) }

        test("a server and a client that are private from the beginning") {
            runAsyncio {
                serve(LOCAL, 0, ServerOptions.DEFAULT.withTls(Keys.server()), onServing = { server ->
                    val options = ConnectOptions.DEFAULT.withTls(Keys.client())
                    val (reader, writer) = openConnection(LOCAL, server.port(), options)
                    writer.write("hello\n")
                    reader.readLine() shouldBe "hello"
                    writer.close()
                    writer.waitClosed()
                    server.close()
                }) { reader, writer -> echo(reader, writer) }
            }
        }

        test("over a Unix domain socket, where a client has to say whom it expects") {
            val folder = Files.createTempDirectory("tls")
            val path = folder.resolve("socket")
            runAsyncio {
                serveUnix(path, ServerOptions.DEFAULT.withTls(Keys.server()), onServing = { server ->
                    val nameless = ConnectOptions.DEFAULT.withTls(TlsOptions.of(Keys.context(null)))
                    val failure = shouldThrow<IllegalArgumentException> { openUnixConnection(path, nameless) }
                    failure.message.shouldContain("withServerHostname")
                    val (reader, writer) = openUnixConnection(path, ConnectOptions.DEFAULT.withTls(Keys.client()))
                    writer.write("hello\n")
                    reader.readLine() shouldBe "hello"
                    writer.close()
                    writer.waitClosed()
                    server.close()
                }) { reader, writer -> echo(reader, writer) }
            }
            Files.delete(folder)
        }

        test("startTls in the middle of a connection") {
            runAsyncio {
                serve(LOCAL, 0, onServing = { server ->
                    val (reader, writer) = openConnection(LOCAL, server.port())
                    writer.write("STARTTLS\n")
                    reader.readLine() shouldBe "yes"
                    writer.startTls(Keys.client().withParameters(Keys.protocols("TLSv1.3")))
                    writer.getExtraInfo(ExtraInfo.TLS_SESSION)?.protocol shouldBe "TLSv1.3"
                    writer.write("hello\n")
                    reader.readLine() shouldBe "hello"
                    writer.close()
                    writer.waitClosed()
                    server.close()
                }) { reader, writer ->
                    reader.readLine() shouldBe "STARTTLS"
                    writer.write("yes\n")
                    writer.startTls(Keys.server())
                    echo(reader, writer)
                }
            }
        }

        test("startTls that fails ends the connection on both sides") {
            runAsyncio {
                serve(LOCAL, 0, onServing = { server ->
                    val (reader, writer) = openConnection(LOCAL, server.port())
                    shouldThrow<SSLException> { writer.startTls(Keys.client()) }
                    shouldThrow<SSLException> { reader.readLine() }
                    server.close()
                }) { reader, writer ->
                    shouldThrow<SSLException> { writer.startTls(Keys.server("expired")) }
                    shouldThrow<SSLException> { reader.readLine() }
                }
            }
        }

        test("startTls that is cancelled ends the connection") {
            runAsyncio {
                serve(LOCAL, 0, onServing = { server ->
                    val (_, writer) = openConnection(LOCAL, server.port())
                    coroutineScope {
                        val upgrading = launch { writer.startTls(Keys.client()) }
                        yield()
                        upgrading.cancelAndJoin()
                    }
                    writer.isClosing shouldBe true
                    writer.waitClosed()
                    server.close()
                }) { reader, _ -> reader.read(1) }
            }
        }
    })
