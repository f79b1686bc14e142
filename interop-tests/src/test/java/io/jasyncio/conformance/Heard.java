package io.jasyncio.conformance;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.queue.AsyncQueue;
import io.jasyncio.transport.DatagramOptions;
import io.jasyncio.transport.DatagramProtocol;
import io.jasyncio.transport.DatagramTransport;
import io.jasyncio.transport.ExtraInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A protocol in the scenarios of {@code datagrams.py}, which prints what it is told. */
final class Heard implements DatagramProtocol {

    static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 0);

    final LoopFuture<@Nullable Void> lost = EventLoop.current().createFuture();
    DatagramTransport transport;
    SocketAddress address;

    /** Who sent the last datagram. */
    SocketAddress sender;

    Runnable onMade = () -> {};
    Runnable onData = () -> {};
    Runnable onError = () -> {};
    Runnable onLost = () -> {};
    private final AsyncQueue<String> events = new AsyncQueue<>();
    private final Trace trace;
    private final String name;

    Heard(Trace trace, String name) {
        this.trace = trace;
        this.name = name;
    }

    /** Opens an endpoint that talks to everybody. */
    CompletionStage<Heard> open() {
        return open(DatagramOptions.DEFAULT.withLocalAddress(HERE));
    }

    /** Opens an endpoint that talks to one address alone. */
    CompletionStage<Heard> openTo(SocketAddress peer) {
        return open(DatagramOptions.DEFAULT.withRemoteAddress(peer));
    }

    CompletionStage<Heard> open(DatagramOptions options) {
        return EventLoop.current().createDatagramEndpoint(() -> this, options).thenApply(opened -> opened.protocol());
    }

    /** A socket whose port is taken, but which hears nobody but itself. */
    static DatagramChannel silentSocket() {
        try {
            var silent = DatagramChannel.open();
            silent.bind(HERE);
            return silent.connect(silent.getLocalAddress());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    void send(String text, @Nullable SocketAddress target) {
        transport.sendTo(text.getBytes(StandardCharsets.US_ASCII), target);
    }

    /** Sends where that may be a mistake. */
    void tryToSend(String text, @Nullable SocketAddress target) {
        try {
            send(text, target);
            trace.add("sent");
        } catch (IllegalArgumentException refused) {
            trace.add("sending", refused);
        }
    }

    /** Ends when a datagram with this text has come, or an error. */
    CompletionStage<String> hears(String text) {
        return events.getAsync().thenCompose(event -> event.equals(text) ? Ending.known(event) : hears(text));
    }

    /** Closes the endpoint, and ends with it. */
    LoopFuture<@Nullable Void> close() {
        transport.close();
        return lost;
    }

    @Override
    public void connectionMade(DatagramTransport made) {
        transport = made;
        address = made.getExtraInfo(ExtraInfo.LOCAL_ADDRESS);
        trace.add(name, "made");
        onMade.run();
    }

    @Override
    public void datagramReceived(ByteBuffer data, SocketAddress from) {
        var length = data.remaining();
        var text = length < 20 ? StandardCharsets.US_ASCII.decode(data).toString() : "" + length;
        trace.add(name, "data", text);
        sender = from;
        events.putNowait(text);
        onData.run();
    }

    @Override
    public void errorReceived(IOException failure) {
        trace.add(name, "error");
        events.putNowait("error");
        onError.run();
    }

    @Override
    public void connectionLost(@Nullable Exception reason) {
        trace.add(name, "lost", reason);
        lost.complete(null);
        onLost.run();
    }
}
