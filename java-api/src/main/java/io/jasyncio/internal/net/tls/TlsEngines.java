package io.jasyncio.internal.net.tls;

import io.jasyncio.transport.TlsOptions;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Makes engines of options, without the traps of the JDK's own defaults. */
final class TlsEngines {

    /** With a colon, or with a last label of digits: such a thing is an address for everybody, in whatever old-fashioned form. */
    private static final Pattern ADDRESS = Pattern.compile(".*:.*|(.*\\.)?[0-9]+");

    private TlsEngines() {}

    /**
     * For the side that connects. The JDK would take a certificate of anybody; here it has to be for the host, unless the options say
     * otherwise.
     *
     * @param connectedTo the host, if nothing else is said in the options
     * @param port for the cache of sessions; -1 if it is not known
     * @throws IllegalArgumentException if the host is not known, but needed
     */
    static SSLEngine client(TlsOptions tls, @Nullable String connectedTo, int port) {
        var given = tls.serverHostname() == null ? connectedTo : tls.serverHostname();
        TlsTransport.requireServerHostname(tls, connectedTo);
        var host = given == null ? null : normalized(given);
        var engine =
                host == null ? tls.context().createSSLEngine() : tls.context().createSSLEngine(host, port);
        engine.setUseClientMode(true);
        var parameters = parametersOf(engine, tls);
        if (!tls.verifiesHostname()) {
            parameters.setEndpointIdentificationAlgorithm("");
        } else if (parameters.getEndpointIdentificationAlgorithm() == null
                || parameters.getEndpointIdentificationAlgorithm().isEmpty()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (host != null && saysNothingOfNames(tls.parameters())) {
            parameters.setServerNames(namesOf(host));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** For the side that was connected to. */
    static SSLEngine server(TlsOptions tls) {
        var engine = tls.context().createSSLEngine();
        engine.setUseClientMode(false);
        parametersOf(engine, tls);
        return engine;
    }

    /** The engine's own with the given ones over them; what is null among those means: as usual. */
    private static SSLParameters parametersOf(SSLEngine engine, TlsOptions tls) {
        if (tls.parameters() != null) {
            engine.setSSLParameters(tls.parameters());
        }
        return engine.getSSLParameters();
    }

    /** Without brackets, zone, and the dot at the end: nothing of that is in a certificate. */
    private static String normalized(String host) {
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (bare.indexOf(':') >= 0 && bare.indexOf('%') >= 0) {
            return bare.substring(0, bare.indexOf('%'));
        }
        return bare.length() > 1 && bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }

    /** Whoever names names, or says that there are none, has the last word. */
    private static boolean saysNothingOfNames(@Nullable SSLParameters given) {
        return given == null || given.getServerNames() == null;
    }

    /** The JDK leaves out names without a dot; and it would send an address as a name, which RFC 6066 forbids. */
    private static List<SNIServerName> namesOf(String host) {
        if (ADDRESS.matcher(host).matches()) {
            return List.of();
        }
        try {
            return List.of(new SNIHostName(host));
        } catch (IllegalArgumentException noHostName) {
            // As "my_service": the system may know it, the certificate may name it, but it cannot be said in the
            // handshake.
            return List.of();
        }
    }
}
