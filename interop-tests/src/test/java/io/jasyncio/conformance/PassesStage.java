package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.conformance.EagerDirect.EAGER;
import static java.time.Duration.ZERO;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** S24, S32, S49 in stage style. */
class PassesStage {

    /** As an await does it: goes on at once if there is nothing to wait for, else through the queue. */
    private static CompletionStage<Void> measure(Trace trace, String name, Supplier<LoopFuture<String>> wait) {
        var passes = Passes.start();
        var future = wait.get();
        Runnable then = () -> trace.add(name, passes.stop());
        return future.isDone() ? future.thenRun(then) : future.thenRunAsync(then);
    }

    private static CompletionStage<String> yielding(int times) {
        return times == 0 ? completedFuture("value") : sleep(ZERO).thenCompose(then -> yielding(times - 1));
    }

    @Twin(
            value = "passes_until_an_awaited_task_has_ended",
            because = "the end of a chain takes one pass to reach its task, where the end of a body is the task's own",
            trace = {"immediate 2", "yields once 4", "yields twice 5"})
    CompletionStage<?> passesUntilAnAwaitedTaskHasEnded(Trace trace) {
        return measure(trace, "immediate", () -> createStageTask(() -> yielding(0)))
                .thenCompose(then -> measure(trace, "yields once", () -> createStageTask(() -> yielding(1))))
                .thenCompose(then -> measure(trace, "yields twice", () -> createStageTask(() -> yielding(2))));
    }

    @Twin("passes_of_an_await_that_has_nothing_to_wait_for")
    CompletionStage<?> passesOfAnAwaitThatHasNothingToWaitFor(Trace trace) {
        var ended = createStageTask(() -> yielding(0));
        var future = EventLoop.current().<String>createFuture();
        future.complete("value");
        return ended.thenCompose(then -> {
                    var passes = Passes.start();
                    return yielding(0).thenRun(() -> trace.add("body", passes.stop()));
                })
                .thenCompose(then -> measure(trace, "future", () -> future))
                .thenCompose(then -> measure(trace, "task", () -> ended));
    }

    @Twin("passes_until_a_future_is_completed")
    CompletionStage<?> passesUntilAFutureIsCompleted(Trace trace) {
        return measure(trace, "callback", PassesDirect::completedByACallback)
                .thenCompose(then -> measure(trace, "task", PassesStage::completedByATask));
    }

    private static LoopFuture<String> completedByATask() {
        var future = EventLoop.current().<String>createFuture();
        createStageTask(() -> sleep(ZERO).thenRun(() -> future.complete("value")));
        return future;
    }

    @Twin(
            value = "passes_of_eager_tasks",
            because = "the end of a chain takes one pass to reach its task, where the end of a body is the task's own",
            trace = {"immediate 0", "yields once 3", "yields twice 4"})
    CompletionStage<?> passesOfEagerTasks(Trace trace) {
        return measure(trace, "immediate", () -> createStageTask(() -> yielding(0), EAGER))
                .thenCompose(then -> measure(trace, "yields once", () -> createStageTask(() -> yielding(1), EAGER)))
                .thenCompose(then -> measure(trace, "yields twice", () -> createStageTask(() -> yielding(2), EAGER)));
    }

    @Twin(
            value = "an_end_climbs_one_task_per_pass",
            because =
                    "a function of a chain runs in the very pass in which its stage ends, so each level is told one pass"
                            + " earlier; the climbing itself takes as long",
            trace = {
                "fails after 4",
                "level 1 after 4",
                "level 2 after 5",
                "level 3 after 6",
                "level 4 after 7",
                "main Boom after 7"
            })
    CompletionStage<?> anEndClimbsOneTaskPerPass(Trace trace) {
        var passes = Passes.start();
        return level(trace, passes, 4).handle((value, error) -> {
            trace.add("main", error, "after", passes.stop());
            return null;
        });
    }

    private static CompletionStage<String> level(Trace trace, Passes passes, int depth) {
        if (depth == 0) {
            trace.add("fails after", passes.count());
            throw new Boom();
        }
        return createStageTask(() -> level(trace, passes, depth - 1))
                .whenComplete((value, error) -> trace.add("level", depth, "after", passes.count()));
    }
}
