package examples.redis;

import java.nio.ByteBuffer;

/**
 * Makes requests of the bytes that a client sends, in whatever pieces they come. It looks at each byte once: a request that
 * comes byte by byte costs no more than one that comes at once, and the body of an argument costs a copy.
 *
 * <p>Most requests come whole. They lie in the scratch array, which all parsers of a thread share, so a client that is idle
 * holds no memory. A request with a part missing moves into an array of its own, which grows with what has come and not with
 * what was announced.
 *
 * <pre>{@code
 * parser.feed(buffer);
 * while (parser.next()) { ... parser.request() ... }
 * parser.rest();
 * }</pre>
 */
public final class RespParser {

    private static final byte[] NOTHING = {};

    /** The longest count or length with its sign, its end of the line and some room for a good error. */
    private static final int LONGEST_HEADER = 32;

    private static final int BETWEEN_REQUESTS = -1;
    private static final int BEFORE_LENGTH = -1;

    private final Limits limits;
    private final byte[] scratch;
    private final Request request = new Request();

    private byte[] bytes = NOTHING;

    /** Where the request begins that is being read. */
    private int start;

    /** Up to where it was understood. */
    private int position;

    /** Up to where the end of the line was looked for. */
    private int scanned;

    /** Where what has come ends. */
    private int end;

    /** How many arguments are still to come. */
    private int missing = BETWEEN_REQUESTS;

    /** The length of the argument that is being read. */
    private int bulk = BEFORE_LENGTH;

    /**
     * A parser for one client.
     *
     * @param scratch shared by the parsers of one thread, of {@link Limits#turnBytes} bytes; each uses it between
     *     {@link #feed} and {@link #rest}
     */
    public RespParser(Limits limits, byte[] scratch) {
        this.limits = limits;
        this.scratch = scratch;
    }

    /** The request that {@link #next} has found; holds until the next call of anything here. */
    public Request request() {
        return request;
    }

    /** Whether nothing has come that was not made a request. */
    public boolean isEmpty() {
        return start == end;
    }

    /** How many bytes have come that were not made requests yet. */
    public int unread() {
        return end - start;
    }

    /** How much memory is held, in bytes. */
    int heldBytes() {
        return bytes == scratch ? 0 : bytes.length;
    }

    // ---- What comes in ---------------------------------------------------------------------------------------------

    /** Takes bytes from a buffer: as many as are there, or as many as a turn may have. */
    public void feed(ByteBuffer source) {
        var count = Math.min(source.remaining(), scratch.length);
        if (isEmpty()) {
            restart(scratch);
        } else if (end + count > bytes.length) {
            makeRoom(count);
        }
        source.get(bytes, end, count);
        end += count;
    }

    private void restart(byte[] array) {
        bytes = array;
        start = 0;
        position = 0;
        scanned = 0;
        end = 0;
    }

    private void makeRoom(int count) {
        var held = end - start;
        // Doubling keeps the copies linear. What a length announces is a bound, and no reason to take that much.
        var capacity = Math.max(held + count, Math.min(2 * held, limits.requestBytes()));
        moveTo(new byte[capacity]);
    }

    private void moveTo(byte[] array) {
        System.arraycopy(bytes, start, array, 0, end - start);
        bytes = array;
        position -= start;
        scanned -= start;
        end -= start;
        start = 0;
    }

    /** Ends a turn: gives the scratch array back, and keeps what is left of it. */
    public void rest() {
        if (missing == BETWEEN_REQUESTS) {
            request.clear();
        }
        request.forget();
        if (isEmpty()) {
            restart(NOTHING);
        } else if (bytes == scratch || end - start < bytes.length / 4) {
            moveTo(new byte[end - start]);
        }
    }

    // ---- What comes out --------------------------------------------------------------------------------------------

    /**
     * Goes on to the next request; false if its end has not come.
     *
     * @throws RespException if this is no request; the parser is of no use afterwards
     */
    public boolean next() throws RespException {
        for (; ; ) {
            if (missing == BETWEEN_REQUESTS) {
                start = position;
                if (position == end) {
                    return false;
                }
                request.clear();
            }
            var isInline = missing == BETWEEN_REQUESTS && bytes[position] != '*';
            if (!(isInline ? readLine() : readArray())) {
                return false;
            }
            missing = BETWEEN_REQUESTS;
            if (request.count() > 0) {
                // What follows is the next request's; the arguments hold until then.
                start = position;
                return true;
            }
        }
    }

    /** Reads an inline request, which may have no words. */
    private boolean readLine() throws RespException {
        while (scanned < end && bytes[scanned] != '\n') {
            scanned++;
        }
        if (scanned - start > limits.inlineBytes()) {
            throw new RespException("too big inline request");
        }
        if (scanned == end) {
            return false;
        }
        InlineWords.split(bytes, start, scanned, request);
        position = scanned + 1;
        scanned = position;
        return true;
    }

    private boolean readArray() throws RespException {
        if (missing == BETWEEN_REQUESTS) {
            if (!findHeaderEnd("invalid multibulk length")) {
                return false;
            }
            var count = Numbers.parse(bytes, position + 1, scanned);
            if (count == Numbers.NONE || count > limits.arguments()) {
                throw new RespException("invalid multibulk length");
            }
            missing = (int) Math.max(count, 0);
            pastHeader();
        }
        while (missing > 0) {
            if (!readBulk()) {
                return false;
            }
            missing--;
        }
        request.complete(bytes, start);
        return true;
    }

    private boolean readBulk() throws RespException {
        if (bulk == BEFORE_LENGTH && !readBulkLength() || end - position < bulk + 2) {
            return false;
        }
        if (bytes[position + bulk] != '\r' || bytes[position + bulk + 1] != '\n') {
            throw new RespException("invalid bulk length");
        }
        request.add(position - start, bulk);
        position += bulk + 2;
        scanned = position;
        bulk = BEFORE_LENGTH;
        return true;
    }

    private boolean readBulkLength() throws RespException {
        if (position == end) {
            return false;
        }
        if (bytes[position] != '$') {
            throw new RespException("expected '$', got '" + (char) (bytes[position] & 0xff) + "'");
        }
        if (!findHeaderEnd("invalid bulk length")) {
            return false;
        }
        var length = Numbers.parse(bytes, position + 1, scanned);
        if (length < 0 || length > limits.bulkBytes()) {
            throw new RespException("invalid bulk length");
        }
        pastHeader();
        if (position - start + length + 2 > limits.requestBytes()) {
            throw new RespException("too big request");
        }
        bulk = (int) length;
        return true;
    }

    /** Looks for the end of a header line, and leaves {@link #scanned} there. */
    private boolean findHeaderEnd(String otherwise) throws RespException {
        while (scanned < end && bytes[scanned] != '\r') {
            scanned++;
        }
        if (scanned - position > LONGEST_HEADER || scanned + 1 < end && bytes[scanned + 1] != '\n') {
            throw new RespException(otherwise);
        }
        return scanned + 1 < end;
    }

    private void pastHeader() {
        position = scanned + 2;
        scanned = position;
    }
}
