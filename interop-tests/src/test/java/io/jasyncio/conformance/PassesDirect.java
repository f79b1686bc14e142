package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.conformance.EagerDirect.EAGER;
import static java.time.Duration.ZERO;

import io.jasyncio.Coroutine;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;

/** S24, S32, S49 in direct style. */
class PassesDirect {

    private static void measure(Trace trace, String name, CoroutineAction wait) throws Exception {
        var passes = Passes.start();
        wait.run();
        trace.add(name, passes.stop());
    }

    private static Coroutine<String> yielding(int times) {
        return () -> {
            for (var i = 0; i < times; i++) {
                await(sleep(ZERO));
            }
            return "value";
        };
    }

    @Twin("passes_until_an_awaited_task_has_ended")
    void passesUntilAnAwaitedTaskHasEnded(Trace trace) throws Exception {
        measure(trace, "immediate", () -> await(createTask(yielding(0))));
        measure(trace, "yields once", () -> await(createTask(yielding(1))));
        measure(trace, "yields twice", () -> await(createTask(yielding(2))));
    }

    @Twin("passes_of_an_await_that_has_nothing_to_wait_for")
    void passesOfAnAwaitThatHasNothingToWaitFor(Trace trace) throws Exception {
        var ended = createTask(yielding(0));
        await(ended);
        var future = EventLoop.current().<String>createFuture();
        future.complete("value");
        measure(trace, "body", () -> yielding(0).run());
        measure(trace, "future", () -> await(future));
        measure(trace, "task", () -> await(ended));
    }

    @Twin("passes_until_a_future_is_completed")
    void passesUntilAFutureIsCompleted(Trace trace) throws Exception {
        measure(trace, "callback", () -> await(completedByACallback()));
        measure(trace, "task", () -> await(completedByATask()));
    }

    static LoopFuture<String> completedByACallback() {
        var loop = EventLoop.current();
        var future = loop.<String>createFuture();
        loop.callSoon(() -> future.complete("value"));
        return future;
    }

    private static LoopFuture<String> completedByATask() {
        var future = EventLoop.current().<String>createFuture();
        createTask(() -> {
            await(sleep(ZERO));
            future.complete("value");
        });
        return future;
    }

    @Twin("passes_of_eager_tasks")
    void passesOfEagerTasks(Trace trace) throws Exception {
        measure(trace, "immediate", () -> await(createTask(yielding(0), EAGER)));
        measure(trace, "yields once", () -> await(createTask(yielding(1), EAGER)));
        measure(trace, "yields twice", () -> await(createTask(yielding(2), EAGER)));
    }

    @Twin("an_end_climbs_one_task_per_pass")
    void anEndClimbsOneTaskPerPass(Trace trace) throws Exception {
        var passes = Passes.start();
        try {
            level(trace, passes, 4);
        } catch (Boom error) {
            trace.add("main", error, "after", passes.stop());
        }
    }

    private static void level(Trace trace, Passes passes, int depth) throws Exception {
        if (depth == 0) {
            trace.add("fails after", passes.count());
            throw new Boom();
        }
        try {
            await(createTask(() -> level(trace, passes, depth - 1)));
        } finally {
            trace.add("level", depth, "after", passes.count());
        }
    }
}
