package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.timeout
import io.jasyncio.coroutines.wait
import io.jasyncio.sync.AsyncBarrier
import kotlinx.coroutines.CoroutineScope
import java.util.concurrent.TimeoutException
import kotlin.time.Duration.Companion.seconds

/** S44, S88 and S96 in Kotlin. */
internal class BarrierracesKotlin {
    @Twin("a_cancelled_party_leaves_a_barrier_that_fills")
    suspend fun CoroutineScope.aCancelledPartyLeavesABarrierThatFills(trace: Trace) {
        val barrier = AsyncBarrier(3)
        val (_, b) = arrive(trace, barrier, "a", "b")
        nap(1)
        b.cancel()
        nap(1)
        show(trace, barrier)
        arrive(trace, barrier, "c")
        nap(1)
        show(trace, barrier)
        arrive(trace, barrier, "d")
        nap(1)
    }

    @Twin(
        value = "the_index_of_a_cancelled_party_is_given_out_again_but_no_other",
        because = Parties.UNIQUE,
        trace = ["a Cancelled", "d passes as 2", "b passes as 1", "c passes as 0"],
    )
    suspend fun CoroutineScope.theIndexOfACancelledPartyIsGivenOutAgainButNoOther(trace: Trace) {
        val barrier = AsyncBarrier(3)
        val (a, _) = arrive(trace, barrier, "a", "b")
        nap(1)
        a.cancel()
        nap(1)
        arrive(trace, barrier, "c", "d")
        nap(1)
    }

    @Twin("all_may_be_cancelled_and_others_come")
    suspend fun CoroutineScope.allMayBeCancelledAndOthersCome(trace: Trace) {
        val barrier = AsyncBarrier(3)
        for (party in arrive(trace, barrier, "a", "b")) {
            nap(1)
            party.cancel()
        }
        nap(1)
        show(trace, barrier)
        arrive(trace, barrier, "c", "d", "e")
        nap(1)
    }

    @Twin("a_request_in_the_pass_in_which_it_opens_concerns_one_alone")
    suspend fun CoroutineScope.aRequestInThePassInWhichItOpensConcernsOneAlone(trace: Trace) {
        val barrier = AsyncBarrier(3)
        val (a, _) = arrive(trace, barrier, "a", "b")
        nap(1)
        trace.add("main passes as", barrier.wait())
        a.cancel()
        show(trace, barrier)
        nap(1)
        trace.add("cancelled", a.isCancelled)
        arrive(trace, barrier, "c", "d", "e")
        nap(1)
    }

    @Twin("a_request_before_an_arrival_keeps_the_barrier_shut")
    suspend fun CoroutineScope.aRequestBeforeAnArrivalKeepsTheBarrierShut(trace: Trace) {
        val barrier = AsyncBarrier(2)
        val (a) = arrive(trace, barrier, "a")
        nap(1)
        a.cancel()
        arrive(trace, barrier, "b")
        nap(1)
        show(trace, barrier)
        arrive(trace, barrier, "c")
        nap(1)
    }

    @Twin("a_cancelled_party_counts_until_it_has_gone")
    suspend fun CoroutineScope.aCancelledPartyCountsUntilItHasGone(trace: Trace) {
        val barrier = AsyncBarrier(2)
        val (a) = arrive(trace, barrier, "a")
        nap(1)
        arrive(trace, barrier, "b")
        a.cancel()
        nap(1)
        show(trace, barrier)
        arrive(trace, barrier, "c", "d")
        nap(1)
    }

    @Twin("whoever_comes_while_it_drains_waits_for_the_next_round")
    suspend fun CoroutineScope.whoeverComesWhileItDrainsWaitsForTheNextRound(trace: Trace) {
        val barrier = AsyncBarrier(2)
        arrive(trace, barrier, "a")
        nap(1)
        arrive(trace, barrier, "newcomer")
        trace.add("main passes as", barrier.wait())
        show(trace, barrier)
        nap(1)
        show(trace, barrier)
        arrive(trace, barrier, "b")
        nap(1)
    }

    @Twin("whoever_is_cancelled_while_it_waits_for_the_next_round_was_never_there")
    suspend fun CoroutineScope.whoeverIsCancelledWhileItWaitsForTheNextRoundWasNeverThere(trace: Trace) {
        val barrier = AsyncBarrier(2)
        arrive(trace, barrier, "a")
        nap(1)
        val (newcomer) = arrive(trace, barrier, "newcomer")
        EventLoop.current().callSoon { newcomer.cancel() }
        trace.add("main passes as", barrier.wait())
        nap(1)
        show(trace, barrier)
        arrive(trace, barrier, "b", "c")
        nap(1)
    }

    @Twin("the_last_one_out_may_be_a_cancelled_one")
    suspend fun CoroutineScope.theLastOneOutMayBeACancelledOne(trace: Trace) {
        val barrier = AsyncBarrier(2)
        val (a) = arrive(trace, barrier, "a")
        nap(1)
        arrive(trace, barrier, "newcomer")
        trace.add("main passes as", barrier.wait())
        a.cancel()
        nap(1)
        show(trace, barrier)
        arrive(trace, barrier, "b")
        nap(1)
    }

    @Twin("a_deadline_is_one_party_less")
    suspend fun CoroutineScope.aDeadlineIsOnePartyLess(trace: Trace) {
        val barrier = AsyncBarrier(3)
        arrive(trace, barrier, "a")
        onePass()
        try {
            timeout(1.seconds) { barrier.wait() }
        } catch (late: TimeoutException) {
            trace.add(late, "at", millis())
        }
        show(trace, barrier)
        arrive(trace, barrier, "b", "c")
        nap(1)
    }
}
