package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.Resources.using;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.GeneratorTasks.ask;
import static io.jasyncio.conformance.GeneratorTasks.ticks;
import static io.jasyncio.conformance.QueueTasks.callAt;

import io.jasyncio.ContextVar;
import io.jasyncio.Coroutine;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.Runner;
import io.jasyncio.Task;
import io.jasyncio.iteration.AsyncGenerator;
import io.jasyncio.iteration.AsyncIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** S39, S46, S62, S126 and S131 in direct style: generators of cancelled consumers, and those that are left open. */
class GeneratorcancelsDirect {

    static final String OWN_TASK =
            "a body in direct style stands on a stack of its own, and so in a task of its own, whoever asks";

    static final ContextVar<String> VARIABLE = new ContextVar<>("variable", "nothing");

    private static void ending(Trace trace, Task<?> task) throws Exception {
        ended(task);
        trace.add("cancelled", task.isCancelled(), "at", millis());
    }

    @Twin("a_request_reaches_what_the_generator_waits_for")
    void aRequestReachesWhatTheGeneratorWaitsFor(Trace trace) throws Exception {
        var generator = ticks(trace, 0);
        var task = createTask(() -> {
            for (var number : generator.each()) {
                trace.add("got", number);
            }
        });
        callAt(3, task::cancel);
        ending(trace, task);
        ask(trace, generator);
    }

    @Twin("the_consumer_waits_for_the_cleanup_of_its_generator")
    void theConsumerWaitsForTheCleanupOfItsGenerator(Trace trace) throws Exception {
        var generator = ticks(trace, 2);
        var task = createTask(() -> ask(trace, generator));
        callAt(1, task::cancel);
        ending(trace, task);
    }

    @Twin("a_request_between_two_values_does_not_reach_the_generator")
    void aRequestBetweenTwoValuesDoesNotReachTheGenerator(Trace trace) throws Exception {
        var generator = ticks(trace, 0);
        var task = createTask(slowConsumer(trace, generator));
        callAt(3, task::cancel);
        ending(trace, task);
        ask(trace, generator);
        await(generator.closeAsync());
    }

    private static CoroutineAction slowConsumer(Trace trace, AsyncIterator<Integer> generator) {
        return () -> {
            for (var number : generator.each()) {
                trace.add("got", number);
                nap(10);
            }
        };
    }

    @Twin("a_block_closes_its_generator_when_the_consumer_is_cancelled")
    void aBlockClosesItsGeneratorWhenTheConsumerIsCancelled(Trace trace) throws Exception {
        var task = createTask(() -> using(ticks(trace, 2), generator -> {
            slowConsumer(trace, generator).run();
            return generator;
        }));
        callAt(3, task::cancel);
        ending(trace, task);
    }

    @Twin("a_request_breaks_the_closing_off")
    void aRequestBreaksTheClosingOff(Trace trace) throws Exception {
        var generator = slowToClose(trace);
        ask(trace, generator);
        var task = createTask(() -> await(generator.closeAsync()));
        callAt(1, task::cancel);
        ending(trace, task);
    }

    static AsyncGenerator<Integer> slowToClose(Trace trace) {
        return AsyncGenerator.of(out -> {
            try {
                out.yield(1);
            } finally {
                try {
                    nap(10);
                } catch (CancellationException cancelled) {
                    trace.add("cleanup", cancelled, "at", millis());
                    throw cancelled;
                }
            }
        });
    }

    @Twin("a_generator_may_swallow_a_request_and_go_on")
    void aGeneratorMaySwallowARequestAndGoOn(Trace trace) throws Exception {
        var generator = stubborn(trace);
        var task = createTask(() -> ask(trace, generator));
        callAt(1, task::cancel);
        ending(trace, task);
        await(generator.closeAsync());
    }

    static AsyncGenerator<String> stubborn(Trace trace) {
        return AsyncGenerator.of(out -> {
            try {
                nap(10);
            } catch (CancellationException cancelled) {
                trace.add("swallowed", cancelled);
            }
            out.yield("value");
        });
    }

    @Twin("a_deadline_ends_the_generator_that_is_late")
    void aDeadlineEndsTheGeneratorThatIsLate(Trace trace) throws Exception {
        var generator = ticks(trace, 0);
        ask(trace, generator);
        try {
            waitFor(() -> await(generator.hasNextAsync()), seconds(1));
        } catch (TimeoutException late) {
            trace.add(late, "at", millis());
        }
        ask(trace, generator);
    }

    @Twin(
            value = "a_generator_runs_in_the_task_that_asks",
            because = OWN_TASK,
            trace = {"same task false", "same task false"})
    void aGeneratorRunsInATaskOfItsOwn(Trace trace) throws Exception {
        var generator = tasks();
        for (var i = 0; i < 2; i++) {
            await(createTask(() -> {
                await(generator.hasNextAsync());
                trace.add("same task", generator.next() == currentTask());
            }));
        }
        await(generator.closeAsync());
    }

    static AsyncGenerator<Task<?>> tasks() {
        return AsyncGenerator.of(out -> {
            while (true) {
                out.yield(currentTask());
            }
        });
    }

    @Twin("a_generator_shares_the_context_of_the_one_who_asks")
    void aGeneratorSharesTheContextOfTheOneWhoAsks(Trace trace) throws Exception {
        var generator = looks();
        for (var name : List.of("A", "B")) {
            await(createTask(() -> {
                VARIABLE.set(name);
                await(generator.hasNextAsync());
                trace.add("generator sees", generator.next());
                trace.add("consumer sees", VARIABLE.get());
            }));
        }
        await(generator.closeAsync());
    }

    static AsyncGenerator<String> looks() {
        return AsyncGenerator.of(out -> {
            while (true) {
                var seen = VARIABLE.get();
                VARIABLE.set("set for " + seen);
                out.yield(seen);
            }
        });
    }

    @Twin(value = "a_program_closes_what_it_leaves_open", plain = true)
    void aProgramClosesWhatItLeavesOpen(Trace trace) throws Exception {
        var generators = new ArrayList<AsyncGenerator<Integer>>();
        CoroutineAction main = () -> {
            var generator = ticks(trace, 3);
            generators.add(generator);
            var task = createTask(bystander(trace));
            ask(trace, generator);
            trace.add("main ends at", millis(), task.isDone());
        };
        try (var runner = new Runner(trace.options())) {
            runner.run(main.asCoroutine());
            trace.add("run has ended");
        }
        trace.add("closed");
    }

    static CoroutineAction bystander(Trace trace) {
        return () -> {
            try {
                nap(100);
            } finally {
                nap(1);
                trace.add("task ended at", millis());
            }
        };
    }

    @Twin(value = "a_program_does_not_close_what_was_never_begun", plain = true)
    void aProgramDoesNotCloseWhatWasNeverBegun(Trace trace) throws Exception {
        var generators = new ArrayList<AsyncGenerator<Integer>>();
        CoroutineAction main = () -> {
            generators.add(ticks(trace, 0));
            trace.add("main ends");
        };
        try (var runner = new Runner(trace.options())) {
            runner.run(main.asCoroutine());
        }
        trace.add("closed");
    }

    @Twin(value = "a_failure_to_close_does_not_fail_the_program", plain = true)
    void aFailureToCloseDoesNotFailTheProgram(Trace trace) throws Exception {
        var generators = new ArrayList<AsyncGenerator<String>>();
        Coroutine<String> main = () -> {
            EventLoop.current().setExceptionHandler((loop, error) -> trace.add("reported", error.exception()));
            generators.add(GeneratorsDirect.failsInItsCleanup());
            ask(trace, generators.get(0));
            return "result";
        };
        try (var runner = new Runner(trace.options())) {
            trace.add(runner.run(main));
        }
        trace.add("closed");
    }
}
