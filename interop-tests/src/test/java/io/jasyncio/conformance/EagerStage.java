package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.allTasks;
import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.conformance.EagerDirect.EAGER;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.jasyncio.EventLoop;
import io.jasyncio.TaskOptions;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** S35, S38 in stage style: the first step is the call of the supplier. */
class EagerStage {

    private static final String ON_BEHALF_OF_NOBODY =
            "a function of a chain runs where its stage is completed, on behalf of nobody";

    @Twin(
            value = "an_eager_task_runs_up_to_its_first_wait",
            because = ON_BEHALF_OF_NOBODY,
            trace = {"begins as eager", "main goes on as main false", "soon", "goes on as none", "main"})
    CompletionStage<?> anEagerTaskRunsUpToItsFirstWait(Trace trace) {
        currentTask().setName("main");
        EventLoop.current().callSoon(() -> trace.add("soon"));
        var task = createStageTask(
                () -> {
                    trace.add("begins as", currentTask());
                    return sleep(ZERO).thenRun(() -> trace.add("goes on as", currentTask()));
                },
                TaskOptions.named("eager").eager());
        trace.add("main goes on as", currentTask(), task.isDone());
        return task.thenRun(() -> trace.add("main"));
    }

    @Twin("an_eager_task_that_does_not_wait_is_done")
    CompletionStage<?> anEagerTaskThatDoesNotWaitIsDone(Trace trace) throws Exception {
        var passes = Passes.start();
        var task = createStageTask(() -> completedFuture("value"), EAGER);
        trace.add("done", task.isDone(), task.result(), "listed", allTasks().contains(task));
        task.addDoneCallback(done -> trace.add("callback"));
        return task.thenAccept(value -> trace.add(value, "after", passes.stop()))
                .thenCompose(then -> sleep(ZERO));
    }

    @Twin("an_eager_failure_does_not_reach_the_creator")
    CompletionStage<?> anEagerFailureDoesNotReachTheCreator(Trace trace) {
        var failed = createStageTask(
                () -> {
                    throw new Boom();
                },
                EAGER);
        var cancelled = createStageTask(() -> failedFuture(new CancellationException()), EAGER);
        trace.add("done", failed.isDone(), cancelled.isDone(), cancelled.isCancelled());
        return failed.handle((value, error) -> {
                    trace.add(error);
                    return null;
                })
                .thenCompose(then -> cancelled)
                .handle((value, error) -> {
                    trace.add(error);
                    return null;
                });
    }

    @Twin(
            value = "eager_tasks_nest",
            because = ON_BEHALF_OF_NOBODY,
            trace = {
                "outer as outer listed true",
                "inner as inner listed true",
                "outer goes on as outer",
                "main goes on as main",
                "inner ends as none",
                "outer ends as none",
                "main ends as none"
            })
    CompletionStage<?> eagerTasksNest(Trace trace) {
        currentTask().setName("main");
        var task =
                createStageTask(() -> outer(trace), TaskOptions.named("outer").eager());
        trace.add("main goes on as", currentTask());
        return task.thenRunAsync(() -> trace.add("main ends as", currentTask()));
    }

    private static CompletionStage<Void> outer(Trace trace) {
        trace.add("outer as", currentTask(), "listed", allTasks().contains(currentTask()));
        var task =
                createStageTask(() -> inner(trace), TaskOptions.named("inner").eager());
        trace.add("outer goes on as", currentTask());
        return task.thenRunAsync(() -> trace.add("outer ends as", currentTask()));
    }

    private static CompletionStage<Void> inner(Trace trace) {
        trace.add("inner as", currentTask(), "listed", allTasks().contains(currentTask()));
        return sleep(ZERO).thenRun(() -> trace.add("inner ends as", currentTask()));
    }

    @Twin(
            value = "an_eager_task_in_a_callback",
            because = ON_BEHALF_OF_NOBODY,
            trace = {"callback before none", "task eager", "callback after none", "task ends none", "main"})
    CompletionStage<?> anEagerTaskInACallback(Trace trace) {
        EventLoop.current().callSoon(() -> {
            trace.add("callback before", currentTask());
            createStageTask(
                    () -> {
                        trace.add("task", currentTask());
                        return sleep(ZERO).thenRun(() -> trace.add("task ends", currentTask()));
                    },
                    TaskOptions.named("eager").eager());
            trace.add("callback after", currentTask());
        });
        return sleep(ofMillis(1)).thenRun(() -> trace.add("main"));
    }

    @Twin("an_eager_task_that_cancels_itself")
    CompletionStage<?> anEagerTaskThatCancelsItself(Trace trace) {
        var task = createStageTask(
                () -> {
                    currentTask().cancel();
                    trace.add("goes on");
                    var waiting = EventLoop.current().<String>createFuture();
                    return waiting.whenCompleteAsync((value, cancelled) -> trace.add("at the wait", cancelled));
                },
                EAGER);
        trace.add("main, done", task.isDone());
        return task.handle((value, cancelled) -> {
            trace.add("main", cancelled, task.isCancelled());
            return null;
        });
    }

    @Twin("eager_tasks_begin_before_others_that_were_created_earlier")
    CompletionStage<?> eagerTasksBeginBeforeOthersThatWereCreatedEarlier(Trace trace) {
        var a = createStageTask(() -> takeTurns(trace, "a", 0));
        var eager = createStageTask(() -> takeTurns(trace, "eager", 0), EAGER);
        var b = createStageTask(() -> takeTurns(trace, "b", 0));
        trace.add("main");
        return CompletableFuture.allOf(a, eager, b);
    }

    private static CompletionStage<Void> takeTurns(Trace trace, String name, int turn) {
        if (turn == 3) {
            return completedFuture(null);
        }
        trace.add(name, turn);
        return sleep(ZERO).thenCompose(then -> takeTurns(trace, name, turn + 1));
    }

    @Twin(value = "an_eager_task_of_a_loop_that_does_not_run", plain = true)
    void anEagerTaskOfALoopThatDoesNotRun(Trace trace) throws Exception {
        try (var loop = EventLoop.create(trace.options())) {
            var task = loop.createStageTask(
                    () -> {
                        trace.add("begins");
                        return completedFuture("value");
                    },
                    EAGER);
            trace.add("created", task.isDone());
            trace.add(loop.runUntilComplete(task));
        }
    }
}
