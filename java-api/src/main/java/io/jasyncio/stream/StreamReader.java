package io.jasyncio.stream;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.iteration.AsyncIterable;
import io.jasyncio.iteration.AsyncIterator;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.transport.ReadTransport;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the other side sends, as a stream to read from (asyncio's {@code StreamReader}).
 *
 * <p>It keeps what nobody has read yet. When that is more than twice the limit, the transport reads no more, and the sender
 * has to wait; it goes on when the limit is reached from above (S97). The limit is also the longest line.
 *
 * <p>One read at a time: a read while another one waits is refused with an {@link IllegalStateException} (S101). If the
 * connection breaks, every further read fails with the reason, even if there is data left (S102).
 *
 * <p><b>Cancellation</b> of any read: ends the wait alone; what has come is left for the next read.
 *
 * <p>Thread rule: the loop's.
 */
public final class StreamReader implements AsyncIterable<String> {

    /** The limit where none is given: 64 KiB. */
    public static final int DEFAULT_LIMIT_BYTES = 64 * 1024;

    final LoopRuntime loop;
    private final int limit;
    private final ByteQueue buffer = new ByteQueue();
    private @Nullable ReadTransport transport;
    private @Nullable Exception exception;

    /** The latest read; it waits if it has not ended. */
    private @Nullable ReadRequest<?> request;

    private boolean paused;
    private boolean eof;

    /**
     * A reader that gets its data by {@link #feedData}. Programs have no need of it, their readers come with the
     * connections.
     *
     * @param limitBytes the longest line, and half of what is kept unread
     */
    public StreamReader(EventLoop loop, int limitBytes) {
        if (limitBytes <= 0) {
            throw new IllegalArgumentException("limitBytes must be positive: " + limitBytes);
        }
        this.loop = (LoopRuntime) Objects.requireNonNull(loop, "loop");
        this.limit = limitBytes;
    }

    // ---- Reading ---------------------------------------------------------------------------------------------------

    /** Everything until the stream ends (asyncio's {@code read(-1)}); the limit does not count here. */
    public LoopFuture<byte[]> readAsync() {
        return start(new ReadRequest.All(this));
    }

    /**
     * What there is, at least one byte and at most so many; an empty array only at the end of the stream (S98).
     *
     * @param maxBytes zero gives an empty array at once
     */
    public LoopFuture<byte[]> readAsync(int maxBytes) {
        return start(new ReadRequest.Some(this, requireNotNegative("maxBytes", maxBytes)));
    }

    /**
     * So many bytes (S98). Fails with an {@link IncompleteReadException}, which has what there was, if the stream ends
     * before. The limit does not count here.
     */
    public LoopFuture<byte[]> readExactlyAsync(int bytes) {
        return start(new ReadRequest.Exactly(this, requireNotNegative("bytes", bytes)));
    }

    /**
     * The next line as UTF-8 text, without its end, which is a line feed or a carriage return and a line feed; null at the
     * end of the stream. The last line may lack its end. Malformed bytes become U+FFFD: where bytes matter, use
     * {@link #readUntilAsync}.
     *
     * <p>A line longer than the limit fails with a {@link LimitOverrunException}, and is dropped: all of it if its end has
     * come, else what has come (S100).
     */
    public LoopFuture<@Nullable String> readLineAsync() {
        return start(new UntilRequest.Line(this, limit));
    }

    /**
     * The bytes up to and with a separator; with several of them, the one that ends first (S99).
     *
     * <p>Fails with an {@link IncompleteReadException}, which has what there was, if the stream ends before; and with a
     * {@link LimitOverrunException} if more than the limit comes before a separator, in which case everything stays to be
     * read in another way.
     *
     * @throws IllegalArgumentException without a separator, or if one is empty
     */
    public LoopFuture<byte[]> readUntilAsync(byte[]... separators) {
        return start(new UntilRequest.Bytes(this, SeparatorSearch.requireSeparators(separators), limit));
    }

    /** Whether the stream has ended and everything was read (S102). */
    public boolean atEof() {
        return eof && buffer.isEmpty();
    }

    /** The lines that are left, as {@link #readLineAsync} gives them (asyncio's {@code async for}). */
    @Override
    public AsyncIterator<String> asyncIterator() {
        throw new UnsupportedOperationException();
    }

    // ---- For parsers -----------------------------------------------------------------------------------------------

    /**
     * All that is there, without a copy and read-only, for a parser that looks before it takes; see {@link #skip} and
     * {@link #moreAsync}. Good until the next call of this reader or the next await, whichever comes first.
     */
    public ByteBuffer view() {
        loop.services().requireOwnThread("view");
        buffer.forget();
        return buffer.view();
    }

    /**
     * Takes bytes that {@link #view} has shown.
     *
     * @throws IllegalArgumentException if there are fewer
     */
    public void skip(int bytes) {
        loop.services().requireOwnThread("skip");
        if (bytes < 0 || bytes > buffer.size()) {
            throw new IllegalArgumentException("bytes must be between 0 and " + buffer.size() + ": " + bytes);
        }
        buffer.skip(bytes);
        buffer.forget();
        adjustReading();
    }

    /**
     * Waits until {@link #view} shows more than now: true; or until the stream ends: false. Fails with a
     * {@link LimitOverrunException} if there are more than twice the limit already: whoever takes nothing gets no more.
     */
    public LoopFuture<Boolean> moreAsync() {
        return start(new ReadRequest.More(this, buffer.size(), 2L * limit));
    }

    private <T extends @Nullable Object> LoopFuture<T> start(ReadRequest<T> read) {
        loop.services().requireOwnThread("read");
        if (request != null && !request.isDone()) {
            throw new IllegalStateException(
                    "another read of this stream is waiting for data: await it first, or give the stream to one task alone");
        }
        buffer.forget();
        request = read;
        if (exception != null) {
            read.completeExceptionally(exception);
        } else {
            read.look(buffer, eof);
            adjustReading();
        }
        return read;
    }

    /** Puts back what a read has taken that nobody will see. */
    void restore(ReadRequest<?> read) {
        if (request == read) {
            buffer.restore();
            adjustReading();
        }
    }

    /** Whether the transport shall read: it must while somebody waits, or nothing would ever come (S97). */
    private void adjustReading() {
        if (transport == null) {
            return;
        }
        var waits = request != null && !request.isDone();
        if (paused && (waits || buffer.size() <= limit)) {
            paused = false;
            transport.resumeReading();
        } else if (!paused && !waits && buffer.size() > 2L * limit) {
            paused = true;
            transport.pauseReading();
        }
    }

    private static int requireNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
        return value;
    }

    // ---- Feeding: for protocols and tests --------------------------------------------------------------------------

    /** Where reading shall be paused. Once only. */
    public void setTransport(ReadTransport transport) {
        if (this.transport != null) {
            throw new IllegalStateException("the reader has a transport already");
        }
        this.transport = Objects.requireNonNull(transport, "transport");
    }

    /**
     * Adds data; takes all that the buffer has.
     *
     * @throws IllegalStateException after {@link #feedEof}
     */
    public void feedData(ByteBuffer data) {
        if (eof) {
            throw new IllegalStateException("feedData() after feedEof()");
        }
        if (data.hasRemaining()) {
            buffer.append(data);
            lookAgain();
            adjustReading();
        }
    }

    /** Adds data. */
    public void feedData(byte[] data) {
        feedData(ByteBuffer.wrap(data));
    }

    /** Ends the stream. Idempotent. */
    public void feedEof() {
        eof = true;
        lookAgain();
    }

    /** Breaks the stream: the read that waits, and all further ones, fail with this. */
    public void setException(Exception exception) {
        this.exception = Objects.requireNonNull(exception, "exception");
        if (request != null) {
            request.completeExceptionally(exception);
        }
    }

    /** What broke the stream, or null. */
    public @Nullable Exception exception() {
        return exception;
    }

    private void lookAgain() {
        if (request != null && !request.isDone()) {
            request.look(buffer, eof);
        }
    }

    @Override
    public String toString() {
        var state = exception != null ? "broken" : eof ? "at its end" : paused ? "paused" : "open";
        return "StreamReader[" + buffer.size() + " bytes, " + state + "]";
    }
}
