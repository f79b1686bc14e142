package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.timeout;
import static io.jasyncio.Asyncio.timeoutAt;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.EventLoop;
import io.jasyncio.Timeout;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;

/** S60 in direct style: the form of a resource. */
class ReschedulesDirect {

    private static OptionalLong fromNow(int seconds) {
        return OptionalLong.of(EventLoop.current().time() + seconds * 1_000_000_000L);
    }

    @Twin("a_deadline_may_be_moved_ahead")
    void aDeadlineMayBeMovedAhead(Trace trace) throws Exception {
        var deadline = timeout(seconds(1));
        try (deadline) {
            deadline.reschedule(seconds(5));
            nap(3);
            trace.add("goes on until", millis());
        }
        trace.add("expired", deadline.expired());
    }

    @Twin("a_deadline_may_be_moved_nearer")
    void aDeadlineMayBeMovedNearer(Trace trace) throws Exception {
        try (var deadline = timeout(seconds(10))) {
            nap(1);
            deadline.reschedule(seconds(1));
            nap(10);
        } catch (TimeoutException late) {
            trace.add(late, "at", millis());
        }
    }

    @Twin("a_deadline_may_be_taken_away")
    void aDeadlineMayBeTakenAway(Trace trace) throws Exception {
        var deadline = timeout(seconds(1));
        try (deadline) {
            deadline.rescheduleAt(OptionalLong.empty());
            nap(5);
            trace.add("deadline", deadline.when().isPresent() ? "one" : "none", "goes on until", millis());
        }
        trace.add("expired", deadline.expired());
    }

    @Twin("a_deadline_may_be_set_later")
    void aDeadlineMayBeSetLater(Trace trace) throws Exception {
        try (var deadline = timeoutAt(OptionalLong.empty())) {
            nap(5);
            deadline.rescheduleAt(fromNow(1));
            nap(5);
        } catch (TimeoutException late) {
            trace.add(late, "at", millis());
        }
    }

    @Twin("a_deadline_moved_into_the_past_passes_in_the_next_pass")
    void aDeadlineMovedIntoThePastPassesInTheNextPass(Trace trace) throws Exception {
        var deadline = timeout(seconds(10));
        try (deadline) {
            nap(5);
            deadline.rescheduleAt(fromNow(-1));
            trace.add("expired", deadline.expired());
            await(onePass());
            trace.add("not reached");
        } catch (TimeoutException late) {
            trace.add(late, "expired", deadline.expired(), "at", millis());
        }
    }

    @Twin("a_deadline_is_a_time_of_the_loop")
    void aDeadlineIsATimeOfTheLoop(Trace trace) throws Exception {
        nap(1);
        try (var relative = timeout(seconds(2))) {
            traceDeadline(trace, relative);
        }
        try (var absolute = timeoutAt(fromNow(3))) {
            traceDeadline(trace, absolute);
            nap(10);
        } catch (TimeoutException late) {
            trace.add(late, "at", millis());
        }
    }

    private static void traceDeadline(Trace trace, Timeout deadline) {
        trace.add("deadline", deadline.when().orElseThrow() / 1_000_000);
    }

    @Twin("a_time_in_the_past_is_a_deadline_of_now")
    void aTimeInThePastIsADeadlineOfNow(Trace trace) throws Exception {
        nap(5);
        try (var deadline = timeoutAt(fromNow(-3))) {
            trace.add("a block that does not suspend");
        }
        try (var deadline = timeoutAt(fromNow(-3))) {
            await(onePass());
        } catch (TimeoutException late) {
            trace.add(late, "at", millis());
        }
    }

    @Twin("a_deadline_that_has_passed_cannot_be_moved")
    void aDeadlineThatHasPassedCannotBeMoved(Trace trace) throws Exception {
        var deadline = timeout(seconds(1));
        try (deadline) {
            nap(10);
        } catch (TimeoutException late) {
            tryToMove(trace, deadline);
        }
        tryToMove(trace, deadline);
    }

    private static void tryToMove(Trace trace, Timeout deadline) {
        try {
            deadline.reschedule(seconds(1));
        } catch (IllegalStateException refused) {
            trace.add(refused);
        }
    }

    @Twin("the_deadline_of_a_block_that_was_left_cannot_be_moved")
    void theDeadlineOfABlockThatWasLeftCannotBeMoved(Trace trace) {
        var deadline = timeout(seconds(1));
        deadline.close();
        tryToMove(trace, deadline);
    }

    @Twin("a_timeout_is_for_tasks_only")
    void aTimeoutIsForTasksOnly(Trace trace) throws Exception {
        var told = EventLoop.current().createFuture();
        EventLoop.current().callSoon(() -> {
            try {
                timeout(seconds(1)).close();
            } catch (IllegalStateException refused) {
                trace.add(refused);
            }
            told.complete(null);
        });
        await(told);
    }
}
