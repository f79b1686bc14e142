package examples.stage;

import static io.jasyncio.Asyncio.*;
import static io.jasyncio.Resources.*;
import static io.jasyncio.stream.Streams.*;

import io.jasyncio.KeyboardInterruptException;
import io.jasyncio.stream.Server;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * An echo that nobody can listen to. The server has a certificate that it has signed itself. A client that knows the certificate
 * trusts it; one that knows only the usual authorities does not, nor does one that wanted to talk to another host.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/TlsEcho.java}. With a port, as in
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

    static CompletionStage<Void> echo(StreamReader reader, StreamWriter writer) {
        return usingStage(
                writer,
                open -> reader.forEachStageAsync(line -> {
                    writer.write(line + "\n");
                    return writer.drainAsync();
                }));
    }

    static CompletionStage<Void> ask(int port, String who, TlsOptions tls) {
        return usingStage(openConnection("127.0.0.1", port, ConnectOptions.DEFAULT.withTls(tls)), connection -> {
                    connection.writer().write("hello\n");
                    var session = connection.writer().getExtraInfo(ExtraInfo.TLS_SESSION);
                    return connection
                            .reader()
                            .readLineAsync()
                            .thenApply(line -> line + ", by " + session.getProtocol());
                })
                .exceptionallyCompose(failure -> failure instanceof SSLException
                        ? CompletableFuture.completedFuture("does not trust the server")
                        : CompletableFuture.failedFuture(failure))
                .thenAccept(outcome -> System.out.println(who + ": " + outcome));
    }

    static CompletionStage<Void> demonstrate(int port, TlsOptions trusting) {
        return ask(port, "a client that knows the certificate", trusting)
                .thenCompose(asked -> ask(port, "a client that knows the authorities", TlsOptions.systemDefault()))
                .thenCompose(asked ->
                        ask(port, "a client that wants another host", trusting.withServerHostname("example.org")));
    }

    static CompletionStage<Void> serve(Server server) {
        System.out.println("serving port " + server.port() + "; Ctrl-C ends it");
        return server.serveForeverAsync();
    }

    public static void main(String[] args) throws Exception {
        var port = args.length > 0 ? Integer.parseInt(args[0]) : 0;
        try {
            runStage(() -> toThread(Sides::make).thenCompose(sides -> {
                var options = ServerOptions.DEFAULT.withTls(sides.server());
                return usingStage(
                        startStageServer(TlsEcho::echo, "127.0.0.1", port, options),
                        server -> args.length > 0 ? serve(server) : demonstrate(server.port(), sides.client()));
            }));
        } catch (KeyboardInterruptException interrupted) {
            System.out.println("goodbye");
        }
    }
}
