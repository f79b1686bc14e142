package io.jasyncio.raw;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ConnectOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Operations in stage style: what {@code thenCompose} does next begins in the very call that ends the operation before, which must
 * be out of its way by then.
 */
@ExtendWith(AsyncioExtension.class)
class OperationChainTest {

    private final ByteBuffer first = ByteBuffer.allocate(1);
    private final ByteBuffer second = ByteBuffer.allocate(1);

    @Test
    void aReadMayFollowAReadThatHadToWait() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open()) {
                var both = loop.sockRecv(pair.near(), first).thenCompose(count -> loop.sockRecv(pair.near(), second));
                pair.far().write(ByteBuffer.wrap("ab".getBytes()));
                assertEquals(1, await(both));
                assertEquals('a', first.get(0));
                assertEquals('b', second.get(0));
            }
        });
    }

    @Test
    void aReadMayFollowOneThatWasCancelled() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open()) {
                var reading = loop.sockRecv(pair.near(), first);
                var again = reading.exceptionallyCompose(cancelled -> loop.sockRecv(pair.near(), second));
                reading.cancel();
                pair.far().write(ByteBuffer.wrap("b".getBytes()));
                assertEquals(1, await(again));
                assertEquals(0, first.position());
            }
        });
    }

    @Test
    void aReadMayFollowOneThatSomebodyEndedByHand() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open()) {
                var reading = loop.sockRecv(pair.near(), first);
                var again = reading.thenCompose(count -> loop.sockRecv(pair.near(), second));
                reading.complete(0);
                pair.far().write(ByteBuffer.wrap("b".getBytes()));
                assertEquals(1, await(again));
            }
        });
    }

    @Test
    void aServerMayAcceptOneAfterTheOther() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var listening = SocketPair.listen();
                    var one = SocketPair.unconnected();
                    var other = SocketPair.unconnected()) {
                var address = listening.getLocalAddress();
                var accepted = new ArrayList<SocketChannel>();
                var accepting = loop.sockAccept(listening).thenCompose(near -> {
                    accepted.add(near);
                    return loop.sockAccept(listening);
                });
                await(loop.sockConnect(one, address).thenCompose(nothing -> loop.sockConnect(other, address)));
                accepted.add(await(accepting));
                assertEquals(List.of(one.getLocalAddress(), other.getLocalAddress()), remotes(accepted));
            }
        });
    }

    private static List<SocketAddress> remotes(List<SocketChannel> accepted) throws IOException {
        var remotes = new ArrayList<SocketAddress>();
        for (var channel : accepted) {
            remotes.add(channel.getRemoteAddress());
            channel.close();
        }
        return remotes;
    }

    /** The operation that connected must not end the watch that the transport has meanwhile. */
    @Test
    void aTransportMayTakeTheChannelThatHasJustConnected() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var listening = SocketPair.listen()) {
                var channel = SocketPair.unconnected();
                var accepting = loop.sockAccept(listening);
                var opening = loop.sockConnect(channel, listening.getLocalAddress())
                        .thenCompose(nothing -> Streams.openConnection(
                                channel, ConnectOptions.DEFAULT, StreamReader.DEFAULT_LIMIT_BYTES));
                var streams = await(opening);
                try (var far = await(accepting)) {
                    await(loop.sockSendAll(far, ByteBuffer.wrap("hello\n".getBytes())));
                    assertEquals("hello", await(streams.reader().readLineAsync()));
                }
                await(streams.closeAsync());
            }
        });
    }

    @Test
    void aCallbackMayFollowAnOperation() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open()) {
                var called = loop.<Boolean>createFuture();
                var added = loop.sockRecv(pair.near(), first)
                        .thenRun(() -> loop.addReader(pair.near(), () -> called.complete(true)));
                pair.far().write(ByteBuffer.wrap("ab".getBytes()));
                await(added);
                assertTrue(await(called));
                assertTrue(loop.removeReader(pair.near()));
                assertFalse(loop.removeReader(pair.near()));
            }
        });
    }
}
