package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Contenders.secondBySecond;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onePass;
import static io.jasyncio.conformance.Parties.UNIQUE;
import static io.jasyncio.conformance.Parties.arriveStage;
import static io.jasyncio.conformance.Parties.passStage;
import static io.jasyncio.conformance.Parties.show;

import io.jasyncio.EventLoop;
import io.jasyncio.sync.AsyncBarrier;
import java.util.concurrent.CompletionStage;

/** S44, S88 and S96 in stage style. */
class BarrierracesStage {

    @Twin("a_cancelled_party_leaves_a_barrier_that_fills")
    CompletionStage<?> aCancelledPartyLeavesABarrierThatFills(Trace trace) {
        var barrier = new AsyncBarrier(3);
        var b = arriveStage(trace, barrier, "a", "b").get(1);
        return secondBySecond(
                b::cancel,
                () -> {
                    show(trace, barrier);
                    arriveStage(trace, barrier, "c");
                },
                () -> {
                    show(trace, barrier);
                    arriveStage(trace, barrier, "d");
                });
    }

    @Twin(
            value = "the_index_of_a_cancelled_party_is_given_out_again_but_no_other",
            because = UNIQUE,
            trace = {"a Cancelled", "d passes as 2", "b passes as 1", "c passes as 0"})
    CompletionStage<?> theIndexOfACancelledPartyIsGivenOutAgainButNoOther(Trace trace) {
        var barrier = new AsyncBarrier(3);
        var a = arriveStage(trace, barrier, "a", "b").get(0);
        return secondBySecond(a::cancel, () -> arriveStage(trace, barrier, "c", "d"));
    }

    @Twin("all_may_be_cancelled_and_others_come")
    CompletionStage<?> allMayBeCancelledAndOthersCome(Trace trace) {
        var barrier = new AsyncBarrier(3);
        var parties = arriveStage(trace, barrier, "a", "b");
        return secondBySecond(parties.get(0)::cancel, parties.get(1)::cancel, () -> {
            show(trace, barrier);
            arriveStage(trace, barrier, "c", "d", "e");
        });
    }

    @Twin("a_request_in_the_pass_in_which_it_opens_concerns_one_alone")
    CompletionStage<?> aRequestInThePassInWhichItOpensConcernsOneAlone(Trace trace) {
        var barrier = new AsyncBarrier(3);
        var a = arriveStage(trace, barrier, "a", "b").get(0);
        return secondBySecond(
                () -> {
                    passStage(trace, barrier);
                    a.cancel();
                    show(trace, barrier);
                },
                () -> {
                    trace.add("cancelled", a.isCancelled());
                    arriveStage(trace, barrier, "c", "d", "e");
                });
    }

    @Twin("a_request_before_an_arrival_keeps_the_barrier_shut")
    CompletionStage<?> aRequestBeforeAnArrivalKeepsTheBarrierShut(Trace trace) {
        var barrier = new AsyncBarrier(2);
        var a = arriveStage(trace, barrier, "a").get(0);
        return secondBySecond(
                () -> {
                    a.cancel();
                    arriveStage(trace, barrier, "b");
                },
                () -> {
                    show(trace, barrier);
                    arriveStage(trace, barrier, "c");
                });
    }

    @Twin("a_cancelled_party_counts_until_it_has_gone")
    CompletionStage<?> aCancelledPartyCountsUntilItHasGone(Trace trace) {
        var barrier = new AsyncBarrier(2);
        var a = arriveStage(trace, barrier, "a").get(0);
        return secondBySecond(
                () -> {
                    arriveStage(trace, barrier, "b");
                    a.cancel();
                },
                () -> {
                    show(trace, barrier);
                    arriveStage(trace, barrier, "c", "d");
                });
    }

    @Twin("whoever_comes_while_it_drains_waits_for_the_next_round")
    CompletionStage<?> whoeverComesWhileItDrainsWaitsForTheNextRound(Trace trace) {
        var barrier = new AsyncBarrier(2);
        arriveStage(trace, barrier, "a");
        return secondBySecond(
                () -> {
                    arriveStage(trace, barrier, "newcomer");
                    passStage(trace, barrier);
                    show(trace, barrier);
                },
                () -> {
                    show(trace, barrier);
                    arriveStage(trace, barrier, "b");
                });
    }

    @Twin("whoever_is_cancelled_while_it_waits_for_the_next_round_was_never_there")
    CompletionStage<?> whoeverIsCancelledWhileItWaitsForTheNextRoundWasNeverThere(Trace trace) {
        var barrier = new AsyncBarrier(2);
        arriveStage(trace, barrier, "a");
        return secondBySecond(
                () -> {
                    var newcomer = arriveStage(trace, barrier, "newcomer").get(0);
                    EventLoop.current().callSoon(newcomer::cancel);
                    passStage(trace, barrier);
                },
                () -> {
                    show(trace, barrier);
                    arriveStage(trace, barrier, "b", "c");
                });
    }

    @Twin("the_last_one_out_may_be_a_cancelled_one")
    CompletionStage<?> theLastOneOutMayBeACancelledOne(Trace trace) {
        var barrier = new AsyncBarrier(2);
        var a = arriveStage(trace, barrier, "a").get(0);
        return secondBySecond(
                () -> {
                    arriveStage(trace, barrier, "newcomer");
                    passStage(trace, barrier);
                    a.cancel();
                },
                () -> {
                    show(trace, barrier);
                    arriveStage(trace, barrier, "b");
                });
    }

    @Twin("a_deadline_is_one_party_less")
    CompletionStage<?> aDeadlineIsOnePartyLess(Trace trace) {
        var barrier = new AsyncBarrier(3);
        arriveStage(trace, barrier, "a");
        return onePass()
                .thenCompose(started -> waitFor(barrier.waitAsync(), seconds(1)))
                .handle((index, late) -> {
                    trace.add(original(late), "at", millis());
                    show(trace, barrier);
                    return arriveStage(trace, barrier, "b", "c");
                })
                .thenCompose(others -> napStage(1));
    }
}
