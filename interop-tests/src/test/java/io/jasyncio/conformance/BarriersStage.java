package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Contenders.secondBySecond;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Parties.show;

import io.jasyncio.Asyncio;
import io.jasyncio.sync.AsyncBarrier;
import io.jasyncio.sync.BrokenBarrierException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** S88 in stage style. */
class BarriersStage {

    /** Has a task for each name wait at the barrier and say how that ended. */
    private static void startParties(Trace trace, AsyncBarrier barrier, String... names) {
        for (var name : names) {
            createStageTask(() -> party(trace, name, barrier));
        }
    }

    private static CompletionStage<Void> party(Trace trace, String name, AsyncBarrier barrier) {
        return barrier.waitAsync()
                .thenAccept(index -> trace.add(name, "passes as", index, "at", millis()))
                .exceptionallyCompose(failure -> {
                    if (!(original(failure) instanceof BrokenBarrierException broken)) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    trace.add(name, broken, "at", millis());
                    return known(null);
                });
    }

    @Twin("the_last_one_lets_all_pass")
    CompletionStage<?> theLastOneLetsAllPass(Trace trace) {
        var barrier = new AsyncBarrier(3);
        trace.add("parties", barrier.parties());
        show(trace, barrier);
        startParties(trace, barrier, "a");
        return secondBySecond(
                () -> {
                    show(trace, barrier);
                    startParties(trace, barrier, "b");
                },
                () -> {
                    show(trace, barrier);
                    startParties(trace, barrier, "c");
                },
                () -> show(trace, barrier));
    }

    @Twin("a_barrier_opens_in_one_pass")
    CompletionStage<?> aBarrierOpensInOnePass(Trace trace) {
        var barrier = new AsyncBarrier(3);
        var passes = new Passes[1];
        var tasks = Stream.of("a", "b")
                .map(name -> createStageTask(() -> passer(trace, name, barrier, passes)))
                .toList();
        return napStage(1)
                .thenCompose(slept -> {
                    passes[0] = Passes.start();
                    return passer(trace, "main", barrier, passes);
                })
                .thenCompose(passed -> Asyncio.wait(tasks))
                .thenRun(() -> passes[0].stop());
    }

    private static CompletionStage<Void> passer(Trace trace, String name, AsyncBarrier barrier, Passes[] passes) {
        return barrier.waitAsync().thenAccept(index -> trace.add(name, "passes as", index, "after", passes[0].count()));
    }

    @Twin("a_barrier_for_one_is_always_open")
    CompletionStage<?> aBarrierForOneIsAlwaysOpen(Trace trace) {
        var barrier = new AsyncBarrier(1);
        var passes = Passes.start();
        return barrier.waitAsync()
                .thenCompose(first -> {
                    trace.add("passes as", first);
                    return barrier.waitAsync();
                })
                .thenAccept(second -> {
                    trace.add("passes as", second);
                    trace.add("passes", passes.stop());
                });
    }

    @Twin("a_barrier_is_used_round_after_round")
    CompletionStage<?> aBarrierIsUsedRoundAfterRound(Trace trace) {
        var barrier = new AsyncBarrier(2);
        return gather(
                        createStageTask(() -> rounds(trace, "a", barrier, 1, 0)),
                        createStageTask(() -> rounds(trace, "b", barrier, 2, 0)))
                .thenRun(() -> show(trace, barrier));
    }

    private static CompletionStage<Void> rounds(
            Trace trace, String name, AsyncBarrier barrier, int seconds, int number) {
        if (number == 3) {
            return known(null);
        }
        return napStage(seconds).thenCompose(slept -> barrier.waitAsync()).thenCompose(index -> {
            trace.add(name, "round", number, "as", index, "at", millis());
            return rounds(trace, name, barrier, seconds, number + 1);
        });
    }

    @Twin("more_than_the_parties_make_several_rounds")
    CompletionStage<?> moreThanThePartiesMakeSeveralRounds(Trace trace) {
        var barrier = new AsyncBarrier(2);
        startParties(trace, barrier, "a", "b", "c", "d", "e");
        return secondBySecond(() -> show(trace, barrier));
    }

    @Twin("a_barrier_needs_a_party")
    CompletionStage<?> aBarrierNeedsAParty(Trace trace) {
        for (var parties : List.of(0, -1)) {
            try {
                new AsyncBarrier(parties);
            } catch (IllegalArgumentException refused) {
                trace.add(refused);
            }
        }
        return known(null);
    }

    @Twin("a_reset_sends_away_all_that_wait")
    CompletionStage<?> aResetSendsAwayAllThatWait(Trace trace) {
        var barrier = new AsyncBarrier(3);
        startParties(trace, barrier, "a", "b");
        return secondBySecond(
                () -> {
                    barrier.reset();
                    show(trace, barrier);
                },
                () -> {
                    show(trace, barrier);
                    startParties(trace, barrier, "c", "d", "e");
                });
    }

    @Twin("a_reset_of_an_empty_barrier_does_nothing")
    CompletionStage<?> aResetOfAnEmptyBarrierDoesNothing(Trace trace) {
        var barrier = new AsyncBarrier(2);
        barrier.reset();
        show(trace, barrier);
        startParties(trace, barrier, "a", "b");
        return napStage(1);
    }

    @Twin("an_abort_sends_away_all_that_wait_and_all_that_come")
    CompletionStage<?> anAbortSendsAwayAllThatWaitAndAllThatCome(Trace trace) {
        var barrier = new AsyncBarrier(3);
        startParties(trace, barrier, "a", "b");
        return secondBySecond(
                () -> {
                    barrier.abort();
                    show(trace, barrier);
                    startParties(trace, barrier, "c");
                },
                () -> {
                    show(trace, barrier);
                    barrier.reset();
                    show(trace, barrier);
                    startParties(trace, barrier, "d", "e", "f");
                });
    }

    @Twin("an_aborted_barrier_refuses_at_once")
    CompletionStage<?> anAbortedBarrierRefusesAtOnce(Trace trace) {
        var barrier = new AsyncBarrier(2);
        barrier.abort();
        barrier.abort();
        var passes = Passes.start();
        return barrier.waitAsync().handle((index, broken) -> {
            trace.add(broken, "passes", passes.stop());
            show(trace, barrier);
            return null;
        });
    }
}
