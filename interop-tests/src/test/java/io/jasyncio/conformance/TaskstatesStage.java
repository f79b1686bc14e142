package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.jasyncio.EventLoop;
import io.jasyncio.TaskOptions;
import java.util.concurrent.CompletionStage;

/** S36-S38 in stage style. */
class TaskstatesStage {

    @Twin("a_task_has_a_name")
    CompletionStage<?> aTaskHasAName(Trace trace) {
        var named = createStageTask(() -> completedFuture(null), TaskOptions.named("given"));
        var one = createStageTask(() -> completedFuture(null));
        var two = createStageTask(() -> completedFuture(null));
        trace.add(named, one.getName().equals(two.getName()), one.getName().startsWith("Task-"));
        return named.thenRun(() -> {
            named.setName("changed");
            trace.add(named);
        });
    }

    @Twin("a_task_cannot_be_completed_from_outside")
    CompletionStage<?> aTaskCannotBeCompletedFromOutside(Trace trace) {
        var task = createStageTask(() -> sleep(ofMillis(1), "from the body"));
        TaskstatesDirect.completeFromOutside(trace, task);
        return task.thenAccept(trace::add);
    }

    @Twin("a_failure_that_is_no_exception_is_stored_too")
    CompletionStage<?> aFailureThatIsNoExceptionIsStoredToo(Trace trace) {
        var task = createStageTask(() -> {
            try {
                throw new Fatal();
            } catch (RuntimeException error) {
                trace.add("caught", error);
                return completedFuture(null);
            }
        });
        return task.handle((value, error) -> {
            trace.add(error, error == task.exception(), task.isCancelled());
            return null;
        });
    }

    @Twin("all_tasks_are_those_that_have_not_ended")
    CompletionStage<?> allTasksAreThoseThatHaveNotEnded(Trace trace) {
        currentTask().setName("main");
        trace.add("at first", TaskstatesDirect.names());
        var ending = createStageTask(
                () -> {
                    trace.add("in the task", TaskstatesDirect.names());
                    return sleep(ofMillis(10));
                },
                TaskOptions.named("ending"));
        trace.add("created", TaskstatesDirect.names());
        return sleep(ZERO)
                .thenRun(() -> trace.add("sleeping", TaskstatesDirect.names()))
                .thenCompose(then -> ending)
                .thenRun(() -> trace.add("ended", TaskstatesDirect.names()))
                .thenCompose(then -> {
                    var cancelled = createStageTask(() -> sleep(ofSeconds(1)), TaskOptions.named("cancelled"));
                    return sleep(ZERO).thenRun(cancelled::cancel);
                })
                .thenRun(() -> trace.add("being cancelled", TaskstatesDirect.names()))
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> trace.add("after a pass", TaskstatesDirect.names()))
                .thenCompose(then -> {
                    EventLoop.current().callSoon(() -> trace.add("in a callback", TaskstatesDirect.names()));
                    return sleep(ZERO);
                });
    }
}
