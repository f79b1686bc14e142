package io.jasyncio;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds the failures that nobody ever looked at (S27): each failed future leaves a record here until it is looked at. A
 * record whose future has become garbage, or that is still here when the loop closes, is reported.
 *
 * <p>Any thread may track and retrieve; guarded by {@code this}. The record holds what the report says, never the future.
 */
final class FailureTracker {

    private final Set<Record> open = new LinkedHashSet<>();
    private final ReferenceQueue<LoopFuture<?>> collected = new ReferenceQueue<>();

    /** Asked in every idle moment of the loop, hence without the lock. */
    private volatile boolean empty = true;

    synchronized Record track(LoopFuture<?> future, Throwable exception) {
        var record = new Record(this, future, exception);
        open.add(record);
        empty = false;
        return record;
    }

    private synchronized boolean close(Record record) {
        record.clear();
        var known = open.remove(record);
        empty = open.isEmpty();
        return known;
    }

    /** Reports the failures whose futures nobody can reach any more. */
    void reportCollected(EventLoop loop) {
        if (empty) {
            return;
        }
        while (collected.poll() instanceof Record record) {
            report(loop, record);
        }
    }

    /** Reports all that is left: the loop closes, and nobody will look any more. */
    void reportAll(EventLoop loop) {
        Set<Record> left;
        synchronized (this) {
            left = new LinkedHashSet<>(open);
        }
        left.forEach(record -> report(loop, record));
    }

    private void report(EventLoop loop, Record record) {
        if (close(record)) {
            loop.callExceptionHandler(new ErrorContext(
                    record.kind + " exception was never retrieved", record.exception, record.description));
        }
    }

    /** What is known about a failure that nobody has looked at. */
    static final class Record extends PhantomReference<LoopFuture<?>> {

        private final FailureTracker tracker;
        private final Throwable exception;
        private final String kind;
        private final String description;

        private Record(FailureTracker tracker, LoopFuture<?> future, Throwable exception) {
            super(future, tracker.collected);
            this.tracker = tracker;
            this.exception = exception;
            this.kind = future instanceof Task ? "Task" : "Future";
            this.description = future instanceof Task<?> task ? "Task[" + task.getName() + "]" : "LoopFuture";
        }

        /** Somebody looks: nothing to report any more. */
        Throwable retrieve() {
            tracker.close(this);
            return exception;
        }
    }
}
