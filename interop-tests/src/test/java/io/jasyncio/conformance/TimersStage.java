package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;

import io.jasyncio.EventLoop;
import java.util.concurrent.CompletionStage;

/** S15-S19 in stage style. What is made of callbacks alone is the code of the direct twins. */
class TimersStage {

    @Twin("timers_fire_by_deadline_and_not_by_registration")
    CompletionStage<?> timersFireByDeadlineAndNotByRegistration(Trace trace) {
        TimersDirect.startTimersOutOfOrder(trace);
        return sleep(ofMillis(50)).thenRun(() -> trace.add("main at", Trace.millis()));
    }

    @Twin("a_delay_of_zero_or_less_means_the_next_iteration")
    CompletionStage<?> aDelayOfZeroOrLessMeansTheNextIteration(Trace trace) {
        TimersDirect.startOverdueTimers(trace);
        trace.add("main goes on");
        return sleep(ZERO)
                .thenRun(() -> trace.add("main one"))
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> trace.add("main two"));
    }

    @Twin("a_cancelled_timer_does_not_fire")
    CompletionStage<?> aCancelledTimerDoesNotFire(Trace trace) {
        var loop = EventLoop.current();
        var first = loop.callLater(ofMillis(10), () -> trace.add("first"));
        loop.callLater(ofMillis(20), () -> trace.add("second"));
        var third = loop.callLater(ofMillis(30), () -> trace.add("third"));
        first.cancel();
        return sleep(ofMillis(25))
                .thenCompose(then -> {
                    third.cancel();
                    third.cancel();
                    trace.add("cancelled", first.cancelled(), third.cancelled(), "at", Trace.millis());
                    return sleep(ofMillis(25));
                })
                .thenRun(() -> trace.add("main at", Trace.millis()));
    }

    @Twin("a_due_timer_can_be_cancelled_by_its_predecessor")
    CompletionStage<?> aDueTimerCanBeCancelledByItsPredecessor(Trace trace) {
        TimersDirect.startTimersOfOneIteration(trace);
        return sleep(ZERO).thenCompose(then -> sleep(ZERO)).thenCompose(then -> {
            var fourth = EventLoop.current().callLater(ofMillis(1), () -> trace.add("fourth"));
            return sleep(ofMillis(2)).thenRun(() -> {
                fourth.cancel();
                trace.add("cancelled after it fired", fourth.cancelled());
            });
        });
    }

    @Twin("most_of_many_timers_are_cancelled")
    CompletionStage<?> mostOfManyTimersAreCancelled(Trace trace) {
        TimersDirect.startCrowdOfTimers(trace);
        return sleep(ofMillis(300)).thenRun(() -> trace.add("main at", Trace.millis()));
    }

    @Twin("a_late_loop_catches_up_in_one_iteration")
    CompletionStage<?> aLateLoopCatchesUpInOneIteration(Trace trace) {
        TimersDirect.startOverdueCrowd(trace);
        return sleep(ZERO)
                .thenCompose(then -> sleep(ZERO))
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> trace.add("caught up at", Trace.millis()))
                .thenCompose(then -> sleep(ofMillis(101)))
                .thenRun(() -> trace.add("main at", Trace.millis()));
    }

    @Twin("a_deadline_beyond_a_day_is_met")
    CompletionStage<?> aDeadlineBeyondADayIsMet(Trace trace) {
        var loop = EventLoop.current();
        loop.callLater(ofHours(1), () -> trace.add("an hour"));
        loop.callLater(ofDays(90), () -> trace.add("ninety days"));
        return sleep(ofDays(400)).thenRun(() -> trace.add("main after days", Trace.millis() / 86_400_000));
    }
}
