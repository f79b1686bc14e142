package io.jasyncio.tls;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes down what its transport tells it. A test may hang on to single events, and may await them. */
class Talker implements Protocol {

    /** Names of callbacks in their order; data that comes in several pieces is one entry. */
    final List<String> events = new ArrayList<>();

    final LoopFuture<Transport> made = EventLoop.current().createFuture();
    final LoopFuture<Exception> lost = EventLoop.current().createFuture();

    Transport transport;
    Consumer<Transport> onMade = transport -> {};
    Consumer<byte[]> onData = data -> {};

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private int expectedCount = Integer.MAX_VALUE;
    private LoopFuture<Integer> expected;

    @Override
    public void connectionMade(Transport transport) {
        this.transport = transport;
        events.add("made");
        made.complete(transport);
        onMade.accept(transport);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        var bytes = new byte[data.remaining()];
        data.get(bytes);
        received.writeBytes(bytes);
        if (events.lastIndexOf("data") != events.size() - 1) {
            events.add("data");
        }
        if (received.size() >= expectedCount) {
            expectedCount = Integer.MAX_VALUE;
            expected.complete(received.size());
        }
        onData.accept(bytes);
    }

    /** Ends when so many bytes have come. */
    LoopFuture<Integer> receivedAsync(int count) {
        expectedCount = count;
        expected = EventLoop.current().createFuture();
        if (received.size() >= count) {
            expected.complete(received.size());
        }
        return expected;
    }

    byte[] received() {
        return received.toByteArray();
    }

    String text() {
        return received.toString();
    }

    @Override
    public boolean eofReceived() {
        events.add("eof");
        return false;
    }

    @Override
    public void pauseWriting() {
        events.add("pause");
    }

    @Override
    public void resumeWriting() {
        events.add("resume");
    }

    @Override
    public void connectionLost(Exception exception) {
        events.add(exception == null ? "lost" : "lost: " + exception.getClass().getSimpleName());
        lost.complete(exception);
    }
}
