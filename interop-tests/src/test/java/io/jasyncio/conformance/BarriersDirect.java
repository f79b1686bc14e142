package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Parties.show;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.Task;
import io.jasyncio.sync.AsyncBarrier;
import io.jasyncio.sync.BrokenBarrierException;
import java.util.ArrayList;
import java.util.List;

/** S88 in direct style. */
class BarriersDirect {

    /** Has a task for each name wait at the barrier and say how that ended. */
    private static void startParties(Trace trace, AsyncBarrier barrier, String... names) throws Exception {
        for (var name : names) {
            createTask(() -> {
                try {
                    trace.add(name, "passes as", await(barrier.waitAsync()), "at", millis());
                } catch (BrokenBarrierException broken) {
                    trace.add(name, broken, "at", millis());
                }
            });
        }
        nap(1);
    }

    @Twin("the_last_one_lets_all_pass")
    void theLastOneLetsAllPass(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(3);
        trace.add("parties", barrier.parties());
        for (var name : List.of("a", "b", "c")) {
            show(trace, barrier);
            startParties(trace, barrier, name);
        }
        show(trace, barrier);
    }

    @Twin("a_barrier_opens_in_one_pass")
    void aBarrierOpensInOnePass(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(3);
        var passes = new Passes[1];
        var tasks = new ArrayList<Task<Void>>();
        for (var name : List.of("a", "b")) {
            tasks.add(createTask(passer(trace, name, barrier, passes)));
        }
        nap(1);
        passes[0] = Passes.start();
        passer(trace, "main", barrier, passes).run();
        await(Asyncio.wait(tasks));
        passes[0].stop();
    }

    private static CoroutineAction passer(Trace trace, String name, AsyncBarrier barrier, Passes[] passes) {
        return () -> {
            var index = await(barrier.waitAsync());
            trace.add(name, "passes as", index, "after", passes[0].count());
        };
    }

    @Twin("a_barrier_for_one_is_always_open")
    void aBarrierForOneIsAlwaysOpen(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(1);
        var passes = Passes.start();
        for (var count = 0; count < 2; count++) {
            trace.add("passes as", await(barrier.waitAsync()));
        }
        trace.add("passes", passes.stop());
    }

    @Twin("a_barrier_is_used_round_after_round")
    void aBarrierIsUsedRoundAfterRound(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(2);
        await(gather(createTask(rounds(trace, "a", barrier, 1)), createTask(rounds(trace, "b", barrier, 2))));
        show(trace, barrier);
    }

    private static CoroutineAction rounds(Trace trace, String name, AsyncBarrier barrier, int seconds) {
        return () -> {
            for (var number = 0; number < 3; number++) {
                nap(seconds);
                var index = await(barrier.waitAsync());
                trace.add(name, "round", number, "as", index, "at", millis());
            }
        };
    }

    @Twin("more_than_the_parties_make_several_rounds")
    void moreThanThePartiesMakeSeveralRounds(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(2);
        startParties(trace, barrier, "a", "b", "c", "d", "e");
        show(trace, barrier);
    }

    @Twin("a_barrier_needs_a_party")
    void aBarrierNeedsAParty(Trace trace) {
        for (var parties : List.of(0, -1)) {
            try {
                new AsyncBarrier(parties);
            } catch (IllegalArgumentException refused) {
                trace.add(refused);
            }
        }
    }

    @Twin("a_reset_sends_away_all_that_wait")
    void aResetSendsAwayAllThatWait(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(3);
        startParties(trace, barrier, "a", "b");
        barrier.reset();
        show(trace, barrier);
        nap(1);
        show(trace, barrier);
        startParties(trace, barrier, "c", "d", "e");
    }

    @Twin("a_reset_of_an_empty_barrier_does_nothing")
    void aResetOfAnEmptyBarrierDoesNothing(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(2);
        barrier.reset();
        show(trace, barrier);
        startParties(trace, barrier, "a", "b");
    }

    @Twin("an_abort_sends_away_all_that_wait_and_all_that_come")
    void anAbortSendsAwayAllThatWaitAndAllThatCome(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(3);
        startParties(trace, barrier, "a", "b");
        barrier.abort();
        show(trace, barrier);
        startParties(trace, barrier, "c");
        show(trace, barrier);
        barrier.reset();
        show(trace, barrier);
        startParties(trace, barrier, "d", "e", "f");
    }

    @Twin("an_aborted_barrier_refuses_at_once")
    void anAbortedBarrierRefusesAtOnce(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(2);
        barrier.abort();
        barrier.abort();
        var passes = Passes.start();
        try {
            await(barrier.waitAsync());
        } catch (BrokenBarrierException broken) {
            trace.add(broken, "passes", passes.stop());
        }
        show(trace, barrier);
    }
}
