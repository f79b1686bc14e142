package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.nap;

import io.jasyncio.ContextVar;
import io.jasyncio.Coroutine;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.Runner;
import java.util.List;
import java.util.concurrent.CancellationException;

/** S131 and S133 in direct style. */
class RunnersDirect {

    @Twin(value = "several_programs_run_on_one_loop", plain = true)
    void severalProgramsRunOnOneLoop(Trace trace) throws Exception {
        Coroutine<EventLoop> main = () -> {
            nap(1);
            trace.add("at", millis());
            return EventLoop.current();
        };
        EventLoop first;
        try (var runner = new Runner(trace.options())) {
            first = runner.run(main);
            var second = runner.run(main);
            trace.add("same loop", first == second, first == runner.getLoop(), "closed", first.isClosed());
        }
        trace.add("closed", first.isClosed());
    }

    @Twin(value = "a_task_that_a_program_leaves_behind_goes_on_in_the_next", plain = true)
    void aTaskThatAProgramLeavesBehindGoesOnInTheNext(Trace trace) throws Exception {
        CoroutineAction helper = () -> {
            try {
                for (var count = 1; count < 10; count++) {
                    nap(2);
                    trace.add("helper", count, "at", millis());
                }
            } catch (CancellationException cancelled) {
                trace.add("helper", cancelled, "at", millis());
            }
        };
        try (var runner = new Runner(trace.options())) {
            runner.run(() -> {
                createTask(helper);
                nap(3);
            });
            runner.run(() -> {
                trace.add("second at", millis());
                nap(2);
            });
            trace.add("close");
        }
    }

    @Twin(value = "the_context_is_kept_from_program_to_program", plain = true)
    void theContextIsKeptFromProgramToProgram(Trace trace) throws Exception {
        var variable = new ContextVar<>("variable", "default");
        try (var runner = new Runner(trace.options())) {
            for (var value : List.of("first", "second")) {
                runner.run(() -> {
                    trace.add("in", variable.get());
                    variable.set(value);
                });
            }
            trace.add("outside", variable.get());
        }
    }

    @Twin(value = "a_runner_goes_on_after_a_program_that_failed", plain = true)
    void aRunnerGoesOnAfterAProgramThatFailed(Trace trace) throws Exception {
        CoroutineAction failing = () -> {
            throw new Boom();
        };
        try (var runner = new Runner(trace.options())) {
            try {
                runner.run(failing);
            } catch (Boom failed) {
                trace.add(failed);
            }
            trace.add(runner.run(() -> "value"));
        }
    }

    @Twin(value = "a_closed_runner_runs_nothing", plain = true)
    void aClosedRunnerRunsNothing(Trace trace) throws Exception {
        var runner = new Runner(trace.options());
        runner.getLoop();
        runner.close();
        runner.close();
        for (var use : List.<CoroutineAction>of(() -> runner.run(() -> trace.add("not reached")), runner::getLoop)) {
            try {
                use.run();
            } catch (IllegalStateException refused) {
                trace.add(refused);
            }
        }
    }

    @Twin(value = "a_runner_that_ran_nothing_closes", plain = true)
    void aRunnerThatRanNothingCloses(Trace trace) {
        new Runner(trace.options()).close();
        EventLoop loop;
        try (var runner = new Runner(trace.options())) {
            loop = runner.getLoop();
        }
        trace.add("closed", loop.isClosed());
    }

    @Twin(value = "a_program_that_is_cancelled_from_inside_ends_cancelled", plain = true)
    void aProgramThatIsCancelledFromInsideEndsCancelled(Trace trace) throws Exception {
        try (var runner = new Runner(trace.options())) {
            runner.run(() -> {
                EventLoop.current().callLater(seconds(1), currentTask()::cancel);
                try {
                    nap(10);
                } finally {
                    trace.add("cleanup at", millis());
                }
            });
        } catch (CancellationException cancelled) {
            trace.add(cancelled);
        }
    }

    @Twin(value = "a_runner_is_refused_where_a_loop_runs", plain = true)
    void aRunnerIsRefusedWhereALoopRuns(Trace trace) throws Exception {
        try (var runner = new Runner(trace.options());
                var other = new Runner(trace.options())) {
            runner.run(() -> {
                try {
                    other.run(() -> trace.add("not reached"));
                } catch (IllegalStateException refused) {
                    trace.add(refused);
                }
            });
        }
    }
}
