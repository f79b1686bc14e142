package io.jasyncio.conformance;

import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
import static io.jasyncio.conformance.Ending.nap;

import io.jasyncio.EventLoop;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** S56 in direct style: the form with a body. */
class NesteddeadlinesDirect {

    @Twin("an_inner_deadline_leaves_the_outer_block_going")
    void anInnerDeadlineLeavesTheOuterBlockGoing(Trace trace) throws Exception {
        var outer = new TimedBlock();
        var inner = new TimedBlock();
        outer.run(5, () -> {
            try {
                inner.run(1, () -> nap(10));
            } catch (TimeoutException late) {
                trace.add(late, "at", millis());
            }
            nap(1);
            trace.add("goes on until", millis());
        });
        traceExpired(trace, outer, inner);
    }

    private static void traceExpired(Trace trace, TimedBlock outer, TimedBlock inner) {
        trace.add(
                "expired outer",
                outer.deadline().expired(),
                "inner",
                inner.deadline().expired());
    }

    @Twin("an_outer_deadline_passes_through_the_inner_block")
    void anOuterDeadlinePassesThroughTheInnerBlock(Trace trace) throws Exception {
        var outer = new TimedBlock();
        var inner = new TimedBlock();
        try {
            outer.run(1, () -> {
                try {
                    inner.run(5, () -> nap(10));
                } catch (CancellationException cancelled) {
                    trace.add("inner", cancelled, "requests", requests());
                    throw cancelled;
                }
            });
        } catch (TimeoutException late) {
            trace.add("outer", late, "requests", requests(), "at", millis());
        }
        traceExpired(trace, outer, inner);
    }

    @Twin("of_two_deadlines_at_once_the_outer_one_leaves")
    void ofTwoDeadlinesAtOnceTheOuterOneLeaves(Trace trace) throws Exception {
        var outer = new TimedBlock();
        var inner = new TimedBlock();
        var when = OptionalLong.of(EventLoop.current().time() + 1_000_000_000L);
        try {
            outer.runUntil(when, () -> {
                try {
                    inner.runUntil(when, () -> nap(10));
                } catch (CancellationException cancelled) {
                    trace.add("inner", cancelled, "requests", requests());
                    throw cancelled;
                }
            });
        } catch (TimeoutException late) {
            trace.add("outer", late, "requests", requests(), "at", millis());
        }
        traceExpired(trace, outer, inner);
    }

    @Twin("an_outer_deadline_during_the_cleanup_of_the_inner_block_leaves")
    void anOuterDeadlineDuringTheCleanupOfTheInnerBlockLeaves(Trace trace) throws Exception {
        var outer = new TimedBlock();
        var inner = new TimedBlock();
        try {
            outer.run(
                    2,
                    () -> inner.run(1, () -> {
                        try {
                            nap(10);
                        } finally {
                            trace.add("cleanup", millis());
                            nap(10);
                        }
                    }));
        } catch (TimeoutException late) {
            trace.add(late, "requests", requests(), "at", millis());
        }
        traceExpired(trace, outer, inner);
    }
}
