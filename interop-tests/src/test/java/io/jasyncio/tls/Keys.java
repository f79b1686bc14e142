package io.jasyncio.tls;

import io.jasyncio.transport.TlsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.Base64;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** The keys and certificates of the folder {@code tls} of the test resources; {@code make-keys.sh} there has made them. */
public final class Keys {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private Keys() {}

    /** A context with the key of that name, or none for null; it trusts what the test authority has signed. */
    public static SSLContext context(String name) {
        return context(name, Security.getProvider("SunJSSE"));
    }

    /** The same of another implementation of TLS. */
    static SSLContext context(String name, Provider provider) {
        try {
            var context = SSLContext.getInstance("TLS", provider);
            var trust = TrustManagerFactory.getInstance("PKIX", provider);
            trust.init(store("trust"));
            context.init(name == null ? null : keys(name, provider), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** For a server with the key of that name. */
    public static TlsOptions server(String name) {
        return TlsOptions.of(context(name));
    }

    /** For a server that is "localhost", and its addresses. */
    public static TlsOptions server() {
        return server("server");
    }

    /** For a client without a key that connects to "localhost". */
    public static TlsOptions client() {
        return TlsOptions.of(context(null)).withServerHostname("localhost");
    }

    /** With these versions of TLS and no others. */
    public static SSLParameters protocols(String... versions) {
        var parameters = new SSLParameters();
        parameters.setProtocols(versions);
        return parameters;
    }

    private static KeyManager[] keys(String name, Provider provider) throws GeneralSecurityException {
        var factory = KeyManagerFactory.getInstance("PKIX", provider);
        factory.init(store(name), PASSWORD);
        return factory.getKeyManagers();
    }

    public static KeyStore store(String name) throws GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Objects.requireNonNull(Keys.class.getResourceAsStream("/tls/" + name + ".p12"), name)) {
            store.load(in, PASSWORD);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
        return store;
    }

    /** The key of that name and its certificates as a file of text, as other programs want them. */
    public static Path keyFile(Path folder, String name) throws Exception {
        var store = store(name);
        var text = new StringBuilder(
                pem("PRIVATE KEY", store.getKey(name, PASSWORD).getEncoded()));
        for (var certificate : store.getCertificateChain(name)) {
            text.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return Files.writeString(folder.resolve(name + ".pem"), text);
    }

    /** The certificate of the test authority, likewise. */
    public static Path trustFile(Path folder) throws Exception {
        var certificate = store("trust").getCertificate("authority");
        return Files.writeString(folder.resolve("authority.pem"), pem("CERTIFICATE", certificate.getEncoded()));
    }

    private static String pem(String kind, byte[] bytes) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }
}
