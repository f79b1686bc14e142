package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Resources.usingStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onePass;
import static io.jasyncio.conformance.GeneratorTasks.askStage;
import static io.jasyncio.conformance.GeneratorTasks.counter;
import static io.jasyncio.conformance.GeneratorTasks.slow;
import static io.jasyncio.conformance.GeneratorsDirect.failsInItsCleanup;
import static io.jasyncio.conformance.GeneratorsDirect.twoTicks;
import static io.jasyncio.conformance.GeneratorsDirect.yieldsInItsCleanup;

import io.jasyncio.iteration.AsyncGenerator;
import io.jasyncio.iteration.AsyncIterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Async generators asked in stage style; their bodies are in direct style, as a chain of stages has no yield. */
class GeneratorsStage {

    private static CompletionStage<Void> askThrice(Trace trace, AsyncIterator<?> generator) {
        return askStage(trace, generator)
                .thenCompose(first -> askStage(trace, generator))
                .thenCompose(second -> askStage(trace, generator));
    }

    /** Shows what is thrown, as in direct style an await would throw it. */
    private static CompletionStage<Void> refused(Trace trace, Supplier<? extends CompletionStage<?>> action) {
        try {
            return action.get().handle((value, failure) -> original(failure)).thenAccept(failure -> trace.add(failure));
        } catch (IllegalStateException refused) {
            trace.add(refused);
            return nothing();
        }
    }

    @Twin("values_are_made_on_demand")
    CompletionStage<?> valuesAreMadeOnDemand(Trace trace) {
        var generator = counter(trace);
        trace.add("made");
        return askThrice(trace, generator).thenCompose(asked -> generator.closeAsync());
    }

    @Twin("a_generator_that_does_not_wait_does_not_let_the_loop_run")
    CompletionStage<?> aGeneratorThatDoesNotWaitDoesNotLetTheLoopRun(Trace trace) {
        var numbers = AsyncGenerator.<Integer>of(out -> {
            for (var number : List.of(1, 2, 3)) {
                out.yield(number);
            }
        });
        var passes = Passes.start();
        return numbers.forEachAsync(trace::add).thenRun(() -> trace.add("passes", passes.stop()));
    }

    @Twin("a_generator_may_wait_for_its_values")
    CompletionStage<?> aGeneratorMayWaitForItsValues(Trace trace) {
        var ticks = AsyncGenerator.<Integer>of(out -> {
            for (var number : List.of(1, 2)) {
                nap(1);
                out.yield(number);
            }
            nap(1);
        });
        return ticks.forEachStageAsync(number -> {
                    trace.add(number, "at", millis());
                    return napStage(2);
                })
                .thenRun(() -> trace.add("end at", millis()));
    }

    @Twin("a_waiting_generator_can_be_asked_again_at_once")
    CompletionStage<?> aWaitingGeneratorCanBeAskedAgainAtOnce(Trace trace) {
        var generator = twoTicks(trace);
        return askThrice(trace, generator)
                .thenCompose(asked -> askStage(trace, generator))
                .thenRun(() -> trace.add("at", millis()));
    }

    @Twin("a_generator_that_has_ended_has_no_more_values")
    CompletionStage<?> aGeneratorThatHasEndedHasNoMoreValues(Trace trace) {
        var generator = AsyncGenerator.<String>of(out -> {
            out.yield("value");
            trace.add("ends");
        });
        return askThrice(trace, generator)
                .thenCompose(asked -> generator.closeAsync())
                .thenCompose(closed -> askStage(trace, generator));
    }

    @Twin("a_failure_reaches_the_one_who_asks")
    CompletionStage<?> aFailureReachesTheOneWhoAsks(Trace trace) {
        var generator = AsyncGenerator.<String>of(out -> {
            out.yield("value");
            throw new Boom("in the generator");
        });
        return askThrice(trace, generator);
    }

    @Twin("closing_runs_the_cleanup_and_waits_for_it")
    CompletionStage<?> closingRunsTheCleanupAndWaitsForIt(Trace trace) {
        var generator = counter(trace);
        return askStage(trace, generator)
                .thenCompose(asked -> napStage(1))
                .thenCompose(slept -> generator.closeAsync())
                .thenRun(() -> trace.add("after at", millis()))
                .thenCompose(shown -> askStage(trace, generator));
    }

    @Twin("closing_what_was_not_begun_runs_nothing")
    CompletionStage<?> closingWhatWasNotBegunRunsNothing(Trace trace) {
        var generator = counter(trace);
        return generator
                .closeAsync()
                .thenRun(() -> trace.add("after at", millis()))
                .thenCompose(shown -> askStage(trace, generator));
    }

    @Twin("closing_again_does_nothing")
    CompletionStage<?> closingAgainDoesNothing(Trace trace) {
        var generator = counter(trace);
        return askStage(trace, generator)
                .thenCompose(asked -> generator.closeAsync())
                .thenCompose(closed -> generator.closeAsync())
                .thenRun(() -> trace.add("after at", millis()));
    }

    @Twin("a_loop_that_is_left_early_leaves_the_generator_open")
    CompletionStage<?> aLoopThatIsLeftEarlyLeavesTheGeneratorOpen(Trace trace) {
        var generator = counter(trace);
        return generator
                .hasNextAsync()
                .thenAccept(found -> generator.next())
                .thenCompose(first -> generator.hasNextAsync())
                .thenAccept(found -> generator.next())
                .thenRun(() -> trace.add("left"))
                .thenCompose(left -> askStage(trace, generator))
                .thenCompose(asked -> generator.closeAsync());
    }

    @Twin("a_block_closes_its_generator_when_it_is_left_early")
    CompletionStage<?> aBlockClosesItsGeneratorWhenItIsLeftEarly(Trace trace) {
        return usingStage(
                        counter(trace),
                        generator -> generator.forEachAsync(number -> {
                            if (number == 2) {
                                throw new Boom("in the loop");
                            }
                        }))
                .handle((value, failure) -> original(failure))
                .thenAccept(failed -> trace.add(failed.getMessage(), "at", millis()));
    }

    @Twin("asking_while_it_runs_is_refused")
    CompletionStage<?> askingWhileItRunsIsRefused(Trace trace) {
        var generator = slow();
        var task = createStageTask(() -> askStage(trace, generator));
        return onePass()
                .thenCompose(begun -> refused(trace, generator::hasNextAsync))
                .thenCompose(shown -> task);
    }

    @Twin("closing_while_it_runs_is_refused")
    CompletionStage<?> closingWhileItRunsIsRefused(Trace trace) {
        var generator = slow();
        var task = createStageTask(() -> askStage(trace, generator));
        return onePass()
                .thenCompose(begun -> refused(trace, generator::closeAsync))
                .thenCompose(shown -> task);
    }

    @Twin("a_failure_in_the_cleanup_fails_the_closing")
    CompletionStage<?> aFailureInTheCleanupFailsTheClosing(Trace trace) {
        var generator = failsInItsCleanup();
        return askStage(trace, generator)
                .thenCompose(asked -> generator.closeAsync().handle((closed, failure) -> original(failure)))
                .thenAccept(failed -> trace.add(failed.getMessage()))
                .thenCompose(shown -> askStage(trace, generator));
    }

    @Twin("a_value_out_of_the_cleanup_is_refused")
    CompletionStage<?> aValueOutOfTheCleanupIsRefused(Trace trace) {
        var generator = yieldsInItsCleanup();
        return askStage(trace, generator).thenCompose(asked -> refused(trace, generator::closeAsync));
    }
}
