package io.jasyncio.conformance

import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.gather
import io.jasyncio.coroutines.wait
import io.jasyncio.sync.AsyncBarrier
import io.jasyncio.sync.BrokenBarrierException
import kotlinx.coroutines.CoroutineScope

/** S88 in Kotlin. */
internal class BarriersKotlin {
    /** Has a task for each name wait at the barrier and say how that ended. */
    private suspend fun startParties(
        trace: Trace,
        barrier: AsyncBarrier,
        vararg names: String,
    ) {
        for (name in names) {
            createTask {
                try {
                    trace.add(name, "passes as", barrier.wait(), "at", millis())
                } catch (broken: BrokenBarrierException) {
                    trace.add(name, broken, "at", millis())
                }
            }
        }
        nap(1)
    }

    @Twin("the_last_one_lets_all_pass")
    suspend fun CoroutineScope.theLastOneLetsAllPass(trace: Trace) {
        val barrier = AsyncBarrier(3)
        trace.add("parties", barrier.parties())
        for (name in listOf("a", "b", "c")) {
            show(trace, barrier)
            startParties(trace, barrier, name)
        }
        show(trace, barrier)
    }

    @Twin("a_barrier_opens_in_one_pass")
    suspend fun CoroutineScope.aBarrierOpensInOnePass(trace: Trace) {
        val barrier = AsyncBarrier(3)
        lateinit var passes: Passes

        suspend fun pass(name: String) {
            val index = barrier.wait()
            trace.add(name, "passes as", index, "after", passes.count())
        }
        val tasks = listOf("a", "b").map { createTask { pass(it) } }
        nap(1)
        passes = Passes.start()
        pass("main")
        wait(tasks)
        passes.stop()
    }

    @Twin("a_barrier_for_one_is_always_open")
    suspend fun CoroutineScope.aBarrierForOneIsAlwaysOpen(trace: Trace) {
        val barrier = AsyncBarrier(1)
        val passes = Passes.start()
        repeat(2) { trace.add("passes as", barrier.wait()) }
        trace.add("passes", passes.stop())
    }

    @Twin("a_barrier_is_used_round_after_round")
    suspend fun CoroutineScope.aBarrierIsUsedRoundAfterRound(trace: Trace) {
        val barrier = AsyncBarrier(2)
        val tasks =
            listOf("a" to 1, "b" to 2).map { (name, seconds) ->
                createTask {
                    repeat(3) { number ->
                        nap(seconds)
                        val index = barrier.wait()
                        trace.add(name, "round", number, "as", index, "at", millis())
                    }
                }
            }
        gather(tasks)
        show(trace, barrier)
    }

    @Twin("more_than_the_parties_make_several_rounds")
    suspend fun CoroutineScope.moreThanThePartiesMakeSeveralRounds(trace: Trace) {
        val barrier = AsyncBarrier(2)
        startParties(trace, barrier, "a", "b", "c", "d", "e")
        show(trace, barrier)
    }

    @Twin("a_barrier_needs_a_party")
    suspend fun CoroutineScope.aBarrierNeedsAParty(trace: Trace) {
        for (parties in listOf(0, -1)) {
            try {
                AsyncBarrier(parties)
            } catch (refused: IllegalArgumentException) {
                trace.add(refused)
            }
        }
    }

    @Twin("a_reset_sends_away_all_that_wait")
    suspend fun CoroutineScope.aResetSendsAwayAllThatWait(trace: Trace) {
        val barrier = AsyncBarrier(3)
        startParties(trace, barrier, "a", "b")
        barrier.reset()
        show(trace, barrier)
        nap(1)
        show(trace, barrier)
        startParties(trace, barrier, "c", "d", "e")
    }

    @Twin("a_reset_of_an_empty_barrier_does_nothing")
    suspend fun CoroutineScope.aResetOfAnEmptyBarrierDoesNothing(trace: Trace) {
        val barrier = AsyncBarrier(2)
        barrier.reset()
        show(trace, barrier)
        startParties(trace, barrier, "a", "b")
    }

    @Twin("an_abort_sends_away_all_that_wait_and_all_that_come")
    suspend fun CoroutineScope.anAbortSendsAwayAllThatWaitAndAllThatCome(trace: Trace) {
        val barrier = AsyncBarrier(3)
        startParties(trace, barrier, "a", "b")
        barrier.abort()
        show(trace, barrier)
        startParties(trace, barrier, "c")
        show(trace, barrier)
        barrier.reset()
        show(trace, barrier)
        startParties(trace, barrier, "d", "e", "f")
    }

    @Twin("an_aborted_barrier_refuses_at_once")
    suspend fun CoroutineScope.anAbortedBarrierRefusesAtOnce(trace: Trace) {
        val barrier = AsyncBarrier(2)
        barrier.abort()
        barrier.abort()
        val passes = Passes.start()
        try {
            barrier.wait()
        } catch (broken: BrokenBarrierException) {
            trace.add(broken, "passes", passes.stop())
        }
        show(trace, barrier)
    }
}
