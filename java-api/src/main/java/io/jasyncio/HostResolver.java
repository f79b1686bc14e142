package io.jasyncio;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/**
 * Finds the addresses of a host. The default asks the system, which on the JVM blocks; that is why it is called in threads of its own,
 * at most four at a time for each loop. They end with the loop; what still runs then is interrupted and not waited for.
 *
 * @see LoopOptions#withResolver
 */
@FunctionalInterface
public interface HostResolver {

    /**
     * What the system says: {@link InetAddress#getAllByName}. The JVM puts IPv4 first, and leaves the system's own order (RFC 6724) alone
     * with {@code -Djava.net.preferIPv6Addresses=system}.
     */
    static HostResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }

    /**
     * The addresses of a host, in the order in which they should be tried. May block. Called from several threads at a time.
     *
     * @param host a name; addresses in their usual forms, with an interface or in brackets too, are never asked for
     * @return at least one; none is taken for an unknown host
     * @throws java.net.UnknownHostException if there is no such host
     * @throws IOException if it cannot be found out
     */
    List<InetAddress> resolve(String host) throws IOException;
}
