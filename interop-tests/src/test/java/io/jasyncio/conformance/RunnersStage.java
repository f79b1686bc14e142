package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.failed;
import static io.jasyncio.conformance.Ending.ifCancelled;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;

import io.jasyncio.ContextVar;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.Runner;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** S131 and S133 in stage style. */
@NotHere(scenario = "a_runner_that_ran_nothing_closes", because = "no task in it has a body; it is in the direct twins")
class RunnersStage {

    @Twin(value = "several_programs_run_on_one_loop", plain = true)
    void severalProgramsRunOnOneLoop(Trace trace) throws Exception {
        Supplier<CompletionStage<EventLoop>> main = () -> napStage(1).thenApply(slept -> {
            trace.add("at", millis());
            return EventLoop.current();
        });
        EventLoop first;
        try (var runner = new Runner(trace.options())) {
            first = runner.runStage(main);
            var second = runner.runStage(main);
            trace.add("same loop", first == second, first == runner.getLoop(), "closed", first.isClosed());
        }
        trace.add("closed", first.isClosed());
    }

    @Twin(value = "a_task_that_a_program_leaves_behind_goes_on_in_the_next", plain = true)
    void aTaskThatAProgramLeavesBehindGoesOnInTheNext(Trace trace) throws Exception {
        try (var runner = new Runner(trace.options())) {
            runner.runStage(() -> {
                createStageTask(() -> ifCancelled(helper(trace, 1), cancelled -> {
                    trace.add("helper", cancelled, "at", millis());
                    return known(null);
                }));
                return napStage(3);
            });
            runner.runStage(() -> {
                trace.add("second at", millis());
                return napStage(2);
            });
            trace.add("close");
        }
    }

    private static CompletionStage<Void> helper(Trace trace, int count) {
        return napStage(2)
                .thenRun(() -> trace.add("helper", count, "at", millis()))
                .thenCompose(shown -> helper(trace, count + 1));
    }

    @Twin(value = "the_context_is_kept_from_program_to_program", plain = true)
    void theContextIsKeptFromProgramToProgram(Trace trace) throws Exception {
        var variable = new ContextVar<>("variable", "default");
        try (var runner = new Runner(trace.options())) {
            for (var value : List.of("first", "second")) {
                runner.runStage(() -> {
                    trace.add("in", variable.get());
                    variable.set(value);
                    return known(null);
                });
            }
            trace.add("outside", variable.get());
        }
    }

    @Twin(value = "a_runner_goes_on_after_a_program_that_failed", plain = true)
    void aRunnerGoesOnAfterAProgramThatFailed(Trace trace) throws Exception {
        try (var runner = new Runner(trace.options())) {
            try {
                runner.runStage(() -> failed(new Boom()));
            } catch (Boom failed) {
                trace.add(failed);
            }
            trace.add(runner.runStage(() -> known("value")));
        }
    }

    @Twin(value = "a_closed_runner_runs_nothing", plain = true)
    void aClosedRunnerRunsNothing(Trace trace) throws Exception {
        var runner = new Runner(trace.options());
        runner.getLoop();
        runner.close();
        runner.close();
        for (var use : List.<CoroutineAction>of(() -> runner.runStage(() -> known(null)), runner::getLoop)) {
            try {
                use.run();
            } catch (IllegalStateException refused) {
                trace.add(refused);
            }
        }
    }

    @Twin(value = "a_program_that_is_cancelled_from_inside_ends_cancelled", plain = true)
    void aProgramThatIsCancelledFromInsideEndsCancelled(Trace trace) throws Exception {
        try (var runner = new Runner(trace.options())) {
            runner.runStage(() -> {
                EventLoop.current().callLater(seconds(1), currentTask()::cancel);
                return napStage(10).whenComplete((slept, failure) -> trace.add("cleanup at", millis()));
            });
        } catch (CancellationException cancelled) {
            trace.add(cancelled);
        }
    }

    @Twin(value = "a_runner_is_refused_where_a_loop_runs", plain = true)
    void aRunnerIsRefusedWhereALoopRuns(Trace trace) throws Exception {
        try (var runner = new Runner(trace.options());
                var other = new Runner(trace.options())) {
            runner.runStage(() -> known(null).thenRun(() -> {
                try {
                    other.runStage(() -> known("not reached"));
                } catch (Exception refused) {
                    trace.add(refused);
                }
            }));
        }
    }
}
