package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Parties.arrive;
import static io.jasyncio.conformance.Parties.show;

import io.jasyncio.sync.AsyncBarrier;
import java.util.List;

/** S88 in direct style. */
class BarrierresetsDirect {

    @Twin("a_reset_in_the_pass_in_which_it_opens_sends_the_rest_away")
    void aResetInThePassInWhichItOpensSendsTheRestAway(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(3);
        arrive(trace, barrier, "a", "b");
        nap(1);
        trace.add("main passes as", await(barrier.waitAsync()));
        barrier.reset();
        nap(1);
        show(trace, barrier);
        arrive(trace, barrier, "c", "d", "e");
        nap(1);
    }

    @Twin("an_abort_in_the_pass_in_which_it_opens_sends_the_rest_away")
    void anAbortInThePassInWhichItOpensSendsTheRestAway(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(3);
        arrive(trace, barrier, "a", "b");
        nap(1);
        trace.add("main passes as", await(barrier.waitAsync()));
        barrier.abort();
        nap(1);
        show(trace, barrier);
    }

    @Twin("a_reset_while_it_drains_lets_newcomers_in")
    void aResetWhileItDrainsLetsNewcomersIn(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(2);
        arrive(trace, barrier, "a");
        nap(1);
        arrive(trace, barrier, "newcomer");
        createTask(barrier::reset);
        trace.add("main passes as", await(barrier.waitAsync()));
        nap(1);
        show(trace, barrier);
        arrive(trace, barrier, "b");
        nap(1);
    }

    @Twin("an_abort_while_it_drains_sends_newcomers_away")
    void anAbortWhileItDrainsSendsNewcomersAway(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(2);
        arrive(trace, barrier, "a");
        nap(1);
        arrive(trace, barrier, "newcomer");
        createTask(barrier::abort);
        trace.add("main passes as", await(barrier.waitAsync()));
        nap(1);
        show(trace, barrier);
    }

    @Twin("whoever_comes_while_it_resets_is_not_sent_away")
    void whoeverComesWhileItResetsIsNotSentAway(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(2);
        arrive(trace, barrier, "a");
        nap(1);
        arrive(trace, barrier, "newcomer");
        barrier.reset();
        nap(1);
        show(trace, barrier);
        arrive(trace, barrier, "b");
        nap(1);
    }

    @Twin("two_resets_in_one_pass_are_one")
    void twoResetsInOnePassAreOne(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(2);
        arrive(trace, barrier, "a");
        nap(1);
        arrive(trace, barrier, "newcomer");
        barrier.reset();
        barrier.reset();
        nap(1);
        show(trace, barrier);
        arrive(trace, barrier, "b");
        nap(1);
    }

    @Twin("of_an_abort_and_a_reset_in_one_pass_the_last_counts")
    void ofAnAbortAndAResetInOnePassTheLastCounts(Trace trace) throws Exception {
        for (var actions : List.of(List.of("abort", "reset"), List.of("reset", "abort"))) {
            var barrier = new AsyncBarrier(2);
            arrive(trace, barrier, "a");
            nap(1);
            actions.forEach(action -> act(trace, barrier, action));
            show(trace, barrier);
            nap(1);
            show(trace, barrier);
        }
    }

    static void act(Trace trace, AsyncBarrier barrier, String action) {
        trace.add(action);
        if (action.equals("abort")) {
            barrier.abort();
        } else {
            barrier.reset();
        }
    }

    @Twin("a_request_in_the_pass_of_a_reset_wins")
    void aRequestInThePassOfAResetWins(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(3);
        var a = arrive(trace, barrier, "a", "b").get(0);
        nap(1);
        barrier.reset();
        a.cancel();
        nap(1);
        show(trace, barrier);
    }
}
