package io.jasyncio.internal.net.tls;

import io.jasyncio.internal.net.HeapBuffers;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * Encrypts: what is written, and what the engine itself has to say. A megabyte goes out in parts of one buffer each. Keeps
 * what was written before it may be encrypted.
 */
final class RecordOutput {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int MOST_UNREAD_ANSWERS = 100;

    private final SSLEngine engine;
    private final TlsEvents events;
    private final HeapBuffers buffers;
    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>(0);
    private long waitingBytes;

    /** Whether records of a write are being handed on, from within which the owner may write again. */
    private boolean encrypting;

    private boolean stopped;
    private int unreadAnswers;

    RecordOutput(SSLEngine engine, TlsEvents events, HeapBuffers buffers) {
        this.engine = engine;
        this.events = events;
        this.buffers = buffers;
    }

    /** Of what was written, how much is not encrypted. */
    long waitingBytes() {
        return waitingBytes;
    }

    /** Whether something was written that is not encrypted yet. */
    boolean isBusy() {
        return encrypting || !waiting.isEmpty();
    }

    /** Whether something is kept although no outer call will go on with it: the engine has to be helped. */
    boolean isStuck() {
        return !encrypting && !waiting.isEmpty();
    }

    /** Keeps a copy. */
    void queue(ByteBuffer data) {
        if (data.hasRemaining()) {
            var copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
            waiting.addLast(copy);
            waitingBytes += copy.remaining();
        }
    }

    /** Encrypts what was kept. */
    void flush() throws SSLException {
        write(NOTHING);
    }

    /** Encrypts what was kept, and then this; or keeps it where the engine, or an outer call, has to go on first. */
    void write(ByteBuffer data) throws SSLException {
        if (isBusy()) {
            queue(data);
        }
        if (encrypting) {
            return;
        }
        encrypting = true;
        try {
            if (waiting.isEmpty() && data.hasRemaining()) {
                buffers.<SSLException>onHeap(data, this::encrypt);
            }
            while (!waiting.isEmpty() && !stopped) {
                var next = waiting.removeFirst();
                waitingBytes -= next.remaining();
                if (!encryptOrKeep(next)) {
                    break;
                }
            }
        } finally {
            encrypting = false;
        }
    }

    private void encrypt(ByteBuffer data) throws SSLException {
        if (waiting.isEmpty()) {
            encryptOrKeep(data);
        } else {
            queue(data);
        }
    }

    /** False if the engine has to be helped first; the rest of the data is kept then, before all that is kept already. */
    private boolean encryptOrKeep(ByteBuffer data) throws SSLException {
        while (data.hasRemaining() && !stopped) {
            var records = buffers.take();
            try {
                var isStuck = !fill(records, data);
                if (records.position() > 0) {
                    events.sendRecords(records.flip());
                } else if (isStuck) {
                    var copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
                    waiting.addFirst(copy);
                    waitingBytes += copy.remaining();
                    return false;
                }
            } finally {
                buffers.give(records);
            }
        }
        data.position(data.limit());
        return true;
    }

    /** Encrypts as much as there is room for. False if the engine does not go on. */
    private boolean fill(ByteBuffer records, ByteBuffer data) throws SSLException {
        while (data.hasRemaining()) {
            var result = engine.wrap(data, records);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                requireRoom(records);
                return true;
            }
            if (result.getStatus() == Status.CLOSED) {
                // TLS 1.2 after the end of the other side: nobody takes this any more.
                data.position(data.limit());
            } else if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
                if (engine.getHandshakeStatus() != HandshakeStatus.NEED_TASK) {
                    throw new SSLException("the TLS engine makes no progress: " + result);
                }
                return false;
            }
        }
        return true;
    }

    private static void requireRoom(ByteBuffer records) throws SSLException {
        if (records.position() == 0) {
            throw new SSLException(
                    "the TLS engine wants to send a record of more than " + records.capacity() + " bytes");
        }
    }

    /** Sends what the engine itself has to say. False if that was nothing: asking again would be a busy loop. */
    boolean sendOwnRecords() throws SSLException {
        var records = buffers.take();
        try {
            Status status;
            int produced;
            do {
                var result = engine.wrap(NOTHING, records);
                status = result.getStatus();
                produced = result.bytesProduced();
            } while (produced > 0 && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
            if (status == Status.BUFFER_OVERFLOW) {
                requireRoom(records);
            }
            var any = records.position() > 0;
            if (any) {
                events.sendRecords(records.flip());
            }
            return any;
        } finally {
            buffers.give(records);
        }
    }

    /**
     * The same for what the other side has caused. Whoever asks for new keys time and again, and reads no answer, would fill the
     * memory with them.
     */
    boolean answer() throws SSLException {
        unreadAnswers = events.isFull() ? unreadAnswers + 1 : 0;
        if (unreadAnswers > MOST_UNREAD_ANSWERS) {
            throw new SSLException("more than " + MOST_UNREAD_ANSWERS + " answers that the other side does not read");
        }
        return sendOwnRecords();
    }

    /** Sends the notice that nothing more will come; or the alert, after a failure. */
    void end() throws SSLException {
        engine.closeOutbound();
        // Not asked for its status: there are engines that have an alert and say that they want nothing.
        while (!engine.isOutboundDone() && sendOwnRecords()) {
            // The notice is the last of what the engine has to say.
        }
    }

    /** Drops what waits, and the rest of what is being written. */
    void stop() {
        stopped = true;
        waiting.clear();
        waitingBytes = 0;
    }
}
