package io.jasyncio.sendfile;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A protocol that keeps what it receives. */
final class Receiver implements Protocol {

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    final LoopFuture<Transport> made = EventLoop.current().createFuture();
    final LoopFuture<Exception> lost = EventLoop.current().createFuture();
    Transport transport;
    int pauses;
    int resumes;

    private int expectedCount = Integer.MAX_VALUE;
    private LoopFuture<byte[]> expected = EventLoop.current().createFuture();

    @Override
    public void connectionMade(Transport transport) {
        this.transport = transport;
        made.complete(transport);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        var bytes = new byte[data.remaining()];
        data.get(bytes);
        received.writeBytes(bytes);
        if (received.size() >= expectedCount) {
            expected.complete(received.toByteArray());
        }
    }

    /** Ends with all that has come, when it is so much. */
    LoopFuture<byte[]> receivedAsync(int count) {
        expectedCount = count;
        expected = EventLoop.current().createFuture();
        if (received.size() >= count) {
            expected.complete(received.toByteArray());
        }
        return expected;
    }

    byte[] received() {
        return received.toByteArray();
    }

    @Override
    public void pauseWriting() {
        pauses++;
    }

    @Override
    public void resumeWriting() {
        resumes++;
    }

    @Override
    public void connectionLost(Exception exception) {
        lost.complete(exception);
        expected.complete(received.toByteArray());
    }
}
