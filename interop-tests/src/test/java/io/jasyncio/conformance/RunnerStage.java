package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Ending.failed;
import static io.jasyncio.conformance.Ending.ifCancelled;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onCancel;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.EventLoop;
import io.jasyncio.Runner;
import io.jasyncio.Task;
import io.jasyncio.TaskOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** S131-S133 in stage style. */
class RunnerStage {

    /** {@code Asyncio.runStage} on a loop with virtual time. */
    private static <T> T run(Trace trace, Supplier<CompletionStage<T>> main) throws Exception {
        try (var runner = new Runner(trace.options())) {
            return runner.runStage(main);
        }
    }

    private static CompletionStage<Void> passes(int count) {
        return count == 0 ? known(null) : onePass().thenCompose(passed -> passes(count - 1));
    }

    @Twin(value = "run_gives_the_value_of_the_program", plain = true)
    void runGivesTheValueOfTheProgram(Trace trace) throws Exception {
        var loop = run(trace, () -> {
            var current = EventLoop.current();
            return napStage(1).thenApply(slept -> current);
        });
        trace.add("running", loop.isRunning(), "closed", loop.isClosed());
    }

    @Twin(value = "run_throws_what_the_program_throws", plain = true)
    void runThrowsWhatTheProgramThrows(Trace trace) throws Exception {
        for (var ending : List.of(new Boom("why"), new CancellationException())) {
            try {
                run(trace, () -> {
                    createStageTask(() -> napStage(10).whenComplete((slept, failure) -> trace.add("cleanup")));
                    return napStage(1).thenCompose(slept -> failed(ending));
                });
            } catch (Boom | CancellationException thrown) {
                trace.add(thrown, thrown.getMessage());
            }
        }
    }

    @Twin(value = "the_shutdown_cancels_all_tasks_and_then_waits_for_the_executor", plain = true)
    void theShutdownCancelsAllTasksAndThenWaitsForTheExecutor(Trace trace) throws Exception {
        var release = new CountDownLatch(1);
        run(trace, () -> {
            var loop = EventLoop.current();
            createStageTask(helper(trace, "slow", 2, release));
            createStageTask(helper(trace, "quick", 1, release));
            return napStage(1).thenRun(() -> {
                loop.runInExecutor(null, () -> {
                    release.await();
                    trace.add("work");
                    return null;
                });
                trace.add("main ends");
            });
        });
        trace.add("closed");
    }

    private static Supplier<CompletionStage<Void>> helper(Trace trace, String name, int count, CountDownLatch release) {
        return () -> ifCancelled(napStage(100), cancelled -> {
            trace.add(cancelled);
            return passes(count).thenRun(() -> {
                trace.add(name, "cleaned up");
                if (name.equals("slow")) {
                    release.countDown();
                }
            });
        });
    }

    @Twin(value = "the_shutdown_waits_for_tasks_that_refuse_to_be_cancelled", plain = true)
    void theShutdownWaitsForTasksThatRefuseToBeCancelled(Trace trace) throws Exception {
        var helper = run(trace, () -> {
            var stubborn = createStageTask(() ->
                    ifCancelled(napStage(100), cancelled -> napStage(50).thenRun(() -> trace.add("ends", millis()))));
            return napStage(1).thenApply(slept -> stubborn);
        });
        trace.add("cancelled", helper.isCancelled());
    }

    @Twin(value = "a_task_of_the_last_step_of_the_program_still_begins", plain = true)
    void aTaskOfTheLastStepOfTheProgramStillBegins(Trace trace) throws Exception {
        run(trace, () -> {
            createStageTask(() -> {
                trace.add("begins");
                return onCancel(onePass(), trace::add);
            });
            trace.add("main ends");
            return known(null);
        });
    }

    @Twin(value = "the_shutdown_makes_one_pass_only", plain = true)
    void theShutdownMakesOnePassOnly(Trace trace) throws Exception {
        var helpers = new ArrayList<Task<?>>();
        var done = new ArrayList<Boolean>();
        run(trace, () -> {
            EventLoop.current().setExceptionHandler((loop, error) -> {
                // What is pending when the loop is closed is reported, and only then ended.
                helpers.forEach(helper -> done.add(helper.isDone()));
            });
            helpers.add(createStageTask(() -> ifCancelled(napStage(100), cancelled -> {
                helpers.add(createStageTask(() -> late(trace)));
                return passes(3).thenCompose(passed -> failed(cancelled));
            })));
            return napStage(1);
        });
        trace.add("done", done, "requests", helpers.get(1).cancelling());
    }

    private static CompletionStage<Void> late(Trace trace) {
        trace.add("late begins");
        return napStage(100).thenRun(() -> trace.add("not reached"));
    }

    @Twin(value = "a_failure_during_the_shutdown_is_reported", plain = true)
    void aFailureDuringTheShutdownIsReported(Trace trace) throws Exception {
        Supplier<CompletionStage<Void>> fragile =
                () -> ifCancelled(napStage(100), cancelled -> failed(new Boom("cleanup")));
        var value = run(trace, () -> {
            EventLoop.current()
                    .setExceptionHandler((loop, error) -> trace.add(
                            "reported", error.exception(), error.exception().getMessage(), error.source()));
            createStageTask(fragile, TaskOptions.named("fragile"));
            return napStage(1).thenApply(slept -> "value");
        });
        trace.add(value);
    }

    @Twin("run_is_refused_where_a_loop_runs")
    CompletionStage<?> runIsRefusedWhereALoopRuns(Trace trace) throws Exception {
        try {
            run(trace, () -> known(null).thenRun(() -> trace.add("not reached")));
        } catch (IllegalStateException refused) {
            trace.add(refused);
        }
        return known(null);
    }
}
