package io.jasyncio.stream;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a protocol that a {@link StreamWriter} waits for: whether writing is paused, and whether the connection has
 * ended. A protocol hands its events on to here. For the authors of protocols.
 *
 * <p>Thread rule: the loop's.
 */
public final class FlowControl {

    private final EventLoop loop;
    private final LoopFuture<@Nullable Void> drained;
    private final LoopFuture<@Nullable Void> closed;
    private List<LoopFuture<@Nullable Void>> waiters = new ArrayList<>(1);
    private boolean paused;
    private boolean lost;

    /** For a connection that stands and takes data. */
    public FlowControl(EventLoop loop) {
        this.loop = loop;
        this.drained = loop.createFuture();
        this.drained.complete(null);
        this.closed = loop.createFuture();
    }

    /** From {@code pauseWriting} of the protocol. */
    public void pauseWriting() {
        paused = true;
    }

    /** From {@code resumeWriting} of the protocol. */
    public void resumeWriting() {
        paused = false;
        endWaits(null);
    }

    /** From {@code connectionLost} of the protocol. */
    public void connectionLost(@Nullable Exception exception) {
        lost = true;
        endWaits(exception);
        end(closed, exception);
        if (exception != null) {
            // Looked at, so that a reset is not reported as forgotten where nobody awaits the end.
            closed.exception();
        }
    }

    private void endWaits(@Nullable Exception exception) {
        var ended = waiters;
        waiters = new ArrayList<>(1);
        ended.forEach(waiter -> end(waiter, exception));
    }

    private static void end(LoopFuture<@Nullable Void> waiter, @Nullable Exception exception) {
        if (exception == null) {
            waiter.complete(null);
        } else {
            waiter.completeExceptionally(exception);
        }
    }

    /** Ends when writing is not paused; any number may wait. Fails once the connection is lost (S104). */
    LoopFuture<@Nullable Void> drainAsync() {
        if (!lost && !paused) {
            return drained;
        }
        var waiter = loop.<@Nullable Void>createFuture();
        waitUntilDrained(waiter);
        return waiter;
    }

    /** The same one iteration later, so that a connection that is about to end is seen to have ended. */
    LoopFuture<@Nullable Void> drainSoonAsync() {
        var waiter = loop.<@Nullable Void>createFuture();
        loop.callSoon(() -> waitUntilDrained(waiter));
        return waiter;
    }

    LoopFuture<@Nullable Void> failed(Exception exception) {
        var waiter = loop.<@Nullable Void>createFuture();
        waiter.completeExceptionally(exception);
        return waiter;
    }

    private void waitUntilDrained(LoopFuture<@Nullable Void> waiter) {
        if (lost) {
            waiter.completeExceptionally(new SocketException("Connection lost"));
        } else if (paused) {
            waiters.add(waiter);
        } else {
            waiter.complete(null);
        }
    }

    /** Ends when the connection has; fails with the reason if it broke. To be shielded: all who wait share it. */
    LoopFuture<@Nullable Void> closed() {
        return closed;
    }
}
