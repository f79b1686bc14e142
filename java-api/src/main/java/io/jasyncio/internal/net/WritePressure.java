package io.jasyncio.internal.net;

import io.jasyncio.ErrorContext;
import io.jasyncio.EventLoop;
import io.jasyncio.transport.BaseProtocol;
import io.jasyncio.transport.WriteBufferLimits;

/** Asks a protocol to pause and to go on, by how much its transport has buffered (S103). Loop only. */
public final class WritePressure {

    private final EventLoop loop;
    private final Object source;
    private WriteBufferLimits limits = WriteBufferLimits.DEFAULT;
    private boolean paused;

    /**
     * The default limits, not paused.
     *
     * @param source the transport, for messages
     */
    public WritePressure(EventLoop loop, Object source) {
        this.loop = loop;
        this.source = source;
    }

    /** When to pause and to go on. */
    public WriteBufferLimits limits() {
        return limits;
    }

    /** Changes the limits; {@link #grown} has to be called afterwards. */
    public void setLimits(WriteBufferLimits limits) {
        this.limits = limits;
    }

    /** Whether the protocol was asked to pause. */
    public boolean isPaused() {
        return paused;
    }

    /** There is more in the buffer than before. */
    public void grown(int bytes, BaseProtocol protocol) {
        if (bytes > limits.highBytes() && !paused) {
            paused = true;
            tell("pauseWriting", protocol::pauseWriting);
        }
    }

    /** There is less in the buffer than before. */
    public void shrunk(int bytes, BaseProtocol protocol) {
        if (paused && bytes <= limits.lowBytes()) {
            paused = false;
            tell("resumeWriting", protocol::resumeWriting);
        }
    }

    /** A failure of the protocol must not reach whoever happens to write. */
    private void tell(String method, Runnable call) {
        try {
            call.run();
        } catch (Throwable failure) {
            loop.callExceptionHandler(new ErrorContext("protocol." + method + "() failed", failure, source));
        }
    }
}
