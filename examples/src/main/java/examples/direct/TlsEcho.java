package examples.direct;

import static io.jasyncio.Asyncio.*;
import static io.jasyncio.stream.Streams.*;

import io.jasyncio.KeyboardInterruptException;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.ServerOptions;
import io.jasyncio.transport.TlsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * An echo that nobody can listen to. The server has a certificate that it has signed itself. A client that knows the certificate
 * trusts it; one that knows only the usual authorities does not, nor does one that wanted to talk to another host.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/TlsEcho.java}. With a port, as in
 * {@code TlsEcho.java 7000}, it serves until Ctrl-C; talk to it with {@code openssl s_client -connect 127.0.0.1:7000}.
 */
public class TlsEcho {
    static final String PASSWORD = "changeit";

    static final String NEW_KEY = "-genkeypair -alias server -keyalg EC -dname CN=localhost"
            + " -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12 -keystore server.p12 -storepass " + PASSWORD;

    /** A new key with its certificate. Java can make that only with a tool of the JDK, which takes a second: call it in a thread. */
    static KeyStore selfSigned() throws Exception {
        var folder = Files.createTempDirectory("tls");
        var file = folder.resolve("server.p12");
        var command = new ArrayList<>(List.of(NEW_KEY.split(" ")));
        command.add(
                0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        try {
            var making = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD) // where it says what it does
                    .start();
            if (making.waitFor() != 0) {
                throw new IOException(
                        "keytool failed: " + new String(making.getInputStream().readAllBytes()));
            }
            return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    static SSLContext withKeyOf(KeyStore store) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    static SSLContext trusting(KeyStore store) throws Exception {
        var known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("server", store.getCertificate("server"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** What each side goes by. */
    record Sides(TlsOptions server, TlsOptions client) {
        static Sides make() throws Exception {
            var store = selfSigned();
            return new Sides(TlsOptions.of(withKeyOf(store)), TlsOptions.of(trusting(store)));
        }
    }

    static void echo(StreamReader reader, StreamWriter writer) throws Exception {
        try (writer) {
            for (var line : reader.each()) {
                writer.write(line + "\n");
                await(writer.drainAsync());
            }
        }
    }

    static void ask(int port, String who, TlsOptions tls) throws Exception {
        try (var connection = await(openConnection("127.0.0.1", port, ConnectOptions.DEFAULT.withTls(tls)))) {
            connection.writer().write("hello\n");
            var session = connection.writer().getExtraInfo(ExtraInfo.TLS_SESSION);
            System.out.println(
                    who + ": " + await(connection.reader().readLineAsync()) + ", by " + session.getProtocol());
        } catch (SSLException refused) {
            System.out.println(who + ": does not trust the server");
        }
    }

    static void demonstrate(int port, TlsOptions trusting) throws Exception {
        ask(port, "a client that knows the certificate", trusting);
        ask(port, "a client that knows the authorities", TlsOptions.systemDefault());
        ask(port, "a client that wants another host", trusting.withServerHostname("example.org"));
    }

    public static void main(String[] args) throws Exception {
        var port = args.length > 0 ? Integer.parseInt(args[0]) : 0;
        try {
            run(() -> {
                var sides = await(toThread(Sides::make));
                var options = ServerOptions.DEFAULT.withTls(sides.server());
                try (var server = await(startServer(TlsEcho::echo, "127.0.0.1", port, options))) {
                    if (args.length > 0) {
                        System.out.println("serving port " + server.port() + "; Ctrl-C ends it");
                        await(server.serveForeverAsync());
                    } else {
                        demonstrate(server.port(), sides.client());
                    }
                }
            });
        } catch (KeyboardInterruptException interrupted) {
            System.out.println("goodbye");
        }
    }
}
