package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.nap;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** S42 and S46-S48 in direct style. */
class CanceloriginsDirect {

    static CoroutineAction sleeper(Trace trace, String name) {
        return () -> {
            try {
                nap(10);
                trace.add(name, "slept");
            } catch (CancellationException cancelled) {
                trace.add(name, cancelled, cancelled.getMessage());
                throw cancelled;
            }
        };
    }

    /** The message of the cancellation that an await ends with. */
    private static String cancelledMessage(CompletionStage<?> stage) throws Exception {
        try {
            await(stage);
            throw new AssertionError(stage + " was not cancelled");
        } catch (CancellationException cancelled) {
            return cancelled.getMessage();
        }
    }

    @Twin("a_task_whose_future_is_cancelled_by_another_ends_cancelled")
    void aTaskWhoseFutureIsCancelledByAnotherEndsCancelled(Trace trace) throws Exception {
        var future = EventLoop.current().createFuture();
        var task = createTask(() -> {
            try {
                await(future);
            } catch (CancellationException cancelled) {
                trace.add(cancelled, "requests", requests());
                throw cancelled;
            }
        });
        nap(1);
        trace.add("accepted", future.cancel());
        ended(task);
        trace.add("cancelled", task.isCancelled());
    }

    @Twin("all_who_await_a_cancelled_future_are_told")
    void allWhoAwaitACancelledFutureAreTold(Trace trace) throws Exception {
        var future = EventLoop.current().createFuture();
        var tasks = Stream.of("one", "two", "three")
                .map(name -> createTask(Ending.waiter(trace, name, future)))
                .toList();
        nap(1);
        future.cancel();
        await(Asyncio.wait(tasks));
        trace.add("cancelled", tasks.stream().map(Task::isCancelled).toList());
    }

    @Twin("the_first_message_reaches_a_task_that_waits")
    void theFirstMessageReachesATaskThatWaits(Trace trace) throws Exception {
        var task = createTask(sleeper(trace, "task"));
        nap(1);
        task.cancel("first");
        task.cancel("second");
        trace.add(cancelledMessage(task));
    }

    @Twin("the_last_message_reaches_a_task_that_has_not_started")
    void theLastMessageReachesATaskThatHasNotStarted(Trace trace) throws Exception {
        var task = createTask(sleeper(trace, "task"));
        task.cancel("first");
        task.cancel("second");
        trace.add(cancelledMessage(task));
    }

    @Twin("the_message_climbs_a_chain_of_tasks")
    void theMessageClimbsAChainOfTasks(Trace trace) throws Exception {
        var middle = createTask(link(trace, "middle", createTask(sleeper(trace, "inner"))));
        var chain = createTask(link(trace, "outer", middle));
        nap(1);
        chain.cancel("enough");
        trace.add(cancelledMessage(chain));
    }

    private static CoroutineAction link(Trace trace, String name, Task<?> inner) {
        return () -> {
            try {
                await(inner);
            } catch (CancellationException cancelled) {
                trace.add(name, cancelled.getMessage());
                throw cancelled;
            }
        };
    }

    @Twin("a_cancellation_without_a_message_has_none")
    void aCancellationWithoutAMessageHasNone(Trace trace) throws Exception {
        var task = createTask(sleeper(trace, "task"));
        nap(1);
        task.cancel();
        trace.add(cancelledMessage(task));
    }

    @Twin("a_request_from_a_done_callback_reaches_a_task_that_still_waits")
    void aRequestFromADoneCallbackReachesATaskThatStillWaits(Trace trace) throws Exception {
        var future = EventLoop.current().createFuture();
        var other = createTask(sleeper(trace, "other"));
        future.addDoneCallback(ended -> other.cancel("from a callback"));
        nap(1);
        future.complete(null);
        ended(other);
        trace.add("cancelled", other.isCancelled(), "at", millis());
    }

    @Twin("a_task_may_cancel_the_one_that_awaits_it")
    void aTaskMayCancelTheOneThatAwaitsIt(Trace trace) throws Exception {
        var task = createTask(() -> {
            var parent = currentTask();
            await(createTask(() -> {
                trace.add("accepted", parent.cancel());
                try {
                    nap(1);
                } catch (CancellationException cancelled) {
                    trace.add("child", cancelled, "requests", requests());
                    throw cancelled;
                }
            }));
        });
        ended(task);
        trace.add("cancelled", task.isCancelled(), "at", millis());
    }

    @Twin("results_and_exceptions_of_a_cancelled_task_cannot_be_read")
    void resultsAndExceptionsOfACancelledTaskCannotBeRead(Trace trace) throws Exception {
        var task = createTask(sleeper(trace, "task"));
        nap(1);
        task.cancel();
        ended(task);
        for (var question : List.<CoroutineAction>of(task::result, task::exception)) {
            try {
                question.run();
            } catch (CancellationException cancelled) {
                trace.add(cancelled);
            }
        }
    }
}
