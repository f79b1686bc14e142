package io.jasyncio.spi;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.stream.Server;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.Connection;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.ServerOptions;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The network of a loop. Implemented by a runtime, called by {@link LoopRuntime}. Loop only. */
public interface Networking {

    /** {@link EventLoop#createConnection(Supplier, String, int, ConnectOptions)}. */
    <P extends Protocol> LoopFuture<Connection<P>> connect(
            Supplier<? extends P> protocolFactory, String host, int port, ConnectOptions options);

    /** {@link EventLoop#createServer}. */
    LoopFuture<Server> listen(
            Supplier<? extends Protocol> protocolFactory, @Nullable String host, int port, ServerOptions options);
}
