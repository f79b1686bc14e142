package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.shield;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.after;
import static io.jasyncio.conformance.Children.failAfter;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.nap;

import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** S61 and S62 in direct style. */
class WaitforDirect {

    static CoroutineAction slowToEnd(Trace trace) {
        return () -> {
            try {
                nap(10);
            } finally {
                nap(3);
                trace.add("cleaned up", millis());
            }
        };
    }

    @Twin("what_ends_in_time_gives_its_result")
    void whatEndsInTimeGivesItsResult(Trace trace) throws Exception {
        trace.add(await(waitFor(createTask(after(1, "value")), seconds(2))), millis());
        try {
            await(waitFor(createTask(failAfter(1, "in time")), seconds(2)));
        } catch (Boom failed) {
            trace.add(failed, failed.getMessage(), millis());
        }
    }

    @Twin("a_body_runs_in_the_task_that_waits")
    void aBodyRunsInTheTaskThatWaits(Trace trace) throws Exception {
        var outer = currentTask();
        var passes = Passes.start();
        waitFor(
                () -> {
                    trace.add("same task", currentTask() == outer);
                    return null;
                },
                seconds(1));
        trace.add("passes", passes.stop());
    }

    @Twin("what_is_late_is_cancelled")
    void whatIsLateIsCancelled(Trace trace) throws Exception {
        var lateTask = createTask(() -> nap(10));
        try {
            await(waitFor(lateTask, seconds(1)));
        } catch (TimeoutException late) {
            trace.add(late, "because of", late.getCause(), "at", millis());
        }
        trace.add("cancelled", lateTask.isCancelled(), "requests", requests(), "inner", lateTask.cancelling());
    }

    @Twin("no_time_at_all_never_starts_a_body")
    void noTimeAtAllNeverStartsABody(Trace trace) throws Exception {
        for (var timeout : List.of(0, -1)) {
            try {
                waitFor(
                        () -> {
                            trace.add("not reached");
                            return null;
                        },
                        seconds(timeout));
            } catch (TimeoutException late) {
                trace.add(late, "requests", requests());
            }
        }
    }

    @Twin("no_time_at_all_is_enough_for_what_has_ended")
    void noTimeAtAllIsEnoughForWhatHasEnded(Trace trace) throws Exception {
        var known = EventLoop.current().<String>createFuture();
        known.complete("value");
        trace.add(await(waitFor(known, seconds(0))));
    }

    @Twin("no_time_at_all_waits_for_the_cleanup_too")
    void noTimeAtAllWaitsForTheCleanupToo(Trace trace) throws Exception {
        var task = createTask(slowToEnd(trace));
        nap(1);
        try {
            await(waitFor(task, seconds(0)));
        } catch (TimeoutException late) {
            trace.add(late, "at", millis());
        }
    }

    @Twin("the_timeout_comes_after_the_cleanup")
    void theTimeoutComesAfterTheCleanup(Trace trace) throws Exception {
        try {
            await(waitFor(createTask(slowToEnd(trace)), seconds(1)));
        } catch (TimeoutException late) {
            trace.add(late, "at", millis());
        }
    }

    @Twin("what_refuses_to_be_cancelled_gives_its_value")
    void whatRefusesToBeCancelledGivesItsValue(Trace trace) throws Exception {
        var stubborn = createTask(() -> {
            try {
                nap(10);
                return "not reached";
            } catch (CancellationException cancelled) {
                nap(1);
                return "value";
            }
        });
        trace.add(await(waitFor(stubborn, seconds(1))), "requests", requests(), "at", millis());
    }

    @Twin("what_fails_in_its_cleanup_fails_the_wait")
    void whatFailsInItsCleanupFailsTheWait(Trace trace) throws Exception {
        CoroutineAction fragile = () -> {
            try {
                nap(10);
            } catch (CancellationException cancelled) {
                throw new Boom("cleanup");
            }
        };
        try {
            await(waitFor(createTask(fragile), seconds(1)));
        } catch (Boom failed) {
            trace.add(failed, failed.getMessage(), "requests", requests());
        }
    }

    @Twin("what_was_cancelled_by_another_is_no_timeout")
    void whatWasCancelledByAnotherIsNoTimeout(Trace trace) throws Exception {
        var task = createTask(() -> nap(10));
        EventLoop.current().callLater(seconds(1), task::cancel);
        try {
            await(waitFor(task, seconds(5)));
        } catch (CancellationException cancelled) {
            trace.add(cancelled, "requests", requests(), "at", millis());
        }
    }

    @Twin("a_shield_keeps_the_late_work_going")
    void aShieldKeepsTheLateWorkGoing(Trace trace) throws Exception {
        var work = createTask(() -> await(sleep(seconds(3), "value")));
        try {
            await(waitFor(shield(work), seconds(1)));
        } catch (TimeoutException late) {
            trace.add(late, "at", millis());
        }
        trace.add(await(work), millis());
    }
}
