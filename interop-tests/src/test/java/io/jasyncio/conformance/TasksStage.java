package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.TaskOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** S31, S34 in stage style. */
class TasksStage {

    @Twin("tasks_start_in_order_behind_their_creator")
    CompletionStage<?> tasksStartInOrderBehindTheirCreator(Trace trace) {
        for (var parent : List.of("first", "second")) {
            createStageTask(() -> {
                trace.add(parent, "begins");
                createStageTask(() -> say(trace, parent + "'s child"));
                trace.add(parent, "ends");
                return completedFuture(null);
            });
        }
        EventLoop.current().callSoon(() -> createStageTask(() -> say(trace, "a callback's child")));
        trace.add("main goes on");
        return sleep(ZERO)
                .thenRun(() -> trace.add("main one"))
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> trace.add("main two"));
    }

    private static CompletionStage<Void> say(Trace trace, String name) {
        trace.add(name, "begins");
        return completedFuture(null);
    }

    @Twin("yielding_tasks_take_turns")
    CompletionStage<?> yieldingTasksTakeTurns(Trace trace) {
        var a = createStageTask(() -> takeTurns(trace, "a", 0, 2));
        var b = createStageTask(() -> takeTurns(trace, "b", 0, 4));
        var c = createStageTask(() -> takeTurns(trace, "c", 0, 3));
        return CompletableFuture.allOf(a, b, c).thenRun(() -> trace.add("main"));
    }

    private static CompletionStage<Void> takeTurns(Trace trace, String name, int turn, int count) {
        if (turn == count) {
            return completedFuture(null);
        }
        trace.add(name, turn);
        return sleep(ZERO).thenCompose(then -> takeTurns(trace, name, turn + 1, count));
    }

    @Twin("two_tasks_pass_the_ball")
    CompletionStage<?> twoTasksPassTheBall(Trace trace) {
        var balls = TasksDirect.balls();
        var ping = createStageTask(() -> play(trace, balls, "ping", 0));
        var pong = createStageTask(() -> play(trace, balls, "pong", 1));
        return sleep(ZERO)
                .thenCompose(then -> {
                    balls.get(0).complete(null);
                    trace.add("main has served");
                    return ping;
                })
                .thenRun(() -> trace.add("ping is done"))
                .thenCompose(then -> pong)
                .thenRun(() -> trace.add("pong is done"));
    }

    /** With {@code Async}, since a plain function would run inside the other player who completes the ball. */
    private static CompletionStage<Void> play(Trace trace, List<LoopFuture<String>> balls, String name, int turn) {
        var next = balls.get(turn).thenRunAsync(() -> TasksDirect.passOn(trace, balls, name, turn));
        return turn + 2 < balls.size() ? next.thenCompose(then -> play(trace, balls, name, turn + 2)) : next;
    }

    @Twin("the_end_of_a_task_stands_in_the_queue")
    CompletionStage<?> theEndOfATaskStandsInTheQueue(Trace trace) {
        var loop = EventLoop.current();
        var task = createStageTask(() -> sleep(ZERO).thenApply(then -> {
            loop.callSoon(() -> trace.add("queued by the task"));
            trace.add("task ends");
            return "result";
        }));
        task.addDoneCallback(done -> trace.add("done callback"));
        loop.callSoon(() -> loop.callSoon(() -> trace.add("queued before the end")));
        return createStageTask(() -> task).thenAccept(result -> trace.add("main has the", result));
    }

    @Twin("several_await_one_task")
    CompletionStage<?> severalAwaitOneTask(Trace trace) {
        var failure = new Boom();
        var task = createStageTask(() -> sleep(ofMillis(1)).thenRun(() -> {
            throw failure;
        }));
        var awaiters = Stream.of("first", "second", "third")
                .map(name -> createStageTask(() -> task).handle((value, error) -> {
                    trace.add(name, error == failure);
                    return null;
                }))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(awaiters).thenCompose(then -> task).handle((value, error) -> {
            trace.add("late", task.exception() == failure);
            return null;
        });
    }

    @Twin(
            value = "each_task_is_current_in_its_own_steps",
            because = "a function of a chain runs where its stage is completed, on behalf of nobody",
            trace = {
                "a is a",
                "b is b",
                "a is none",
                "b is none",
                "a is still none",
                "b is still none",
                "main is none",
                "main is none"
            })
    CompletionStage<?> eachTaskIsCurrentInItsOwnSteps(Trace trace) {
        var a = createStageTask(() -> sayWhoIsCurrent(trace, "a"), TaskOptions.named("a"));
        var b = createStageTask(() -> sayWhoIsCurrent(trace, "b"), TaskOptions.named("b"));
        return a.thenRunAsync(() -> trace.add("main is", currentTask()))
                .thenCompose(then -> b)
                .thenRunAsync(() -> trace.add("main is", currentTask()));
    }

    private static CompletionStage<Void> sayWhoIsCurrent(Trace trace, String name) {
        trace.add(name, "is", currentTask());
        return sleep(ZERO)
                .thenRun(() -> trace.add(name, "is", currentTask()))
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> trace.add(name, "is still", currentTask()));
    }

    @Twin("a_forgotten_task_still_ends")
    CompletionStage<?> aForgottenTaskStillEnds(Trace trace) {
        createStageTask(() -> {
            trace.add("begins");
            return sleep(ofMillis(5)).thenRun(() -> trace.add("ends"));
        });
        return sleep(ofMillis(10)).thenRun(() -> trace.add("main"));
    }
}
