package io.jasyncio.internal.net;

import io.jasyncio.Context;
import io.jasyncio.Task;
import io.jasyncio.spi.ReadyItem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The half of a {@link StreamTransport} that takes data: sends it at once as far as the port takes it and nothing is queued, the rest
 * when the port takes more (S105). Loop only.
 */
final class WriteSide implements ReadyItem {

    /** Against a reader as fast as we are, a large write would otherwise keep all others waiting. */
    private static final int SENDS_AT_ONCE = 16;

    /** How many writes after the end are dropped without a word (S105). */
    private static final int TOLERATED_WRITES = 5;

    final WritePressure pressure;
    private final StreamTransport transport;
    private final BytePort port;
    private final OutgoingBuffer waiting = new OutgoingBuffer();

    /** What has the port to itself as soon as nothing waits. */
    private @Nullable FileSending file;

    private boolean eofWritten;
    private boolean watching;
    private int droppedWrites;

    WriteSide(StreamTransport transport) {
        this.transport = transport;
        this.port = transport.port;
        this.pressure = new WritePressure(transport.host.loop(), transport);
    }

    /** In bytes. */
    int size() {
        return waiting.size();
    }

    /** Whether everything is sent. */
    boolean isDone() {
        return waiting.size() == 0 && file == null;
    }

    void write(ByteBuffer data) {
        if (accepts("write", data.hasRemaining())) {
            try {
                if (waiting.size() == 0) {
                    sendNow(data);
                }
                keep(data);
            } catch (Throwable failure) {
                // Also without memory for the rest: a part may be sent, and whatever came next would follow a gap.
                failed(failure);
            }
        }
        data.position(data.limit());
    }

    void writeAll(Iterable<byte[]> chunks) {
        // Taken all at once: an iterable of the caller's may do anything, and the staging buffer is shared.
        var pieces = new ArrayList<byte[]>();
        chunks.forEach(chunk -> pieces.add(Objects.requireNonNull(chunk, "chunk")));
        if (!accepts("writelines", !pieces.isEmpty())) {
            return;
        }
        try {
            gather(pieces);
        } catch (Throwable failure) {
            failed(failure);
        }
    }

    /** Together in as few sends as possible. What comes after the first byte that is not taken must wait. */
    private void gather(Iterable<byte[]> pieces) throws IOException {
        var staging = transport.host.writeBuffer();
        var sends = 0;
        for (var piece : pieces) {
            var data = ByteBuffer.wrap(piece);
            while (waiting.size() == 0 && sends < SENDS_AT_ONCE && data.remaining() > staging.remaining()) {
                Bytes.move(data, staging);
                sendGathered(staging);
                sends++;
            }
            if (waiting.size() == 0 && sends < SENDS_AT_ONCE) {
                staging.put(data);
            } else {
                waiting.add(data);
            }
        }
        sendGathered(staging);
        if (waiting.size() > 0) {
            watch(true);
            grown();
        }
    }

    private void sendGathered(ByteBuffer staging) throws IOException {
        staging.flip();
        if (staging.hasRemaining()) {
            port.write(staging);
            waiting.add(staging);
        }
        staging.clear();
    }

    private boolean accepts(String method, boolean hasData) {
        if (!port.isWritable()) {
            throw new UnsupportedOperationException(method + "() on a transport that can only be read: " + transport);
        }
        if (eofWritten) {
            throw new IllegalStateException("cannot call " + method + "() after writeEof()");
        }
        requireNoFile(method);
        if (hasData && transport.isLost() && ++droppedWrites >= TOLERATED_WRITES) {
            transport.host.loop().services().logWarning("write to a connection that is lost: " + transport);
        }
        return hasData && !transport.isLost();
    }

    /** What hangs on a file's end runs in the call that ends it, and may write there: such a file is in nobody's way. */
    void requireNoFile(String method) {
        if (file != null && !file.isDone()) {
            throw new IllegalStateException("cannot call " + method + "() while a file is being sent");
        }
        FilePieces.requireNone(transport.getProtocol(), method);
    }

    /** A file after everything that waits. Returns whether the port can do that. */
    boolean send(FileSending sending) throws IOException {
        if (!accepts("sendFile", true)) {
            sending.lost(null);
            return true;
        }
        if (!sending.isPossible(port)) {
            return false;
        }
        file = sending;
        sending.whenEnded(() -> {
            if (file == sending) {
                file = null;
                doneIfAllSent();
            }
        });
        watch(true);
        if (waiting.size() == 0) {
            run();
        }
        return true;
    }

    private void sendFile() throws IOException {
        var sending = file;
        if (sending != null && waiting.size() == 0 && sending.goOn(port)) {
            file = null;
            sending.left();
        }
    }

    private void sendNow(ByteBuffer data) throws IOException {
        if (data.isDirect()) {
            port.write(data);
        } else {
            sendStaged(data);
        }
    }

    /** Sends from an array by way of the loop's direct buffer, as long as all of it is taken. */
    private void sendStaged(ByteBuffer data) throws IOException {
        for (var i = 0; i < SENDS_AT_ONCE && data.hasRemaining(); i++) {
            var start = data.position();
            var staging = transport.host.writeBuffer();
            Bytes.move(data, staging);
            data.position(start + port.write(staging.flip()));
            if (staging.hasRemaining()) {
                return;
            }
        }
    }

    private void keep(ByteBuffer data) {
        if (data.hasRemaining()) {
            waiting.add(data);
            watch(true);
            grown();
        }
    }

    /** The port takes more. This is its own entry of the ready queue. */
    @Override
    public void run() {
        if (isDone()) {
            return;
        }
        try {
            sendWaiting();
            pressure.shrunk(waiting.size(), transport.getProtocol());
            sendFile();
        } catch (Throwable failure) {
            failed(failure);
            return;
        }
        doneIfAllSent();
    }

    private void doneIfAllSent() {
        if (isDone()) {
            watch(false);
            allSent();
        }
    }

    private void sendWaiting() throws IOException {
        for (var i = 0; i < SENDS_AT_ONCE && waiting.size() > 0; i++) {
            var staging = transport.host.writeBuffer();
            waiting.copyTo(staging);
            waiting.remove(port.write(staging.flip()));
            if (staging.hasRemaining()) {
                return;
            }
        }
    }

    /** What was to be done once the buffer is empty. */
    private void allSent() {
        if (transport.isClosing()) {
            transport.lose(null);
        } else if (eofWritten) {
            shutdownOutput();
        }
    }

    void writeEof() {
        if (!canWriteEof()) {
            throw new UnsupportedOperationException("this transport cannot end one direction on its own: " + transport);
        }
        if (!transport.isClosing() && !eofWritten) {
            requireNoFile("writeEof");
            eofWritten = true;
            if (waiting.size() == 0) {
                shutdownOutput();
            }
        }
    }

    boolean canWriteEof() {
        return port.isWritable() && port.canShutdownOutput();
    }

    private void shutdownOutput() {
        try {
            port.shutdownOutput();
        } catch (IOException failure) {
            failed(failure);
            return;
        }
        if (!port.isReadable()) {
            // Of a pipe that can only be written, nothing is left after its end.
            transport.close();
        }
    }

    /** There is more in the buffer than before, or less is allowed. */
    void grown() {
        pressure.grown(waiting.size(), transport.getProtocol());
    }

    /** Drops what waits, and sends nothing any more. */
    void discard(@Nullable Exception reason) {
        waiting.clear();
        watch(false);
        var sending = file;
        if (sending != null) {
            file = null;
            sending.lost(reason);
        }
    }

    private void failed(Throwable failure) {
        transport.fail("Fatal write error on " + port.kind() + " transport", failure);
    }

    /** Left on without need, this would keep the loop from sleeping (J4). */
    private void watch(boolean wanted) {
        if (wanted != watching) {
            watching = wanted;
            port.wantWrite(wanted ? this : null);
        }
    }

    @Override
    public @Nullable Task<?> task() {
        return null;
    }

    @Override
    public Context getContext() {
        return transport.events.context();
    }

    @Override
    public String toString() {
        return "callback writeReady of " + transport;
    }
}
