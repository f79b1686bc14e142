package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Resources.using;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.napStage;

import io.jasyncio.AsyncCloseable;
import io.jasyncio.AsyncResource;
import io.jasyncio.sync.AsyncLock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Async context managers in direct style: what is entered and left around a body. */
class ResourcesDirect {

    static final String BODY_FIRST =
            "the body's failure always leaves the block, and the one of the leaving is suppressed in it: it tells more";

    static final String NO_SWALLOWING = "a resource is told the failure, but has no way to swallow it";

    /** Says what it is told. */
    record Listener(Trace trace) implements AsyncResource<Listener> {

        @Override
        public CompletionStage<Listener> enterAsync() {
            return nothing();
        }

        @Override
        public CompletionStage<Void> exitAsync(Listener entered, @Nullable Throwable failure) {
            trace.add("told", failure);
            return nothing();
        }
    }

    /** Is open from the start, and takes a second to close. */
    record Journal(Trace trace) implements AsyncCloseable {

        @Override
        public CompletionStage<Void> closeAsync() {
            trace.add("closes");
            return napStage(1).thenRun(() -> trace.add("is closed at", millis()));
        }
    }

    @Twin("the_body_runs_between_the_two_ends")
    void theBodyRunsBetweenTheTwoEnds(Trace trace) throws Exception {
        using(new Door(trace).opening(1).closing(2), door -> {
            trace.add("in", door.name());
            nap(3);
            return door;
        });
        trace.add("after at", millis());
    }

    @Twin("what_does_not_wait_does_not_suspend")
    void whatDoesNotWaitDoesNotSuspend(Trace trace) throws Exception {
        var passes = Passes.start();
        using(new Door(trace), door -> {
            trace.add("in");
            return door;
        });
        trace.add("passes", passes.stop());
    }

    @Twin("a_failure_of_the_body_leaves_after_the_resource_was_left")
    void aFailureOfTheBodyLeavesAfterTheResourceWasLeft(Trace trace) throws Exception {
        try {
            using(new Door(trace).closing(2), door -> {
                nap(1);
                throw new Boom("in the body");
            });
        } catch (Boom failed) {
            trace.add(failed, failed.getMessage(), "at", millis());
        }
    }

    @Twin("what_cannot_be_entered_is_not_left")
    void whatCannotBeEnteredIsNotLeft(Trace trace) throws Exception {
        try {
            using(new Door(trace).opening(1).stuck(), door -> {
                trace.add("not reached");
                return door;
            });
        } catch (Boom failed) {
            trace.add(failed, failed.getMessage(), "at", millis());
        }
    }

    @Twin("a_failure_to_leave_leaves_the_block")
    void aFailureToLeaveLeavesTheBlock(Trace trace) throws Exception {
        try {
            using(new Door(trace).closing(1).squeaks(), door -> {
                trace.add("in");
                return door;
            });
        } catch (Boom failed) {
            trace.add(failed, failed.getMessage(), "at", millis());
        }
    }

    @Twin(
            value = "of_two_failures_the_one_goes_first_and_the_other_behind_it",
            because = BODY_FIRST,
            trace = {"door opens", "door is open at 0", "door closes after Boom", "in the body and behind it squeaks"})
    void ofTwoFailuresTheBodysGoesFirst(Trace trace) throws Exception {
        try {
            using(new Door(trace).squeaks(), door -> {
                throw new Boom("in the body");
            });
        } catch (Boom failed) {
            trace.add(failed.getMessage(), "and behind it", failed.getSuppressed()[0].getMessage());
        }
    }

    @Twin("nested_resources_are_left_in_reverse_order")
    void nestedResourcesAreLeftInReverseOrder(Trace trace) throws Exception {
        try {
            using(
                    new Door(trace, "outer").closing(1),
                    outer -> using(new Door(trace, "inner").closing(1), inner -> {
                        throw new Boom("in the body");
                    }));
        } catch (Boom failed) {
            trace.add(failed, failed.getMessage(), "at", millis());
        }
    }

    @Twin("an_outer_resource_is_left_if_the_inner_one_cannot_be_entered")
    void anOuterResourceIsLeftIfTheInnerOneCannotBeEntered(Trace trace) throws Exception {
        try {
            using(
                    new Door(trace, "outer"),
                    outer -> using(new Door(trace, "inner").stuck(), inner -> {
                        trace.add("not reached");
                        return inner;
                    }));
        } catch (Boom failed) {
            trace.add(failed, failed.getMessage());
        }
    }

    @Twin("a_resource_may_be_entered_again")
    void aResourceMayBeEnteredAgain(Trace trace) throws Exception {
        var door = new Door(trace).closing(1);
        for (var number : List.of(1, 2)) {
            using(door, entered -> {
                trace.add("in", number);
                return entered;
            });
        }
    }

    @Twin(
            value = "a_resource_may_swallow_the_failure",
            because = NO_SWALLOWING,
            trace = {"told Boom", "Boom in the body"})
    void aResourceMayNotSwallowTheFailure(Trace trace) throws Exception {
        try {
            using(new Listener(trace), listener -> {
                throw new Boom("in the body");
            });
            trace.add("nothing left the block");
        } catch (Boom failed) {
            trace.add(failed, failed.getMessage());
        }
    }

    @Twin("what_is_open_already_is_closed")
    void whatIsOpenAlreadyIsClosed(Trace trace) throws Exception {
        try (var journal = new Journal(trace)) {
            journal.trace().add("in");
        }
        try {
            using(new Journal(trace), journal -> {
                trace.add("in");
                throw new Boom("in the body");
            });
        } catch (Boom failed) {
            trace.add(failed, failed.getMessage());
        }
    }

    @Twin("a_lock_is_a_resource")
    void aLockIsAResource(Trace trace) throws Exception {
        var lock = new AsyncLock();
        var task = createTask(() -> using(lock, held -> {
            trace.add("other in at", millis());
            return held;
        }));
        try {
            using(lock, held -> {
                trace.add("locked", held.isLocked());
                nap(1);
                throw new Boom("in the body");
            });
        } catch (Boom failed) {
            trace.add(failed, failed.getMessage());
        }
        await(task);
        trace.add("locked", lock.isLocked());
    }
}
