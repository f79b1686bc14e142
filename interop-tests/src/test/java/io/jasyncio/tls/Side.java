package io.jasyncio.tls;

import io.jasyncio.internal.net.HeapBuffers;
import io.jasyncio.internal.net.tls.TlsEvents;
import io.jasyncio.internal.net.tls.TlsMachine;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * One side of a conversation in memory: a machine, what it has told, and what is on its way to it. Nothing moves but by
 * {@link #step}.
 */
final class Side implements TlsEvents {

    private static final HeapBuffers BUFFERS = new HeapBuffers();

    final SSLEngine engine;
    final TlsMachine machine;

    /** What was told, one word each; data in a row is one word. */
    final List<String> events = new ArrayList<>();

    final Deque<byte[]> incoming = new ArrayDeque<>();
    final List<Runnable> tasks = new ArrayList<>();
    Side peer;
    SSLException failure;
    Consumer<ByteBuffer> onData = data -> {};
    Runnable onDone = () -> {};
    Runnable onEnd = () -> {};
    Consumer<ByteBuffer> route = this::toPeer;

    /** Tasks wait in {@link #tasks} and take a step each; otherwise they are run at once. */
    boolean tasksWait;

    boolean connectionEnds;
    boolean isFull;
    boolean wantsRecords = true;
    long sentBytes;
    int mostKept;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean endTold;

    Side(SSLEngine engine, boolean truncationIsEof) {
        this.engine = engine;
        this.machine = new TlsMachine(engine, this, BUFFERS, truncationIsEof);
    }

    /** One thing that can be done: a task, a piece of what has come, or its end. False if there is none. */
    boolean step(int mostBytes) {
        if (!tasks.isEmpty()) {
            tasks.remove(0).run();
            return true;
        }
        if (!wantsRecords) {
            return false;
        }
        var next = incoming.poll();
        if (next != null) {
            var count = Math.min(mostBytes, next.length);
            if (count < next.length) {
                incoming.addFirst(Arrays.copyOfRange(next, count, next.length));
            }
            machine.receive(ByteBuffer.wrap(next, 0, count));
            mostKept = Math.max(mostKept, machine.keptBytes());
            return true;
        }
        if (connectionEnds && !endTold) {
            endTold = true;
            machine.receiveEnd();
            return true;
        }
        return false;
    }

    void write(byte[] data) {
        machine.write(ByteBuffer.wrap(data));
    }

    byte[] received() {
        return received.toByteArray();
    }

    private void toPeer(ByteBuffer records) {
        var copy = new byte[records.remaining()];
        records.get(copy);
        peer.incoming.add(copy);
    }

    @Override
    public void sendRecords(ByteBuffer records) {
        sentBytes += records.remaining();
        route.accept(records);
    }

    @Override
    public boolean isFull() {
        return isFull;
    }

    @Override
    public void handshakeDone() {
        events.add("done");
        onDone.run();
    }

    @Override
    public void decrypted(ByteBuffer plaintext) {
        if (events.lastIndexOf("data") != events.size() - 1) {
            events.add("data");
        }
        received.write(plaintext.array(), plaintext.arrayOffset() + plaintext.position(), plaintext.remaining());
        onData.accept(plaintext);
    }

    @Override
    public void inputEnded() {
        events.add("peer ended");
        onEnd.run();
    }

    @Override
    public void outputEnded() {
        events.add("ended");
    }

    @Override
    public void failed(SSLException reason) {
        events.add("failed");
        failure = reason;
    }

    @Override
    public void wantRecords(boolean wanted) {
        wantsRecords = wanted;
    }

    @Override
    public void runTask(Runnable work, After after) {
        Runnable all = () -> {
            work.run();
            after.done(null);
        };
        if (tasksWait) {
            tasks.add(all);
        } else {
            all.run();
        }
    }
}
