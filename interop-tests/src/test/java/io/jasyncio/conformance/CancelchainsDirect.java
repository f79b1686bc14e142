package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.shield;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;

/** S42, S46, S49 and S50 in direct style. */
class CancelchainsDirect {

    private static CoroutineAction waiter(Trace trace, String name, CompletionStage<?> awaited) {
        return () -> {
            try {
                trace.add(name, "got", await(awaited));
            } catch (CancellationException cancelled) {
                trace.add(name, cancelled, "at", millis());
                throw cancelled;
            }
        };
    }

    @Twin("a_request_climbs_a_chain_one_task_a_pass")
    void aRequestClimbsAChainOneTaskAPass(Trace trace) throws Exception {
        Task<?> innermost = createTask(() -> nap(10));
        var chain = innermost;
        for (var links = 0; links < 3; links++) {
            var inner = chain;
            chain = createTask(() -> await(inner));
        }
        nap(1);
        var passes = Passes.start();
        chain.cancel();
        ended(chain);
        var cancelled = List.of(innermost.isCancelled(), chain.isCancelled());
        trace.add(
                "innermost cancelled",
                cancelled.get(0),
                "outermost cancelled",
                cancelled.get(1),
                "passes",
                passes.stop());
    }

    @Twin("the_outer_task_ends_after_the_inner_one_has_cleaned_up")
    void theOuterTaskEndsAfterTheInnerOneHasCleanedUp(Trace trace) throws Exception {
        var inner = createTask(() -> {
            try {
                nap(10);
            } finally {
                nap(2);
                trace.add("inner cleaned up", millis());
            }
        });
        var outer = createTask(waiter(trace, "outer", inner));
        nap(1);
        outer.cancel();
        nap(1);
        trace.add("done", outer.isDone(), "requests outer", outer.cancelling(), "inner", inner.cancelling());
        ended(outer);
    }

    @Twin("a_second_request_reaches_the_cleanup_of_the_inner_task")
    void aSecondRequestReachesTheCleanupOfTheInnerTask(Trace trace) throws Exception {
        var inner = createTask(() -> {
            try {
                nap(10);
            } finally {
                waiter(trace, "cleanup", sleep(seconds(10))).run();
            }
        });
        var outer = createTask(waiter(trace, "outer", inner));
        nap(1);
        outer.cancel();
        nap(1);
        outer.cancel();
        ended(outer);
        trace.add("requests outer", outer.cancelling(), "inner", inner.cancelling());
    }

    @Twin("an_inner_task_that_refuses_gives_its_value_to_the_outer_one")
    void anInnerTaskThatRefusesGivesItsValueToTheOuterOne(Trace trace) throws Exception {
        var inner = createTask(() -> {
            try {
                nap(10);
                return "not reached";
            } catch (CancellationException cancelled) {
                return "value";
            }
        });
        var outer = createTask(waiter(trace, "outer", inner));
        nap(1);
        outer.cancel();
        ended(outer);
        trace.add("cancelled", outer.isCancelled(), "requests outer", outer.cancelling(), "inner", inner.cancelling());
    }

    @Twin("an_inner_task_that_fails_in_its_cleanup_fails_the_outer_one")
    void anInnerTaskThatFailsInItsCleanupFailsTheOuterOne(Trace trace) throws Exception {
        CoroutineAction fragile = () -> {
            try {
                nap(10);
            } catch (CancellationException cancelled) {
                throw new Boom("cleanup");
            }
        };
        var outer = createTask(waiter(trace, "outer", createTask(fragile)));
        nap(1);
        outer.cancel();
        ended(outer);
        var failure = outer.exception();
        trace.add("cancelled", outer.isCancelled(), failure, failure.getMessage());
    }

    @Twin("who_awaits_a_cancelled_task_may_go_on")
    void whoAwaitsACancelledTaskMayGoOn(Trace trace) throws Exception {
        var inner = createTask(waiter(trace, "inner", sleep(seconds(10))));
        var task = createTask(() -> {
            try {
                await(inner);
            } catch (CancellationException cancelled) {
                trace.add("outer", cancelled, "requests", requests());
            }
            nap(1);
            return "value";
        });
        nap(1);
        inner.cancel();
        trace.add(await(task), millis());
    }

    @Twin("cancelling_one_awaiter_of_a_shared_task_cancels_all")
    void cancellingOneAwaiterOfASharedTaskCancelsAll(Trace trace) throws Exception {
        var shared = createTask(waiter(trace, "shared", sleep(seconds(10))));
        var one = createTask(waiter(trace, "one", shared));
        var two = createTask(waiter(trace, "two", shared));
        nap(1);
        one.cancel();
        await(Asyncio.wait(List.of(one, two)));
        trace.add("requests", shared.cancelling(), one.cancelling(), two.cancelling());
    }

    @Twin("a_shield_protects_the_other_awaiters_of_a_shared_task")
    void aShieldProtectsTheOtherAwaitersOfASharedTask(Trace trace) throws Exception {
        var shared = createTask(() -> await(sleep(seconds(5), "value")));
        var one = createTask(waiter(trace, "one", shield(shared)));
        var two = createTask(waiter(trace, "two", shield(shared)));
        nap(1);
        one.cancel();
        await(Asyncio.wait(List.of(one, two)));
        trace.add("requests", shared.cancelling(), one.cancelling(), two.cancelling(), "at", millis());
    }

    @Twin("a_request_reaches_everything_that_is_gathered")
    void aRequestReachesEverythingThatIsGathered(Trace trace) throws Exception {
        var future = EventLoop.current().createFuture();
        var inner = createTask(waiter(trace, "inner", sleep(seconds(10))));
        var task = createTask(() -> await(gather(future, createTask(() -> nap(10)), gather(inner))));
        nap(1);
        task.cancel();
        ended(task);
        trace.add(
                "cancelled",
                task.isCancelled(),
                "future",
                future.isCancelled(),
                "inner",
                inner.isCancelled(),
                "at",
                millis());
    }

    @Twin("a_request_wins_over_a_gathering_that_has_just_ended")
    void aRequestWinsOverAGatheringThatHasJustEnded(Trace trace) throws Exception {
        var future = EventLoop.current().<String>createFuture();
        var together = gather(future);
        var task = createTask(waiter(trace, "task", together));
        together.addDoneCallback(ended -> trace.add("accepted", task.cancel()));
        nap(1);
        future.complete("value");
        await(onePass());
        await(onePass());
        await(onePass());
        trace.add("cancelled", task.isCancelled(), "child", future.result());
    }
}
