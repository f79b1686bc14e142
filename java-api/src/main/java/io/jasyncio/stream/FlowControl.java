package io.jasyncio.stream;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.spi.LoopRuntime;
import java.net.SocketException;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a protocol that a {@link StreamWriter} waits for: whether writing is paused, and whether the connection has
 * ended. A protocol hands its events on to here. For the authors of protocols.
 *
 * <p>Thread rule: the loop's.
 */
public final class FlowControl {

    private final LoopRuntime loop;

    // Made when somebody asks for them: an idle connection should be small.
    private @Nullable LoopFuture<@Nullable Void> closed;
    private @Nullable Set<LoopFuture<@Nullable Void>> waiters;

    private boolean paused;
    private boolean lost;

    /** Why the connection was lost; null if it ended in order. */
    private @Nullable Exception reason;

    /** For a connection that stands and takes data. */
    public FlowControl(EventLoop loop) {
        this.loop = (LoopRuntime) Objects.requireNonNull(loop, "loop");
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
        reason = exception;
        endWaits(exception);
        if (closed != null) {
            endClosed(closed);
        }
    }

    private void endClosed(LoopFuture<@Nullable Void> ended) {
        end(ended, reason);
        if (reason != null) {
            // Looked at, so that a reset is not reported as forgotten where nobody awaits the end.
            ended.exception();
        }
    }

    private void endWaits(@Nullable Exception exception) {
        var ended = waiters;
        waiters = null;
        if (ended != null) {
            ended.forEach(waiter -> end(waiter, exception));
        }
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
            return loop.services().completed();
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
        return loop.services().failed(exception);
    }

    private void waitUntilDrained(LoopFuture<@Nullable Void> waiter) {
        if (lost) {
            waiter.completeExceptionally(new SocketException("Connection lost"));
        } else if (paused) {
            waiting().add(waiter);
            // Of those who lose their patience with a peer that never reads, there may be more and more.
            waiter.whenEnded(() -> forget(waiter));
        } else {
            waiter.complete(null);
        }
    }

    private Set<LoopFuture<@Nullable Void>> waiting() {
        var known = waiters;
        if (known == null) {
            known = new LinkedHashSet<>();
            waiters = known;
        }
        return known;
    }

    private void forget(LoopFuture<@Nullable Void> waiter) {
        if (waiters != null) {
            waiters.remove(waiter);
        }
    }

    /** Ends when the connection has; fails with the reason if it broke. To be shielded: all who wait share it. */
    LoopFuture<@Nullable Void> closed() {
        var known = closed;
        if (known == null) {
            known = loop.createFuture();
            closed = known;
            if (lost) {
                endClosed(known);
            }
        }
        return known;
    }
}
