package io.jasyncio.conformance

import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.wait
import io.jasyncio.sync.AsyncBarrier
import kotlinx.coroutines.CoroutineScope

/** S88 in Kotlin. */
internal class BarrierresetsKotlin {
    @Twin("a_reset_in_the_pass_in_which_it_opens_sends_the_rest_away")
    suspend fun CoroutineScope.aResetInThePassInWhichItOpensSendsTheRestAway(trace: Trace) {
        val barrier = AsyncBarrier(3)
        arrive(trace, barrier, "a", "b")
        nap(1)
        trace.add("main passes as", barrier.wait())
        barrier.reset()
        nap(1)
        show(trace, barrier)
        arrive(trace, barrier, "c", "d", "e")
        nap(1)
    }

    @Twin("an_abort_in_the_pass_in_which_it_opens_sends_the_rest_away")
    suspend fun CoroutineScope.anAbortInThePassInWhichItOpensSendsTheRestAway(trace: Trace) {
        val barrier = AsyncBarrier(3)
        arrive(trace, barrier, "a", "b")
        nap(1)
        trace.add("main passes as", barrier.wait())
        barrier.abort()
        nap(1)
        show(trace, barrier)
    }

    @Twin("a_reset_while_it_drains_lets_newcomers_in")
    suspend fun CoroutineScope.aResetWhileItDrainsLetsNewcomersIn(trace: Trace) {
        val barrier = AsyncBarrier(2)
        arrive(trace, barrier, "a")
        nap(1)
        arrive(trace, barrier, "newcomer")
        createTask { barrier.reset() }
        trace.add("main passes as", barrier.wait())
        nap(1)
        show(trace, barrier)
        arrive(trace, barrier, "b")
        nap(1)
    }

    @Twin("an_abort_while_it_drains_sends_newcomers_away")
    suspend fun CoroutineScope.anAbortWhileItDrainsSendsNewcomersAway(trace: Trace) {
        val barrier = AsyncBarrier(2)
        arrive(trace, barrier, "a")
        nap(1)
        arrive(trace, barrier, "newcomer")
        createTask { barrier.abort() }
        trace.add("main passes as", barrier.wait())
        nap(1)
        show(trace, barrier)
    }

    @Twin("whoever_comes_while_it_resets_is_not_sent_away")
    suspend fun CoroutineScope.whoeverComesWhileItResetsIsNotSentAway(trace: Trace) {
        val barrier = AsyncBarrier(2)
        arrive(trace, barrier, "a")
        nap(1)
        arrive(trace, barrier, "newcomer")
        barrier.reset()
        nap(1)
        show(trace, barrier)
        arrive(trace, barrier, "b")
        nap(1)
    }

    @Twin("two_resets_in_one_pass_are_one")
    suspend fun CoroutineScope.twoResetsInOnePassAreOne(trace: Trace) {
        val barrier = AsyncBarrier(2)
        arrive(trace, barrier, "a")
        nap(1)
        arrive(trace, barrier, "newcomer")
        barrier.reset()
        barrier.reset()
        nap(1)
        show(trace, barrier)
        arrive(trace, barrier, "b")
        nap(1)
    }

    @Twin("of_an_abort_and_a_reset_in_one_pass_the_last_counts")
    suspend fun CoroutineScope.ofAnAbortAndAResetInOnePassTheLastCounts(trace: Trace) {
        for (actions in listOf(listOf("abort", "reset"), listOf("reset", "abort"))) {
            val barrier = AsyncBarrier(2)
            arrive(trace, barrier, "a")
            nap(1)
            actions.forEach { BarrierresetsDirect.act(trace, barrier, it) }
            show(trace, barrier)
            nap(1)
            show(trace, barrier)
        }
    }

    @Twin("a_request_in_the_pass_of_a_reset_wins")
    suspend fun CoroutineScope.aRequestInThePassOfAResetWins(trace: Trace) {
        val barrier = AsyncBarrier(3)
        val (a, _) = arrive(trace, barrier, "a", "b")
        nap(1)
        barrier.reset()
        a.cancel()
        nap(1)
        show(trace, barrier)
    }
}
