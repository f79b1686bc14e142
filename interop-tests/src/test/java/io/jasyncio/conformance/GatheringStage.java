package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.gatherOutcomes;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.conformance.Children.afterStage;
import static io.jasyncio.conformance.Children.failAfterStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Children.sleeperStage;
import static io.jasyncio.conformance.Children.withCleanup;
import static io.jasyncio.conformance.GatheringDirect.shown;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** S74-S77 in stage style. */
class GatheringStage {

    @Twin("gather_gives_the_values_in_the_order_of_the_arguments")
    CompletionStage<?> gatherGivesTheValuesInTheOrderOfTheArguments(Trace trace) {
        return gather(
                        createStageTask(afterStage(3, "a")),
                        createStageTask(afterStage(1, "b")),
                        createStageTask(afterStage(2, "c")))
                .thenAccept(values -> trace.add(values, millis()));
    }

    @Twin("gather_of_nothing_has_ended_at_once")
    CompletionStage<?> gatherOfNothingHasEndedAtOnce(Trace trace) {
        var nothing = gather();
        return nothing.thenAccept(values -> trace.add("done", nothing.isDone(), values));
    }

    @Twin("gather_takes_a_future_at_several_places")
    CompletionStage<?> gatherTakesAFutureAtSeveralPlaces(Trace trace) {
        Supplier<CompletionStage<String>> once = () -> {
            trace.add("runs");
            return CompletableFuture.completedFuture("x");
        };
        var task = createStageTask(once);
        return gather(task, createStageTask(afterStage(1, "y")), task).thenAccept(trace::add);
    }

    @Twin("the_first_failure_ends_gather_and_the_siblings_go_on")
    CompletionStage<?> theFirstFailureEndsGatherAndTheSiblingsGoOn(Trace trace) {
        var reported = new ArrayList<Object>();
        EventLoop.current().setExceptionHandler((loop, error) -> reported.add(error));
        Task<Void> sibling = createStageTask(sleeperStage(trace, "sibling", 3));
        Task<Void> later = createStageTask(failAfterStage(2, "later"));
        Task<Void> first = createStageTask(failAfterStage(1, "first"));
        return gather(sibling, later, first)
                .handle((values, failed) -> print(trace, failed))
                .thenCompose(then -> Asyncio.wait(List.of(sibling, later)))
                .thenRun(() -> trace.add("reported", reported.size()));
    }

    private static Void print(Trace trace, Throwable failed) {
        trace.add(failed, failed.getMessage(), "at", millis());
        return null;
    }

    @Twin("a_cancelled_child_ends_gather")
    CompletionStage<?> aCancelledChildEndsGather(Trace trace) {
        var main = currentTask();
        var victim = createStageTask(sleeperStage(trace, "victim", 10));
        var sibling = createStageTask(sleeperStage(trace, "sibling", 2));
        EventLoop.current().callLater(seconds(1), victim::cancel);
        return gather(victim, sibling)
                .exceptionally(cancelled -> {
                    trace.add(cancelled, "requests", main.cancelling(), "at", millis());
                    return null;
                })
                .thenCompose(then -> sibling);
    }

    @Twin("cancelling_gather_cancels_the_children_and_ends_with_the_first")
    CompletionStage<?> cancellingGatherCancelsTheChildrenAndEndsWithTheFirst(Trace trace) {
        var slow = createStageTask(slowToEnd(trace, "slow", 3));
        var together = gather(createStageTask(slowToEnd(trace, "quick", 1)), slow);
        return sleep(seconds(1))
                .thenRun(() -> trace.add("accepted", together.cancel("enough"), "done", together.isDone()))
                .thenCompose(then -> together)
                .handle((values, failure) -> print(trace, Children.original(failure)))
                .thenRun(() -> trace.add("accepted", together.cancel(), "done", together.isDone()))
                .thenCompose(then -> Asyncio.wait(List.of(slow)));
    }

    private static Supplier<CompletionStage<Void>> slowToEnd(Trace trace, String name, int seconds) {
        return () -> withCleanup(sleep(seconds(10)), seconds, () -> trace.add(name, "has ended", millis()));
    }

    @Twin(
            value = "a_gather_that_was_asked_to_stop_has_failed_and_is_not_cancelled",
            because = "a CompletableFuture that ends with a CancellationException is cancelled",
            trace = "done true cancelled true")
    CompletionStage<?> aGatherThatWasAskedToStopIsCancelled(Trace trace) {
        var together = gather(createStageTask(afterStage(5, "x")));
        return sleep(Duration.ZERO)
                .thenRun(together::cancel)
                .thenCompose(then -> together)
                .handle((values, cancelled) -> {
                    trace.add("done", together.isDone(), "cancelled", together.isCancelled());
                    return null;
                });
    }

    @Twin("cancelling_the_task_that_gathers_cancels_the_children")
    CompletionStage<?> cancellingTheTaskThatGathersCancelsTheChildren(Trace trace) {
        var task = createStageTask(() -> Asyncio.<Object>gather(
                createStageTask(sleeperStage(trace, "child", 10)),
                gather(createStageTask(sleeperStage(trace, "grandchild", 10)))));
        return sleep(seconds(1))
                .thenRun(task::cancel)
                .thenCompose(then -> Asyncio.wait(List.of(task)))
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), millis()));
    }

    @Twin("cancelling_an_ended_gather_does_nothing")
    CompletionStage<?> cancellingAnEndedGatherDoesNothing(Trace trace) {
        var sibling = createStageTask(sleeperStage(trace, "sibling", 2));
        var together = gather(sibling, createStageTask(failAfterStage(1, "first")));
        return together.handle((values, failed) -> {
                    trace.add("accepted", together.cancel());
                    return null;
                })
                .thenCompose(then -> sibling);
    }

    @Twin("gather_outcomes_holds_failures_and_cancellations")
    CompletionStage<?> gatherOutcomesHoldsFailuresAndCancellations(Trace trace) {
        Task<Object> bad = createStageTask(failAfterStage(3, "bad"));
        var victim = createStageTask(sleeperStage(trace, "victim", 10));
        EventLoop.current().callLater(seconds(1), victim::cancel);
        return Asyncio.<Object>gatherOutcomes(bad, victim, createStageTask(afterStage(2, "fine")))
                .thenAccept(results ->
                        trace.add(shown(results), results.get(0).exception().getMessage(), millis()));
    }

    @Twin("cancelling_gather_outcomes_ends_cancelled_when_all_have_ended")
    CompletionStage<?> cancellingGatherOutcomesEndsCancelledWhenAllHaveEnded(Trace trace) {
        var task = createStageTask(() -> gatherOutcomes(
                        createStageTask(stubborn(trace, "one", 1)), createStageTask(stubborn(trace, "two", 2)))
                .thenAccept(results -> trace.add("not reached", shown(results))));
        return sleep(seconds(1))
                .thenRun(task::cancel)
                .thenCompose(then -> Asyncio.wait(List.of(task)))
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), millis()));
    }

    private static Supplier<CompletionStage<Void>> stubborn(Trace trace, String name, int seconds) {
        return () -> slowToEnd(trace, name, seconds).get().exceptionally(cancelled -> null);
    }
}
