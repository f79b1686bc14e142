package io.jasyncio.internal.net;

import io.jasyncio.LoopFuture;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.transport.BaseProtocol;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.Transport;
import io.jasyncio.transport.WriteBufferLimits;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a file piece by piece over a transport that the system cannot send files on. Meanwhile it stands in for the transport's
 * protocol: it hands everything on, and sees when a piece is sent. Loop only.
 */
public final class FilePieces implements Protocol {

    private final LoopRuntime loop;
    private final Transport transport;
    private final Protocol protocol;
    private final WriteBufferLimits limits;
    private @Nullable LoopFuture<@Nullable Void> waiter;

    /** Whether it is this that calls the transport now. */
    private boolean acts;

    private boolean lost;
    private @Nullable Exception reason;

    /** Takes the protocol's place, until {@link #end}. */
    public FilePieces(LoopRuntime loop, Transport transport) {
        this.loop = loop;
        this.transport = transport;
        this.protocol = (Protocol) transport.getProtocol();
        this.limits = transport.getWriteBufferLimits();
        transport.setProtocol(this);
        // From now on the transport tells when its buffer is empty, which it does not tell whoever asks.
        transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(0));
    }

    /**
     * Refuses what does not go together with a file that is sent over the transport of this protocol: bytes would get in between, and in
     * another protocol's place the file would never hear that it can go on.
     */
    public static void requireNone(BaseProtocol protocol, String method) {
        if (protocol instanceof FilePieces pieces && !pieces.acts) {
            throw new IllegalStateException("cannot call " + method + "() while a file is being sent");
        }
    }

    /** The next piece. */
    public void write(ByteBuffer piece) {
        acts = true;
        try {
            transport.write(piece);
        } finally {
            acts = false;
        }
    }

    /** Ends when everything is sent; fails if the connection is lost. One at a time. */
    public LoopFuture<@Nullable Void> sentAsync() {
        if (lost) {
            return loop.services().failed(lostReason());
        }
        if (transport.getWriteBufferSize() == 0) {
            return loop.services().completed();
        }
        var future = loop.<@Nullable Void>createFuture();
        waiter = future;
        return future;
    }

    /** Gives the protocol its place back. */
    public void end() {
        acts = true;
        if (!lost) {
            transport.setProtocol(protocol);
            transport.setWriteBufferLimits(limits);
        }
    }

    private Exception lostReason() {
        return reason == null ? new SocketException("Connection lost") : reason;
    }

    // ---- Handed on -------------------------------------------------------------------------------------------------

    @Override
    public void dataReceived(ByteBuffer data) {
        protocol.dataReceived(data);
    }

    @Override
    public boolean eofReceived() {
        return protocol.eofReceived();
    }

    @Override
    public void pauseWriting() {
        protocol.pauseWriting();
    }

    @Override
    public void resumeWriting() {
        protocol.resumeWriting();
        var waiting = waiter;
        if (waiting != null) {
            waiter = null;
            waiting.complete(null);
        }
    }

    @Override
    public void connectionLost(@Nullable Exception exception) {
        lost = true;
        reason = exception;
        var waiting = waiter;
        if (waiting != null) {
            waiter = null;
            waiting.completeExceptionally(lostReason());
        }
        protocol.connectionLost(exception);
    }
}
