package io.jasyncio.transport;

/**
 * How a server listens. Start from {@link #DEFAULT}.
 *
 * @param backlog how many connections may wait to be accepted, and how many are accepted at most before the loop turns to
 *     other work
 * @param reusePort whether other servers may listen on the same port, and share its connections
 * @param startServing whether connections are accepted at once, or only after {@code startServing()}. Until then clients
 *     can connect all the same, up to the backlog, and wait: Java cannot bind without listening
 */
public record ServerOptions(int backlog, boolean reusePort, boolean startServing) {

    /** A backlog of 100, the port for itself, serving at once: asyncio's defaults. */
    public static final ServerOptions DEFAULT = new ServerOptions(100, false, true);

    /** Checks the backlog. */
    public ServerOptions {
        if (backlog <= 0) {
            throw new IllegalArgumentException("backlog must be positive: " + backlog);
        }
    }

    /** These options with a backlog. */
    public ServerOptions withBacklog(int backlog) {
        return new ServerOptions(backlog, reusePort, startServing);
    }

    /** These options with the port shared or not. */
    public ServerOptions withReusePort(boolean reusePort) {
        return new ServerOptions(backlog, reusePort, startServing);
    }

    /** These options with serving at once or later. */
    public ServerOptions withStartServing(boolean startServing) {
        return new ServerOptions(backlog, reusePort, startServing);
    }
}
