package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.Resources.usingStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.endedStage;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.GeneratorTasks.askStage;
import static io.jasyncio.conformance.GeneratorTasks.ticks;
import static io.jasyncio.conformance.GeneratorcancelsDirect.VARIABLE;
import static io.jasyncio.conformance.GeneratorcancelsDirect.bystander;
import static io.jasyncio.conformance.GeneratorcancelsDirect.looks;
import static io.jasyncio.conformance.GeneratorcancelsDirect.slowToClose;
import static io.jasyncio.conformance.GeneratorcancelsDirect.stubborn;
import static io.jasyncio.conformance.GeneratorcancelsDirect.tasks;
import static io.jasyncio.conformance.QueueTasks.callAt;

import io.jasyncio.EventLoop;
import io.jasyncio.Runner;
import io.jasyncio.Task;
import io.jasyncio.iteration.AsyncGenerator;
import io.jasyncio.iteration.AsyncIterator;
import java.util.ArrayList;
import java.util.concurrent.CompletionStage;

/**
 * S39, S46, S62, S126 and S131 in stage style: generators of cancelled consumers, and those that are left open.
 * {@code forEachAsync} closes what it goes through; what goes on by hand does not.
 */
class GeneratorcancelsStage {

    private static CompletionStage<Void> ending(Trace trace, Task<?> task) {
        return endedStage(task).thenAccept(over -> trace.add("cancelled", over.isCancelled(), "at", millis()));
    }

    @Twin("a_request_reaches_what_the_generator_waits_for")
    CompletionStage<?> aRequestReachesWhatTheGeneratorWaitsFor(Trace trace) {
        var generator = ticks(trace, 0);
        var task = createStageTask(() -> generator.forEachAsync(number -> trace.add("got", number)));
        callAt(3, task::cancel);
        return ending(trace, task).thenCompose(shown -> askStage(trace, generator));
    }

    @Twin("the_consumer_waits_for_the_cleanup_of_its_generator")
    CompletionStage<?> theConsumerWaitsForTheCleanupOfItsGenerator(Trace trace) {
        var generator = ticks(trace, 2);
        var task = createStageTask(() -> askStage(trace, generator));
        callAt(1, task::cancel);
        return ending(trace, task);
    }

    @Twin("a_request_between_two_values_does_not_reach_the_generator")
    CompletionStage<?> aRequestBetweenTwoValuesDoesNotReachTheGenerator(Trace trace) {
        var generator = ticks(trace, 0);
        var task = createStageTask(() -> askStage(trace, generator).thenCompose(asked -> napStage(10)));
        callAt(3, task::cancel);
        return ending(trace, task)
                .thenCompose(shown -> askStage(trace, generator))
                .thenCompose(asked -> generator.closeAsync());
    }

    @Twin("a_block_closes_its_generator_when_the_consumer_is_cancelled")
    CompletionStage<?> aBlockClosesItsGeneratorWhenTheConsumerIsCancelled(Trace trace) {
        var task = createStageTask(() -> usingStage(
                ticks(trace, 2), generator -> askStage(trace, generator).thenCompose(asked -> napStage(10))));
        callAt(3, task::cancel);
        return ending(trace, task);
    }

    @Twin("a_request_breaks_the_closing_off")
    CompletionStage<?> aRequestBreaksTheClosingOff(Trace trace) {
        var generator = slowToClose(trace);
        return askStage(trace, generator).thenCompose(asked -> {
            var task = createStageTask(generator::closeAsync);
            callAt(1, task::cancel);
            return ending(trace, task);
        });
    }

    @Twin("a_generator_may_swallow_a_request_and_go_on")
    CompletionStage<?> aGeneratorMaySwallowARequestAndGoOn(Trace trace) {
        var generator = stubborn(trace);
        var task = createStageTask(() -> askStage(trace, generator));
        callAt(1, task::cancel);
        return ending(trace, task).thenCompose(shown -> generator.closeAsync());
    }

    @Twin("a_deadline_ends_the_generator_that_is_late")
    CompletionStage<?> aDeadlineEndsTheGeneratorThatIsLate(Trace trace) {
        var generator = ticks(trace, 0);
        return askStage(trace, generator)
                .thenCompose(asked ->
                        waitFor(generator.hasNextAsync(), seconds(1)).handle((found, failure) -> original(failure)))
                .thenAccept(late -> trace.add(late, "at", millis()))
                .thenCompose(shown -> askStage(trace, generator));
    }

    @Twin(
            value = "a_generator_runs_in_the_task_that_asks",
            because = GeneratorcancelsDirect.OWN_TASK,
            trace = {"same task false", "same task false"})
    CompletionStage<?> aGeneratorRunsInATaskOfItsOwn(Trace trace) {
        var generator = tasks();
        return consumeTask(trace, generator)
                .thenCompose(first -> consumeTask(trace, generator))
                .thenCompose(second -> generator.closeAsync());
    }

    private static Task<Void> consumeTask(Trace trace, AsyncIterator<Task<?>> generator) {
        return createStageTask(() -> {
            var me = currentTask();
            return generator.hasNextAsync().thenAccept(found -> trace.add("same task", generator.next() == me));
        });
    }

    @Twin("a_generator_shares_the_context_of_the_one_who_asks")
    CompletionStage<?> aGeneratorSharesTheContextOfTheOneWhoAsks(Trace trace) {
        var generator = looks();
        return consumeAs(trace, "A", generator)
                .thenCompose(first -> consumeAs(trace, "B", generator))
                .thenCompose(second -> generator.closeAsync());
    }

    private static Task<Void> consumeAs(Trace trace, String name, AsyncIterator<String> generator) {
        return createStageTask(() -> {
            VARIABLE.set(name);
            return generator.hasNextAsync().thenAccept(found -> {
                trace.add("generator sees", generator.next());
                trace.add("consumer sees", VARIABLE.get());
            });
        });
    }

    @Twin(value = "a_program_closes_what_it_leaves_open", plain = true)
    void aProgramClosesWhatItLeavesOpen(Trace trace) throws Exception {
        var generators = new ArrayList<AsyncGenerator<Integer>>();
        try (var runner = new Runner(trace.options())) {
            runner.runStage(() -> {
                var generator = ticks(trace, 3);
                generators.add(generator);
                var task = createTask(bystander(trace));
                return askStage(trace, generator).thenRun(() -> trace.add("main ends at", millis(), task.isDone()));
            });
            trace.add("run has ended");
        }
        trace.add("closed");
    }

    @Twin(value = "a_program_does_not_close_what_was_never_begun", plain = true)
    void aProgramDoesNotCloseWhatWasNeverBegun(Trace trace) throws Exception {
        var generators = new ArrayList<AsyncGenerator<Integer>>();
        try (var runner = new Runner(trace.options())) {
            runner.runStage(() -> {
                generators.add(ticks(trace, 0));
                trace.add("main ends");
                return nothing();
            });
        }
        trace.add("closed");
    }

    @Twin(value = "a_failure_to_close_does_not_fail_the_program", plain = true)
    void aFailureToCloseDoesNotFailTheProgram(Trace trace) throws Exception {
        var generators = new ArrayList<AsyncGenerator<String>>();
        try (var runner = new Runner(trace.options())) {
            var result = runner.runStage(() -> {
                EventLoop.current().setExceptionHandler((loop, error) -> trace.add("reported", error.exception()));
                generators.add(GeneratorsDirect.failsInItsCleanup());
                return askStage(trace, generators.get(0)).thenApply(asked -> "result");
            });
            trace.add(result);
        }
        trace.add("closed");
    }
}
