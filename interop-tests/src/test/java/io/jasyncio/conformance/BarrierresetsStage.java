package io.jasyncio.conformance;

import static io.jasyncio.conformance.Contenders.secondBySecond;
import static io.jasyncio.conformance.Parties.arriveStage;
import static io.jasyncio.conformance.Parties.passStage;
import static io.jasyncio.conformance.Parties.show;

import io.jasyncio.EventLoop;
import io.jasyncio.sync.AsyncBarrier;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** S88 in stage style. */
class BarrierresetsStage {

    @Twin("a_reset_in_the_pass_in_which_it_opens_sends_the_rest_away")
    CompletionStage<?> aResetInThePassInWhichItOpensSendsTheRestAway(Trace trace) {
        var barrier = new AsyncBarrier(3);
        arriveStage(trace, barrier, "a", "b");
        return secondBySecond(
                () -> {
                    passStage(trace, barrier);
                    barrier.reset();
                },
                () -> {
                    show(trace, barrier);
                    arriveStage(trace, barrier, "c", "d", "e");
                });
    }

    @Twin("an_abort_in_the_pass_in_which_it_opens_sends_the_rest_away")
    CompletionStage<?> anAbortInThePassInWhichItOpensSendsTheRestAway(Trace trace) {
        var barrier = new AsyncBarrier(3);
        arriveStage(trace, barrier, "a", "b");
        return secondBySecond(
                () -> {
                    passStage(trace, barrier);
                    barrier.abort();
                },
                () -> show(trace, barrier));
    }

    @Twin("a_reset_while_it_drains_lets_newcomers_in")
    CompletionStage<?> aResetWhileItDrainsLetsNewcomersIn(Trace trace) {
        var barrier = new AsyncBarrier(2);
        arriveStage(trace, barrier, "a");
        return secondBySecond(
                () -> {
                    arriveStage(trace, barrier, "newcomer");
                    EventLoop.current().callSoon(barrier::reset);
                    passStage(trace, barrier);
                },
                () -> {
                    show(trace, barrier);
                    arriveStage(trace, barrier, "b");
                });
    }

    @Twin("an_abort_while_it_drains_sends_newcomers_away")
    CompletionStage<?> anAbortWhileItDrainsSendsNewcomersAway(Trace trace) {
        var barrier = new AsyncBarrier(2);
        arriveStage(trace, barrier, "a");
        return secondBySecond(
                () -> {
                    arriveStage(trace, barrier, "newcomer");
                    EventLoop.current().callSoon(barrier::abort);
                    passStage(trace, barrier);
                },
                () -> show(trace, barrier));
    }

    @Twin("whoever_comes_while_it_resets_is_not_sent_away")
    CompletionStage<?> whoeverComesWhileItResetsIsNotSentAway(Trace trace) {
        var barrier = new AsyncBarrier(2);
        arriveStage(trace, barrier, "a");
        return secondBySecond(
                () -> {
                    arriveStage(trace, barrier, "newcomer");
                    barrier.reset();
                },
                () -> {
                    show(trace, barrier);
                    arriveStage(trace, barrier, "b");
                });
    }

    @Twin("two_resets_in_one_pass_are_one")
    CompletionStage<?> twoResetsInOnePassAreOne(Trace trace) {
        var barrier = new AsyncBarrier(2);
        arriveStage(trace, barrier, "a");
        return secondBySecond(
                () -> {
                    arriveStage(trace, barrier, "newcomer");
                    barrier.reset();
                    barrier.reset();
                },
                () -> {
                    show(trace, barrier);
                    arriveStage(trace, barrier, "b");
                });
    }

    @Twin("of_an_abort_and_a_reset_in_one_pass_the_last_counts")
    CompletionStage<?> ofAnAbortAndAResetInOnePassTheLastCounts(Trace trace) {
        return inOnePass(trace, "abort", "reset").thenCompose(first -> inOnePass(trace, "reset", "abort"));
    }

    private static CompletionStage<Void> inOnePass(Trace trace, String... actions) {
        var barrier = new AsyncBarrier(2);
        arriveStage(trace, barrier, "a");
        return secondBySecond(
                () -> {
                    Stream.of(actions).forEach(action -> BarrierresetsDirect.act(trace, barrier, action));
                    show(trace, barrier);
                },
                () -> show(trace, barrier));
    }

    @Twin("a_request_in_the_pass_of_a_reset_wins")
    CompletionStage<?> aRequestInThePassOfAResetWins(Trace trace) {
        var barrier = new AsyncBarrier(3);
        var a = arriveStage(trace, barrier, "a", "b").get(0);
        return secondBySecond(
                () -> {
                    barrier.reset();
                    a.cancel();
                },
                () -> show(trace, barrier));
    }
}
