package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.timeout;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.EventLoop;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** S53, S55 and S59 in direct style: the form with a body. */
class DeadlinesDirect {

    @Twin("a_request_from_outside_goes_before_the_deadline")
    void aRequestFromOutsideGoesBeforeTheDeadline(Trace trace) throws Exception {
        var task = createTask(() -> {
            var block = new TimedBlock();
            try {
                block.run(2, () -> {
                    try {
                        nap(10);
                    } finally {
                        trace.add("expired", block.deadline().expired(), "at", millis());
                    }
                });
            } catch (CancellationException cancelled) {
                trace.add(cancelled, "requests", requests());
                throw cancelled;
            }
        });
        nap(1);
        task.cancel();
        ended(task);
        trace.add("cancelled", task.isCancelled(), "at", millis());
    }

    @Twin("a_request_in_the_pass_of_the_deadline_wins")
    void aRequestInThePassOfTheDeadlineWins(Trace trace) throws Exception {
        var loop = EventLoop.current();
        for (var requestFirst : List.of(true, false)) {
            var block = new TimedBlock();
            var task = createTask(() -> {
                try {
                    block.runUntil(OptionalLong.empty(), () -> nap(10));
                } catch (CancellationException cancelled) {
                    trace.add(cancelled, "expired", block.deadline().expired(), "requests", requests());
                    throw cancelled;
                }
            });
            nap(1);
            if (requestFirst) {
                loop.callSoon(task::cancel);
            }
            block.deadline().reschedule(seconds(0));
            if (!requestFirst) {
                loop.callSoon(task::cancel);
            }
            ended(task);
            trace.add("cancelled", task.isCancelled());
        }
    }

    @Twin("a_request_during_the_cleanup_after_the_deadline_wins")
    void aRequestDuringTheCleanupAfterTheDeadlineWins(Trace trace) throws Exception {
        var task = createTask(() -> {
            var block = new TimedBlock();
            try {
                block.run(1, () -> {
                    try {
                        nap(10);
                    } finally {
                        nap(10);
                    }
                });
            } catch (CancellationException cancelled) {
                trace.add(cancelled, "expired", block.deadline().expired(), "requests", requests());
                throw cancelled;
            }
        });
        nap(2);
        task.cancel();
        ended(task);
        trace.add("cancelled", task.isCancelled(), "at", millis());
    }

    @Twin("a_deadline_works_in_a_task_that_is_being_cancelled")
    void aDeadlineWorksInATaskThatIsBeingCancelled(Trace trace) throws Exception {
        var task = createTask(() -> {
            try {
                nap(10);
            } catch (CancellationException cancelled) {
                try {
                    timeout(seconds(1), () -> nap(10));
                } catch (TimeoutException late) {
                    trace.add("cleanup", late, "requests", requests(), "at", millis());
                }
                throw cancelled;
            }
        });
        nap(1);
        task.cancel();
        ended(task);
        trace.add("cancelled", task.isCancelled());
    }

    @Twin(
            value = "a_request_from_before_the_block_goes_before_a_deadline_of_now",
            because = "CPython 3.13 loses the request if the deadline is now (gh-134471); a prior request must win",
            trace = {"Cancelled requests 1", "cancelled true", "Cancelled requests 1", "cancelled true"})
    void aRequestFromBeforeTheBlockGoesBeforeADeadlineOfNow(Trace trace) throws Exception {
        for (var delay : List.of(1, 0)) {
            var task = ended(createTask(() -> {
                currentTask().cancel();
                try {
                    timeout(seconds(delay), () -> await(onePass()));
                } catch (TimeoutException | CancellationException ending) {
                    trace.add(ending, "requests", requests());
                    throw ending;
                }
            }));
            trace.add("cancelled", task.isCancelled());
        }
    }
}
