package io.jasyncio.stream;

import io.jasyncio.AsyncCloseable;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that listens and accepts connections (asyncio's {@code Server}). Made by {@link Streams#startServer} and
 * {@link EventLoop#createServer}; not for applications to implement.
 *
 * <p>As a resource of {@code try} it stops listening at the end of the block, and does not wait there for its connections. With
 * {@link io.jasyncio.Resources} and Kotlin's {@code use} it does wait, as with Python's {@code async with} (S114).
 *
 * <p>Thread rule: the loop's.
 */
public interface Server extends AsyncCloseable {

    /** The loop that this server runs on. */
    EventLoop getLoop();

    /** Where the server listens, with the real port where 0 was asked for; empty once it is closed. */
    List<SocketAddress> addresses();

    /**
     * The port of the first address.
     *
     * @throws IllegalStateException if the server is closed or does not listen on a port
     */
    int port();

    /** Whether connections are accepted. */
    boolean isServing();

    /**
     * Begins to accept connections, if that has not begun.
     *
     * @throws IllegalStateException if the server is closed
     */
    void startServing();

    /**
     * Accepts connections until this is cancelled or the server is closed, and then ends as cancelled, when the last
     * connection has ended (S114). Never ends otherwise.
     *
     * <p><b>Cancellation</b>: {@link #close()}, {@link #closeClients()}, and waits for the connections' end; a second request
     * ends the wait. Where the connections are to go on to their own end, close the server instead.
     *
     * @throws IllegalStateException if the server is closed, or this was called before and has not ended
     */
    LoopFuture<@Nullable Void> serveForeverAsync();

    /**
     * Stops listening at once. The connections go on; {@link #serveForeverAsync} is cancelled (S112). Idempotent.
     */
    @Override
    void close();

    /**
     * Ends when the server is closed and has no connections any more, whichever comes last (S113).
     *
     * <p><b>Cancellation</b>: ends the wait alone.
     */
    LoopFuture<@Nullable Void> waitClosedAsync();

    /** {@link #close()} and {@link #waitClosedAsync()}. */
    @Override
    default LoopFuture<@Nullable Void> closeAsync() {
        close();
        return waitClosedAsync();
    }

    /** Closes all connections in good order: what they have buffered is sent first. */
    void closeClients();

    /** Ends all connections at once. */
    void abortClients();
}
