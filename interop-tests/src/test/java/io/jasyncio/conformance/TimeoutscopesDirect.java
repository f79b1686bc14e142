package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.timeout;
import static io.jasyncio.Asyncio.timeoutAt;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.nap;

import io.jasyncio.EventLoop;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** S53-S57 in direct style: the form of a resource, where the await itself throws the timeout. */
class TimeoutscopesDirect {

    @Twin("the_timeout_is_caught_where_the_block_ends")
    void theTimeoutIsCaughtWhereTheBlockEnds(Trace trace) throws Exception {
        try (var deadline = timeout(seconds(1))) {
            nap(10);
            trace.add("not reached");
        } catch (TimeoutException late) {
            trace.add(late, "requests", requests(), "at", millis());
        }
        nap(1);
        trace.add("goes on until", millis());
    }

    @Twin("finally_blocks_run_and_may_wait")
    void finallyBlocksRunAndMayWait(Trace trace) throws Exception {
        try (var deadline = timeout(seconds(1))) {
            try {
                nap(10);
            } finally {
                nap(3);
                trace.add("cleaned up", millis());
            }
        } catch (TimeoutException late) {
            trace.add(late, "at", millis());
        }
    }

    @Twin("the_same_task_may_time_out_again_and_again")
    void theSameTaskMayTimeOutAgainAndAgain(Trace trace) throws Exception {
        for (var attempt : List.of(1, 2, 3)) {
            try (var deadline = timeout(seconds(attempt))) {
                nap(2);
                trace.add("attempt", attempt, "succeeds", millis());
            } catch (TimeoutException late) {
                trace.add("attempt", attempt, late, millis());
            }
        }
    }

    @Twin("a_block_in_a_block_may_time_out_alone")
    void aBlockInABlockMayTimeOutAlone(Trace trace) throws Exception {
        try (var outer = timeout(seconds(3))) {
            try (var inner = timeout(seconds(1))) {
                nap(10);
            } catch (TimeoutException late) {
                trace.add("inner", late, millis());
            }
            nap(10);
        } catch (TimeoutException late) {
            trace.add("outer", late, "requests", requests(), millis());
        }
    }

    @Twin("a_block_in_a_block_ends_with_the_outer_one")
    void aBlockInABlockEndsWithTheOuterOne(Trace trace) throws Exception {
        try (var outer = timeout(seconds(1))) {
            var inner = timeout(seconds(5));
            try (inner) {
                nap(10);
            } finally {
                trace.add("inner expired", inner.expired(), millis());
            }
        } catch (TimeoutException late) {
            trace.add("outer", late, "requests", requests(), millis());
        }
    }

    @Twin("two_deadlines_in_the_same_pass_are_one_timeout")
    void twoDeadlinesInTheSamePassAreOneTimeout(Trace trace) throws Exception {
        var when = OptionalLong.of(EventLoop.current().time() + 1_000_000_000L);
        var outer = timeoutAt(when);
        var inner = timeoutAt(when);
        try (outer;
                inner) {
            nap(10);
        } catch (TimeoutException late) {
            trace.add(late, "requests", requests(), "expired", outer.expired(), inner.expired());
        }
        nap(1);
        trace.add("goes on until", millis());
    }

    @Twin("a_request_from_outside_is_no_timeout")
    void aRequestFromOutsideIsNoTimeout(Trace trace) throws Exception {
        for (var after : List.of(1, 2)) {
            var task = createTask(() -> {
                var deadline = timeout(seconds(2));
                try (deadline) {
                    nap(10);
                } catch (TimeoutException | CancellationException ending) {
                    trace.add(ending, "expired", deadline.expired(), "requests", requests());
                    throw ending;
                }
            });
            EventLoop.current().callLater(seconds(after), task::cancel);
            ended(task);
            trace.add("cancelled", task.isCancelled());
        }
    }

    @Twin("a_failure_in_the_block_is_no_timeout")
    void aFailureInTheBlockIsNoTimeout(Trace trace) throws Exception {
        try (var deadline = timeout(seconds(1))) {
            throw new Boom();
        } catch (Boom failed) {
            trace.add(failed);
        }
        var deadline = timeout(seconds(1));
        try (deadline) {
            try {
                nap(10);
            } catch (TimeoutException late) {
                throw new Boom();
            }
        } catch (Boom failed) {
            trace.add(failed, "expired", deadline.expired(), "requests", requests());
        }
    }

    @Twin(
            value = "a_block_that_goes_on_after_its_deadline_ends_normally",
            because = "the await itself throws the timeout, since the end of the block could not",
            trace = {"caught Timeout", "goes on until 3000", "expired true requests 0"})
    void aBlockThatGoesOnAfterItsDeadlineEndsNormally(Trace trace) throws Exception {
        var deadline = timeout(seconds(1));
        try (deadline) {
            try {
                nap(10);
            } catch (TimeoutException caught) {
                trace.add("caught", caught);
            }
            nap(2);
            trace.add("goes on until", millis());
        }
        trace.add("expired", deadline.expired(), "requests", requests());
    }
}
