package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.TaskOptions;
import java.util.List;
import java.util.stream.Stream;

/** S31, S34 in direct style. */
class TasksDirect {

    @Twin("tasks_start_in_order_behind_their_creator")
    void tasksStartInOrderBehindTheirCreator(Trace trace) throws Exception {
        for (var parent : List.of("first", "second")) {
            createTask(() -> {
                trace.add(parent, "begins");
                createTask(() -> trace.add(parent + "'s child", "begins"));
                trace.add(parent, "ends");
            });
        }
        EventLoop.current().callSoon(() -> createTask(() -> trace.add("a callback's child", "begins")));
        trace.add("main goes on");
        await(sleep(ZERO));
        trace.add("main one");
        await(sleep(ZERO));
        trace.add("main two");
    }

    @Twin("yielding_tasks_take_turns")
    void yieldingTasksTakeTurns(Trace trace) throws Exception {
        var tasks = List.of(
                createTask(() -> takeTurns(trace, "a", 2)),
                createTask(() -> takeTurns(trace, "b", 4)),
                createTask(() -> takeTurns(trace, "c", 3)));
        for (var task : tasks) {
            await(task);
        }
        trace.add("main");
    }

    private static void takeTurns(Trace trace, String name, int count) throws Exception {
        for (var turn = 0; turn < count; turn++) {
            trace.add(name, turn);
            await(sleep(ZERO));
        }
    }

    @Twin("two_tasks_pass_the_ball")
    void twoTasksPassTheBall(Trace trace) throws Exception {
        var balls = balls();
        var ping = createTask(() -> play(trace, balls, "ping", 0));
        var pong = createTask(() -> play(trace, balls, "pong", 1));
        await(sleep(ZERO));
        balls.get(0).complete(null);
        trace.add("main has served");
        await(ping);
        trace.add("ping is done");
        await(pong);
        trace.add("pong is done");
    }

    static List<LoopFuture<String>> balls() {
        var loop = EventLoop.current();
        return Stream.generate(loop::<String>createFuture).limit(6).toList();
    }

    private static void play(Trace trace, List<LoopFuture<String>> balls, String name, int first) throws Exception {
        for (var turn = first; turn < balls.size(); turn += 2) {
            await(balls.get(turn));
            passOn(trace, balls, name, turn);
        }
    }

    static void passOn(Trace trace, List<LoopFuture<String>> balls, String name, int turn) {
        trace.add(name, "has ball", turn);
        if (turn + 1 < balls.size()) {
            balls.get(turn + 1).complete(null);
            trace.add(name, "has played");
        }
    }

    @Twin("the_end_of_a_task_stands_in_the_queue")
    void theEndOfATaskStandsInTheQueue(Trace trace) throws Exception {
        var loop = EventLoop.current();
        var task = createTask(() -> {
            await(sleep(ZERO));
            loop.callSoon(() -> trace.add("queued by the task"));
            trace.add("task ends");
            return "result";
        });
        task.addDoneCallback(done -> trace.add("done callback"));
        loop.callSoon(() -> loop.callSoon(() -> trace.add("queued before the end")));
        trace.add("main has the", await(task));
    }

    @Twin("several_await_one_task")
    void severalAwaitOneTask(Trace trace) throws Exception {
        var failure = new Boom();
        var task = createTask(() -> {
            await(sleep(ofMillis(1)));
            throw failure;
        });
        var awaiters = Stream.of("first", "second", "third")
                .map(name -> createTask(() -> awaitFailure(trace, name, task, failure)))
                .toList();
        for (var awaiter : awaiters) {
            await(awaiter);
        }
        awaitFailure(trace, "late", task, failure);
    }

    private static void awaitFailure(Trace trace, String name, Task<?> task, Boom failure) throws Exception {
        try {
            await(task);
        } catch (Boom error) {
            trace.add(name, error == failure);
        }
    }

    @Twin("each_task_is_current_in_its_own_steps")
    void eachTaskIsCurrentInItsOwnSteps(Trace trace) throws Exception {
        currentTask().setName("main");
        var a = createTask(() -> sayWhoIsCurrent(trace, "a"), TaskOptions.named("a"));
        var b = createTask(() -> sayWhoIsCurrent(trace, "b"), TaskOptions.named("b"));
        await(a);
        trace.add("main is", currentTask());
        await(b);
        trace.add("main is", currentTask());
    }

    private static void sayWhoIsCurrent(Trace trace, String name) throws Exception {
        for (var i = 0; i < 2; i++) {
            trace.add(name, "is", currentTask());
            await(sleep(ZERO));
        }
        trace.add(name, "is still", currentTask());
    }

    @Twin("a_forgotten_task_still_ends")
    void aForgottenTaskStillEnds(Trace trace) throws Exception {
        createTask(() -> {
            trace.add("begins");
            await(sleep(ofMillis(5)));
            trace.add("ends");
        });
        await(sleep(ofMillis(10)));
        trace.add("main");
    }
}
