package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Resources.usingStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Ending.failed;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;

import io.jasyncio.conformance.ResourcesDirect.Journal;
import io.jasyncio.conformance.ResourcesDirect.Listener;
import io.jasyncio.sync.AsyncLock;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Async context managers in stage style: what is entered and left around a body. */
class ResourcesStage {

    /** A body that does something and has nothing to wait for. */
    private static <R> Function<R, CompletionStage<R>> doing(Runnable action) {
        return resource -> {
            action.run();
            return known(resource);
        };
    }

    private static CompletionStage<Throwable> failureOf(CompletionStage<?> stage) {
        return stage.handle((value, failure) -> original(failure));
    }

    private static CompletionStage<Void> showFailure(Trace trace, CompletionStage<?> stage) {
        return failureOf(stage).thenAccept(failed -> trace.add(failed, failed.getMessage(), "at", millis()));
    }

    @Twin("the_body_runs_between_the_two_ends")
    CompletionStage<?> theBodyRunsBetweenTheTwoEnds(Trace trace) {
        return usingStage(new Door(trace).opening(1).closing(2), door -> {
                    trace.add("in", door.name());
                    return napStage(3);
                })
                .thenRun(() -> trace.add("after at", millis()));
    }

    @Twin("what_does_not_wait_does_not_suspend")
    CompletionStage<?> whatDoesNotWaitDoesNotSuspend(Trace trace) {
        var passes = Passes.start();
        return usingStage(new Door(trace), doing(() -> trace.add("in")))
                .thenRun(() -> trace.add("passes", passes.stop()));
    }

    @Twin("a_failure_of_the_body_leaves_after_the_resource_was_left")
    CompletionStage<?> aFailureOfTheBodyLeavesAfterTheResourceWasLeft(Trace trace) {
        return showFailure(
                trace,
                usingStage(
                        new Door(trace).closing(2),
                        door -> napStage(1).thenCompose(slept -> failed(new Boom("in the body")))));
    }

    @Twin("what_cannot_be_entered_is_not_left")
    CompletionStage<?> whatCannotBeEnteredIsNotLeft(Trace trace) {
        return showFailure(
                trace, usingStage(new Door(trace).opening(1).stuck(), doing(() -> trace.add("not reached"))));
    }

    @Twin("a_failure_to_leave_leaves_the_block")
    CompletionStage<?> aFailureToLeaveLeavesTheBlock(Trace trace) {
        return showFailure(trace, usingStage(new Door(trace).closing(1).squeaks(), doing(() -> trace.add("in"))));
    }

    @Twin(
            value = "of_two_failures_the_one_goes_first_and_the_other_behind_it",
            because = ResourcesDirect.BODY_FIRST,
            trace = {"door opens", "door is open at 0", "door closes after Boom", "in the body and behind it squeaks"})
    CompletionStage<?> ofTwoFailuresTheBodysGoesFirst(Trace trace) {
        return failureOf(usingStage(new Door(trace).squeaks(), door -> failed(new Boom("in the body"))))
                .thenAccept(failed ->
                        trace.add(failed.getMessage(), "and behind it", failed.getSuppressed()[0].getMessage()));
    }

    @Twin("nested_resources_are_left_in_reverse_order")
    CompletionStage<?> nestedResourcesAreLeftInReverseOrder(Trace trace) {
        return showFailure(
                trace,
                usingStage(
                        new Door(trace, "outer").closing(1),
                        outer -> usingStage(
                                new Door(trace, "inner").closing(1), inner -> failed(new Boom("in the body")))));
    }

    @Twin("an_outer_resource_is_left_if_the_inner_one_cannot_be_entered")
    CompletionStage<?> anOuterResourceIsLeftIfTheInnerOneCannotBeEntered(Trace trace) {
        return failureOf(usingStage(
                        new Door(trace, "outer"),
                        outer -> usingStage(new Door(trace, "inner").stuck(), doing(() -> trace.add("not reached")))))
                .thenAccept(failed -> trace.add(failed, failed.getMessage()));
    }

    @Twin("a_resource_may_be_entered_again")
    CompletionStage<?> aResourceMayBeEnteredAgain(Trace trace) {
        var door = new Door(trace).closing(1);
        return usingStage(door, doing(() -> trace.add("in", 1)))
                .thenCompose(again -> usingStage(door, doing(() -> trace.add("in", 2))));
    }

    @Twin(
            value = "a_resource_may_swallow_the_failure",
            because = ResourcesDirect.NO_SWALLOWING,
            trace = {"told Boom", "Boom in the body"})
    CompletionStage<?> aResourceMayNotSwallowTheFailure(Trace trace) {
        return failureOf(usingStage(new Listener(trace), listener -> failed(new Boom("in the body"))))
                .thenAccept(failed -> trace.add(failed, failed.getMessage()));
    }

    @Twin("what_is_open_already_is_closed")
    CompletionStage<?> whatIsOpenAlreadyIsClosed(Trace trace) {
        return usingStage(new Journal(trace), doing(() -> trace.add("in")))
                .thenCompose(first -> failureOf(usingStage(new Journal(trace), journal -> {
                    trace.add("in");
                    return failed(new Boom("in the body"));
                })))
                .thenAccept(failed -> trace.add(failed, failed.getMessage()));
    }

    @Twin("a_lock_is_a_resource")
    CompletionStage<?> aLockIsAResource(Trace trace) {
        var lock = new AsyncLock();
        var task = createStageTask(() -> usingStage(lock, doing(() -> trace.add("other in at", millis()))));
        return failureOf(usingStage(lock, held -> {
                    trace.add("locked", held.isLocked());
                    return napStage(1).thenCompose(slept -> failed(new Boom("in the body")));
                }))
                .thenAccept(failed -> trace.add(failed, failed.getMessage()))
                .thenCompose(shown -> task)
                .thenRun(() -> trace.add("locked", lock.isLocked()));
    }
}
