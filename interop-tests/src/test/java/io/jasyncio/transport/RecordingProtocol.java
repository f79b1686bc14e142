package io.jasyncio.transport;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes down what its transport tells it. A test may hang on to single events, and may await them. */
class RecordingProtocol implements Protocol {

    final List<String> events = new ArrayList<>();
    final StringBuilder received = new StringBuilder();
    final LoopFuture<Transport> made = EventLoop.current().createFuture();
    final LoopFuture<Boolean> ended = EventLoop.current().createFuture();
    final LoopFuture<Exception> lost = EventLoop.current().createFuture();

    Transport transport;
    Consumer<Transport> onMade = transport -> {};
    Consumer<String> onData = text -> {};
    Runnable onPause = () -> {};
    Runnable onResume = () -> {};
    boolean keepsOpen;

    private int expectedCount = Integer.MAX_VALUE;
    private LoopFuture<Integer> expected;

    @Override
    public void connectionMade(Transport transport) {
        this.transport = transport;
        events.add("made");
        onMade.accept(transport);
        made.complete(transport);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        var text = StandardCharsets.ISO_8859_1.decode(data).toString();
        if (events.lastIndexOf("data") != events.size() - 1) {
            events.add("data");
        }
        received.append(text);
        if (received.length() >= expectedCount) {
            expected.complete(received.length());
        }
        onData.accept(text);
    }

    /** Ends when so many bytes have come. */
    LoopFuture<Integer> receivedAsync(int count) {
        expectedCount = count;
        expected = EventLoop.current().createFuture();
        if (received.length() >= count) {
            expected.complete(received.length());
        }
        return expected;
    }

    @Override
    public boolean eofReceived() {
        events.add("eof");
        ended.complete(true);
        return keepsOpen;
    }

    @Override
    public void pauseWriting() {
        events.add("pause");
        onPause.run();
    }

    @Override
    public void resumeWriting() {
        events.add("resume");
        onResume.run();
    }

    @Override
    public void connectionLost(Exception exception) {
        events.add(exception == null ? "lost" : "lost: " + exception.getClass().getSimpleName());
        lost.complete(exception);
    }
}
