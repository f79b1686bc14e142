package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.timeout;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** S53, S54, S57 and S58 in direct style: the form with a body, which is asyncio's. */
class TimeoutsDirect {

    @Twin("a_deadline_breaks_the_block_off")
    void aDeadlineBreaksTheBlockOff(Trace trace) throws Exception {
        var block = new TimedBlock();
        try {
            block.run(1, () -> {
                try {
                    nap(10);
                } catch (CancellationException cancelled) {
                    trace.add("block", cancelled, "requests", requests());
                    throw cancelled;
                }
            });
        } catch (TimeoutException late) {
            trace.add(late, "because of", late.getCause(), "at", millis());
        }
        trace.add("expired", block.deadline().expired(), "requests", requests());
    }

    @Twin("a_block_that_ends_in_time_is_left_alone")
    void aBlockThatEndsInTimeIsLeftAlone(Trace trace) throws Exception {
        var block = new TimedBlock();
        block.run(2, () -> nap(1));
        trace.add("expired", block.deadline().expired(), "at", millis());
        nap(5);
        trace.add("expired", block.deadline().expired(), "requests", requests(), "at", millis());
    }

    @Twin("a_failure_in_time_leaves_the_block_as_it_is")
    void aFailureInTimeLeavesTheBlockAsItIs(Trace trace) throws Exception {
        var block = new TimedBlock();
        try {
            block.run(2, () -> {
                nap(1);
                throw new Boom();
            });
        } catch (Boom failed) {
            trace.add(failed, "expired", block.deadline().expired());
        }
    }

    @Twin("a_block_without_a_deadline_is_never_broken_off")
    void aBlockWithoutADeadlineIsNeverBrokenOff(Trace trace) throws Exception {
        var block = new TimedBlock();
        block.runUntil(OptionalLong.empty(), () -> {
            trace.add("deadline", block.deadline().when().isPresent() ? "one" : "none");
            nap(100_000);
        });
        trace.add("expired", block.deadline().expired(), "at", millis());
    }

    @Twin("a_block_that_never_suspends_does_not_time_out")
    void aBlockThatNeverSuspendsDoesNotTimeOut(Trace trace) throws Exception {
        for (var delay : List.of(1, 0, -1)) {
            var block = new TimedBlock();
            block.run(delay, () -> trace.add("runs"));
            trace.add("expired", block.deadline().expired());
        }
    }

    @Twin("a_deadline_of_now_breaks_off_the_first_suspension")
    void aDeadlineOfNowBreaksOffTheFirstSuspension(Trace trace) throws Exception {
        for (var delay : List.of(0, -1)) {
            var block = new TimedBlock();
            try {
                block.run(delay, () -> {
                    await(onePass());
                    trace.add("not reached");
                });
            } catch (TimeoutException late) {
                trace.add(late, "expired", block.deadline().expired(), "requests", requests());
            }
        }
    }

    @Twin("the_block_may_clean_up_before_the_timeout_leaves_it")
    void theBlockMayCleanUpBeforeTheTimeoutLeavesIt(Trace trace) throws Exception {
        try {
            timeout(seconds(1), () -> {
                try {
                    nap(10);
                } finally {
                    nap(3);
                    trace.add("cleaned up", millis());
                }
            });
        } catch (TimeoutException late) {
            trace.add(late, "at", millis());
        }
    }

    @Twin("a_block_that_swallows_the_cancellation_does_not_time_out")
    void aBlockThatSwallowsTheCancellationDoesNotTimeOut(Trace trace) throws Exception {
        var block = new TimedBlock();
        block.run(1, () -> {
            try {
                nap(10);
            } catch (CancellationException cancelled) {
                trace.add("swallowed", cancelled);
            }
            nap(5);
            trace.add("expired", block.deadline().expired(), "requests", requests(), "at", millis());
        });
        trace.add("expired", block.deadline().expired(), "requests", requests());
    }

    @Twin("a_failure_after_the_deadline_leaves_the_block_and_tells_of_the_timeout")
    void aFailureAfterTheDeadlineLeavesTheBlockAndTellsOfTheTimeout(Trace trace) throws Exception {
        var block = new TimedBlock();
        try {
            block.run(1, () -> {
                try {
                    nap(10);
                } catch (CancellationException cancelled) {
                    throw new Boom();
                }
            });
        } catch (Boom failed) {
            trace.add(failed, "behind it", failed.getSuppressed()[0]);
        }
        trace.add("expired", block.deadline().expired(), "requests", requests());
    }

    @Twin("a_deadline_wins_over_a_result_that_the_block_has_not_taken")
    void aDeadlineWinsOverAResultThatTheBlockHasNotTaken(Trace trace) throws Exception {
        var loop = EventLoop.current();
        for (var resultFirst : List.of(true, false)) {
            var future = loop.<String>createFuture();
            var block = new TimedBlock();
            try {
                block.runUntil(OptionalLong.empty(), () -> {
                    loop.callLater(seconds(1), () -> {
                        if (resultFirst) {
                            future.complete("value");
                        }
                        block.deadline().reschedule(seconds(0));
                        future.complete("value");
                    });
                    trace.add("got", await(future));
                });
            } catch (TimeoutException late) {
                trace.add(late, "future", future.result(), "requests", requests());
            }
        }
    }

    @Twin("the_passes_of_a_timeout")
    void thePassesOfATimeout(Trace trace) throws Exception {
        var order = new ArrayList<String>();
        EventLoop.current().callSoon(() -> order.add("callback"));
        timeout(seconds(1), () -> {
            order.add("inside");
        });
        order.add("after");
        trace.add(order);
    }

    @Twin("a_cancelled_future_in_the_block_is_no_timeout")
    void aCancelledFutureInTheBlockIsNoTimeout(Trace trace) throws Exception {
        var future = EventLoop.current().createFuture();
        EventLoop.current().callLater(seconds(1), future::cancel);
        var block = new TimedBlock();
        try {
            block.run(5, () -> await(future));
        } catch (CancellationException cancelled) {
            trace.add(cancelled, "expired", block.deadline().expired(), "requests", requests(), "at", millis());
        }
    }
}
