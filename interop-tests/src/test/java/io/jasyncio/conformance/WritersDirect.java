package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** S104 and S107 in direct style. */
class WritersDirect {

    /** Waits and says how that ended. */
    private static void report(Trace trace, String name, Supplier<? extends CompletionStage<Void>> waiting)
            throws Exception {
        try {
            await(waiting.get());
            trace.add(name, "done");
        } catch (CancellationException cancelled) {
            trace.add(name, cancelled);
            throw cancelled;
        } catch (Exception failure) {
            trace.add(name, "failed", failure.getMessage());
        }
    }

    private static void drain(Trace trace, Writings rig, String name) throws Exception {
        report(trace, name, rig.writer()::drainAsync);
    }

    private static Task<Void> startDrain(Trace trace, Writings rig, String name) {
        return createTask(() -> drain(trace, rig, name));
    }

    private static void waitClosed(Trace trace, Writings rig, String name) throws Exception {
        report(trace, name, rig.writer()::waitClosedAsync);
    }

    private static Task<Void> startWaitClosed(Trace trace, Writings rig, String name) {
        return createTask(() -> waitClosed(trace, rig, name));
    }

    @Twin("a_drain_takes_no_pass_while_there_is_room")
    void aDrainTakesNoPassWhileThereIsRoom(Trace trace) throws Exception {
        var rig = new Writings();
        var passes = Passes.start();
        drain(trace, rig, "first");
        drain(trace, rig, "second");
        trace.add("passes", passes.stop());
    }

    @Twin("a_drain_of_a_transport_that_closes_lets_others_run_first")
    void aDrainOfATransportThatClosesLetsOthersRunFirst(Trace trace) throws Exception {
        var rig = new Writings();
        rig.close();
        EventLoop.current().callSoon(() -> trace.add("other"));
        drain(trace, rig, "drain");
        rig.lose(null);
        drain(trace, rig, "next");
    }

    @Twin("all_who_wait_go_on_in_their_order")
    void allWhoWaitGoOnInTheirOrder(Trace trace) throws Exception {
        var rig = new Writings();
        rig.pause();
        startDrain(trace, rig, "first");
        startDrain(trace, rig, "second");
        startDrain(trace, rig, "third");
        nap(1);
        rig.resume();
        trace.add("resumed");
        await(onePass());
        trace.add("a pass later");
        nap(1);
    }

    @Twin("who_was_woken_does_not_look_again")
    void whoWasWokenDoesNotLookAgain(Trace trace) throws Exception {
        var rig = new Writings();
        rig.pause();
        startDrain(trace, rig, "first");
        nap(1);
        rig.resume();
        rig.pause();
        nap(1);
        startDrain(trace, rig, "second");
        nap(1);
        rig.resume();
        nap(1);
    }

    @Twin("a_request_ends_one_wait_alone")
    void aRequestEndsOneWaitAlone(Trace trace) throws Exception {
        var rig = new Writings();
        rig.pause();
        var first = startDrain(trace, rig, "first");
        startDrain(trace, rig, "second");
        var third = startDrain(trace, rig, "third");
        nap(1);
        first.cancel();
        third.cancel();
        nap(1);
        rig.resume();
        nap(1);
    }

    @Twin("a_request_in_the_pass_in_which_there_is_room_wins")
    void aRequestInThePassInWhichThereIsRoomWins(Trace trace) throws Exception {
        var rig = new Writings();
        rig.pause();
        var first = startDrain(trace, rig, "first");
        startDrain(trace, rig, "second");
        nap(1);
        rig.resume();
        first.cancel();
        nap(1);
    }

    @Twin("a_connection_that_breaks_fails_all_who_wait")
    void aConnectionThatBreaksFailsAllWhoWait(Trace trace) throws Exception {
        var rig = new Writings();
        rig.pause();
        startDrain(trace, rig, "first");
        startDrain(trace, rig, "second");
        nap(1);
        rig.lose(new Boom("reset"));
        trace.add("lost");
        nap(1);
        drain(trace, rig, "third");
    }

    @Twin("a_regular_end_lets_all_go_who_wait")
    void aRegularEndLetsAllGoWhoWait(Trace trace) throws Exception {
        var rig = new Writings();
        rig.pause();
        startDrain(trace, rig, "first");
        startDrain(trace, rig, "second");
        nap(1);
        rig.lose(null);
        nap(1);
        drain(trace, rig, "third");
    }

    @Twin("who_was_woken_is_not_told_of_a_loss_in_the_same_pass")
    void whoWasWokenIsNotToldOfALossInTheSamePass(Trace trace) throws Exception {
        var rig = new Writings();
        rig.pause();
        startDrain(trace, rig, "first");
        nap(1);
        rig.resume();
        rig.lose(new Boom("reset"));
        nap(1);
        drain(trace, rig, "second");
    }

    @Twin("what_broke_the_reader_concerns_the_writer")
    void whatBrokeTheReaderConcernsTheWriter(Trace trace) throws Exception {
        var rig = new Writings();
        rig.reader().setException(new Boom("unreadable"));
        drain(trace, rig, "drain");
    }

    @Twin("all_may_wait_for_the_end")
    void allMayWaitForTheEnd(Trace trace) throws Exception {
        var rig = new Writings();
        startWaitClosed(trace, rig, "first");
        startWaitClosed(trace, rig, "second");
        nap(1);
        rig.lose(null);
        trace.add("lost");
        nap(1);
        waitClosed(trace, rig, "third");
    }

    @Twin("all_who_wait_for_the_end_are_told_why_it_broke")
    void allWhoWaitForTheEndAreToldWhyItBroke(Trace trace) throws Exception {
        var rig = new Writings();
        startWaitClosed(trace, rig, "first");
        nap(1);
        rig.lose(new Boom("reset"));
        nap(1);
        waitClosed(trace, rig, "second");
    }

    @Twin(
            value = "one_who_gives_up_waiting_for_the_end",
            because = "each waits for itself here: who gives up concerns nobody else",
            trace = {"first Cancelled", "second waits true", "second done"})
    void oneWhoGivesUpWaitingForTheEnd(Trace trace) throws Exception {
        var rig = new Writings();
        var first = startWaitClosed(trace, rig, "first");
        var second = startWaitClosed(trace, rig, "second");
        nap(1);
        first.cancel();
        nap(1);
        trace.add("second waits", !second.isDone());
        rig.lose(null);
        nap(1);
    }
}
