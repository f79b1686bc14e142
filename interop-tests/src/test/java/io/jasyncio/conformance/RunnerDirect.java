package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.Coroutine;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.Runner;
import io.jasyncio.Task;
import io.jasyncio.TaskOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/** S131-S133 in direct style. */
class RunnerDirect {

    /** {@code Asyncio.run} on a loop with virtual time. */
    private static <T> T run(Trace trace, Coroutine<T> main) throws Exception {
        try (var runner = new Runner(trace.options())) {
            return runner.run(main);
        }
    }

    private static void run(Trace trace, CoroutineAction main) throws Exception {
        run(trace, main.asCoroutine());
    }

    private static void passes(int count) throws Exception {
        for (var pass = 0; pass < count; pass++) {
            await(onePass());
        }
    }

    @Twin(value = "run_gives_the_value_of_the_program", plain = true)
    void runGivesTheValueOfTheProgram(Trace trace) throws Exception {
        var loop = run(trace, () -> {
            nap(1);
            return EventLoop.current();
        });
        trace.add("running", loop.isRunning(), "closed", loop.isClosed());
    }

    @Twin(value = "run_throws_what_the_program_throws", plain = true)
    void runThrowsWhatTheProgramThrows(Trace trace) throws Exception {
        for (var ending : List.of(new Boom("why"), new CancellationException())) {
            try {
                run(trace, () -> {
                    createTask(() -> {
                        try {
                            nap(10);
                        } finally {
                            trace.add("cleanup");
                        }
                    });
                    nap(1);
                    throw ending;
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
            createTask(helper(trace, "slow", 2, release));
            createTask(helper(trace, "quick", 1, release));
            nap(1);
            EventLoop.current().runInExecutor(null, () -> {
                release.await();
                trace.add("work");
                return null;
            });
            trace.add("main ends");
        });
        trace.add("closed");
    }

    private static CoroutineAction helper(Trace trace, String name, int count, CountDownLatch release) {
        return () -> {
            try {
                nap(100);
            } catch (CancellationException cancelled) {
                trace.add(cancelled);
                passes(count);
                trace.add(name, "cleaned up");
                if (name.equals("slow")) {
                    release.countDown();
                }
            }
        };
    }

    @Twin(value = "the_shutdown_waits_for_tasks_that_refuse_to_be_cancelled", plain = true)
    void theShutdownWaitsForTasksThatRefuseToBeCancelled(Trace trace) throws Exception {
        var helper = run(trace, () -> {
            var stubborn = createTask(() -> {
                try {
                    nap(100);
                } catch (CancellationException cancelled) {
                    nap(50);
                    trace.add("ends", millis());
                }
            });
            nap(1);
            return stubborn;
        });
        trace.add("cancelled", helper.isCancelled());
    }

    @Twin(value = "a_task_of_the_last_step_of_the_program_still_begins", plain = true)
    void aTaskOfTheLastStepOfTheProgramStillBegins(Trace trace) throws Exception {
        run(trace, () -> {
            createTask(() -> {
                trace.add("begins");
                try {
                    await(onePass());
                } catch (CancellationException cancelled) {
                    trace.add(cancelled);
                }
            });
            trace.add("main ends");
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
            helpers.add(createTask(() -> {
                try {
                    nap(100);
                } finally {
                    helpers.add(createTask(() -> {
                        trace.add("late begins");
                        nap(100);
                        trace.add("not reached");
                    }));
                    passes(3);
                }
            }));
            nap(1);
        });
        trace.add("done", done, "requests", helpers.get(1).cancelling());
    }

    @Twin(value = "a_failure_during_the_shutdown_is_reported", plain = true)
    void aFailureDuringTheShutdownIsReported(Trace trace) throws Exception {
        CoroutineAction fragile = () -> {
            try {
                nap(100);
            } catch (CancellationException cancelled) {
                throw new Boom("cleanup");
            }
        };
        trace.add(run(trace, () -> {
            EventLoop.current()
                    .setExceptionHandler((loop, error) -> trace.add(
                            "reported", error.exception(), error.exception().getMessage(), error.source()));
            createTask(fragile, TaskOptions.named("fragile"));
            nap(1);
            return "value";
        }));
    }

    @Twin("run_is_refused_where_a_loop_runs")
    void runIsRefusedWhereALoopRuns(Trace trace) throws Exception {
        try {
            run(trace, () -> trace.add("not reached"));
        } catch (IllegalStateException refused) {
            trace.add(refused);
        }
    }
}
