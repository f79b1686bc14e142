package io.jasyncio.datagram;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.transport.DatagramOptions;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.Protocol;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a socket for datagrams is opened. */
@ExtendWith(AsyncioExtension.class)
class DatagramOptionsTest {

    @Test
    void withoutOptionsAnyPortIsTaken() throws Exception {
        Asyncio.run(() -> {
            var box = Mailbox.open(DatagramOptions.DEFAULT);
            assertTrue(box.address().getPort() > 0);
            assertEquals(null, box.transport.getExtraInfo(ExtraInfo.PEER_ADDRESS));
            box.send(
                    "hello",
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), box.address().getPort()));
            box.awaitEvents(2);
            box.close();
        });
    }

    @Test
    void bothAddressesCanBeChosen() throws Exception {
        Asyncio.run(() -> {
            var server = Mailbox.open();
            var client = Mailbox.open(Mailbox.LOOPBACK.withRemoteAddress(server.address()));
            client.send("hello", null);
            server.awaitEvents(2);
            assertEquals(List.of(client.address()), server.senders);
            client.close();
            server.close();
        });
    }

    @Test
    void addressesOfTwoFamiliesDoNotGoTogether() throws Exception {
        var other = new InetSocketAddress(InetAddress.getByName("::1"), 9);
        Asyncio.run(() -> {
            var failure =
                    assertThrows(IOException.class, () -> Mailbox.open(Mailbox.LOOPBACK.withRemoteAddress(other)));
            assertTrue(failure.getMessage().contains(other.toString()), failure.getMessage());
        });
    }

    @Test
    void aPortCanBeShared() throws Exception {
        Asyncio.run(() -> {
            var first = Mailbox.open(Mailbox.LOOPBACK.withReusePort(true));
            var same = DatagramOptions.DEFAULT.withLocalAddress(first.address());
            assertThrows(BindException.class, () -> Mailbox.open(same));
            var second = Mailbox.open(same.withReusePort(true));
            assertEquals(first.address(), second.address());
            first.close();
            second.close();
        });
    }

    /** Without the option the system refuses, as a protection against accidents; Java calls that a BindException. */
    @Test
    void broadcastsNeedAnOption() throws Exception {
        var everybody = new InetSocketAddress("255.255.255.255", 9);
        Asyncio.run(() -> {
            var box = Mailbox.open();
            box.send("hello", everybody);
            assertEquals(List.of("made", "error"), box.events);
            box.close();
            var allowed = Mailbox.open(Mailbox.LOOPBACK.withBroadcast(true));
            var channel = (DatagramChannel) allowed.transport.getExtraInfo(ExtraInfo.CHANNEL);
            assertTrue(channel.getOption(StandardSocketOptions.SO_BROADCAST));
            allowed.close();
        });
    }

    /** Linux has a broadcast address for its loopback network, too; elsewhere nothing comes. */
    @Test
    void aBroadcastReachesWhoeverListensOnThePort() throws Exception {
        Asyncio.run(() -> {
            var listener = Mailbox.open(DatagramOptions.DEFAULT
                    .withFamily(StandardProtocolFamily.INET)
                    .withLocalAddress(new InetSocketAddress("0.0.0.0", 0)));
            var speaker = Mailbox.open(Mailbox.LOOPBACK.withBroadcast(true));
            speaker.send(
                    "to all",
                    new InetSocketAddress("127.255.255.255", listener.address().getPort()));
            Assumptions.assumeTrue(isHeard(listener), "no broadcasts on this machine's loopback interface");
            assertEquals(List.of("made", "got to all"), listener.events);
            assertEquals(List.of("made"), speaker.events);
            speaker.close();
            listener.close();
        });
    }

    @Test
    void otherOptionsAreSetOrRefused() throws Exception {
        Asyncio.run(() -> {
            var box = Mailbox.open(Mailbox.LOOPBACK.withOption(StandardSocketOptions.IP_MULTICAST_TTL, 7));
            var channel = (DatagramChannel) box.transport.getExtraInfo(ExtraInfo.CHANNEL);
            assertEquals(7, channel.getOption(StandardSocketOptions.IP_MULTICAST_TTL));
            box.close();
            var none = Mailbox.LOOPBACK.withOption(StandardSocketOptions.TCP_NODELAY, true);
            assertThrows(IllegalArgumentException.class, () -> Mailbox.open(none));
        });
    }

    @Test
    void aChannelOfTheCallersIsTakenAsItIs() throws Exception {
        Asyncio.run(() -> {
            var channel = DatagramChannel.open(StandardProtocolFamily.INET)
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var address = channel.getLocalAddress();
            var box = Mailbox.open(DatagramOptions.DEFAULT.withChannel(channel));
            assertSame(channel, box.transport.getExtraInfo(ExtraInfo.CHANNEL));
            assertEquals(address, box.address());
            // It belongs to this transport now.
            var loop = EventLoop.current();
            assertThrows(
                    IllegalArgumentException.class,
                    () -> await(
                            loop.createDatagramEndpoint(Mailbox::new, DatagramOptions.DEFAULT.withChannel(channel))));
            assertThrows(IllegalArgumentException.class, () -> loop.addReader(channel, () -> {}));
            assertThrows(IllegalArgumentException.class, () -> box.transport.setProtocol(new Protocol() {}));
            box.send("hello", box.address());
            box.awaitEvents(2);
            box.close();
            await(Asyncio.sleep(Duration.ZERO));
            assertFalse(channel.isOpen());
        });
    }

    @Test
    void aConnectedChannelOfTheCallersStaysConnected() throws Exception {
        Asyncio.run(() -> {
            var server = Mailbox.open();
            var channel = DatagramChannel.open(StandardProtocolFamily.INET).connect(server.address());
            var client = Mailbox.open(DatagramOptions.DEFAULT.withChannel(channel));
            client.send("hello", null);
            server.awaitEvents(2);
            assertEquals(server.address(), client.transport.getExtraInfo(ExtraInfo.PEER_ADDRESS));
            client.close();
            server.close();
        });
    }

    // ---- Multicast -------------------------------------------------------------------------------------------------

    private static final String GROUP = "239.255.77.77";

    private static NetworkInterface loopback() throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
    }

    @Test
    void aGroupIsHeardFromJoiningToLeaving() throws Exception {
        var group = InetAddress.getByName(GROUP);
        Asyncio.run(() -> {
            var options = DatagramOptions.DEFAULT
                    .withFamily(StandardProtocolFamily.INET)
                    .withLocalAddress(new InetSocketAddress("0.0.0.0", 0));
            var listener = Mailbox.open(options);
            var speaker = Mailbox.open(Mailbox.LOOPBACK.withOption(StandardSocketOptions.IP_MULTICAST_IF, loopback()));
            var target = new InetSocketAddress(group, listener.address().getPort());
            var membership = listener.transport.joinGroup(group, loopback());
            speaker.send("one", target);
            Assumptions.assumeTrue(isHeard(listener), "no multicast on this machine's loopback interface");
            assertEquals(List.of("made", "got one"), listener.events);
            membership.drop();
            speaker.send("two", target);
            speaker.send("three", new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getPort()));
            listener.awaitEvents(3);
            assertEquals(List.of("made", "got one", "got three"), listener.events);
            speaker.close();
            listener.close();
        });
    }

    private static boolean isHeard(Mailbox listener) throws Exception {
        try {
            await(Asyncio.waitFor(
                    EventLoop.current().<Void>createTask(() -> {
                        listener.awaitEvents(2);
                        return null;
                    }),
                    Duration.ofSeconds(2)));
            return true;
        } catch (TimeoutException nothing) {
            return false;
        }
    }

    @Test
    void onlyGroupsCanBeJoined() throws Exception {
        Asyncio.run(() -> {
            var box = Mailbox.open();
            assertThrows(
                    IllegalArgumentException.class,
                    () -> box.transport.joinGroup(InetAddress.getLoopbackAddress(), loopback()));
            box.close();
        });
    }
}
