package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.taskGroup;
import static io.jasyncio.conformance.Children.failures;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Children.sleeper;

import io.jasyncio.Asyncio;
import io.jasyncio.Coroutine;
import io.jasyncio.CoroutineAction;
import io.jasyncio.ExceptionGroup;
import io.jasyncio.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** S67 and S68 in direct style. */
class GroupcancelsDirect {

    @Twin("cancelling_the_waiting_parent_cancels_the_children")
    void cancellingTheWaitingParentCancelsTheChildren(Trace trace) throws Exception {
        var task = createTask(() -> {
            try {
                return taskGroup(group -> {
                    return group.createTask(slowToEnd(trace, 2));
                });
            } catch (CancellationException cancelled) {
                trace.add("parent", cancelled, cancelled.getMessage(), "requests", requests());
                throw cancelled;
            }
        });
        await(sleep(seconds(1)));
        task.cancel("enough");
        await(Asyncio.wait(List.of(task)));
        trace.add("cancelled", task.isCancelled(), "after", millis());
    }

    private static CoroutineAction slowToEnd(Trace trace, int seconds) {
        return () -> {
            try {
                await(sleep(seconds(10)));
            } finally {
                await(sleep(seconds(seconds)));
                trace.add("cleaned up", millis());
            }
        };
    }

    @Twin("cancelling_the_parent_in_the_body_cancels_the_children")
    void cancellingTheParentInTheBodyCancelsTheChildren(Trace trace) throws Exception {
        var task = createTask(() -> taskGroup(group -> {
            group.createTask(sleeper(trace, "child", 10));
            try {
                return await(sleep(seconds(10)));
            } finally {
                trace.add("body ends");
                await(sleep(seconds(1)));
                trace.add("body has ended");
            }
        }));
        await(sleep(seconds(1)));
        task.cancel();
        await(Asyncio.wait(List.of(task)));
        trace.add("cancelled", task.isCancelled(), "after", millis());
    }

    @Twin("a_failure_goes_before_a_cancellation_from_outside_which_is_felt_later")
    void aFailureGoesBeforeACancellationFromOutsideWhichIsFeltLater(Trace trace) throws Exception {
        var task = createTask(() -> {
            try {
                taskGroup(group -> {
                    return group.createTask(failWhenCancelled());
                });
            } catch (ExceptionGroup failed) {
                trace.add("failed", failures(failed));
            }
            trace.add("requests", requests());
            try {
                await(sleep(seconds(1)));
            } catch (CancellationException cancelled) {
                trace.add("next await", cancelled);
                throw cancelled;
            }
        });
        await(sleep(seconds(1)));
        task.cancel();
        await(Asyncio.wait(List.of(task)));
        trace.add("cancelled", task.isCancelled());
    }

    static CoroutineAction failWhenCancelled() {
        return () -> {
            try {
                await(sleep(seconds(10)));
            } catch (CancellationException cancelled) {
                throw new Boom("cleanup");
            }
        };
    }

    @Twin("a_second_cancellation_does_not_leave_the_children_behind")
    void aSecondCancellationDoesNotLeaveTheChildrenBehind(Trace trace) throws Exception {
        var task = createTask(() -> {
            try {
                return taskGroup(group -> {
                    return group.createTask(slowToEnd(trace, 3));
                });
            } finally {
                trace.add("parent ends", millis(), "requests", requests());
            }
        });
        for (var times = 0; times < 3; times++) {
            await(sleep(seconds(1)));
            trace.add("accepted", task.cancel());
        }
        await(Asyncio.wait(List.of(task)));
        trace.add("cancelled", task.isCancelled());
    }

    @Twin("a_cancellation_before_the_first_await_reaches_the_wait")
    void aCancellationBeforeTheFirstAwaitReachesTheWait(Trace trace) throws Exception {
        var task = createTask(() -> {
            var children = new ArrayList<Task<?>>();
            try {
                return taskGroup(group -> {
                    children.add(group.createTask(sleeper(trace, "child", 10)));
                    return currentTask().cancel("early");
                });
            } catch (CancellationException cancelled) {
                var child = children.get(0).isCancelled();
                trace.add("parent", cancelled, cancelled.getMessage(), "child", child);
                throw cancelled;
            }
        });
        await(Asyncio.wait(List.of(task)));
        trace.add("cancelled", task.isCancelled());
    }

    @Twin("a_group_in_a_task_that_is_being_cancelled_works")
    void aGroupInATaskThatIsBeingCancelledWorks(Trace trace) throws Exception {
        for (var child : List.of(sleeper(trace, "cleanup", 1), Children.<Void>failAfter(1, "cleanup"))) {
            var task = createTask(() -> {
                try {
                    await(sleep(seconds(10)));
                } catch (CancellationException cancelled) {
                    cleanUp(trace, child);
                }
                try {
                    await(sleep(seconds(1)));
                    trace.add("slept");
                } catch (CancellationException cancelled) {
                    trace.add("next await", cancelled);
                }
            });
            await(sleep(seconds(1)));
            task.cancel();
            await(Asyncio.wait(List.of(task)));
        }
    }

    private static void cleanUp(Trace trace, Coroutine<Void> child) throws Exception {
        try {
            taskGroup(group -> {
                return group.createTask(child);
            });
        } catch (ExceptionGroup failed) {
            trace.add("failed", failures(failed));
        }
        trace.add("requests", requests());
    }
}
