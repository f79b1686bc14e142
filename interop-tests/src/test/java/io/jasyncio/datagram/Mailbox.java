package io.jasyncio.datagram;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.transport.DatagramOptions;
import io.jasyncio.transport.DatagramProtocol;
import io.jasyncio.transport.DatagramTransport;
import io.jasyncio.transport.ExtraInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A protocol that keeps what it receives and writes down what it is told. */
class Mailbox implements DatagramProtocol {

    static final DatagramOptions LOOPBACK =
            DatagramOptions.DEFAULT.withLocalAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    final List<String> events = new ArrayList<>();
    final List<SocketAddress> senders = new ArrayList<>();
    final List<IOException> errors = new ArrayList<>();
    final LoopFuture<Exception> lost = EventLoop.current().createFuture();
    DatagramTransport transport;
    BiConsumer<ByteBuffer, SocketAddress> onDatagram = (data, sender) -> {};

    private LoopFuture<Void> something = EventLoop.current().createFuture();

    /** Opens an endpoint on the loopback interface. */
    static Mailbox open() throws Exception {
        return open(LOOPBACK);
    }

    static Mailbox open(DatagramOptions options) throws Exception {
        return await(EventLoop.current().createDatagramEndpoint(Mailbox::new, options))
                .protocol();
    }

    /** One that talks to another alone. */
    static Mailbox openTo(Mailbox other) throws Exception {
        return open(DatagramOptions.DEFAULT.withRemoteAddress(other.address()));
    }

    InetSocketAddress address() {
        return (InetSocketAddress) transport.getExtraInfo(ExtraInfo.LOCAL_ADDRESS);
    }

    void send(String text, SocketAddress target) {
        transport.sendTo(text.getBytes(StandardCharsets.UTF_8), target);
    }

    /** Waits until so many events have been noted. */
    void awaitEvents(int count) throws Exception {
        while (events.size() < count) {
            something = EventLoop.current().createFuture();
            await(something);
        }
    }

    void close() throws Exception {
        transport.close();
        await(lost);
    }

    private void note(String event) {
        events.add(event);
        something.complete(null);
    }

    @Override
    public void connectionMade(DatagramTransport transport) {
        this.transport = transport;
        note("made");
    }

    @Override
    public void datagramReceived(ByteBuffer data, SocketAddress sender) {
        senders.add(sender);
        onDatagram.accept(data, sender);
        note("got " + (data.remaining() > 20 ? data.remaining() : StandardCharsets.UTF_8.decode(data)));
    }

    @Override
    public void errorReceived(IOException exception) {
        errors.add(exception);
        note("error");
    }

    @Override
    public void pauseWriting() {
        note("pause");
    }

    @Override
    public void resumeWriting() {
        note("resume");
    }

    @Override
    public void connectionLost(Exception exception) {
        note(exception == null ? "lost" : "lost: " + exception.getClass().getSimpleName());
        lost.complete(exception);
    }
}
