package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;
import static io.jasyncio.conformance.Parties.UNIQUE;
import static io.jasyncio.conformance.Parties.arrive;
import static io.jasyncio.conformance.Parties.show;

import io.jasyncio.EventLoop;
import io.jasyncio.sync.AsyncBarrier;
import java.util.concurrent.TimeoutException;

/** S44, S88 and S96 in direct style. */
class BarrierracesDirect {

    @Twin("a_cancelled_party_leaves_a_barrier_that_fills")
    void aCancelledPartyLeavesABarrierThatFills(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(3);
        var b = arrive(trace, barrier, "a", "b").get(1);
        nap(1);
        b.cancel();
        nap(1);
        show(trace, barrier);
        arrive(trace, barrier, "c");
        nap(1);
        show(trace, barrier);
        arrive(trace, barrier, "d");
        nap(1);
    }

    @Twin(
            value = "the_index_of_a_cancelled_party_is_given_out_again_but_no_other",
            because = UNIQUE,
            trace = {"a Cancelled", "d passes as 2", "b passes as 1", "c passes as 0"})
    void theIndexOfACancelledPartyIsGivenOutAgainButNoOther(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(3);
        var a = arrive(trace, barrier, "a", "b").get(0);
        nap(1);
        a.cancel();
        nap(1);
        arrive(trace, barrier, "c", "d");
        nap(1);
    }

    @Twin("all_may_be_cancelled_and_others_come")
    void allMayBeCancelledAndOthersCome(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(3);
        for (var party : arrive(trace, barrier, "a", "b")) {
            nap(1);
            party.cancel();
        }
        nap(1);
        show(trace, barrier);
        arrive(trace, barrier, "c", "d", "e");
        nap(1);
    }

    @Twin("a_request_in_the_pass_in_which_it_opens_concerns_one_alone")
    void aRequestInThePassInWhichItOpensConcernsOneAlone(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(3);
        var a = arrive(trace, barrier, "a", "b").get(0);
        nap(1);
        trace.add("main passes as", await(barrier.waitAsync()));
        a.cancel();
        show(trace, barrier);
        nap(1);
        trace.add("cancelled", a.isCancelled());
        arrive(trace, barrier, "c", "d", "e");
        nap(1);
    }

    @Twin("a_request_before_an_arrival_keeps_the_barrier_shut")
    void aRequestBeforeAnArrivalKeepsTheBarrierShut(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(2);
        var a = arrive(trace, barrier, "a").get(0);
        nap(1);
        a.cancel();
        arrive(trace, barrier, "b");
        nap(1);
        show(trace, barrier);
        arrive(trace, barrier, "c");
        nap(1);
    }

    @Twin("a_cancelled_party_counts_until_it_has_gone")
    void aCancelledPartyCountsUntilItHasGone(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(2);
        var a = arrive(trace, barrier, "a").get(0);
        nap(1);
        arrive(trace, barrier, "b");
        a.cancel();
        nap(1);
        show(trace, barrier);
        arrive(trace, barrier, "c", "d");
        nap(1);
    }

    @Twin("whoever_comes_while_it_drains_waits_for_the_next_round")
    void whoeverComesWhileItDrainsWaitsForTheNextRound(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(2);
        arrive(trace, barrier, "a");
        nap(1);
        arrive(trace, barrier, "newcomer");
        trace.add("main passes as", await(barrier.waitAsync()));
        show(trace, barrier);
        nap(1);
        show(trace, barrier);
        arrive(trace, barrier, "b");
        nap(1);
    }

    @Twin("whoever_is_cancelled_while_it_waits_for_the_next_round_was_never_there")
    void whoeverIsCancelledWhileItWaitsForTheNextRoundWasNeverThere(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(2);
        arrive(trace, barrier, "a");
        nap(1);
        var newcomer = arrive(trace, barrier, "newcomer").get(0);
        EventLoop.current().callSoon(newcomer::cancel);
        trace.add("main passes as", await(barrier.waitAsync()));
        nap(1);
        show(trace, barrier);
        arrive(trace, barrier, "b", "c");
        nap(1);
    }

    @Twin("the_last_one_out_may_be_a_cancelled_one")
    void theLastOneOutMayBeACancelledOne(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(2);
        var a = arrive(trace, barrier, "a").get(0);
        nap(1);
        arrive(trace, barrier, "newcomer");
        trace.add("main passes as", await(barrier.waitAsync()));
        a.cancel();
        nap(1);
        show(trace, barrier);
        arrive(trace, barrier, "b");
        nap(1);
    }

    @Twin("a_deadline_is_one_party_less")
    void aDeadlineIsOnePartyLess(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(3);
        arrive(trace, barrier, "a");
        await(onePass());
        try {
            waitFor(() -> await(barrier.waitAsync()), seconds(1));
        } catch (TimeoutException late) {
            trace.add(late, "at", millis());
        }
        show(trace, barrier);
        arrive(trace, barrier, "b", "c");
        nap(1);
    }
}
