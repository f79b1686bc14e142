package io.jasyncio;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/**
 * Finds the addresses of a host. The default asks the system, which on the JVM blocks; that is why it is called in threads of its own.
 *
 * @see LoopOptions#withResolver
 */
@FunctionalInterface
public interface HostResolver {

    /** What the system says: {@link InetAddress#getAllByName}. */
    static HostResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }

    /**
     * The addresses of a host, in the order in which they should be tried. May block. Called from several threads at a time.
     *
     * @param host a name; never an address
     * @return at least one
     * @throws java.net.UnknownHostException if there is no such host
     * @throws IOException if it cannot be found out
     */
    List<InetAddress> resolve(String host) throws IOException;
}
