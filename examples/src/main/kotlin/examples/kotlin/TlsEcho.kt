// An echo that nobody can listen to. The server has a certificate that it has signed itself. A client that knows the certificate
// trusts it; one that knows only the usual authorities does not, nor does one that wanted to talk to another host.
//
// Run it: ./jasyncio run examples.kotlin.TlsEchoKt
// With a port, as in "TlsEchoKt 7000", it serves until Ctrl-C; talk to it with "openssl s_client -connect 127.0.0.1:7000".

package examples.kotlin

import io.jasyncio.KeyboardInterruptException
import io.jasyncio.coroutines.*
import io.jasyncio.transport.ConnectOptions
import io.jasyncio.transport.ExtraInfo
import io.jasyncio.transport.ServerOptions
import io.jasyncio.transport.TlsOptions
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyStore
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLException
import javax.net.ssl.TrustManagerFactory

private const val PASSWORD = "changeit"

private const val NEW_KEY = "-genkeypair -alias server -keyalg EC -dname CN=localhost" +
    " -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12 -keystore server.p12 -storepass $PASSWORD"

/** A new key with its certificate. Java can make that only with a tool of the JDK, which takes a second: call it in a thread. */
private fun selfSigned(): KeyStore {
    val folder = Files.createTempDirectory("tls")
    val file = folder.resolve("server.p12")
    val keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString()
    try {
        val making =
            ProcessBuilder(listOf(keytool) + NEW_KEY.split(" "))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD) // where it says what it does
                .start()
        if (making.waitFor() != 0) throw IOException("keytool failed: ${making.inputReader().readText()}")
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray())
    } finally {
        Files.deleteIfExists(file)
        Files.delete(folder)
    }
}

private fun withKeyOf(store: KeyStore): SSLContext {
    val keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm())
    keys.init(store, PASSWORD.toCharArray())
    return SSLContext.getInstance("TLS").apply { init(keys.keyManagers, null, null) }
}

private fun trusting(store: KeyStore): SSLContext {
    val known = KeyStore.getInstance("PKCS12")
    known.load(null, null)
    known.setCertificateEntry("server", store.getCertificate("server"))
    val trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
    trust.init(known)
    return SSLContext.getInstance("TLS").apply { init(null, trust.trustManagers, null) }
}

private suspend fun ask(port: Int, who: String, tls: TlsOptions) {
    try {
        openConnection("127.0.0.1", port, ConnectOptions.DEFAULT.withTls(tls)).use { (reader, writer) ->
            writer.write("hello\n")
            val session = writer.getExtraInfo(ExtraInfo.TLS_SESSION)
            println("$who: ${reader.readLine()}, by ${session?.protocol}")
        }
    } catch (_: SSLException) {
        println("$who: does not trust the server")
    }
}

private suspend fun demonstrate(port: Int, trusting: TlsOptions) {
    ask(port, "a client that knows the certificate", trusting)
    ask(port, "a client that knows the authorities", TlsOptions.systemDefault())
    ask(port, "a client that wants another host", trusting.withServerHostname("example.org"))
}

fun main(args: Array<String>) {
    try {
        runAsyncio {
            val port = args.firstOrNull()?.toInt()
            val store = toThread { selfSigned() }
            val options = ServerOptions.DEFAULT.withTls(TlsOptions.of(withKeyOf(store)))
            serve("127.0.0.1", port ?: 0, options, onServing = { server ->
                if (port == null) {
                    demonstrate(server.port(), TlsOptions.of(trusting(store)))
                    server.close()
                } else {
                    println("serving port ${server.port()}; Ctrl-C ends it")
                }
            }) { reader, writer ->
                reader.lines().collect { line ->
                    writer.write("$line\n")
                    writer.drain()
                }
            }
        }
    } catch (_: KeyboardInterruptException) {
        println("goodbye")
    }
}
