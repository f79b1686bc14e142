package io.jasyncio.transport.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes down what its transport tells it, and that it does so by the rules: whatever it is told out of order, too often or
 * while it wants to be left alone is a violation, which fails the test at its end. A test may hang on to single events, and
 * may await them.
 */
class Recorder implements Protocol {

    /** Names of callbacks in their order; data that comes in several pieces is one entry. */
    final List<String> events = new ArrayList<>();

    final LoopFuture<Transport> made = EventLoop.current().createFuture();
    final LoopFuture<Boolean> ended = EventLoop.current().createFuture();
    final LoopFuture<Exception> lost = EventLoop.current().createFuture();

    Transport transport;
    Consumer<Transport> onMade = transport -> {};
    Consumer<byte[]> onData = data -> {};
    Runnable onEof = () -> {};
    Runnable onPause = () -> {};
    Runnable onResume = () -> {};
    Runnable onLost = () -> {};

    /** What {@link #eofReceived} returns. */
    boolean keepsOpen;

    private final List<String> violations = new ArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final TreeMap<Integer, LoopFuture<Integer>> expected = new TreeMap<>();
    private LoopFuture<Void> writable = EventLoop.current().createFuture();
    private boolean pausedWriting;

    Recorder() {
        writable.complete(null);
    }

    /** One that takes over a connection that stands. */
    static Recorder of(Transport transport) {
        var recorder = new Recorder();
        recorder.transport = transport;
        recorder.made.complete(transport);
        return recorder;
    }

    // ---- What the transport tells ----------------------------------------------------------------------------------

    @Override
    public void connectionMade(Transport transport) {
        require(this.transport == null, "connectionMade comes twice");
        this.transport = transport;
        events.add("made");
        made.complete(transport);
        onMade.accept(transport);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        require(data.hasRemaining(), "dataReceived comes without data");
        var bytes = new byte[data.remaining()];
        data.get(bytes);
        take(bytes);
    }

    final void take(byte[] bytes) {
        requireStanding("data");
        require(!ended.isDone(), "data comes after the end");
        require(transport.isReading(), "data comes while reading is paused or closed");
        if (events.isEmpty() || !events.get(events.size() - 1).equals("data")) {
            events.add("data");
        }
        received.writeBytes(bytes);
        for (Map.Entry<Integer, LoopFuture<Integer>> each :
                List.copyOf(expected.headMap(received.size(), true).entrySet())) {
            expected.remove(each.getKey()).complete(received.size());
        }
        onData.accept(bytes);
    }

    @Override
    public boolean eofReceived() {
        requireStanding("eofReceived");
        require(!ended.isDone(), "eofReceived comes twice");
        require(transport.isReading(), "eofReceived comes while reading is paused or closed");
        events.add("eof");
        ended.complete(true);
        onEof.run();
        return keepsOpen;
    }

    @Override
    public void pauseWriting() {
        requireStanding("pauseWriting");
        require(!pausedWriting, "pauseWriting comes twice");
        require(
                transport.getWriteBufferSize()
                        > transport.getWriteBufferLimits().highBytes(),
                "pauseWriting comes below the upper limit");
        events.add("pause");
        pausedWriting = true;
        writable = EventLoop.current().createFuture();
        onPause.run();
    }

    @Override
    public void resumeWriting() {
        requireStanding("resumeWriting");
        require(pausedWriting, "resumeWriting comes without pauseWriting");
        require(
                transport.getWriteBufferSize()
                        <= transport.getWriteBufferLimits().lowBytes(),
                "resumeWriting comes above the lower limit");
        events.add("resume");
        goOn();
        onResume.run();
    }

    private void goOn() {
        pausedWriting = false;
        writable.complete(null);
    }

    @Override
    public void connectionLost(Exception exception) {
        requireStanding("connectionLost");
        require(transport.isClosing(), "connectionLost comes from a transport that says it is open");
        events.add(exception == null ? "lost" : "lost: " + exception.getClass().getSimpleName());
        lost.complete(exception);
        goOn();
        onLost.run();
    }

    private void requireStanding(String event) {
        require(transport != null, event + " comes before connectionMade");
        require(!lost.isDone(), event + " comes after connectionLost");
    }

    private void require(boolean rule, String violation) {
        if (!rule) {
            violations.add(violation + " " + events);
        }
    }

    // ---- What the test asks ----------------------------------------------------------------------------------------

    /** Ends when so many bytes have come. */
    LoopFuture<Integer> receivedAsync(int count) {
        var future =
                expected.computeIfAbsent(count, unused -> EventLoop.current().createFuture());
        if (received.size() >= count) {
            expected.remove(count);
            future.complete(received.size());
        }
        return future;
    }

    /** Ends when the transport takes data, or has ended. */
    LoopFuture<Void> writableAsync() {
        return writable;
    }

    byte[] received() {
        return received.toByteArray();
    }

    int receivedCount() {
        return received.size();
    }

    String text() {
        return received.toString();
    }

    boolean isPausedWriting() {
        return pausedWriting;
    }

    void verify() {
        assertEquals(List.of(), violations);
    }
}
