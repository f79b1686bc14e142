package io.jasyncio.internal.net.tls;

import io.jasyncio.TimerHandle;
import io.jasyncio.internal.net.TransportHost;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.TlsOptions;
import io.jasyncio.transport.Transport;
import io.jasyncio.transport.TruncatedStreamException;
import io.jasyncio.transport.WriteBufferLimits;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The lower half of a {@link TlsTransport}: the protocol of the transport beneath, the owner of the machine, and the clock of both. It
 * decides when the connection has ended; the upper half tells the protocol above. Loop only.
 */
final class TlsLink implements Protocol, TlsEvents {

    /** A life goes through these in their order, and may leave some out. */
    private enum Life {
        HANDSHAKE,
        OPEN,
        /** The goodbye is under way, or what has to be sent after a failure. */
        CLOSING,
        /** The transport beneath was cut off, or is gone. */
        LOST
    }

    private static final System.Logger LOG = System.getLogger("io.jasyncio");
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final WriteBufferLimits ANY_BYTE = new WriteBufferLimits(0, 0);

    final SSLEngine engine;
    final TlsMachine machine;
    final TlsPressure pressure;
    private final TlsTransport transport;
    private final TransportHost host;
    private final TlsOptions options;
    private @Nullable Transport lower;
    private Life life = Life.HANDSHAKE;
    private @Nullable TimerHandle timer;

    /** Why the connection ends; the first reason counts. */
    private @Nullable Exception reason;

    private boolean peerEnded;

    /** Our goodbye is with the transport beneath, and nothing may follow on it. */
    private boolean endSent;

    TlsLink(TransportHost host, TlsTransport transport, SSLEngine engine, TlsOptions options, boolean inherited) {
        this.host = host;
        this.transport = transport;
        this.engine = engine;
        this.options = options;
        this.machine = new TlsMachine(engine, this, host.heapBuffers(), options.takesTruncationAsEof());
        this.pressure = new TlsPressure(host.loop(), transport, inherited);
    }

    boolean isOpen() {
        return life == Life.OPEN;
    }

    boolean isClosing() {
        return life == Life.CLOSING || life == Life.LOST;
    }

    boolean isLost() {
        return life == Life.LOST;
    }

    @Nullable
    Transport lower() {
        return lower;
    }

    private Transport lowerOrThrow() {
        var known = lower;
        if (known == null) {
            throw new IllegalStateException("there is no transport beneath yet: " + transport);
        }
        return known;
    }

    // ---- The beginning ---------------------------------------------------------------------------------------------

    /** Of a transport that was made for this. */
    @Override
    public void connectionMade(Transport fresh) {
        lower = fresh;
        if (isClosing()) {
            fresh.abort();
        } else {
            fresh.setWriteBufferLimits(pressure.limits());
            begin(NOTHING);
        }
    }

    /**
     * With a transport that was somebody else's before.
     *
     * @param unread what it has brought and nobody has looked at
     * @param ended whether it has told the one before that no more will come
     */
    void takeOver(Transport live, ByteBuffer unread, boolean ended) {
        lower = live;
        pressure.setLimits(live.getWriteBufferLimits());
        live.setProtocol(this);
        live.resumeReading();
        begin(unread);
        if (ended) {
            machine.receiveEnd();
        }
    }

    private void begin(ByteBuffer unread) {
        startTimer(options.handshakeTimeout(), this::handshakeTimedOut);
        machine.start();
        dataReceived(unread);
    }

    private void startTimer(Duration delay, Runnable step) {
        stopTimer();
        timer = host.loop().callLater(delay, step);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void handshakeTimedOut() {
        lose(new SSLHandshakeException("the TLS handshake took longer than " + seconds(options.handshakeTimeout())));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    @Override
    public void handshakeDone() {
        stopTimer();
        life = Life.OPEN;
        pressure.queued(0);
        transport.established();
    }

    /** In the loop's default executor: a key exchange takes milliseconds, and all others would have to wait. */
    @Override
    public void runTask(Runnable work, After after) {
        LoopRuntime loop = host.loop();
        try {
            var done = loop.<@Nullable Void>runInExecutor(null, () -> {
                work.run();
                return null;
            });
            done.addDoneCallback(
                    unused -> after.done(done.isCancelled() ? new CancellationException() : done.exception()));
        } catch (RuntimeException refused) {
            after.done(refused);
        }
    }

    // ---- In between ------------------------------------------------------------------------------------------------

    @Override
    public void dataReceived(ByteBuffer records) {
        host.heapBuffers().onHeap(records, machine::receive);
    }

    /** The machine knows whether this is an end or an accident; it closes what has to be closed. */
    @Override
    public boolean eofReceived() {
        machine.receiveEnd();
        return true;
    }

    @Override
    public void decrypted(ByteBuffer plaintext) {
        transport.received(plaintext);
    }

    @Override
    public void sendRecords(ByteBuffer records) {
        if (endSent) {
            return;
        }
        try {
            lowerOrThrow().write(records);
        } catch (RuntimeException refused) {
            lose(new IOException("the transport beneath takes no more: " + lower, refused));
        }
    }

    @Override
    public boolean isFull() {
        return pressure.isLowerFull();
    }

    @Override
    public void wantRecords(boolean wanted) {
        if (wanted) {
            lowerOrThrow().resumeReading();
        } else {
            lowerOrThrow().pauseReading();
        }
    }

    @Override
    public void pauseWriting() {
        pressure.lowerPaused();
    }

    @Override
    public void resumeWriting() {
        pressure.lowerResumed();
    }

    void setLimits(WriteBufferLimits limits) {
        pressure.setLimits(limits);
        if (lower != null && !isClosing()) {
            lower.setWriteBufferLimits(limits);
        }
        pressure.queued(machine.waitingBytes());
    }

    /** The half above. */
    TlsTransport transport() {
        return transport;
    }

    // ---- The end ---------------------------------------------------------------------------------------------------

    /** Before the end of the handshake there is nothing that could be ended in good order. */
    void close() {
        if (life == Life.HANDSHAKE) {
            lose(null);
        } else if (life == Life.OPEN) {
            life = Life.CLOSING;
            startTimer(options.shutdownTimeout(), this::shutdownTimedOut);
            machine.close();
        }
    }

    /**
     * The other side's goodbye is waited for, after an end of the stream beneath: closing at once while it still sends would have the
     * system break the connection, and destroy what we have just sent. It may not answer, which TLS 1.3 allows; but it does see
     * the end of the stream.
     */
    @Override
    public void outputEnded() {
        var beneath = lowerOrThrow();
        endSent = true;
        beneath.setWriteBufferLimits(ANY_BYTE);
        if (peerEnded) {
            beneath.close();
        } else if (beneath.canWriteEof()) {
            beneath.writeEof();
        }
    }

    @Override
    public void inputEnded() {
        peerEnded = true;
        if (life == Life.OPEN) {
            transport.peerEnded();
            close();
        } else if (endSent) {
            lowerOrThrow().close();
        }
    }

    /** A peer that neither answers nor reads: nobody above has to know, all that could be done for the data was done. */
    private void shutdownTimedOut() {
        LOG.log(
                Level.DEBUG,
                () -> "the end of a TLS connection took longer than " + seconds(options.shutdownTimeout()) + ": "
                        + transport);
        lose(null);
    }

    /** The alert has to go out; but not for longer than a goodbye may take. */
    @Override
    public void failed(SSLException failure) {
        if (failure instanceof TruncatedStreamException) {
            lose(failure);
            return;
        }
        if (reason == null) {
            reason = failure;
        }
        life = Life.CLOSING;
        startTimer(options.shutdownTimeout(), this::shutdownTimedOut);
        lowerOrThrow().close();
    }

    /** Cuts the connection off. */
    void lose(@Nullable Exception why) {
        if (life == Life.LOST) {
            return;
        }
        life = Life.LOST;
        if (reason == null) {
            reason = why;
        }
        stopTimer();
        machine.abandon();
        if (lower != null) {
            lower.abort();
        }
    }

    @Override
    public void connectionLost(@Nullable Exception exception) {
        var before = life;
        life = Life.LOST;
        stopTimer();
        machine.abandon();
        var cause = reason == null && !isGoodEnd(before) ? exception : reason;
        transport.lost(cause);
    }

    /** Many break the connection once they have got what they wanted; all was sent, and nothing more was expected. */
    private boolean isGoodEnd(Life before) {
        return before == Life.CLOSING && endSent && !pressure.isLowerFull();
    }
}
