package io.jasyncio.internal.net.tls;

import io.jasyncio.ErrorContext;
import io.jasyncio.EventLoop;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.WriteBufferLimits;
import java.util.function.Consumer;

/**
 * Asks the protocol above to pause and to go on (S103): for the transport beneath, which has the records, and for what waits to be
 * encrypted until the handshake is over. Loop only.
 */
final class TlsPressure {

    private final EventLoop loop;
    private final TlsTransport transport;
    private WriteBufferLimits limits = WriteBufferLimits.DEFAULT;
    private boolean lowerFull;
    private boolean queueFull;

    /** What the protocol was told last. */
    private boolean told;

    /** The protocol had this transport for itself before, and nobody knows what it was told. */
    private final boolean inherited;

    TlsPressure(EventLoop loop, TlsTransport transport, boolean inherited) {
        this.loop = loop;
        this.transport = transport;
        this.inherited = inherited;
    }

    WriteBufferLimits limits() {
        return limits;
    }

    void setLimits(WriteBufferLimits limits) {
        this.limits = limits;
    }

    /** Whether the transport beneath has more than it likes. */
    boolean isLowerFull() {
        return lowerFull;
    }

    void lowerPaused() {
        lowerFull = true;
        tell();
    }

    void lowerResumed() {
        told |= inherited && !lowerFull;
        lowerFull = false;
        tell();
    }

    /** So much waits to be encrypted. */
    void queued(long bytes) {
        queueFull = bytes > (queueFull ? limits.lowBytes() : limits.highBytes());
        tell();
    }

    private void tell() {
        var full = lowerFull || queueFull;
        if (full && !told && !transport.isClosing()) {
            told = true;
            call("pauseWriting", Protocol::pauseWriting);
        } else if (!full && told) {
            told = false;
            call("resumeWriting", Protocol::resumeWriting);
        }
    }

    /** A failure of the protocol must not reach whoever happens to write. */
    private void call(String method, Consumer<Protocol> call) {
        try {
            call.accept(transport.getProtocol());
        } catch (Throwable failure) {
            loop.callExceptionHandler(new ErrorContext("protocol." + method + "() failed", failure, transport));
        }
    }
}
