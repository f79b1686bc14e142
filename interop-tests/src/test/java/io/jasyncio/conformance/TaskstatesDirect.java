package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.allTasks;
import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.jasyncio.Coroutine;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.TaskOptions;
import java.util.List;

/** S36-S38 in direct style. */
class TaskstatesDirect {

    @Twin("a_task_has_a_name")
    void aTaskHasAName(Trace trace) throws Exception {
        var named = createTask(() -> {}, TaskOptions.named("given"));
        var one = createTask(() -> {});
        var two = createTask(() -> {});
        trace.add(named, one.getName().equals(two.getName()), one.getName().startsWith("Task-"));
        await(named);
        named.setName("changed");
        trace.add(named);
    }

    @Twin("a_task_cannot_be_completed_from_outside")
    void aTaskCannotBeCompletedFromOutside(Trace trace) throws Exception {
        var task = createTask(() -> await(sleep(ofMillis(1), "from the body")));
        completeFromOutside(trace, task);
        trace.add(await(task));
    }

    static void completeFromOutside(Trace trace, Task<String> task) {
        try {
            task.complete("from outside");
        } catch (UnsupportedOperationException refused) {
            trace.add("result", refused, task.isDone());
        }
        try {
            task.completeExceptionally(new Boom());
        } catch (UnsupportedOperationException refused) {
            trace.add("failure", refused, task.isDone());
        }
    }

    @Twin("a_failure_that_is_no_exception_is_stored_too")
    void aFailureThatIsNoExceptionIsStoredToo(Trace trace) throws Exception {
        Coroutine<String> body = () -> {
            try {
                throw new Fatal();
            } catch (Exception error) {
                trace.add("caught", error);
                throw error;
            }
        };
        var task = createTask(body);
        try {
            await(task);
        } catch (Throwable error) {
            trace.add(error, error == task.exception(), task.isCancelled());
        }
    }

    @Twin("all_tasks_are_those_that_have_not_ended")
    void allTasksAreThoseThatHaveNotEnded(Trace trace) throws Exception {
        currentTask().setName("main");
        trace.add("at first", names());
        Coroutine<Void> body = () -> {
            trace.add("in the task", names());
            return await(sleep(ofMillis(10)));
        };
        var ending = createTask(body, TaskOptions.named("ending"));
        trace.add("created", names());
        await(sleep(ZERO));
        trace.add("sleeping", names());
        await(ending);
        trace.add("ended", names());
        var cancelled = createTask(() -> await(sleep(ofSeconds(1))), TaskOptions.named("cancelled"));
        await(sleep(ZERO));
        cancelled.cancel();
        trace.add("being cancelled", names());
        await(sleep(ZERO));
        trace.add("after a pass", names());
        EventLoop.current().callSoon(() -> trace.add("in a callback", names()));
        await(sleep(ZERO));
    }

    static List<String> names() {
        return allTasks().stream().map(Task::getName).sorted().toList();
    }
}
