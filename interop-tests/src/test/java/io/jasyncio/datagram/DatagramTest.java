package io.jasyncio.datagram;

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
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.transport.DatagramOptions;
import io.jasyncio.transport.DatagramTransport;
import io.jasyncio.transport.ExtraInfo;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sending and receiving datagrams, and what goes wrong with them (asyncio's {@code create_datagram_endpoint}). */
@ExtendWith(AsyncioExtension.class)
class DatagramTest {

    // ---- Sending and receiving -------------------------------------------------------------------------------------

    @Test
    void anEndpointAnswersWhoeverWrites() throws Exception {
        Asyncio.run(() -> {
            var server = Mailbox.open();
            server.onDatagram = (data, sender) -> server.transport.sendTo(data.duplicate(), sender);
            var client = Mailbox.open();
            client.send("hello", server.address());
            client.awaitEvents(2);
            assertEquals(List.of("made", "got hello"), client.events);
            assertEquals(List.of(server.address()), client.senders);
            assertEquals(List.of(client.address()), server.senders);
            client.close();
            server.close();
        });
    }

    /** The bytes that are looked at and those that go out are in different places. */
    @Test
    void anAnswerDoesNotSpoilWhatIsBeingRead() throws Exception {
        Asyncio.run(() -> {
            var server = Mailbox.open();
            server.onDatagram = (data, sender) -> server.send("an answer", sender);
            var client = Mailbox.openTo(server);
            client.send("hello", null);
            client.awaitEvents(2);
            assertEquals(List.of("made", "got hello"), server.events);
            assertEquals(List.of("made", "got an answer"), client.events);
            client.close();
            server.close();
        });
    }

    @Test
    void aConnectedEndpointHearsItsPeerAlone() throws Exception {
        Asyncio.run(() -> {
            var server = Mailbox.open();
            var stranger = Mailbox.open();
            var client = Mailbox.openTo(server);
            assertEquals(server.address(), client.transport.getExtraInfo(ExtraInfo.PEER_ADDRESS));
            stranger.send("from a stranger", client.address());
            server.send("from the peer", client.address());
            client.awaitEvents(2);
            assertEquals(List.of("made", "got from the peer"), client.events);
            // Naming the peer is allowed, and anybody else refused.
            client.send("hello", server.address());
            server.awaitEvents(2);
            assertThrows(IllegalArgumentException.class, () -> client.send("hello", stranger.address()));
            client.close();
            stranger.close();
            server.close();
        });
    }

    @Test
    void anUnconnectedEndpointNeedsATarget() throws Exception {
        Asyncio.run(() -> {
            var endpoint = Mailbox.open();
            assertThrows(IllegalArgumentException.class, () -> endpoint.send("hello", null));
            var unknown = InetSocketAddress.createUnresolved("localhost", 9);
            assertThrows(IllegalArgumentException.class, () -> endpoint.send("hello", unknown));
            assertThrows(IllegalArgumentException.class, () -> DatagramOptions.DEFAULT.withRemoteAddress(unknown));
            var otherFamily = new InetSocketAddress(InetAddress.getByName("::1"), 9);
            assertThrows(IllegalArgumentException.class, () -> endpoint.send("hello", otherFamily));
            assertEquals(List.of("made"), endpoint.events);
            endpoint.close();
        });
    }

    /** CPython before 3.12.3 dropped it (cpython #113812). */
    @Test
    void anEmptyDatagramIsSentAndReceived() throws Exception {
        Asyncio.run(() -> {
            var server = Mailbox.open();
            var client = Mailbox.openTo(server);
            server.send("", client.address());
            client.awaitEvents(2);
            assertEquals(List.of("made", "got "), client.events);
            client.close();
            server.close();
        });
    }

    /** A channel that is connected takes an empty datagram and sends nothing, without a word. */
    @Test
    void anEmptyDatagramThatJavaCannotSendIsAnError() throws Exception {
        Asyncio.run(() -> {
            var server = Mailbox.open();
            var client = Mailbox.openTo(server);
            client.send("", null);
            assertEquals(List.of("made", "error"), client.events);
            client.close();
            server.close();
        });
    }

    @Test
    void theLargestDatagramComesWhole() throws Exception {
        var bytes = new byte[65_507];
        new Random(1).nextBytes(bytes);
        Asyncio.run(() -> {
            var server = Mailbox.open();
            var client = Mailbox.openTo(server);
            server.onDatagram = (data, sender) -> assertEquals(ByteBuffer.wrap(bytes), data);
            var buffer = ByteBuffer.wrap(bytes);
            client.transport.sendTo(buffer, null);
            assertEquals(0, buffer.remaining());
            // The system may have room for no more than one of them.
            server.awaitEvents(2);
            var direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            client.transport.sendTo(direct, null);
            assertEquals(0, direct.remaining());
            server.awaitEvents(3);
            assertEquals(List.of("made", "got 65507", "got 65507"), server.events);
            client.close();
            server.close();
        });
    }

    /** A flood does not keep the loop from other work: so many in one iteration, and the rest later. */
    @Test
    void atMostSixtyFourAreReceivedInOneIteration() throws Exception {
        Asyncio.run(() -> {
            // All of them have to wait in the socket, with what the system adds to each.
            var server = Mailbox.open(Mailbox.LOOPBACK.withOption(StandardSocketOptions.SO_RCVBUF, 200_000));
            try (var flood = DatagramChannel.open()) {
                for (var i = 0; i < 70; i++) {
                    flood.send(ByteBuffer.allocate(10), server.address());
                }
                server.awaitEvents(2);
                assertEquals(64, server.senders.size());
                server.awaitEvents(71);
            }
            server.close();
        });
    }

    // ---- What goes wrong -------------------------------------------------------------------------------------------

    /** cpython #127057, #156784: the news that nobody listens must not be the last thing that an endpoint hears. */
    @Test
    void anErrorIsToldAndTheEndpointLivesOn() throws Exception {
        Asyncio.run(() -> {
            var server = Mailbox.open();
            var client = Mailbox.openTo(server);
            var address = server.address();
            server.close();
            client.send("hello", null);
            client.awaitEvents(2);
            assertEquals(List.of("made", "error"), client.events);
            assertTrue(client.errors.get(0) instanceof PortUnreachableException);
            var again = Mailbox.open(DatagramOptions.DEFAULT.withLocalAddress(address));
            client.send("again", null);
            again.awaitEvents(2);
            again.send("and back", client.address());
            client.awaitEvents(3);
            assertEquals(List.of("made", "error", "got and back"), client.events);
            client.close();
            again.close();
        });
    }

    @Test
    void aDatagramThatIsTooLargeIsAnError() throws Exception {
        Asyncio.run(() -> {
            var client = Mailbox.open();
            client.transport.sendTo(new byte[70_000], client.address());
            assertEquals(List.of("made", "error"), client.events);
            client.send("hello", client.address());
            client.awaitEvents(3);
            assertEquals(List.of("made", "error", "got hello"), client.events);
            client.close();
        });
    }

    @Test
    void aProtocolThatFailsIsReportedAndServesOn(ErrorLog errors) throws Exception {
        Asyncio.run(() -> {
            var server = Mailbox.open();
            server.onDatagram = (data, sender) -> {
                if (server.senders.size() == 1) {
                    throw new IllegalStateException("a datagram that nobody expected");
                }
            };
            server.send("forged", server.address());
            server.send("hello", server.address());
            server.awaitEvents(2);
            assertEquals(List.of("made", "got hello"), server.events);
            server.close();
        });
        assertEquals(
                List.of("protocol.datagramReceived() call failed."),
                errors.takeMessages().stream()
                        .map(text -> text.lines().findFirst().orElseThrow())
                        .toList());
    }

    @Test
    void aProtocolThatFailsAtTheBeginningHasNoUseForItsSocket(ErrorLog errors) throws Exception {
        Asyncio.run(() -> {
            var bug = new IllegalStateException("a bug");
            var made = await(EventLoop.current()
                    .createDatagramEndpoint(
                            () -> new Mailbox() {
                                @Override
                                public void connectionMade(DatagramTransport transport) {
                                    throw bug;
                                }
                            },
                            Mailbox.LOOPBACK));
            await(made.protocol().lost);
            assertSame(bug, errors.takeException());
        });
    }

    @Test
    void aSocketThatSomebodyClosesBehindOurBackIsLost() throws Exception {
        Asyncio.run(() -> {
            var client = Mailbox.open();
            client.transport.getExtraInfo(ExtraInfo.CHANNEL).close();
            client.send("hello", client.address());
            assertTrue(await(client.lost) instanceof ClosedChannelException);
        });
    }

    @Test
    void anAddressThatIsTakenIsNamed() throws Exception {
        Asyncio.run(() -> {
            var server = Mailbox.open();
            var failure = assertThrows(
                    BindException.class,
                    () -> Mailbox.open(DatagramOptions.DEFAULT.withLocalAddress(server.address())));
            assertTrue(failure.getMessage().contains(server.address().toString()), failure.getMessage());
            server.close();
        });
    }

    // ---- The end ---------------------------------------------------------------------------------------------------

    @Test
    void afterTheEndNothingIsSent(ErrorLog errors) throws Exception {
        Asyncio.run(() -> {
            var client = Mailbox.open();
            var channel = client.transport.getExtraInfo(ExtraInfo.CHANNEL);
            client.transport.close();
            client.transport.close();
            assertTrue(client.transport.isClosing());
            assertNull(await(client.lost));
            assertEquals(List.of("made", "lost"), client.events);
            for (var i = 1; i <= 4; i++) {
                client.send("hello", client.address());
            }
            assertEquals(List.of(), errors.warnings());
            client.send("hello", client.address());
            assertEquals(1, errors.warnings().size());
            await(Asyncio.sleep(Duration.ZERO));
            assertFalse(channel.isOpen());
        });
    }

    @Test
    void anEndpointThatNobodyTakesIsClosed() throws Exception {
        Asyncio.run(() -> {
            var channel = DatagramChannel.open();
            var opening = EventLoop.current()
                    .createDatagramEndpoint(Mailbox::new, DatagramOptions.DEFAULT.withChannel(channel));
            opening.cancel(true);
            while (channel.isOpen()) {
                await(Asyncio.sleep(Duration.ZERO));
            }
        });
    }

    @Test
    void anEndpointThatNobodyClosedIsToldOfWhenTheLoopEnds(ErrorLog errors) throws Exception {
        var channel = Asyncio.run(() -> Mailbox.open().transport.getExtraInfo(ExtraInfo.CHANNEL));
        assertFalse(channel.isOpen());
        assertTrue(errors.warnings().get(0).startsWith("unclosed DatagramTransport"), errors.warnings()::toString);
    }
}
