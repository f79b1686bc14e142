package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.shield;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.Asyncio.waitForStage;
import static io.jasyncio.conformance.Children.afterStage;
import static io.jasyncio.conformance.Children.failAfterStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.failed;
import static io.jasyncio.conformance.Ending.ifCancelled;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;

import io.jasyncio.EventLoop;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** S61 and S62 in stage style. */
class WaitforStage {

    static Supplier<CompletionStage<Void>> slowToEnd(Trace trace) {
        return () -> ifCancelled(
                napStage(10),
                cancelled -> napStage(3).thenCompose(slept -> {
                    trace.add("cleaned up", millis());
                    return failed(cancelled);
                }));
    }

    /** The exception that a stage ends with. */
    private static CompletionStage<Throwable> failureOf(CompletionStage<?> stage) {
        return stage.handle((value, failure) -> original(failure));
    }

    @Twin("what_ends_in_time_gives_its_result")
    CompletionStage<?> whatEndsInTimeGivesItsResult(Trace trace) {
        return waitForStage(afterStage(1, "value"), seconds(2))
                .thenAccept(value -> trace.add(value, millis()))
                .thenCompose(shown -> failureOf(waitForStage(failAfterStage(1, "in time"), seconds(2))))
                .thenAccept(failed -> trace.add(failed, failed.getMessage(), millis()));
    }

    @Twin(
            value = "a_body_runs_in_the_task_that_waits",
            because = "a body in stage style is started as a task of its own",
            trace = {"same task false", "passes 2"})
    CompletionStage<?> aBodyRunsInATaskOfItsOwn(Trace trace) {
        var outer = currentTask();
        var passes = Passes.start();
        Supplier<CompletionStage<Void>> body = () -> {
            trace.add("same task", currentTask() == outer);
            return known(null);
        };
        // In the next pass, as an await would go on.
        return waitForStage(body, seconds(1)).thenRunAsync(() -> trace.add("passes", passes.stop()));
    }

    @Twin("what_is_late_is_cancelled")
    CompletionStage<?> whatIsLateIsCancelled(Trace trace) {
        var me = currentTask();
        var lateTask = createStageTask(() -> napStage(10));
        return failureOf(waitFor(lateTask, seconds(1))).thenAccept(late -> {
            trace.add(late, "because of", late.getCause(), "at", millis());
            trace.add("cancelled", lateTask.isCancelled(), "requests", me.cancelling(), "inner", lateTask.cancelling());
        });
    }

    @Twin("no_time_at_all_never_starts_a_body")
    CompletionStage<?> noTimeAtAllNeverStartsABody(Trace trace) {
        var me = currentTask();
        Supplier<CompletionStage<Void>> atOnce = () -> {
            trace.add("not reached");
            return known(null);
        };
        return failureOf(waitForStage(atOnce, seconds(0)))
                .thenAccept(late -> trace.add(late, "requests", me.cancelling()))
                .thenCompose(shown -> failureOf(waitForStage(atOnce, seconds(-1))))
                .thenAccept(late -> trace.add(late, "requests", me.cancelling()));
    }

    @Twin("no_time_at_all_is_enough_for_what_has_ended")
    CompletionStage<?> noTimeAtAllIsEnoughForWhatHasEnded(Trace trace) {
        return waitFor(known("value"), seconds(0)).thenAccept(trace::add);
    }

    @Twin("no_time_at_all_waits_for_the_cleanup_too")
    CompletionStage<?> noTimeAtAllWaitsForTheCleanupToo(Trace trace) {
        var task = createStageTask(slowToEnd(trace));
        return napStage(1)
                .thenCompose(slept -> failureOf(waitFor(task, seconds(0))))
                .thenAccept(late -> trace.add(late, "at", millis()));
    }

    @Twin("the_timeout_comes_after_the_cleanup")
    CompletionStage<?> theTimeoutComesAfterTheCleanup(Trace trace) {
        return failureOf(waitForStage(slowToEnd(trace), seconds(1)))
                .thenAccept(late -> trace.add(late, "at", millis()));
    }

    @Twin("what_refuses_to_be_cancelled_gives_its_value")
    CompletionStage<?> whatRefusesToBeCancelledGivesItsValue(Trace trace) {
        var me = currentTask();
        var stubborn = createStageTask(() ->
                ifCancelled(napStage(10).thenApply(slept -> "not reached"), cancelled -> sleep(seconds(1), "value")));
        return waitFor(stubborn, seconds(1))
                .thenAccept(value -> trace.add(value, "requests", me.cancelling(), "at", millis()));
    }

    @Twin("what_fails_in_its_cleanup_fails_the_wait")
    CompletionStage<?> whatFailsInItsCleanupFailsTheWait(Trace trace) {
        var me = currentTask();
        var fragile = createStageTask(() -> ifCancelled(napStage(10), cancelled -> failed(new Boom("cleanup"))));
        return failureOf(waitFor(fragile, seconds(1)))
                .thenAccept(failed -> trace.add(failed, failed.getMessage(), "requests", me.cancelling()));
    }

    @Twin("what_was_cancelled_by_another_is_no_timeout")
    CompletionStage<?> whatWasCancelledByAnotherIsNoTimeout(Trace trace) {
        var me = currentTask();
        var task = createStageTask(() -> napStage(10));
        EventLoop.current().callLater(seconds(1), task::cancel);
        return failureOf(waitFor(task, seconds(5)))
                .thenAccept(cancelled -> trace.add(cancelled, "requests", me.cancelling(), "at", millis()));
    }

    @Twin("a_shield_keeps_the_late_work_going")
    CompletionStage<?> aShieldKeepsTheLateWorkGoing(Trace trace) {
        var work = createStageTask(() -> sleep(seconds(3), "value"));
        return failureOf(waitFor(shield(work), seconds(1)))
                .thenAccept(late -> trace.add(late, "at", millis()))
                .thenCompose(shown -> work)
                .thenAccept(value -> trace.add(value, millis()));
    }
}
