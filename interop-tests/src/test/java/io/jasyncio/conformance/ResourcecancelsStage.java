package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.waitForStage;
import static io.jasyncio.Resources.usingStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.failed;
import static io.jasyncio.conformance.Ending.ifCancelled;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.QueueTasks.callAt;
import static io.jasyncio.conformance.Requests.endingStage;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** S39, S44, S53 and S62 in stage style: async context managers in tasks that are cancelled. */
class ResourcecancelsStage {

    /** Sleeps in there. */
    private static Supplier<CompletionStage<Void>> inside(Door door) {
        return () -> usingStage(door, open -> napStage(10));
    }

    @Twin("a_request_in_the_body_leaves_the_resource")
    CompletionStage<?> aRequestInTheBodyLeavesTheResource(Trace trace) {
        return endingStage(trace, createStageTask(inside(new Door(trace).closing(2))), 1);
    }

    @Twin("a_request_while_it_is_entered_ends_that")
    CompletionStage<?> aRequestWhileItIsEnteredEndsThat(Trace trace) {
        return endingStage(trace, createStageTask(inside(new Door(trace).opening(3))), 1);
    }

    @Twin(
            value = "a_request_that_meets_the_end_of_the_entering",
            because = "the body has begun as soon as the timer of the door is due, and before the request comes",
            trace = {
                "door opens",
                "door is open at 4000",
                "door closes after Cancelled",
                "door is closed at 4000",
                "ended by a cancellation at 4000"
            })
    CompletionStage<?> aRequestThatMeetsTheEndOfTheEnteringIsOneInTheBody(Trace trace) {
        callAt(1, () -> trace.advance(seconds(3)));
        return endingStage(trace, createStageTask(inside(new Door(trace).opening(2))), 3);
    }

    @Twin("a_request_while_it_is_left_breaks_that_off")
    CompletionStage<?> aRequestWhileItIsLeftBreaksThatOff(Trace trace) {
        var task = createStageTask(() -> usingStage(new Door(trace).closing(3), door -> {
            trace.add("in");
            return known(door);
        }));
        return endingStage(trace, task, 1);
    }

    @Twin("a_second_request_breaks_off_what_the_first_one_began")
    CompletionStage<?> aSecondRequestBreaksOffWhatTheFirstOneBegan(Trace trace) {
        return endingStage(trace, createStageTask(inside(new Door(trace).closing(3))), 1, 2);
    }

    @Twin(
            value = "a_request_while_it_is_left_after_a_failure",
            because =
                    ResourcesDirect.BODY_FIRST + "; it takes the request with it, and what comes next is not cancelled",
            trace = {
                "door opens",
                "door is open at 0",
                "door closes after Boom",
                "door does not close: Cancelled at 1000",
                "Boom in the body",
                "came to a good end at 2000"
            })
    CompletionStage<?> aRequestWhileItIsLeftAfterAFailureIsOver(Trace trace) {
        var task = createStageTask(() -> usingStage(new Door(trace).closing(3), door -> failed(new Boom("in the body")))
                .handle((value, failure) -> original(failure))
                .thenAccept(failed -> trace.add(failed, failed.getMessage()))
                .thenCompose(shown -> napStage(1)));
        return endingStage(trace, task, 1);
    }

    @Twin(
            value = "a_failure_to_leave_after_a_request",
            because = ResourcesDirect.BODY_FIRST + "; a cancellation too",
            trace = {"door opens", "door is open at 0", "door closes after Cancelled", "ended by a cancellation at 1000"
            })
    CompletionStage<?> aFailureToLeaveAfterARequestIsSuppressed(Trace trace) {
        return endingStage(trace, createStageTask(inside(new Door(trace).squeaks())), 1);
    }

    @Twin("a_request_leaves_nested_resources_in_reverse_order")
    CompletionStage<?> aRequestLeavesNestedResourcesInReverseOrder(Trace trace) {
        var task = createStageTask(() -> usingStage(
                new Door(trace, "outer").closing(1),
                outer -> inside(new Door(trace, "inner").closing(1)).get()));
        return endingStage(trace, task, 1);
    }

    @Twin("a_request_that_the_body_swallows_is_none_for_the_resource")
    CompletionStage<?> aRequestThatTheBodySwallowsIsNoneForTheResource(Trace trace) {
        var task = createStageTask(() -> usingStage(
                new Door(trace).closing(2),
                door -> ifCancelled(napStage(10), cancelled -> {
                    trace.add("swallowed", cancelled);
                    return known(null);
                })));
        return endingStage(trace, task, 1);
    }

    @Twin("a_deadline_in_the_body_waits_for_the_leaving")
    CompletionStage<?> aDeadlineInTheBodyWaitsForTheLeaving(Trace trace) {
        return endingStage(trace, createStageTask(inTime(trace, new Door(trace).closing(2))));
    }

    @Twin("a_deadline_that_passes_while_it_is_entered")
    CompletionStage<?> aDeadlineThatPassesWhileItIsEntered(Trace trace) {
        return endingStage(trace, createStageTask(inTime(trace, new Door(trace).opening(2))));
    }

    private static Supplier<CompletionStage<Void>> inTime(Trace trace, Door door) {
        return () -> waitForStage(inside(door), seconds(1))
                .handle((value, failure) -> original(failure))
                .thenAccept(late -> trace.add(late, "at", millis()));
    }
}
