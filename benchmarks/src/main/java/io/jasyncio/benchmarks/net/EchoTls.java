package io.jasyncio.benchmarks.net;

import io.jasyncio.transport.ServerOptions;
import io.jasyncio.transport.TlsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Whether the servers of this process speak TLS, and with which key: a property tells them, after {@code --tls}. */
final class EchoTls {

    /** Names a key store. */
    static final String PROPERTY = "jasyncio.benchmarks.tls";

    private static final char[] PASSWORD = "changeit".toCharArray();

    private EchoTls() {}

    static boolean isOn() {
        return System.getProperty(PROPERTY) != null;
    }

    static KeyManagerFactory keys() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(Path.of(System.getProperty(PROPERTY)))) {
            store.load(in, PASSWORD);
        }
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD);
        return keys;
    }

    /** For all of our own servers. */
    static ServerOptions serverOptions() {
        var options = ServerOptions.DEFAULT.withBacklog(EchoServer.BACKLOG);
        if (!isOn()) {
            return options;
        }
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys().getKeyManagers(), null, null);
            // Clients that are idle end by being killed.
            return options.withTls(TlsOptions.of(context).withTruncationAsEof());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
