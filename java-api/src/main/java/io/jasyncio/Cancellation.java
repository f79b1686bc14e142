package io.jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * A cancel request on its way: from a future to what it waits for, from there on, to the end of the chain (S42, S49).
 *
 * <p>A loop and not a recursion, since a chain of tasks or stages may be a million long (J11).
 */
final class Cancellation {

    private Cancellation() {}

    static boolean request(LoopFuture<?> future, @Nullable String message) {
        if (future.isDone()) {
            // Whoever tries to cancel a failed future is taken to know of it (S52).
            future.markRetrieved();
            return false;
        }
        if (future.loop.isCurrent() || !future.loop.isRunning()) {
            return walk(future, message);
        }
        // From a foreign thread: the request takes its turn on the loop, where nothing changes under its feet.
        future.loop.schedule(() -> walk(future, message));
        return true;
    }

    private static boolean walk(LoopFuture<?> first, @Nullable String message) {
        if (first.isDone()) {
            return false;
        }
        LoopFuture<?> waiting = null;
        var at = first;
        // Tasks may wait for each other in a circle. A mark that is set at growing distances is met again there
        // (Brent).
        var mark = first;
        var steps = 0L;
        var nextMark = 1L;
        while (true) {
            var next = at.passCancel(message);
            if (next == null || next.isDone()) {
                break;
            }
            if (next == mark) {
                return at.breakWait(message);
            }
            if (++steps == nextMark) {
                mark = next;
                nextMark *= 2;
            }
            waiting = at;
            at = next;
        }
        // Who refuses has ended in effect: the one that waits for it must be told at its next step.
        var accepted = at.cancelHere(message);
        return accepted || waiting != null && waiting.cancelHere(message);
    }
}
