package io.jasyncio.transport;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.Streams;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connections that somebody else has made (asyncio's {@code sock=} and {@code connect_accepted_socket}). */
@ExtendWith(AsyncioExtension.class)
class GivenChannelTest {

    /** The two ends of a connection. */
    private record Ends(SocketChannel near, SocketChannel far) implements AutoCloseable {

        static Ends open() throws Exception {
            try (var server = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0))) {
                return new Ends(SocketChannel.open(server.getLocalAddress()), server.accept());
            }
        }

        @Override
        public void close() throws Exception {
            near.close();
            far.close();
        }
    }

    @Test
    void aConnectedChannelIsTakenAndClosedWithItsTransport() throws Exception {
        try (var ends = Ends.open()) {
            Asyncio.run(() -> {
                var connection = await(EventLoop.current()
                        .createConnection(RecordingProtocol::new, ends.near, ConnectOptions.DEFAULT));
                assertSame(ends.near, connection.transport().getExtraInfo(ExtraInfo.CHANNEL));
                assertTrue(ends.near.getOption(StandardSocketOptions.TCP_NODELAY));
                ends.far.write(ByteBuffer.wrap("hello".getBytes()));
                await(connection.protocol().receivedAsync(5));
                connection.transport().close();
                await(connection.protocol().lost);
                assertFalse(ends.near.isOpen());
            });
        }
    }

    @Test
    void anAcceptedChannelIsServed() throws Exception {
        try (var ends = Ends.open()) {
            Asyncio.run(() -> {
                var loop = EventLoop.current();
                var connection = await(loop.connectAcceptedChannel(RecordingProtocol::new, ends.far, null));
                assertEquals(List.of("made"), connection.protocol().events);
                connection.transport().write("hello".getBytes());
                assertEquals(5, ends.near.read(ByteBuffer.allocate(9)));
                ends.near.close();
                assertNull(await(connection.protocol().lost));
                assertFalse(ends.far.isOpen());
            });
        }
    }

    @Test
    void streamsTakeAConnectedChannelToo() throws Exception {
        try (var ends = Ends.open()) {
            Asyncio.run(() -> {
                var streams = await(
                        Streams.openConnection(ends.near, ConnectOptions.DEFAULT, StreamReader.DEFAULT_LIMIT_BYTES));
                ends.far.write(ByteBuffer.wrap("line\n".getBytes()));
                assertEquals("line", await(streams.reader().readLineAsync()));
                await(streams.writer().closeAsync());
            });
        }
    }

    @Test
    void theOptionsOfSocketsCountForAGivenChannel() throws Exception {
        try (var ends = Ends.open()) {
            Asyncio.run(() -> {
                var options = ConnectOptions.DEFAULT.withOption(StandardSocketOptions.SO_KEEPALIVE, true);
                var connection =
                        await(EventLoop.current().createConnection(RecordingProtocol::new, ends.near, options));
                assertTrue(ends.near.getOption(StandardSocketOptions.SO_KEEPALIVE));
                connection.transport().abort();
                await(connection.protocol().lost);
            });
        }
    }

    @Test
    void aChannelThatCannotBeTakenIsClosed() throws Exception {
        try (var ends = Ends.open()) {
            Asyncio.run(() -> {
                var loop = EventLoop.current();
                assertThrows(
                        IllegalStateException.class,
                        () -> await(loop.createConnection(GivenChannelTest::fails, ends.near, ConnectOptions.DEFAULT)));
                assertFalse(ends.near.isOpen());
                var wrong = ConnectOptions.DEFAULT.withOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
                assertThrows(
                        IllegalArgumentException.class,
                        () -> await(loop.createConnection(RecordingProtocol::new, ends.far, wrong)));
                assertFalse(ends.far.isOpen());
            });
        }
    }

    private static RecordingProtocol fails() {
        throw new IllegalStateException("no protocol");
    }

    @Test
    void aChannelWithoutAConnectionIsABadArgumentAndLeftAlone() throws Exception {
        try (var channel = SocketChannel.open()) {
            Asyncio.run(() -> {
                var loop = EventLoop.current();
                assertThrows(
                        IllegalArgumentException.class,
                        () -> loop.createConnection(RecordingProtocol::new, channel, ConnectOptions.DEFAULT));
                assertThrows(
                        IllegalArgumentException.class,
                        () -> loop.connectAcceptedChannel(RecordingProtocol::new, channel, null));
                assertTrue(channel.isOpen() && channel.isBlocking());
            });
        }
    }

    @Test
    void aChannelThatATransportHasIsABadArgument() throws Exception {
        Pair.run(pair -> {
            var channel = (SocketChannel) pair.near().transport.getExtraInfo(ExtraInfo.CHANNEL);
            var loop = EventLoop.current();
            var failure = assertThrows(
                    IllegalArgumentException.class,
                    () -> loop.createConnection(RecordingProtocol::new, channel, ConnectOptions.DEFAULT));
            assertTrue(failure.getMessage().startsWith("the channel is used by a transport: "), failure.getMessage());
            assertTrue(channel.isOpen());
        });
    }

    @Test
    void withTlsTheNameOfTheHostIsWanted() throws Exception {
        try (var ends = Ends.open()) {
            var tls = TlsOptions.of(SSLContext.getDefault());
            Asyncio.run(() -> {
                var options = ConnectOptions.DEFAULT.withTls(tls);
                var failure = assertThrows(
                        IllegalArgumentException.class,
                        () -> EventLoop.current().createConnection(RecordingProtocol::new, ends.near, options));
                assertTrue(failure.getMessage().contains("withServerHostname"), failure.getMessage());
                assertTrue(ends.near.isOpen());
            });
        }
    }
}
