package io.jasyncio.internal.net.tls;

import io.jasyncio.internal.net.HeapBuffers;
import io.jasyncio.transport.TruncatedStreamException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * TLS as a state machine: records in, plaintext out, and the other way round. It knows neither sockets nor timers nor loops; all of
 * them are its owner's, whom it tells through {@link TlsEvents}.
 *
 * <p>What it keeps is bounded. Inbound: the beginning of a record, and while it is paused or waits for a task, what the owner handed
 * over before it stopped. Outbound: what was written before the handshake was over; everything else is encrypted at once.
 *
 * <p>Thread rule: one thread. A task may run in another one, and nothing touches the engine meanwhile.
 */
public final class TlsMachine {

    private enum Phase {
        NEW,
        HANDSHAKE,
        ESTABLISHED,
        DEAD
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final TlsEvents events;
    private final HeapBuffers buffers;
    private final boolean takesTruncationAsEof;
    private final RecordInput input;
    private final RecordOutput output;

    private Phase phase = Phase.NEW;
    private boolean paused;
    private boolean taskRunning;
    private @Nullable Throwable taskFailure;

    /** The loop of {@link #advance} is on the stack: whoever comes from below it leaves the rest to it. */
    private boolean advancing;

    private boolean closeWanted;
    private boolean outputEnded;

    /** The other side has said that no more will come; the owner may not know yet. */
    private boolean endSeen;

    private boolean endTold;

    /** The owner has no more records, with or without the notice that there are none. */
    private boolean recordsEnded;

    private boolean recordsWanted = true;

    /**
     * A machine that does nothing before {@link #start}.
     *
     * @param engine knows already which side it is and what to ask for
     * @param takesTruncationAsEof whether an end without the notice is as good as one with it
     */
    public TlsMachine(SSLEngine engine, TlsEvents events, HeapBuffers buffers, boolean takesTruncationAsEof) {
        this.engine = engine;
        this.events = events;
        this.buffers = buffers;
        this.takesTruncationAsEof = takesTruncationAsEof;
        this.input = new RecordInput(engine);
        this.output = new RecordOutput(engine, events, buffers);
    }

    // ---- From the owner --------------------------------------------------------------------------------------------

    /** Begins the handshake. Once. */
    public void start() {
        phase = Phase.HANDSHAKE;
        try {
            engine.beginHandshake();
        } catch (SSLException | RuntimeException refused) {
            fail(refused);
            return;
        }
        advance(NOTHING);
    }

    /**
     * Takes records in pieces of any size; the buffer comes back with nothing remaining. It must lie on the heap, and must be
     * writable: the engine decrypts where the records are, so that they are lost afterwards.
     */
    public void receive(ByteBuffer records) {
        if (phase == Phase.DEAD || endSeen) {
            records.position(records.limit());
        } else if (advancing || taskRunning || isHeldBack()) {
            input.keep(records);
            wantRecords();
        } else {
            advance(records);
        }
    }

    /** No more records will come. */
    public void receiveEnd() {
        recordsEnded = true;
        judgeEnd();
    }

    /** Takes plaintext; the buffer comes back with nothing remaining. After {@link #close} it is dropped. */
    public void write(ByteBuffer data) {
        if (phase == Phase.DEAD || closeWanted) {
            data.position(data.limit());
        } else if (phase == Phase.ESTABLISHED && !taskRunning) {
            encrypt(data);
        } else {
            output.queue(data);
        }
    }

    /** Ends this direction after everything that was written. What the other side still sends is dropped. */
    public void close() {
        if (!closeWanted && phase != Phase.DEAD) {
            closeWanted = true;
            endOutput();
        }
    }

    /** Hands no data on until {@link #resume}, once the handshake is over. */
    public void pause() {
        paused = true;
        wantRecords();
    }

    /** Ends {@link #pause}. */
    public void resume() {
        paused = false;
        if (!advancing && !taskRunning && phase != Phase.DEAD && phase != Phase.NEW) {
            advance(NOTHING);
        }
    }

    /** Does and tells nothing any more. The other side is sent nothing: a task may be using the engine. */
    public void abandon() {
        phase = Phase.DEAD;
        output.stop();
        input.clear();
    }

    /** How much of what was written waits to be encrypted. */
    public long waitingBytes() {
        return output.waitingBytes();
    }

    /** How much of what has come waits to be decrypted. */
    public int keptBytes() {
        return input.size();
    }

    /** Whether the handshake is over and nothing has failed since. */
    public boolean isEstablished() {
        return phase == Phase.ESTABLISHED;
    }

    // ---- The heart -------------------------------------------------------------------------------------------------

    /** Does all that can be done now. The records are used up afterwards, or their rest is kept. */
    private void advance(ByteBuffer records) {
        advancing = true;
        try {
            while (phase != Phase.DEAD && !endSeen && answerEngine()) {
                if (phase == Phase.HANDSHAKE && EngineStatus.isHandshakeOver(engine)) {
                    established();
                } else if (isHeldBack() || !decrypt(records)) {
                    break;
                }
            }
        } catch (SSLException | RuntimeException failure) {
            fail(failure);
        } finally {
            advancing = false;
        }
        if (phase == Phase.DEAD || endSeen) {
            records.position(records.limit());
            input.clear();
        } else {
            input.keep(records);
        }
        if (phase == Phase.ESTABLISHED && !taskRunning) {
            encrypt(NOTHING);
        }
        wantRecords();
        judgeEnd();
    }

    /** Gives the engine what it asks for besides records. False if it has to be waited for. */
    private boolean answerEngine() throws SSLException {
        while (true) {
            if (taskFailure != null) {
                throw new SSLException("a task of the TLS engine failed", taskFailure);
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    refuseRenegotiation();
                    // An engine may ask for this and then say nothing: what it waits for are records after all.
                    if (!output.answer() || phase == Phase.DEAD) {
                        return phase != Phase.DEAD;
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    refuseRenegotiation();
                    return true;
                }
                default -> {
                    return true;
                }
            }
            if (taskRunning) {
                return false;
            }
        }
    }

    /** In the middle of everything else, and not because one side is about to end. */
    private void refuseRenegotiation() throws SSLException {
        if (phase == Phase.ESTABLISHED && !closeWanted && EngineStatus.isRenegotiation(engine)) {
            throw new SSLException("the other side wants to renegotiate, which is refused");
        }
    }

    /** What was written before goes out first, and then what the owner writes when it hears of it. */
    private void established() throws SSLException {
        phase = Phase.ESTABLISHED;
        output.flush();
        if (phase != Phase.DEAD) {
            events.handshakeDone();
            endOutput();
        }
    }

    private void runTasks() {
        var first = engine.getDelegatedTask();
        if (first == null) {
            throw new IllegalStateException("the TLS engine wants a task to be run that it does not have");
        }
        taskRunning = true;
        // All in one go, for each way to another thread and back costs more than most of them.
        events.runTask(
                () -> {
                    for (var task = first; task != null; task = engine.getDelegatedTask()) {
                        task.run();
                    }
                },
                this::tasksDone);
    }

    private void tasksDone(@Nullable Throwable failure) {
        taskRunning = false;
        taskFailure = failure;
        if (!advancing && phase != Phase.DEAD) {
            advance(NOTHING);
        }
    }

    private boolean isHeldBack() {
        return paused && phase == Phase.ESTABLISHED && !closeWanted;
    }

    /** Tells the owner when the answer has changed. A task ends soon: for its time what comes is taken, and then no more. */
    private void wantRecords() {
        var wanted = phase != Phase.DEAD && !isHeldBack() && !(taskRunning && input.size() > 0);
        if (wanted != recordsWanted) {
            recordsWanted = wanted;
            events.wantRecords(wanted);
        }
    }

    // ---- Inbound ---------------------------------------------------------------------------------------------------

    /** Decrypts as many records as fit into a buffer, and hands them on together. False if more has to come first. */
    private boolean decrypt(ByteBuffer records) throws SSLException {
        var plaintext = buffers.take();
        var state = RecordInput.State.HUNGRY;
        Exception failure = null;
        try {
            try {
                state = input.decrypt(plaintext, records, phase == Phase.ESTABLISHED);
            } catch (SSLException | RuntimeException broken) {
                // What came before the broken record was in order, and is handed on first.
                failure = broken;
            }
            if (plaintext.position() > 0 && !closeWanted) {
                events.decrypted(plaintext.flip());
            }
        } finally {
            buffers.give(plaintext);
        }
        if (failure != null) {
            throw asSslException(failure);
        }
        if (state == RecordInput.State.ENDED && phase == Phase.HANDSHAKE) {
            // There are engines that end because of a failure of their own, and throw it when they are next asked to
            // speak.
            output.sendOwnRecords();
            throw new SSLHandshakeException("the other side has ended the connection during the TLS handshake");
        }
        endSeen = state == RecordInput.State.ENDED;
        return state != RecordInput.State.HUNGRY;
    }

    /** What it means that no more records come. Nobody who has paused is told before he goes on. */
    private void judgeEnd() {
        if (!(recordsEnded || endSeen) || endTold || phase == Phase.DEAD || advancing || taskRunning || isHeldBack()) {
            return;
        }
        if (phase != Phase.ESTABLISHED) {
            fail(new SSLHandshakeException("the connection has ended during the TLS handshake"));
        } else if (endSeen || outputEnded || takesTruncationAsEof) {
            // After our own end nobody wants to hear any more what may have been cut off.
            endSeen = true;
            endTold = true;
            events.inputEnded();
        } else {
            abandon();
            events.failed(new TruncatedStreamException(
                    "the connection has ended without TLS close_notify: data may be missing at the end"));
        }
    }

    // ---- Outbound --------------------------------------------------------------------------------------------------

    private void encrypt(ByteBuffer data) {
        try {
            output.write(data);
        } catch (SSLException | RuntimeException failure) {
            data.position(data.limit());
            fail(failure);
            return;
        }
        endOutput();
        if (output.isStuck() && !advancing && !taskRunning) {
            advance(NOTHING);
        }
    }

    /** Says that nothing more will come, once that is true. */
    private void endOutput() {
        if (!closeWanted || outputEnded || phase != Phase.ESTABLISHED || taskRunning || output.isBusy()) {
            return;
        }
        outputEnded = true;
        try {
            output.end();
        } catch (SSLException | RuntimeException failure) {
            fail(failure);
            return;
        }
        if (phase != Phase.DEAD) {
            events.outputEnded();
        }
        if (phase != Phase.DEAD && !advancing) {
            advance(NOTHING);
        }
    }

    private void fail(Exception failure) {
        if (phase == Phase.DEAD) {
            return;
        }
        phase = Phase.DEAD;
        try {
            output.end();
        } catch (SSLException | RuntimeException alsoFailed) {
            if (alsoFailed != failure) {
                failure.addSuppressed(alsoFailed);
            }
        }
        abandon();
        events.failed(asSslException(failure));
    }

    /** Providers answer garbage with all sorts of exceptions. */
    private static SSLException asSslException(Exception failure) {
        return failure instanceof SSLException known ? known : new SSLException("the TLS engine has failed", failure);
    }
}
