package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.gatherOutcomes;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.conformance.Children.after;
import static io.jasyncio.conformance.Children.failAfter;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Children.sleeper;

import io.jasyncio.Asyncio;
import io.jasyncio.Coroutine;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** S74-S77 in direct style. */
class GatheringDirect {

    @Twin("gather_gives_the_values_in_the_order_of_the_arguments")
    void gatherGivesTheValuesInTheOrderOfTheArguments(Trace trace) throws Exception {
        var values = await(gather(createTask(after(3, "a")), createTask(after(1, "b")), createTask(after(2, "c"))));
        trace.add(values, millis());
    }

    @Twin("gather_of_nothing_has_ended_at_once")
    void gatherOfNothingHasEndedAtOnce(Trace trace) throws Exception {
        var nothing = gather();
        trace.add("done", nothing.isDone(), nothing.result());
    }

    @Twin("gather_takes_a_future_at_several_places")
    void gatherTakesAFutureAtSeveralPlaces(Trace trace) throws Exception {
        Coroutine<String> once = () -> {
            trace.add("runs");
            return "x";
        };
        var task = createTask(once);
        trace.add(await(gather(task, createTask(after(1, "y")), task)));
    }

    @Twin("the_first_failure_ends_gather_and_the_siblings_go_on")
    void theFirstFailureEndsGatherAndTheSiblingsGoOn(Trace trace) throws Exception {
        var reported = new ArrayList<Object>();
        EventLoop.current().setExceptionHandler((loop, error) -> reported.add(error));
        var sibling = createTask(sleeper(trace, "sibling", 3));
        var later = createTask(failAfter(2, "later"));
        try {
            await(gather(sibling, later, createTask(failAfter(1, "first"))));
        } catch (Boom failed) {
            trace.add(failed, failed.getMessage(), "at", millis());
        }
        await(Asyncio.wait(List.of(sibling, later)));
        trace.add("reported", reported.size());
    }

    @Twin("a_cancelled_child_ends_gather")
    void aCancelledChildEndsGather(Trace trace) throws Exception {
        var victim = createTask(sleeper(trace, "victim", 10));
        var sibling = createTask(sleeper(trace, "sibling", 2));
        EventLoop.current().callLater(seconds(1), victim::cancel);
        try {
            await(gather(victim, sibling));
        } catch (CancellationException cancelled) {
            trace.add(cancelled, "requests", requests(), "at", millis());
        }
        await(sibling);
    }

    @Twin("cancelling_gather_cancels_the_children_and_ends_with_the_first")
    void cancellingGatherCancelsTheChildrenAndEndsWithTheFirst(Trace trace) throws Exception {
        var slow = createTask(slowToEnd(trace, "slow", 3));
        var together = gather(createTask(slowToEnd(trace, "quick", 1)), slow);
        await(sleep(seconds(1)));
        trace.add("accepted", together.cancel("enough"), "done", together.isDone());
        try {
            await(together);
        } catch (CancellationException cancelled) {
            trace.add(cancelled, cancelled.getMessage(), "at", millis());
        }
        trace.add("accepted", together.cancel(), "done", together.isDone());
        await(Asyncio.wait(List.of(slow)));
    }

    private static CoroutineAction slowToEnd(Trace trace, String name, int seconds) {
        return () -> {
            try {
                await(sleep(seconds(10)));
            } finally {
                await(sleep(seconds(seconds)));
                trace.add(name, "has ended", millis());
            }
        };
    }

    @Twin(
            value = "a_gather_that_was_asked_to_stop_has_failed_and_is_not_cancelled",
            because = "a CompletableFuture that ends with a CancellationException is cancelled",
            trace = "done true cancelled true")
    void aGatherThatWasAskedToStopIsCancelled(Trace trace) throws Exception {
        var together = gather(createTask(after(5, "x")));
        await(sleep(Duration.ZERO));
        together.cancel();
        try {
            await(together);
        } catch (CancellationException cancelled) {
            trace.add("done", together.isDone(), "cancelled", together.isCancelled());
        }
    }

    @Twin("cancelling_the_task_that_gathers_cancels_the_children")
    void cancellingTheTaskThatGathersCancelsTheChildren(Trace trace) throws Exception {
        var task = createTask(() -> await(
                gather(createTask(sleeper(trace, "child", 10)), gather(createTask(sleeper(trace, "grandchild", 10))))));
        await(sleep(seconds(1)));
        task.cancel();
        await(Asyncio.wait(List.of(task)));
        trace.add("cancelled", task.isCancelled(), millis());
    }

    @Twin("cancelling_an_ended_gather_does_nothing")
    void cancellingAnEndedGatherDoesNothing(Trace trace) throws Exception {
        var sibling = createTask(sleeper(trace, "sibling", 2));
        var together = gather(sibling, createTask(failAfter(1, "first")));
        try {
            await(together);
        } catch (Boom failed) {
            trace.add("accepted", together.cancel());
        }
        await(sibling);
    }

    @Twin("gather_outcomes_holds_failures_and_cancellations")
    void gatherOutcomesHoldsFailuresAndCancellations(Trace trace) throws Exception {
        var victim = createTask(sleeper(trace, "victim", 10));
        EventLoop.current().callLater(seconds(1), victim::cancel);
        var bad = createTask(failAfter(3, "bad"));
        var results = await(gatherOutcomes(bad, victim, createTask(after(2, "fine"))));
        trace.add(shown(results), results.get(0).exception().getMessage(), millis());
    }

    static List<Object> shown(List<? extends Outcome<?>> results) {
        return results.stream()
                .map(result -> result.isSuccess() ? result.toString() : (Object) result.exception())
                .toList();
    }

    @Twin("cancelling_gather_outcomes_ends_cancelled_when_all_have_ended")
    void cancellingGatherOutcomesEndsCancelledWhenAllHaveEnded(Trace trace) throws Exception {
        var task = createTask(() -> {
            var results =
                    await(gatherOutcomes(createTask(stubborn(trace, "one", 1)), createTask(stubborn(trace, "two", 2))));
            trace.add("not reached", shown(results));
        });
        await(sleep(seconds(1)));
        task.cancel();
        await(Asyncio.wait(List.of(task)));
        trace.add("cancelled", task.isCancelled(), millis());
    }

    private static CoroutineAction stubborn(Trace trace, String name, int seconds) {
        return () -> {
            try {
                await(sleep(seconds(10)));
            } catch (CancellationException cancelled) {
                await(sleep(seconds(seconds)));
                trace.add(name, "has ended", millis());
            }
        };
    }
}
