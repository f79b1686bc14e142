package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.allTasks;
import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;

import io.jasyncio.Coroutine;
import io.jasyncio.EventLoop;
import io.jasyncio.TaskOptions;
import java.util.List;
import java.util.concurrent.CancellationException;

/** S35, S38 in direct style. */
class EagerDirect {

    static final TaskOptions EAGER = TaskOptions.DEFAULT.eager();

    @Twin("an_eager_task_runs_up_to_its_first_wait")
    void anEagerTaskRunsUpToItsFirstWait(Trace trace) throws Exception {
        currentTask().setName("main");
        EventLoop.current().callSoon(() -> trace.add("soon"));
        var task = createTask(
                () -> {
                    trace.add("begins as", currentTask());
                    await(sleep(ZERO));
                    trace.add("goes on as", currentTask());
                },
                TaskOptions.named("eager").eager());
        trace.add("main goes on as", currentTask(), task.isDone());
        await(task);
        trace.add("main");
    }

    @Twin("an_eager_task_that_does_not_wait_is_done")
    void anEagerTaskThatDoesNotWaitIsDone(Trace trace) throws Exception {
        var passes = Passes.start();
        var task = createTask(() -> "value", EAGER);
        trace.add("done", task.isDone(), task.result(), "listed", allTasks().contains(task));
        task.addDoneCallback(done -> trace.add("callback"));
        trace.add(await(task), "after", passes.stop());
        await(sleep(ZERO));
    }

    @Twin("an_eager_failure_does_not_reach_the_creator")
    void anEagerFailureDoesNotReachTheCreator(Trace trace) throws Exception {
        Coroutine<String> fail = () -> {
            throw new Boom();
        };
        Coroutine<String> giveUp = () -> {
            throw new CancellationException();
        };
        var failed = createTask(fail, EAGER);
        var cancelled = createTask(giveUp, EAGER);
        trace.add("done", failed.isDone(), cancelled.isDone(), cancelled.isCancelled());
        for (var task : List.of(failed, cancelled)) {
            try {
                await(task);
            } catch (Boom | CancellationException error) {
                trace.add(error);
            }
        }
    }

    @Twin("eager_tasks_nest")
    void eagerTasksNest(Trace trace) throws Exception {
        currentTask().setName("main");
        var task = createTask(() -> outer(trace), TaskOptions.named("outer").eager());
        trace.add("main goes on as", currentTask());
        await(task);
        trace.add("main ends as", currentTask());
    }

    private static void outer(Trace trace) throws Exception {
        trace.add("outer as", currentTask(), "listed", allTasks().contains(currentTask()));
        var task = createTask(() -> inner(trace), TaskOptions.named("inner").eager());
        trace.add("outer goes on as", currentTask());
        await(task);
        trace.add("outer ends as", currentTask());
    }

    private static void inner(Trace trace) throws Exception {
        trace.add("inner as", currentTask(), "listed", allTasks().contains(currentTask()));
        await(sleep(ZERO));
        trace.add("inner ends as", currentTask());
    }

    @Twin("an_eager_task_in_a_callback")
    void anEagerTaskInACallback(Trace trace) throws Exception {
        EventLoop.current().callSoon(() -> {
            trace.add("callback before", currentTask());
            createTask(
                    () -> {
                        trace.add("task", currentTask());
                        await(sleep(ZERO));
                        trace.add("task ends", currentTask());
                    },
                    TaskOptions.named("eager").eager());
            trace.add("callback after", currentTask());
        });
        await(sleep(ofMillis(1)));
        trace.add("main");
    }

    @Twin("an_eager_task_that_cancels_itself")
    void anEagerTaskThatCancelsItself(Trace trace) throws Exception {
        var task = createTask(
                () -> {
                    currentTask().cancel();
                    trace.add("goes on");
                    try {
                        await(sleep(ZERO));
                    } catch (CancellationException cancelled) {
                        trace.add("at the wait", cancelled);
                        throw cancelled;
                    }
                },
                EAGER);
        trace.add("main, done", task.isDone());
        try {
            await(task);
        } catch (CancellationException cancelled) {
            trace.add("main", cancelled, task.isCancelled());
        }
    }

    @Twin("eager_tasks_begin_before_others_that_were_created_earlier")
    void eagerTasksBeginBeforeOthersThatWereCreatedEarlier(Trace trace) throws Exception {
        var tasks = List.of(
                createTask(() -> takeTurns(trace, "a")),
                createTask(() -> takeTurns(trace, "eager"), EAGER),
                createTask(() -> takeTurns(trace, "b")));
        trace.add("main");
        for (var task : tasks) {
            await(task);
        }
    }

    private static void takeTurns(Trace trace, String name) throws Exception {
        for (var turn = 0; turn < 3; turn++) {
            trace.add(name, turn);
            await(sleep(ZERO));
        }
    }

    @Twin(value = "an_eager_task_of_a_loop_that_does_not_run", plain = true)
    void anEagerTaskOfALoopThatDoesNotRun(Trace trace) throws Exception {
        try (var loop = EventLoop.create(trace.options())) {
            Coroutine<String> body = () -> {
                trace.add("begins");
                return "value";
            };
            var task = loop.createTask(body, EAGER);
            trace.add("created", task.isDone());
            trace.add(loop.runUntilComplete(task));
        }
    }
}
