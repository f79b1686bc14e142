package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.Task
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.drain
import io.jasyncio.coroutines.waitClosed
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.yield
import kotlin.coroutines.cancellation.CancellationException

/** S104 and S107 in Kotlin. */
internal class WritersKotlin {
    /** Waits and says how that ended. */
    private suspend fun report(
        trace: Trace,
        name: String,
        waiting: suspend () -> Unit,
    ) {
        try {
            waiting()
            trace.add(name, "done")
        } catch (cancelled: CancellationException) {
            trace.add(name, cancelled)
            throw cancelled
        } catch (failure: Exception) {
            trace.add(name, "failed", failure.message)
        }
    }

    private suspend fun Writings.drain(
        trace: Trace,
        name: String,
    ) = report(trace, name) { writer().drain() }

    private fun Writings.startDrain(
        trace: Trace,
        name: String,
    ): Task<Unit> = createTask { drain(trace, name) }

    private suspend fun Writings.waitClosed(
        trace: Trace,
        name: String,
    ) = report(trace, name) { writer().waitClosed() }

    private fun Writings.startWaitClosed(
        trace: Trace,
        name: String,
    ): Task<Unit> = createTask { waitClosed(trace, name) }

    @Twin("a_drain_takes_no_pass_while_there_is_room")
    suspend fun CoroutineScope.aDrainTakesNoPassWhileThereIsRoom(trace: Trace) {
        val rig = Writings()
        val passes = Passes.start()
        rig.drain(trace, "first")
        rig.drain(trace, "second")
        trace.add("passes", passes.stop())
    }

    @Twin("a_drain_of_a_transport_that_closes_lets_others_run_first")
    suspend fun CoroutineScope.aDrainOfATransportThatClosesLetsOthersRunFirst(trace: Trace) {
        val rig = Writings()
        rig.close()
        EventLoop.current().callSoon { trace.add("other") }
        rig.drain(trace, "drain")
        rig.lose(null)
        rig.drain(trace, "next")
    }

    @Twin("all_who_wait_go_on_in_their_order")
    suspend fun CoroutineScope.allWhoWaitGoOnInTheirOrder(trace: Trace) {
        val rig = Writings()
        rig.pause()
        rig.startDrain(trace, "first")
        rig.startDrain(trace, "second")
        rig.startDrain(trace, "third")
        nap(1)
        rig.resume()
        trace.add("resumed")
        yield()
        trace.add("a pass later")
        nap(1)
    }

    @Twin("who_was_woken_does_not_look_again")
    suspend fun CoroutineScope.whoWasWokenDoesNotLookAgain(trace: Trace) {
        val rig = Writings()
        rig.pause()
        rig.startDrain(trace, "first")
        nap(1)
        rig.resume()
        rig.pause()
        nap(1)
        rig.startDrain(trace, "second")
        nap(1)
        rig.resume()
        nap(1)
    }

    @Twin("a_request_ends_one_wait_alone")
    suspend fun CoroutineScope.aRequestEndsOneWaitAlone(trace: Trace) {
        val rig = Writings()
        rig.pause()
        val first = rig.startDrain(trace, "first")
        rig.startDrain(trace, "second")
        val third = rig.startDrain(trace, "third")
        nap(1)
        first.cancel()
        third.cancel()
        nap(1)
        rig.resume()
        nap(1)
    }

    @Twin("a_request_in_the_pass_in_which_there_is_room_wins")
    suspend fun CoroutineScope.aRequestInThePassInWhichThereIsRoomWins(trace: Trace) {
        val rig = Writings()
        rig.pause()
        val first = rig.startDrain(trace, "first")
        rig.startDrain(trace, "second")
        nap(1)
        rig.resume()
        first.cancel()
        nap(1)
    }

    @Twin("a_connection_that_breaks_fails_all_who_wait")
    suspend fun CoroutineScope.aConnectionThatBreaksFailsAllWhoWait(trace: Trace) {
        val rig = Writings()
        rig.pause()
        rig.startDrain(trace, "first")
        rig.startDrain(trace, "second")
        nap(1)
        rig.lose(Boom("reset"))
        trace.add("lost")
        nap(1)
        rig.drain(trace, "third")
    }

    @Twin("a_regular_end_lets_all_go_who_wait")
    suspend fun CoroutineScope.aRegularEndLetsAllGoWhoWait(trace: Trace) {
        val rig = Writings()
        rig.pause()
        rig.startDrain(trace, "first")
        rig.startDrain(trace, "second")
        nap(1)
        rig.lose(null)
        nap(1)
        rig.drain(trace, "third")
    }

    @Twin("who_was_woken_is_not_told_of_a_loss_in_the_same_pass")
    suspend fun CoroutineScope.whoWasWokenIsNotToldOfALossInTheSamePass(trace: Trace) {
        val rig = Writings()
        rig.pause()
        rig.startDrain(trace, "first")
        nap(1)
        rig.resume()
        rig.lose(Boom("reset"))
        nap(1)
        rig.drain(trace, "second")
    }

    @Twin("what_broke_the_reader_concerns_the_writer")
    suspend fun CoroutineScope.whatBrokeTheReaderConcernsTheWriter(trace: Trace) {
        val rig = Writings()
        rig.reader().setException(Boom("unreadable"))
        rig.drain(trace, "drain")
    }

    @Twin("all_may_wait_for_the_end")
    suspend fun CoroutineScope.allMayWaitForTheEnd(trace: Trace) {
        val rig = Writings()
        rig.startWaitClosed(trace, "first")
        rig.startWaitClosed(trace, "second")
        nap(1)
        rig.lose(null)
        trace.add("lost")
        nap(1)
        rig.waitClosed(trace, "third")
    }

    @Twin("all_who_wait_for_the_end_are_told_why_it_broke")
    suspend fun CoroutineScope.allWhoWaitForTheEndAreToldWhyItBroke(trace: Trace) {
        val rig = Writings()
        rig.startWaitClosed(trace, "first")
        nap(1)
        rig.lose(Boom("reset"))
        nap(1)
        rig.waitClosed(trace, "second")
    }

    @Twin(
        "one_who_gives_up_waiting_for_the_end",
        because = "each waits for itself here: who gives up concerns nobody else",
        trace = ["first Cancelled", "second waits true", "second done"],
    )
    suspend fun CoroutineScope.oneWhoGivesUpWaitingForTheEnd(trace: Trace) {
        val rig = Writings()
        val first = rig.startWaitClosed(trace, "first")
        val second = rig.startWaitClosed(trace, "second")
        nap(1)
        first.cancel()
        nap(1)
        trace.add("second waits", !second.isDone)
        rig.lose(null)
        nap(1)
    }
}
