package io.jasyncio.stream;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.WaitQueue;
import io.jasyncio.internal.net.BufferPool;
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
    private final ReaderLine line = new ReaderLine(this);
    private @Nullable ReadTransport transport;
    private @Nullable Exception exception;

    /** What is thrown where the end of the stream would be told. */
    private @Nullable Exception endFailure;

    /** How many bytes at the front {@link #view} has shown. */
    private int shown;

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
        return start(ReadRequest.all());
    }

    /**
     * What there is, at least one byte and at most so many; an empty array only at the end of the stream (S98).
     *
     * @param maxBytes zero gives an empty array at once
     */
    public LoopFuture<byte[]> readAsync(int maxBytes) {
        return start(ReadRequest.some(maxBytes));
    }

    /**
     * So many bytes (S98). Fails with an {@link IncompleteReadException}, which has what there was, if the stream ends
     * before. The limit does not count here.
     */
    public LoopFuture<byte[]> readExactlyAsync(int bytes) {
        return start(ReadRequest.exactly(bytes));
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
        return start(ReadRequest.line());
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
        return start(ReadRequest.until(separators));
    }

    /** Whether the stream has ended and everything was read (S102). */
    public boolean atEof() {
        return eof && buffer.isEmpty();
    }

    /**
     * The lines that are left, as {@link #readLineAsync} gives them (asyncio's {@code async for}). A line that was found and not taken
     * goes back to the reader when the iterator is closed. One that is too long fails the question; the next question goes on behind it.
     */
    @Override
    public AsyncIterator<String> asyncIterator() {
        return new ReadIterator<>(this, ReadRequest::line, Objects::isNull);
    }

    /**
     * What is left, in pieces as {@link #readAsync(int)} gives them, until the stream ends. In stage style this is how to go on for a
     * long time: a recursion by {@code thenCompose} keeps a little for each round, as with any {@code CompletableFuture}.
     *
     * @param maxBytes the largest piece
     */
    public AsyncIterable<byte[]> chunks(int maxBytes) {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes must be positive: " + maxBytes);
        }
        return () -> new ReadIterator<>(this, () -> ReadRequest.some(maxBytes), piece -> piece.length == 0);
    }

    // ---- For parsers -----------------------------------------------------------------------------------------------

    /**
     * All that is there, without a copy and read-only, for a parser that looks before it takes; see {@link #skip} and
     * {@link #moreAsync}. Good until the next call of this reader or the next await, whichever comes first: after that its memory
     * may hold the bytes of another connection. A {@link StreamWriter#write(ByteBuffer)} in between is what it is made for.
     */
    public ByteBuffer view() {
        loop.services().requireOwnThread("view");
        shown = buffer.size();
        return buffer.view();
    }

    /**
     * Takes bytes that {@link #view} has shown, and ends that view.
     *
     * @throws IllegalArgumentException if there are fewer
     * @throws IllegalStateException while a read waits
     */
    public void skip(int bytes) {
        loop.services().requireOwnThread("skip");
        if (bytes < 0 || bytes > buffer.size()) {
            throw new IllegalArgumentException("bytes must be between 0 and " + buffer.size() + ": " + bytes);
        }
        requireNoRead();
        buffer.skip(bytes);
        taken(bytes);
        adjustReading(false);
    }

    /**
     * Waits until there is more than {@link #view} has shown: true; or until the stream ends: false. Fails with a
     * {@link LimitOverrunException} if there are more than twice the limit already: whoever takes nothing gets no more.
     */
    public LoopFuture<Boolean> moreAsync() {
        if (buffer.size() > shown && exception == null && line.isEmpty()) {
            return loop.services().answer(true);
        }
        return start(ReadRequest.more());
    }

    // ---- How a read goes -------------------------------------------------------------------------------------------

    /** Does it now if that is possible, else waits for it. */
    <T extends @Nullable Object> LoopFuture<T> start(ReadRequest<T> request) {
        requireMayRead();
        try {
            var result = attempt(request);
            return result == ReadRequest.NOT_YET
                    ? new ReadFuture<>(this, request)
                    : loop.services().ended(resultOf(request, result));
        } catch (Exception failure) {
            return loop.services().failed(failure);
        }
    }

    void requireMayRead() {
        loop.services().requireOwnThread("read");
        requireNoRead();
    }

    private void requireNoRead() {
        if (!line.isEmpty()) {
            throw new IllegalStateException(
                    "another read of this stream is waiting for data: await it first, or give the stream to one task alone");
        }
    }

    @Nullable
    Object attempt(ReadRequest<?> request) throws Exception {
        if (exception != null) {
            throw exception;
        }
        var before = buffer.size();
        var mustWait = false;
        try {
            var result = request.look(this, buffer, eof);
            if (result == ReadRequest.NOT_YET) {
                mustWait = true;
                line.waitsFor(request.enough(before));
                buffer.settle();
            }
            return result;
        } finally {
            taken(before - buffer.size());
            adjustReading(mustWait);
        }
    }

    /** A request gives nothing but what it was made for. */
    @SuppressWarnings("unchecked")
    static <T extends @Nullable Object> T resultOf(ReadRequest<T> request, @Nullable Object result) {
        return (T) result;
    }

    private void taken(int bytes) {
        shown = Math.max(0, shown - bytes);
    }

    /** Somebody did not take what his read has given. */
    <T extends @Nullable Object> void giveBack(ReadRequest<T> request, T result) {
        request.giveBack(result, buffer);
        adjustReading(false);
    }

    /** What a read gives at the end of the stream. */
    <T extends @Nullable Object> T atEnd(T result) throws Exception {
        if (endFailure != null) {
            throw endFailure;
        }
        return result;
    }

    int shown() {
        return shown;
    }

    int limit() {
        return limit;
    }

    WaitQueue line() {
        return line;
    }

    /** Whether the transport shall read: it must while somebody waits, or nothing would ever come (S97). */
    void adjustReading(boolean waits) {
        if (transport == null) {
            return;
        }
        if (paused && (waits || buffer.size() <= limit)) {
            paused = false;
            transport.resumeReading();
        } else if (!paused && !waits && buffer.size() > 2L * limit) {
            paused = true;
            transport.pauseReading();
        }
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
            dataCame();
        }
    }

    private void dataCame() {
        line.dataCame(buffer.size());
        adjustReading(!line.isEmpty());
    }

    /** Where a transport shall read into, which then calls {@link #filled}. */
    ByteBuffer room(BufferPool pool) {
        return buffer.room(pool);
    }

    /** A transport has read into {@link #room}. */
    void filled(ByteBuffer room, int count) {
        buffer.filled(room, count, line.isEnough(buffer.size() + count));
        dataCame();
    }

    /** Adds data. */
    public void feedData(byte[] data) {
        feedData(ByteBuffer.wrap(data));
    }

    /** Ends the stream. Idempotent. */
    public void feedEof() {
        eof = true;
        line.allCame();
        buffer.keepNoBuffers();
    }

    /** Ends the stream with a failure that is told after everything that has come, in place of the end. */
    void failAtEnd(Exception failure) {
        endFailure = failure;
        feedEof();
    }

    /** Breaks the stream: the read that waits, and all further ones, fail with this. */
    public void setException(Exception exception) {
        this.exception = Objects.requireNonNull(exception, "exception");
        line.allCame();
        buffer.keepNoBuffers();
    }

    /** What broke the stream, or null. */
    public @Nullable Exception exception() {
        return exception;
    }

    // ---- For TLS that begins in the middle -------------------------------------------------------------------------

    /**
     * Everything that has come and nobody has read; reading is not paused afterwards.
     *
     * @throws IllegalStateException while a read waits
     */
    ByteBuffer takeUnread() {
        requireNoRead();
        var unread = buffer.take(buffer.size());
        shown = 0;
        adjustReading(false);
        return ByteBuffer.wrap(unread);
    }

    /** Whether no more will come, which is known before everything is read. */
    boolean hasEnded() {
        return eof;
    }

    /** From now on the data comes from another transport, which is not paused. */
    void replaceTransport(ReadTransport transport) {
        this.transport = transport;
        paused = false;
        adjustReading(!line.isEmpty());
    }

    @Override
    public String toString() {
        var state = exception != null ? "broken" : eof ? "at its end" : paused ? "paused" : "open";
        return "StreamReader[" + buffer.size() + " bytes, " + state + "]";
    }
}
