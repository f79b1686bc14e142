package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.taskGroup;
import static io.jasyncio.conformance.Children.failAfter;
import static io.jasyncio.conformance.Children.failures;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Children.sleeper;

import io.jasyncio.CoroutineAction;
import io.jasyncio.ExceptionGroup;
import io.jasyncio.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** S64-S66 in direct style. */
class TaskgroupsDirect {

    @Twin("the_first_failure_cancels_the_siblings_and_the_body")
    void theFirstFailureCancelsTheSiblingsAndTheBody(Trace trace) throws Exception {
        try {
            taskGroup(group -> {
                group.createTask(sleeper(trace, "sibling", 10));
                group.createTask(failAfter(1, "first"));
                try {
                    return await(sleep(seconds(10)));
                } catch (CancellationException cancelled) {
                    trace.add("body", cancelled, "requests", requests());
                    throw cancelled;
                }
            });
        } catch (ExceptionGroup failed) {
            trace.add("failed", failures(failed));
        }
        trace.add("after", millis(), "requests", requests());
        await(sleep(seconds(1)));
        trace.add("slept");
    }

    @Twin("failures_are_in_the_order_of_their_end_and_the_body_comes_last")
    void failuresAreInTheOrderOfTheirEndAndTheBodyComesLast(Trace trace) throws Exception {
        try {
            taskGroup(group -> {
                group.createTask(failInCleanup(2, "third"));
                group.createTask(failInCleanup(1, "second"));
                group.createTask(failAfter(1, "first"));
                failInCleanup(0, "body").run();
                return null;
            });
        } catch (ExceptionGroup failed) {
            trace.add("failed", failures(failed));
        }
        trace.add("after", millis());
    }

    private static CoroutineAction failInCleanup(int seconds, String message) {
        return () -> {
            try {
                await(sleep(seconds(10)));
            } catch (CancellationException cancelled) {
                await(sleep(seconds(seconds)));
                throw new Boom(message);
            }
        };
    }

    @Twin("failures_of_the_same_pass_are_all_there")
    void failuresOfTheSamePassAreAllThere(Trace trace) throws Exception {
        try {
            taskGroup(group -> {
                for (var message : List.of("one", "two", "three")) {
                    group.createTask((CoroutineAction) () -> {
                        throw new Boom(message);
                    });
                }
                return null;
            });
        } catch (ExceptionGroup failed) {
            trace.add("failed", failures(failed));
        }
    }

    @Twin("a_body_that_awaits_the_failing_child_is_cancelled")
    void aBodyThatAwaitsTheFailingChildIsCancelled(Trace trace) throws Exception {
        try {
            taskGroup(group -> {
                var child = group.createTask(failAfter(1, "child"));
                try {
                    return await(child);
                } catch (Exception thrown) {
                    trace.add("body", thrown);
                    throw thrown;
                }
            });
        } catch (ExceptionGroup failed) {
            trace.add("failed", failures(failed));
        }
    }

    @Twin("a_body_that_catches_the_cancellation_still_leaves_with_the_failure")
    void aBodyThatCatchesTheCancellationStillLeavesWithTheFailure(Trace trace) throws Exception {
        try {
            taskGroup(group -> {
                group.createTask(failAfter(1, "child"));
                try {
                    await(sleep(seconds(10)));
                } catch (CancellationException cancelled) {
                    trace.add("caught");
                }
                await(sleep(seconds(1)));
                trace.add("body goes on", millis());
                return null;
            });
        } catch (ExceptionGroup failed) {
            trace.add("failed", failures(failed));
        }
        trace.add("requests", requests());
    }

    @Twin("a_cancelled_child_is_no_failure")
    void aCancelledChildIsNoFailure(Trace trace) throws Exception {
        var tasks = taskGroup(group -> {
            var victim = group.createTask(sleeper(trace, "victim", 10));
            var byItself = group.createTask((CoroutineAction) () -> {
                throw new CancellationException();
            });
            var other = group.createTask(sleeper(trace, "other", 2));
            await(sleep(seconds(1)));
            victim.cancel();
            return List.of(victim, byItself, other);
        });
        trace.add(
                "cancelled",
                tasks.get(0).isCancelled(),
                tasks.get(1).isCancelled(),
                tasks.get(2).isCancelled());
        trace.add("after", millis());
    }

    @Twin("a_failing_body_cancels_the_children_and_leaves_in_a_group")
    void aFailingBodyCancelsTheChildrenAndLeavesInAGroup(Trace trace) throws Exception {
        var tasks = new ArrayList<Task<?>>();
        try {
            taskGroup(group -> {
                group.createTask(sleeper(trace, "early", 10));
                await(sleep(seconds(1)));
                tasks.add(group.createTask(sleeper(trace, "late", 10)));
                return endWith(new Boom("body"));
            });
        } catch (ExceptionGroup failed) {
            trace.add("failed", failures(failed));
        }
        trace.add("late", tasks.get(0).isCancelled());
    }

    @Twin("a_body_that_ends_cancelled_by_itself_leaves_as_it_is")
    void aBodyThatEndsCancelledByItselfLeavesAsItIs(Trace trace) throws Exception {
        try {
            taskGroup(group -> {
                group.createTask(sleeper(trace, "child", 10));
                await(sleep(seconds(1)));
                return endWith(new CancellationException("own"));
            });
        } catch (CancellationException cancelled) {
            trace.add(cancelled, cancelled.getMessage(), "requests", requests());
        }
    }

    private static Void endWith(RuntimeException exception) {
        throw exception;
    }
}
