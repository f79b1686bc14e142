package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.timeout;
import static io.jasyncio.Resources.using;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.QueueTasks.callAt;
import static io.jasyncio.conformance.Requests.ending;

import io.jasyncio.CoroutineAction;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** S39, S44, S53 and S62 in direct style: async context managers in tasks that are cancelled. */
class ResourcecancelsDirect {

    static final String ENTERED_INLINE =
            "the door is open as soon as its timer is due, and before the request comes; so it is left again";

    /** Sleeps in there. */
    private static CoroutineAction inside(Door door) {
        return () -> using(door, open -> {
            nap(10);
            return open;
        });
    }

    @Twin("a_request_in_the_body_leaves_the_resource")
    void aRequestInTheBodyLeavesTheResource(Trace trace) throws Exception {
        ending(trace, createTask(inside(new Door(trace).closing(2))), 1);
    }

    @Twin("a_request_while_it_is_entered_ends_that")
    void aRequestWhileItIsEnteredEndsThat(Trace trace) throws Exception {
        ending(trace, createTask(inside(new Door(trace).opening(3))), 1);
    }

    @Twin(
            value = "a_request_that_meets_the_end_of_the_entering",
            because = ENTERED_INLINE,
            trace = {
                "door opens",
                "door is open at 4000",
                "door closes after Cancelled",
                "door is closed at 4000",
                "ended by a cancellation at 4000"
            })
    void aRequestThatMeetsTheEndOfTheEnteringLeavesAgain(Trace trace) throws Exception {
        callAt(1, () -> trace.advance(seconds(3)));
        ending(trace, createTask(inside(new Door(trace).opening(2))), 3);
    }

    @Twin("a_request_while_it_is_left_breaks_that_off")
    void aRequestWhileItIsLeftBreaksThatOff(Trace trace) throws Exception {
        var task = createTask(() -> using(new Door(trace).closing(3), door -> {
            trace.add("in");
            return door;
        }));
        ending(trace, task, 1);
    }

    @Twin("a_second_request_breaks_off_what_the_first_one_began")
    void aSecondRequestBreaksOffWhatTheFirstOneBegan(Trace trace) throws Exception {
        ending(trace, createTask(inside(new Door(trace).closing(3))), 1, 2);
    }

    @Twin(
            value = "a_request_while_it_is_left_after_a_failure",
            because = ResourcesDirect.BODY_FIRST + "; the request is delivered at the next await",
            trace = {
                "door opens",
                "door is open at 0",
                "door closes after Boom",
                "door does not close: Cancelled at 1000",
                "Boom in the body",
                "ended by a cancellation at 1000"
            })
    void aRequestWhileItIsLeftAfterAFailureComesLater(Trace trace) throws Exception {
        CoroutineAction body = () -> {
            try {
                using(new Door(trace).closing(3), door -> {
                    throw new Boom("in the body");
                });
            } catch (Boom failed) {
                trace.add(failed, failed.getMessage());
            }
            nap(1);
        };
        ending(trace, createTask(body), 1);
    }

    @Twin(
            value = "a_failure_to_leave_after_a_request",
            because = ResourcesDirect.BODY_FIRST + "; a cancellation too",
            trace = {"door opens", "door is open at 0", "door closes after Cancelled", "ended by a cancellation at 1000"
            })
    void aFailureToLeaveAfterARequestIsSuppressed(Trace trace) throws Exception {
        ending(trace, createTask(inside(new Door(trace).squeaks())), 1);
    }

    @Twin("a_request_leaves_nested_resources_in_reverse_order")
    void aRequestLeavesNestedResourcesInReverseOrder(Trace trace) throws Exception {
        var task = createTask(() -> using(new Door(trace, "outer").closing(1), outer -> {
            inside(new Door(trace, "inner").closing(1)).run();
            return outer;
        }));
        ending(trace, task, 1);
    }

    @Twin("a_request_that_the_body_swallows_is_none_for_the_resource")
    void aRequestThatTheBodySwallowsIsNoneForTheResource(Trace trace) throws Exception {
        var task = createTask(() -> using(new Door(trace).closing(2), door -> {
            try {
                nap(10);
            } catch (CancellationException cancelled) {
                trace.add("swallowed", cancelled);
            }
            return door;
        }));
        ending(trace, task, 1);
    }

    @Twin("a_deadline_in_the_body_waits_for_the_leaving")
    void aDeadlineInTheBodyWaitsForTheLeaving(Trace trace) throws Exception {
        ending(trace, createTask(inTime(trace, new Door(trace).closing(2))));
    }

    @Twin("a_deadline_that_passes_while_it_is_entered")
    void aDeadlineThatPassesWhileItIsEntered(Trace trace) throws Exception {
        ending(trace, createTask(inTime(trace, new Door(trace).opening(2))));
    }

    private static CoroutineAction inTime(Trace trace, Door door) {
        return () -> {
            try {
                timeout(seconds(1), inside(door));
            } catch (TimeoutException late) {
                trace.add(late, "at", millis());
            }
        };
    }
}
