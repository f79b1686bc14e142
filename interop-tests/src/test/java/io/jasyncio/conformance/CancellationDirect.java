package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;

import java.util.List;
import java.util.concurrent.CancellationException;

/** S39-S43, S46 and S51 in direct style. */
class CancellationDirect {

    @Twin("a_request_is_delivered_once")
    void aRequestIsDeliveredOnce(Trace trace) throws Exception {
        var task = createTask(() -> {
            try {
                nap(10);
            } catch (CancellationException cancelled) {
                trace.add("caught", cancelled, "at", millis());
            }
            nap(2);
            trace.add("slept until", millis());
            return "value";
        });
        nap(1);
        var accepted = task.cancel();
        trace.add(await(task), "accepted", accepted);
    }

    @Twin("a_body_may_clean_up_before_it_ends_cancelled")
    void aBodyMayCleanUpBeforeItEndsCancelled(Trace trace) throws Exception {
        var task = createTask(() -> {
            try {
                nap(10);
            } finally {
                nap(3);
                trace.add("cleaned up at", millis());
            }
        });
        nap(1);
        task.cancel();
        trace.add("done", task.isDone());
        ended(task);
        trace.add("cancelled", task.isCancelled(), "at", millis());
    }

    @Twin("a_second_request_breaks_the_cleanup_off")
    void aSecondRequestBreaksTheCleanupOff(Trace trace) throws Exception {
        var task = createTask(() -> {
            try {
                nap(10);
            } catch (CancellationException cancelled) {
                trace.add("cleaning up", millis());
                nap(10);
                trace.add("not reached");
            }
        });
        nap(1);
        task.cancel();
        nap(1);
        task.cancel();
        ended(task);
        trace.add("cancelled", task.isCancelled(), "requests", task.cancelling(), "at", millis());
    }

    @Twin("requests_are_counted_until_the_task_has_ended")
    void requestsAreCountedUntilTheTaskHasEnded(Trace trace) throws Exception {
        var task = createTask(() -> {
            for (var sleeps = 0; sleeps < 2; sleeps++) {
                try {
                    nap(10);
                } catch (CancellationException cancelled) {
                    trace.add("requests", requests());
                }
            }
            nap(1);
            return "value";
        });
        nap(1);
        var first = task.cancel();
        nap(1);
        var second = task.cancel();
        var value = await(task);
        trace.add(value, "accepted", List.of(first, second), task.cancel(), "requests", task.cancelling());
    }

    @Twin("uncancel_takes_one_request_back_and_stops_at_zero")
    void uncancelTakesOneRequestBackAndStopsAtZero(Trace trace) throws Exception {
        var task = createTask(() -> {
            try {
                nap(10);
                return "not reached";
            } catch (CancellationException cancelled) {
                return "value";
            }
        });
        nap(1);
        task.cancel();
        task.cancel();
        trace.add("requests", task.cancelling(), "left", task.uncancel(), task.uncancel(), task.uncancel());
        trace.add(await(task), "requests", task.cancelling(), "cancelled", task.isCancelled());
    }

    @Twin("a_task_that_is_cancelled_before_it_starts_never_runs")
    void aTaskThatIsCancelledBeforeItStartsNeverRuns(Trace trace) throws Exception {
        var task = createTask(() -> trace.add("not reached"));
        trace.add("accepted", task.cancel(), "done", task.isDone());
        await(onePass());
        trace.add("cancelled", task.isCancelled(), "requests", task.cancelling());
    }

    @Twin("a_request_that_is_taken_back_before_the_start_is_dropped")
    void aRequestThatIsTakenBackBeforeTheStartIsDropped(Trace trace) throws Exception {
        var task = createTask(() -> {
            trace.add("runs");
            nap(1);
            return "value";
        });
        task.cancel();
        trace.add("left", task.uncancel());
        trace.add(await(task));
    }

    @Twin("one_of_two_requests_taken_back_leaves_one_to_deliver")
    void oneOfTwoRequestsTakenBackLeavesOneToDeliver(Trace trace) throws Exception {
        var task = createTask(() -> trace.add("not reached"));
        task.cancel();
        task.cancel();
        trace.add("left", task.uncancel());
        ended(task);
        trace.add("cancelled", task.isCancelled(), "requests", task.cancelling());
    }

    @Twin("a_body_that_swallows_the_cancellation_ends_normally")
    void aBodyThatSwallowsTheCancellationEndsNormally(Trace trace) throws Exception {
        var task = createTask(() -> {
            try {
                nap(10);
                return "not reached";
            } catch (CancellationException cancelled) {
                return "value";
            }
        });
        nap(1);
        task.cancel();
        trace.add(await(task), "cancelled", task.isCancelled(), "requests", task.cancelling());
    }

    @Twin("a_body_that_answers_with_a_failure_has_failed")
    void aBodyThatAnswersWithAFailureHasFailed(Trace trace) throws Exception {
        var task = createTask(() -> {
            try {
                nap(10);
            } catch (CancellationException cancelled) {
                throw new Boom("in place of it");
            }
        });
        nap(1);
        task.cancel();
        try {
            await(task);
        } catch (Boom failed) {
            trace.add(failed, failed.getMessage(), "cancelled", task.isCancelled());
        }
    }
}
