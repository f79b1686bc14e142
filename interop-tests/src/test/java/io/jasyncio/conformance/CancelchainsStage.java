package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.shield;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.endedStage;
import static io.jasyncio.conformance.Ending.failed;
import static io.jasyncio.conformance.Ending.ifCancelled;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onCancel;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** S42, S46, S49 and S50 in stage style. */
class CancelchainsStage {

    private static Supplier<CompletionStage<Void>> waiter(Trace trace, String name, CompletionStage<?> awaited) {
        return () -> onCancel(
                awaited.thenAccept(value -> trace.add(name, "got", value)),
                cancelled -> trace.add(name, cancelled, "at", millis()));
    }

    private static Task<Void> start(Trace trace, String name, CompletionStage<?> awaited) {
        return createStageTask(waiter(trace, name, awaited));
    }

    @Twin("a_request_climbs_a_chain_one_task_a_pass")
    CompletionStage<?> aRequestClimbsAChainOneTaskAPass(Trace trace) {
        Task<Void> innermost = createStageTask(() -> napStage(10));
        var second = createStageTask(() -> innermost);
        var third = createStageTask(() -> second);
        var outermost = createStageTask(() -> third);
        return napStage(1)
                .thenCompose(slept -> {
                    var passes = Passes.start();
                    outermost.cancel();
                    // In the next pass, as an await would go on.
                    return Asyncio.wait(List.of(outermost)).thenApplyAsync(ended -> passes.stop());
                })
                .thenAccept(passes -> trace.add(
                        "innermost cancelled",
                        innermost.isCancelled(),
                        "outermost cancelled",
                        outermost.isCancelled(),
                        "passes",
                        passes));
    }

    @Twin("the_outer_task_ends_after_the_inner_one_has_cleaned_up")
    CompletionStage<?> theOuterTaskEndsAfterTheInnerOneHasCleanedUp(Trace trace) {
        var inner = createStageTask(() -> ifCancelled(
                napStage(10),
                cancelled -> napStage(2).thenCompose(slept -> {
                    trace.add("inner cleaned up", millis());
                    return failed(cancelled);
                })));
        var outer = start(trace, "outer", inner);
        return napStage(1)
                .thenRun(outer::cancel)
                .thenCompose(cancelled -> napStage(1))
                .thenRun(() -> trace.add(
                        "done", outer.isDone(), "requests outer", outer.cancelling(), "inner", inner.cancelling()))
                .thenCompose(shown -> endedStage(outer));
    }

    @Twin("a_second_request_reaches_the_cleanup_of_the_inner_task")
    CompletionStage<?> aSecondRequestReachesTheCleanupOfTheInnerTask(Trace trace) {
        var inner = createStageTask(() -> ifCancelled(
                napStage(10),
                cancelled -> waiter(trace, "cleanup", napStage(10)).get()));
        var outer = start(trace, "outer", inner);
        return napStage(1)
                .thenRun(outer::cancel)
                .thenCompose(first -> napStage(1))
                .thenRun(outer::cancel)
                .thenCompose(second -> endedStage(outer))
                .thenRun(() -> trace.add("requests outer", outer.cancelling(), "inner", inner.cancelling()));
    }

    @Twin("an_inner_task_that_refuses_gives_its_value_to_the_outer_one")
    CompletionStage<?> anInnerTaskThatRefusesGivesItsValueToTheOuterOne(Trace trace) {
        var inner = createStageTask(
                () -> ifCancelled(napStage(10).thenApply(slept -> "not reached"), cancelled -> known("value")));
        var outer = start(trace, "outer", inner);
        return napStage(1)
                .thenRun(outer::cancel)
                .thenCompose(cancelled -> endedStage(outer))
                .thenRun(() -> trace.add(
                        "cancelled",
                        outer.isCancelled(),
                        "requests outer",
                        outer.cancelling(),
                        "inner",
                        inner.cancelling()));
    }

    @Twin("an_inner_task_that_fails_in_its_cleanup_fails_the_outer_one")
    CompletionStage<?> anInnerTaskThatFailsInItsCleanupFailsTheOuterOne(Trace trace) {
        var fragile = createStageTask(() -> ifCancelled(napStage(10), cancelled -> failed(new Boom("cleanup"))));
        var outer = start(trace, "outer", fragile);
        return napStage(1)
                .thenRun(outer::cancel)
                .thenCompose(cancelled -> endedStage(outer))
                .thenRun(() -> {
                    var failure = outer.exception();
                    trace.add("cancelled", outer.isCancelled(), failure, failure.getMessage());
                });
    }

    @Twin("who_awaits_a_cancelled_task_may_go_on")
    CompletionStage<?> whoAwaitsACancelledTaskMayGoOn(Trace trace) {
        var inner = start(trace, "inner", napStage(10));
        var task = createStageTask(() -> {
            var me = currentTask();
            return ifCancelled(inner, cancelled -> {
                        trace.add("outer", cancelled, "requests", me.cancelling());
                        return known(null);
                    })
                    .thenCompose(caught -> sleep(seconds(1), "value"));
        });
        return napStage(1)
                .thenRun(inner::cancel)
                .thenCompose(cancelled -> task)
                .thenAccept(value -> trace.add(value, millis()));
    }

    @Twin(
            value = "cancelling_one_awaiter_of_a_shared_task_cancels_all",
            because =
                    "a dependent passes a request on only to what nothing else depends on: here the others are spared",
            trace = {"one Cancelled at 1000", "two got none", "requests 0 1 0"})
    CompletionStage<?> cancellingOneOfSeveralThatDependOnATaskSparesTheOthers(Trace trace) {
        var shared = createStageTask(() -> sleep(seconds(2)));
        var one = start(trace, "one", shared);
        var two = start(trace, "two", shared);
        return napStage(1)
                .thenRun(one::cancel)
                .thenCompose(cancelled -> Asyncio.wait(List.of(one, two)))
                .thenRun(() -> trace.add("requests", shared.cancelling(), one.cancelling(), two.cancelling()));
    }

    @Twin("a_shield_protects_the_other_awaiters_of_a_shared_task")
    CompletionStage<?> aShieldProtectsTheOtherAwaitersOfASharedTask(Trace trace) {
        var shared = createStageTask(() -> sleep(seconds(5), "value"));
        var one = start(trace, "one", shield(shared));
        var two = start(trace, "two", shield(shared));
        return napStage(1)
                .thenRun(one::cancel)
                .thenCompose(cancelled -> Asyncio.wait(List.of(one, two)))
                .thenRun(() ->
                        trace.add("requests", shared.cancelling(), one.cancelling(), two.cancelling(), "at", millis()));
    }

    @Twin("a_request_reaches_everything_that_is_gathered")
    CompletionStage<?> aRequestReachesEverythingThatIsGathered(Trace trace) {
        var future = EventLoop.current().createFuture();
        var inner = start(trace, "inner", napStage(10));
        var task = createStageTask(() -> gather(future, createStageTask(() -> napStage(10)), gather(inner)));
        return napStage(1)
                .thenRun(task::cancel)
                .thenCompose(cancelled -> endedStage(task))
                .thenRun(() -> trace.add(
                        "cancelled",
                        task.isCancelled(),
                        "future",
                        future.isCancelled(),
                        "inner",
                        inner.isCancelled(),
                        "at",
                        millis()));
    }

    @Twin(
            value = "a_request_wins_over_a_gathering_that_has_just_ended",
            because = "what depends on a stage goes on before its callbacks are called, so the request comes too late",
            trace = {"task got [value]", "accepted false", "cancelled false child value"})
    CompletionStage<?> aRequestFromACallbackOfAGatheringComesTooLate(Trace trace) {
        var future = EventLoop.current().<String>createFuture();
        var together = gather(future);
        var task = start(trace, "task", together);
        together.addDoneCallback(ended -> trace.add("accepted", task.cancel()));
        return napStage(1)
                .thenRun(() -> future.complete("value"))
                .thenCompose(completed -> onePass())
                .thenCompose(first -> onePass())
                .thenCompose(second -> onePass())
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), "child", future.getNow("none")));
    }
}
