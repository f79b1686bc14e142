package io.jasyncio.internal.net;

import io.jasyncio.ErrorContext;
import io.jasyncio.transport.BaseProtocol;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.Transport;
import io.jasyncio.transport.WriteBufferLimits;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream of bytes over a {@link BytePort} (asyncio's {@code _SelectorSocketTransport} and its pipe transports, S103-S109): a reading
 * side, a writing side, and the life that both share. Loop only.
 */
public final class StreamTransport implements Transport, NetworkResource {

    /** A life goes through these in their order, and may leave some out. */
    private enum Life {
        OPEN,
        /** Nothing is read any more; what is in the buffer is still being sent. */
        CLOSING,
        /** Nothing is sent any more; {@code connectionLost} is on the ready queue. */
        LOST
    }

    private static final System.Logger LOG = System.getLogger("io.jasyncio");

    final TransportHost host;
    final BytePort port;
    final EventContext events = new EventContext();
    private final ReadSide reading;
    private final WriteSide writing;
    private final @Nullable ConnectionOwner owner;
    private Protocol protocol;
    private Life life = Life.OPEN;

    /**
     * Opens a transport, which does nothing before {@link #start}.
     *
     * @param owner keeps account of it; null if nobody does
     */
    public StreamTransport(TransportHost host, BytePort port, Protocol protocol, @Nullable ConnectionOwner owner) {
        this.host = host;
        this.port = port;
        this.protocol = Objects.requireNonNull(protocol, "protocol");
        this.owner = owner;
        this.reading = new ReadSide(this);
        this.writing = new WriteSide(this);
        host.opened(this);
        if (owner != null) {
            owner.attach(this);
        }
    }

    /**
     * Tells the protocol, and then begins to read, unless the protocol has paused that (S108).
     *
     * @param begun runs after both
     */
    public void start(Runnable begun) {
        host.loop()
                .schedule(events.item(
                        "connectionMade", this, () -> tell("connectionMade", it -> it.connectionMade(this))));
        host.loop().schedule(events.item("start", this, () -> {
            reading.start();
            begun.run();
        }));
    }

    // ---- Reading ---------------------------------------------------------------------------------------------------

    @Override
    public boolean isReading() {
        return life == Life.OPEN && port.isReadable() && !reading.isPaused();
    }

    @Override
    public void pauseReading() {
        requireLoop("pauseReading");
        reading.setPaused(true);
    }

    @Override
    public void resumeReading() {
        requireLoop("resumeReading");
        reading.setPaused(false);
    }

    // ---- Writing ---------------------------------------------------------------------------------------------------

    @Override
    public void write(ByteBuffer data) {
        requireLoop("write");
        writing.write(data);
    }

    @Override
    public void writelines(Iterable<byte[]> chunks) {
        requireLoop("writelines");
        writing.writeAll(chunks);
    }

    @Override
    public void writeEof() {
        requireLoop("writeEof");
        writing.writeEof();
    }

    @Override
    public boolean canWriteEof() {
        return writing.canWriteEof();
    }

    @Override
    public int getWriteBufferSize() {
        return writing.size();
    }

    @Override
    public WriteBufferLimits getWriteBufferLimits() {
        return writing.pressure.limits();
    }

    @Override
    public void setWriteBufferLimits(WriteBufferLimits limits) {
        requireLoop("setWriteBufferLimits");
        writing.pressure.setLimits(Objects.requireNonNull(limits, "limits"));
        writing.grown();
    }

    /**
     * Sends a file by the system alone, after everything that waits; writing is refused until then.
     *
     * @param file ends with the number of bytes
     * @return whether this kind of port can do that; if not, nothing was done
     * @throws IOException if the file cannot be read
     */
    public boolean send(FileSending file) throws IOException {
        requireLoop("sendFile");
        return writing.send(file);
    }

    /** Refuses what would get in between while a file is sent. */
    public void requireNoFile(String method) {
        writing.requireNoFile(method);
    }

    // ---- The end ---------------------------------------------------------------------------------------------------

    @Override
    public void close() {
        requireLoop("close");
        if (life == Life.OPEN) {
            life = Life.CLOSING;
            reading.update();
            if (writing.isDone()) {
                lose(null);
            }
        }
    }

    @Override
    public void abort() {
        requireLoop("abort");
        lose(null);
    }

    @Override
    public boolean isClosing() {
        return life != Life.OPEN;
    }

    boolean isLost() {
        return life == Life.LOST;
    }

    /** Calls the protocol; what it throws ends the connection (S109). */
    void tell(String method, Consumer<Protocol> call) {
        try {
            call.accept(protocol);
        } catch (Throwable failure) {
            protocolFailed(method, failure);
        }
    }

    void protocolFailed(String method, Throwable failure) {
        fail("Fatal error: protocol." + method + "() call failed.", failure);
    }

    /** A broken connection is an everyday event and the protocol's business; anything else is a bug of somebody's (S109). */
    void fail(String message, Throwable failure) {
        try {
            if (failure instanceof IOException) {
                LOG.log(Level.DEBUG, () -> message + ": " + this, failure);
            } else {
                host.loop().callExceptionHandler(new ErrorContext(message, failure, this));
            }
        } finally {
            // Also without the memory for a report.
            lose(failure instanceof Exception reason ? reason : new RuntimeException(message, failure));
        }
    }

    /** Nothing is read or sent from now on. The protocol is told by way of the ready queue, never inline (S107). */
    void lose(@Nullable Exception reason) {
        if (life != Life.LOST) {
            life = Life.LOST;
            reading.update();
            writing.discard(reason);
            host.loop().schedule(events.item("connectionLost", this, () -> finish(reason)));
        }
    }

    private void finish(@Nullable Exception reason) {
        try {
            protocol.connectionLost(reason);
        } finally {
            host.closed(this);
            try {
                release();
            } finally {
                if (owner != null) {
                    owner.detach(this);
                }
            }
        }
    }

    @Override
    public boolean mayBeLeftOpen() {
        return port.mayBeLeftOpen();
    }

    @Override
    public void release() {
        port.release();
    }

    // ---- Facts -----------------------------------------------------------------------------------------------------

    @Override
    public Protocol getProtocol() {
        return protocol;
    }

    @Override
    public void setProtocol(BaseProtocol protocol) {
        requireLoop("setProtocol");
        FilePieces.requireNone(this.protocol, "setProtocol");
        if (!(protocol instanceof Protocol streamProtocol)) {
            throw new IllegalArgumentException("a stream of bytes needs a Protocol: " + protocol);
        }
        this.protocol = streamProtocol;
    }

    @Override
    public <T> @Nullable T getExtraInfo(ExtraInfo<T> key) {
        return port.extra(key);
    }

    private void requireLoop(String method) {
        host.loop().services().requireOwnThread(method);
    }

    @Override
    public String toString() {
        var state = isLost() ? "closed" : isClosing() ? "closing" : "open";
        var kind = port.kind();
        return Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + "Transport[" + port + ", " + state + "]";
    }
}
