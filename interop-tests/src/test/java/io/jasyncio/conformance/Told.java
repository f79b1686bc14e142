package io.jasyncio.conformance;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A protocol in the scenarios of {@code protocols.py}, which prints what it is told. */
final class Told implements Protocol {

    /** More than two sockets take. */
    static final int MUCH = 10_000_000;

    final LoopFuture<@Nullable Void> ended = EventLoop.current().createFuture();
    final LoopFuture<@Nullable Void> lost = EventLoop.current().createFuture();
    Transport transport;
    Runnable onMade = () -> {};
    Runnable onData = () -> {};
    Runnable onLost = () -> {};
    boolean keepsOpen;

    /** Whether data is counted instead of printed. */
    boolean counts;

    int count;
    private final Trace trace;
    private final String name;

    Told(Trace trace, String name) {
        this.trace = trace;
        this.name = name;
    }

    /** Connects two protocols over a pair of sockets. */
    static CompletionStage<?> connect(Told near, Told far) throws IOException {
        var loop = EventLoop.current();
        try (var listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            var one = SocketChannel.open(listener.getLocalAddress());
            var other = listener.accept();
            return loop.createConnection(() -> near, one, ConnectOptions.DEFAULT)
                    .thenCompose(first -> loop.createConnection(() -> far, other, ConnectOptions.DEFAULT));
        }
    }

    /** Prints failures that are reported. */
    static void collectReports(Trace trace) {
        EventLoop.current().setExceptionHandler((loop, context) -> trace.add("reported", context.exception()));
    }

    /** Breaks a callback. */
    static void fail() {
        throw new Boom();
    }

    /** Writes text. */
    void write(String text) {
        transport.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Tries to write when that is a mistake. */
    void writeLate() {
        try {
            write("late");
        } catch (IllegalStateException refused) {
            trace.add("write", refused);
        }
    }

    /** Another protocol that takes over. */
    Told successor(String successorName) {
        var successor = new Told(trace, successorName);
        transport.setProtocol(successor);
        return successor;
    }

    @Override
    public void connectionMade(Transport made) {
        transport = made;
        trace.add(name, "made");
        onMade.run();
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        if (counts) {
            count += data.remaining();
        } else {
            trace.add(name, "data", StandardCharsets.US_ASCII.decode(data));
        }
        onData.run();
    }

    @Override
    public boolean eofReceived() {
        trace.add(name, "eof");
        ended.complete(null);
        return keepsOpen;
    }

    @Override
    public void pauseWriting() {
        trace.add(name, "pause");
    }

    @Override
    public void resumeWriting() {
        trace.add(name, "resume");
    }

    @Override
    public void connectionLost(@Nullable Exception reason) {
        trace.add(name, "lost", reason);
        lost.complete(null);
        onLost.run();
    }
}
