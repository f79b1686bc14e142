package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** S104 and S107 in stage style. */
class WritersStage {

    private static final String INLINE =
            "a function of a stage runs where the stage is completed: in the call that makes room";

    /** Waits and says how that ended. */
    private static CompletionStage<Void> report(Trace trace, String name, CompletionStage<Void> waiting) {
        return waiting.thenRun(() -> trace.add(name, "done")).exceptionallyCompose(failure -> {
            var cause = Children.original(failure);
            if (Trace.nameOf(cause).equals("Cancelled")) {
                trace.add(name, cause);
                return CompletableFuture.failedFuture(cause);
            }
            trace.add(name, "failed", cause.getMessage());
            return Ending.known(null);
        });
    }

    private static CompletionStage<Void> drain(Trace trace, Writings rig, String name) {
        return report(trace, name, rig.writer().drainAsync());
    }

    private static Task<Void> startDrain(Trace trace, Writings rig, String name) {
        return createStageTask(() -> drain(trace, rig, name));
    }

    private static CompletionStage<Void> waitClosed(Trace trace, Writings rig, String name) {
        return report(trace, name, rig.writer().waitClosedAsync());
    }

    private static Task<Void> startWaitClosed(Trace trace, Writings rig, String name) {
        return createStageTask(() -> waitClosed(trace, rig, name));
    }

    @Twin("a_drain_takes_no_pass_while_there_is_room")
    CompletionStage<?> aDrainTakesNoPassWhileThereIsRoom(Trace trace) {
        var rig = new Writings();
        var passes = Passes.start();
        return drain(trace, rig, "first")
                .thenCompose(then -> drain(trace, rig, "second"))
                .thenRun(() -> trace.add("passes", passes.stop()));
    }

    @Twin("a_drain_of_a_transport_that_closes_lets_others_run_first")
    CompletionStage<?> aDrainOfATransportThatClosesLetsOthersRunFirst(Trace trace) {
        var rig = new Writings();
        rig.close();
        EventLoop.current().callSoon(() -> trace.add("other"));
        return drain(trace, rig, "drain").thenCompose(then -> {
            rig.lose(null);
            return drain(trace, rig, "next");
        });
    }

    @Twin(
            value = "all_who_wait_go_on_in_their_order",
            because = INLINE,
            trace = {"first done", "second done", "third done", "resumed", "a pass later"})
    CompletionStage<?> allWhoWaitGoOnInTheirOrder(Trace trace) {
        var rig = new Writings();
        rig.pause();
        startDrain(trace, rig, "first");
        startDrain(trace, rig, "second");
        startDrain(trace, rig, "third");
        return napStage(1)
                .thenCompose(then -> {
                    rig.resume();
                    trace.add("resumed");
                    return onePass();
                })
                .thenCompose(then -> {
                    trace.add("a pass later");
                    return napStage(1);
                });
    }

    @Twin("who_was_woken_does_not_look_again")
    CompletionStage<?> whoWasWokenDoesNotLookAgain(Trace trace) {
        var rig = new Writings();
        rig.pause();
        startDrain(trace, rig, "first");
        return napStage(1)
                .thenCompose(then -> {
                    rig.resume();
                    rig.pause();
                    return napStage(1);
                })
                .thenCompose(then -> {
                    startDrain(trace, rig, "second");
                    return napStage(1);
                })
                .thenCompose(then -> {
                    rig.resume();
                    return napStage(1);
                });
    }

    @Twin("a_request_ends_one_wait_alone")
    CompletionStage<?> aRequestEndsOneWaitAlone(Trace trace) {
        var rig = new Writings();
        rig.pause();
        var first = startDrain(trace, rig, "first");
        startDrain(trace, rig, "second");
        var third = startDrain(trace, rig, "third");
        return napStage(1)
                .thenCompose(then -> {
                    first.cancel();
                    third.cancel();
                    return napStage(1);
                })
                .thenCompose(then -> {
                    rig.resume();
                    return napStage(1);
                });
    }

    @Twin(
            value = "a_request_in_the_pass_in_which_there_is_room_wins",
            because = INLINE,
            trace = {"first done", "second done"})
    CompletionStage<?> aRequestInThePassInWhichThereIsRoomWins(Trace trace) {
        var rig = new Writings();
        rig.pause();
        var first = startDrain(trace, rig, "first");
        startDrain(trace, rig, "second");
        return napStage(1).thenCompose(then -> {
            rig.resume();
            first.cancel();
            return napStage(1);
        });
    }

    @Twin(
            value = "a_connection_that_breaks_fails_all_who_wait",
            because = INLINE,
            trace = {"first failed reset", "second failed reset", "lost", "third failed reset"})
    CompletionStage<?> aConnectionThatBreaksFailsAllWhoWait(Trace trace) {
        var rig = new Writings();
        rig.pause();
        startDrain(trace, rig, "first");
        startDrain(trace, rig, "second");
        return napStage(1)
                .thenCompose(then -> {
                    rig.lose(new Boom("reset"));
                    trace.add("lost");
                    return napStage(1);
                })
                .thenCompose(then -> drain(trace, rig, "third"));
    }

    @Twin("a_regular_end_lets_all_go_who_wait")
    CompletionStage<?> aRegularEndLetsAllGoWhoWait(Trace trace) {
        var rig = new Writings();
        rig.pause();
        startDrain(trace, rig, "first");
        startDrain(trace, rig, "second");
        return napStage(1)
                .thenCompose(then -> {
                    rig.lose(null);
                    return napStage(1);
                })
                .thenCompose(then -> drain(trace, rig, "third"));
    }

    @Twin("who_was_woken_is_not_told_of_a_loss_in_the_same_pass")
    CompletionStage<?> whoWasWokenIsNotToldOfALossInTheSamePass(Trace trace) {
        var rig = new Writings();
        rig.pause();
        startDrain(trace, rig, "first");
        return napStage(1)
                .thenCompose(then -> {
                    rig.resume();
                    rig.lose(new Boom("reset"));
                    return napStage(1);
                })
                .thenCompose(then -> drain(trace, rig, "second"));
    }

    @Twin("what_broke_the_reader_concerns_the_writer")
    CompletionStage<?> whatBrokeTheReaderConcernsTheWriter(Trace trace) {
        var rig = new Writings();
        rig.reader().setException(new Boom("unreadable"));
        return drain(trace, rig, "drain");
    }

    @Twin("all_may_wait_for_the_end")
    CompletionStage<?> allMayWaitForTheEnd(Trace trace) {
        var rig = new Writings();
        startWaitClosed(trace, rig, "first");
        startWaitClosed(trace, rig, "second");
        return napStage(1)
                .thenCompose(then -> {
                    rig.lose(null);
                    trace.add("lost");
                    return napStage(1);
                })
                .thenCompose(then -> waitClosed(trace, rig, "third"));
    }

    @Twin("all_who_wait_for_the_end_are_told_why_it_broke")
    CompletionStage<?> allWhoWaitForTheEndAreToldWhyItBroke(Trace trace) {
        var rig = new Writings();
        startWaitClosed(trace, rig, "first");
        return napStage(1)
                .thenCompose(then -> {
                    rig.lose(new Boom("reset"));
                    return napStage(1);
                })
                .thenCompose(then -> waitClosed(trace, rig, "second"));
    }

    @Twin(
            value = "one_who_gives_up_waiting_for_the_end",
            because = "each waits for itself here: who gives up concerns nobody else",
            trace = {"first Cancelled", "second waits true", "second done"})
    CompletionStage<?> oneWhoGivesUpWaitingForTheEnd(Trace trace) {
        var rig = new Writings();
        var first = startWaitClosed(trace, rig, "first");
        var second = startWaitClosed(trace, rig, "second");
        return napStage(1)
                .thenCompose(then -> {
                    first.cancel();
                    return napStage(1);
                })
                .thenCompose(then -> {
                    trace.add("second waits", !second.isDone());
                    rig.lose(null);
                    return napStage(1);
                });
    }
}
