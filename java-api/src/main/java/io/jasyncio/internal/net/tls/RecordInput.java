package io.jasyncio.internal.net.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts. Cuts what comes from the other side into records, and keeps what cannot be decrypted yet: the beginning of a record, or
 * all of it while nothing may be decrypted. Keeps no array while it keeps no bytes.
 */
final class RecordInput {

    /** Type, version and length. */
    private static final int HEADER_BYTES = 5;

    /** 2^14 bytes of plaintext and what TLS 1.2 allows on top of it (RFC 5246, 6.2.3). TLS 1.3 allows less. */
    static final int MOST_BYTES = HEADER_BYTES + 16 * 1024 + 2048;

    /** From change_cipher_spec to heartbeat. */
    private static final int FIRST_TYPE = 20;

    private static final int LAST_TYPE = 24;

    /** More than those with data, after the handshake. Key updates and tickets are such records: a few are normal, a stream is an attack. */
    private static final int MOST_EMPTY_RECORDS = 100;

    /**
     * Of a handshake, which has some ten. Each may be as short as a byte, and an engine may copy all it has of a message for each of
     * them.
     */
    private static final int MOST_HANDSHAKE_RECORDS = 2000;

    private static final byte[] NOTHING = {};

    /** How it goes on. */
    enum State {
        /** Nothing more can be decrypted before more has come. */
        HUNGRY,
        /** The room was used up, or the engine may have something to say. */
        READY,
        /** The other side has said that no more will come. */
        ENDED
    }

    private final SSLEngine engine;
    private byte[] kept = NOTHING;
    private int from;
    private int to;

    /** The last record that came from the kept bytes, if any did. */
    private @Nullable ByteBuffer keptRecord;

    private int emptyRecords;
    private int handshakeRecords;

    RecordInput(SSLEngine engine) {
        this.engine = engine;
    }

    /** How many bytes are kept. */
    int size() {
        return to - from;
    }

    /**
     * Decrypts record by record: first what was kept, then what has come.
     *
     * @param established whether the handshake is over; in it the engine is asked after each record what it wants
     */
    State decrypt(ByteBuffer plaintext, ByteBuffer in, boolean established) throws SSLException {
        // Some engines take a record for which there is no room, and then wait with its rest for the next one.
        while (plaintext.position() == 0 || plaintext.remaining() >= MOST_BYTES) {
            var record = next(in);
            if (record == null) {
                return State.HUNGRY;
            }
            var result = engine.unwrap(record, plaintext);
            taken(record);
            if (result.getStatus() == Status.CLOSED || engine.isInboundDone()) {
                return State.ENDED;
            }
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                if (plaintext.position() == 0) {
                    throw new SSLException(
                            "the TLS engine wants room for more than " + plaintext.capacity() + " bytes");
                }
                return State.READY;
            }
            if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
                throw new SSLException("the TLS engine takes a whole record for a part of one");
            }
            count(result, established);
            if (!established || result.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
                return State.READY;
            }
        }
        return State.READY;
    }

    /** The memory is safe from those that bring nothing, for nothing is kept; the time of the loop is not. */
    private void count(SSLEngineResult result, boolean established) throws SSLException {
        if (!established) {
            if (++handshakeRecords > MOST_HANDSHAKE_RECORDS) {
                throw new SSLException("a TLS handshake of more than " + MOST_HANDSHAKE_RECORDS + " records");
            }
        } else if (result.bytesProduced() > 0) {
            emptyRecords = Math.max(0, emptyRecords - 1);
        } else if (++emptyRecords > MOST_EMPTY_RECORDS) {
            throw new SSLException("more than " + MOST_EMPTY_RECORDS + " TLS records without data");
        }
    }

    /**
     * A buffer that begins with a whole record; null if there is none yet. It is {@code in} itself if nothing is kept, else
     * the kept bytes, completed from {@code in} with no more than the record needs.
     *
     * <p>The header is looked at here and not only by the engine. So a record that will never be whole is not waited for, and
     * whoever connects without TLS is told so.
     */
    private @Nullable ByteBuffer next(ByteBuffer in) throws SSLException {
        if (size() == 0) {
            var start = in.position();
            var whole = in.remaining() >= HEADER_BYTES
                    && in.remaining() >= recordBytes(in.get(start), in.get(start + 3), in.get(start + 4));
            return whole ? in : null;
        }
        fill(in, HEADER_BYTES);
        if (size() < HEADER_BYTES) {
            return null;
        }
        var bytes = recordBytes(kept[from], kept[from + 3], kept[from + 4]);
        fill(in, bytes);
        keptRecord = size() < bytes ? null : ByteBuffer.wrap(kept, from, bytes);
        return keptRecord;
    }

    /** The engine has taken what it wanted of the record. */
    private void taken(ByteBuffer record) {
        if (record == keptRecord) {
            from = record.position();
            keptRecord = null;
        }
    }

    private static int recordBytes(byte type, byte high, byte low) throws SSLException {
        if (type < FIRST_TYPE || type > LAST_TYPE) {
            throw new SSLException("not a TLS record: it begins with byte 0x" + Integer.toHexString(type & 0xff)
                    + "; does the other side speak TLS?");
        }
        var bytes = HEADER_BYTES + ((high & 0xff) << 8 | low & 0xff);
        if (bytes > MOST_BYTES) {
            throw new SSLException("a TLS record of " + bytes + " bytes, where " + MOST_BYTES + " are the most");
        }
        return bytes;
    }

    private void fill(ByteBuffer in, int wanted) {
        keep(in, Math.min(wanted - size(), in.remaining()));
    }

    /** Keeps the rest of a buffer, behind what is kept already. */
    void keep(ByteBuffer in) {
        keep(in, in.remaining());
        if (size() == 0) {
            clear();
        }
    }

    private void keep(ByteBuffer in, int bytes) {
        if (bytes > 0) {
            makeRoom(bytes);
            in.get(kept, to, bytes);
            to += bytes;
        }
    }

    /** Grows by doubling up to a record, so that bytes which come one by one cost no more than those that come together. */
    private void makeRoom(int bytes) {
        if (to + bytes > kept.length) {
            var needed = size() + bytes;
            var target =
                    needed <= kept.length ? kept : new byte[Math.max(needed, Math.min(MOST_BYTES, 2 * kept.length))];
            System.arraycopy(kept, from, target, 0, size());
            to = size();
            from = 0;
            kept = target;
        }
    }

    void clear() {
        kept = NOTHING;
        from = 0;
        to = 0;
        keptRecord = null;
    }
}
