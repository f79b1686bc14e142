package io.jasyncio.pipe;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A protocol that writes down what it is told. */
class Notes implements Protocol {

    final List<String> events = new ArrayList<>();
    final StringBuilder received = new StringBuilder();
    final LoopFuture<Exception> lost = EventLoop.current().createFuture();
    Transport transport;
    boolean keepsOpen;

    private LoopFuture<Void> something = EventLoop.current().createFuture();

    /** Ends with the next event. */
    LoopFuture<Void> nextEvent() {
        something = EventLoop.current().createFuture();
        return something;
    }

    private void note(String event) {
        events.add(event);
        something.complete(null);
    }

    @Override
    public void connectionMade(Transport transport) {
        this.transport = transport;
        note("made");
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        received.append(StandardCharsets.ISO_8859_1.decode(data));
        note("data");
    }

    @Override
    public boolean eofReceived() {
        note("eof");
        return keepsOpen;
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
        note(exception == null ? "lost" : "lost: " + exception.getMessage());
        lost.complete(exception);
    }
}
