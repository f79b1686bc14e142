package io.jasyncio.server;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.stream.Server;
import io.jasyncio.stream.StreamPair;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.Transport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What both sides of a server need in tests. */
final class Clients {

    private Clients() {}

    static StreamPair connect(Server server) throws Exception {
        var address = (InetSocketAddress) server.addresses().get(0);
        return await(Streams.openConnection(address.getAddress().getHostAddress(), address.getPort()));
    }

    /** A connection that the server knows of: it sends a byte back. */
    static StreamPair connectToEcho(Server server) throws Exception {
        var streams = connect(server);
        ask(streams);
        return streams;
    }

    static void ask(StreamPair streams) throws Exception {
        streams.writer().write("?");
        await(streams.reader().readExactlyAsync(1));
    }

    /** Reads to the end of the connection, and ends it. Returns how many bytes came. */
    static int end(StreamPair streams) throws Exception {
        var rest = await(streams.reader().readAsync()).length;
        await(streams.writer().closeAsync());
        return rest;
    }

    /** Ends the connection from this side. */
    static void endOwn(StreamPair streams) throws Exception {
        await(streams.writer().closeAsync());
    }

    /** Sends back what it gets, and can be asked for its connections. */
    static final class Echo {

        final List<Transport> transports = new ArrayList<>();
        final List<LoopFuture<@Nullable Void>> lost = new ArrayList<>();

        Protocol protocol() {
            LoopFuture<@Nullable Void> end = EventLoop.current().createFuture();
            return new Protocol() {
                private Transport transport;

                @Override
                public void connectionMade(Transport transport) {
                    this.transport = transport;
                    transports.add(transport);
                    lost.add(end);
                }

                @Override
                public void dataReceived(ByteBuffer data) {
                    transport.write(data);
                }

                @Override
                public void connectionLost(@Nullable Exception exception) {
                    end.complete(null);
                }
            };
        }
    }
}
