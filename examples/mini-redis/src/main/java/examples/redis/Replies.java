package examples.redis;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes replies, in RESP2 or RESP3. One array holds the replies of a whole turn, and the loop's clients take turns with it;
 * so each turn starts with {@link #begin}, and {@link #flush} ends it.
 */
public final class Replies {

    /** Where finished replies go. The buffer is used again as soon as the call returns. */
    @FunctionalInterface
    public interface Sink {
        /** Takes all of a buffer. */
        void write(ByteBuffer replies);
    }

    /** At this length, it goes out before the turn ends. */
    private static final int FULL = 64 * 1024;

    /** A value of this length is handed on as it is, and not copied in between. */
    private static final int LARGE = 16 * 1024;

    private static final byte[] LINE_END = Text.bytes("\r\n");
    private static final byte[] OK = Text.bytes("+OK\r\n");
    private static final byte[] NIL_2 = Text.bytes("$-1\r\n");
    private static final byte[] NIL_ARRAY_2 = Text.bytes("*-1\r\n");
    private static final byte[] NIL_3 = Text.bytes("_\r\n");

    private byte[] bytes = new byte[4 * 1024];
    private ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private int length;
    private long flushed;
    private Sink sink = replies -> replies.position(replies.limit());
    private int protocol = 2;

    /** Begins the turn of a client. */
    public void begin(Sink client, int clientProtocol) {
        sink = client;
        protocol = clientProtocol;
        flushed = 0;
    }

    /** The client speaks this protocol from the next reply on: 2 or 3. */
    public void protocol(int version) {
        protocol = version;
    }

    /** How many bytes this turn has brought so far. */
    public long size() {
        return flushed + length;
    }

    /** Hands on what was written. */
    public void flush() {
        if (length > 0) {
            // Emptied first: the sink may fail, and the next client must not get what is this one's.
            var count = length;
            length = 0;
            flushed += count;
            sink.write(buffer.clear().limit(count));
        }
    }

    // ---- Values ----------------------------------------------------------------------------------------------------

    /** {@code +OK}. */
    public void ok() {
        raw(OK);
    }

    /** A short text without an end of line. */
    public void simple(String text) {
        line('+', text);
    }

    /** An error, with its kind: {@code ERR syntax error}. */
    public void error(String message) {
        line('-', message.replace('\r', ' ').replace('\n', ' '));
    }

    /** A whole number. */
    public void integer(long value) {
        number(':', value);
    }

    /** A value. */
    public void bulk(byte[] value) {
        number('$', value.length);
        if (value.length < LARGE) {
            raw(value);
        } else {
            flush();
            flushed += value.length;
            sink.write(ByteBuffer.wrap(value));
        }
        raw(LINE_END);
    }

    /** Text as a value. */
    public void bulk(String text) {
        bulk(Text.bytes(text));
    }

    /** A value; {@link #nil} for null. */
    public void bulkOrNil(byte[] value) {
        if (value == null) {
            nil();
        } else {
            bulk(value);
        }
    }

    /** There is no such value. */
    public void nil() {
        raw(protocol == 2 ? NIL_2 : NIL_3);
    }

    /** There is no such list of values. */
    public void nilArray() {
        raw(protocol == 2 ? NIL_ARRAY_2 : NIL_3);
    }

    /** Text for people. In RESP3 it says so. */
    public void verbatim(String text) {
        var content = Text.bytes(text);
        if (protocol == 2) {
            bulk(content);
        } else {
            number('=', content.length + 4L);
            raw(Text.bytes("txt:"));
            raw(content);
            raw(LINE_END);
        }
    }

    /** This many values follow. */
    public void array(int count) {
        number('*', count);
    }

    /** This many pairs follow; RESP2 has just an array for them. */
    public void map(int pairs) {
        if (protocol == 2) {
            number('*', 2L * pairs);
        } else {
            number('%', pairs);
        }
    }

    /** This many values follow for which nobody asked just now; RESP2 has just an array for them. */
    public void push(int count) {
        number(protocol == 2 ? '*' : '>', count);
    }

    // ---- Bytes -----------------------------------------------------------------------------------------------------

    /** Bytes that are a reply already. */
    public void raw(byte[] reply) {
        reserve(reply.length);
        System.arraycopy(reply, 0, bytes, length, reply.length);
        length += reply.length;
    }

    private void line(char type, String text) {
        var content = Text.bytes(text);
        reserve(1);
        bytes[length++] = (byte) type;
        raw(content);
        raw(LINE_END);
    }

    private void number(char type, long value) {
        var digits = Numbers.length(value);
        reserve(digits + 3);
        bytes[length] = (byte) type;
        length += digits + 1;
        Numbers.write(value, bytes, length);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            if (length >= FULL / 2) {
                flush();
            }
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.min(2 * bytes.length, FULL)));
                buffer = ByteBuffer.wrap(bytes);
            }
        }
    }
}
