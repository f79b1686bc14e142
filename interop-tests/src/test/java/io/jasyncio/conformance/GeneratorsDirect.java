package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Resources.using;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;
import static io.jasyncio.conformance.GeneratorTasks.ask;
import static io.jasyncio.conformance.GeneratorTasks.counter;
import static io.jasyncio.conformance.GeneratorTasks.slow;

import io.jasyncio.iteration.AsyncGenerator;
import io.jasyncio.iteration.GeneratorExit;
import java.util.List;

/** Async generators in direct style: values on demand, their end, and closing them. */
class GeneratorsDirect {

    @Twin("values_are_made_on_demand")
    void valuesAreMadeOnDemand(Trace trace) throws Exception {
        var generator = counter(trace);
        trace.add("made");
        for (var i = 0; i < 3; i++) {
            ask(trace, generator);
        }
        await(generator.closeAsync());
    }

    @Twin("a_generator_that_does_not_wait_does_not_let_the_loop_run")
    void aGeneratorThatDoesNotWaitDoesNotLetTheLoopRun(Trace trace) throws Exception {
        var numbers = AsyncGenerator.<Integer>of(out -> {
            for (var number : List.of(1, 2, 3)) {
                out.yield(number);
            }
        });
        var passes = Passes.start();
        for (var number : numbers.each()) {
            trace.add(number);
        }
        trace.add("passes", passes.stop());
    }

    @Twin("a_generator_may_wait_for_its_values")
    void aGeneratorMayWaitForItsValues(Trace trace) throws Exception {
        var ticks = AsyncGenerator.<Integer>of(out -> {
            for (var number : List.of(1, 2)) {
                nap(1);
                out.yield(number);
            }
            nap(1);
        });
        for (var number : ticks.each()) {
            trace.add(number, "at", millis());
            nap(2);
        }
        trace.add("end at", millis());
    }

    @Twin("a_waiting_generator_can_be_asked_again_at_once")
    void aWaitingGeneratorCanBeAskedAgainAtOnce(Trace trace) throws Exception {
        var generator = twoTicks(trace);
        for (var i = 0; i < 4; i++) {
            ask(trace, generator);
        }
        trace.add("at", millis());
    }

    static AsyncGenerator<Integer> twoTicks(Trace trace) {
        return AsyncGenerator.of(out -> {
            for (var number : List.of(1, 2)) {
                nap(1);
                out.yield(number);
            }
            nap(1);
            trace.add("ends at", millis());
        });
    }

    @Twin("a_generator_that_has_ended_has_no_more_values")
    void aGeneratorThatHasEndedHasNoMoreValues(Trace trace) throws Exception {
        var generator = AsyncGenerator.<String>of(out -> {
            out.yield("value");
            trace.add("ends");
        });
        for (var i = 0; i < 3; i++) {
            ask(trace, generator);
        }
        await(generator.closeAsync());
        ask(trace, generator);
    }

    @Twin("a_failure_reaches_the_one_who_asks")
    void aFailureReachesTheOneWhoAsks(Trace trace) throws Exception {
        var generator = AsyncGenerator.<String>of(out -> {
            out.yield("value");
            throw new Boom("in the generator");
        });
        for (var i = 0; i < 3; i++) {
            ask(trace, generator);
        }
    }

    @Twin("closing_runs_the_cleanup_and_waits_for_it")
    void closingRunsTheCleanupAndWaitsForIt(Trace trace) throws Exception {
        var generator = counter(trace);
        ask(trace, generator);
        nap(1);
        await(generator.closeAsync());
        trace.add("after at", millis());
        ask(trace, generator);
    }

    @Twin("closing_what_was_not_begun_runs_nothing")
    void closingWhatWasNotBegunRunsNothing(Trace trace) throws Exception {
        var generator = counter(trace);
        await(generator.closeAsync());
        trace.add("after at", millis());
        ask(trace, generator);
    }

    @Twin("closing_again_does_nothing")
    void closingAgainDoesNothing(Trace trace) throws Exception {
        var generator = counter(trace);
        ask(trace, generator);
        await(generator.closeAsync());
        await(generator.closeAsync());
        trace.add("after at", millis());
    }

    @Twin("a_loop_that_is_left_early_leaves_the_generator_open")
    void aLoopThatIsLeftEarlyLeavesTheGeneratorOpen(Trace trace) throws Exception {
        var generator = counter(trace);
        for (var number : generator.each()) {
            if (number == 2) {
                break;
            }
        }
        trace.add("left");
        ask(trace, generator);
        await(generator.closeAsync());
    }

    @Twin("a_block_closes_its_generator_when_it_is_left_early")
    void aBlockClosesItsGeneratorWhenItIsLeftEarly(Trace trace) throws Exception {
        try {
            using(counter(trace), generator -> {
                for (var number : generator.each()) {
                    if (number == 2) {
                        throw new Boom("in the loop");
                    }
                }
                return generator;
            });
        } catch (Boom failed) {
            trace.add(failed.getMessage(), "at", millis());
        }
    }

    @Twin("asking_while_it_runs_is_refused")
    void askingWhileItRunsIsRefused(Trace trace) throws Exception {
        var generator = slow();
        var task = createTask(() -> ask(trace, generator));
        await(onePass());
        try {
            await(generator.hasNextAsync());
        } catch (IllegalStateException refused) {
            trace.add(refused);
        }
        await(task);
    }

    @Twin("closing_while_it_runs_is_refused")
    void closingWhileItRunsIsRefused(Trace trace) throws Exception {
        var generator = slow();
        var task = createTask(() -> ask(trace, generator));
        await(onePass());
        try {
            await(generator.closeAsync());
        } catch (IllegalStateException refused) {
            trace.add(refused);
        }
        await(task);
    }

    @Twin("a_failure_in_the_cleanup_fails_the_closing")
    void aFailureInTheCleanupFailsTheClosing(Trace trace) throws Exception {
        var generator = failsInItsCleanup();
        ask(trace, generator);
        try {
            await(generator.closeAsync());
        } catch (Boom failed) {
            trace.add(failed.getMessage());
        }
        ask(trace, generator);
    }

    static AsyncGenerator<String> failsInItsCleanup() {
        return AsyncGenerator.of(out -> {
            try {
                out.yield("value");
            } catch (GeneratorExit exit) {
                throw new Boom("in the cleanup");
            }
        });
    }

    @Twin("a_value_out_of_the_cleanup_is_refused")
    void aValueOutOfTheCleanupIsRefused(Trace trace) throws Exception {
        var generator = yieldsInItsCleanup();
        ask(trace, generator);
        try {
            await(generator.closeAsync());
        } catch (IllegalStateException refused) {
            trace.add(refused);
        }
    }

    static AsyncGenerator<Integer> yieldsInItsCleanup() {
        return AsyncGenerator.of(out -> {
            try {
                out.yield(1);
            } finally {
                out.yield(2);
            }
        });
    }
}
