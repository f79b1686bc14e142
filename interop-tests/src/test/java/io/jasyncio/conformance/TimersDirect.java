package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.jasyncio.EventLoop;
import io.jasyncio.TimerHandle;
import java.util.HashMap;
import java.util.List;

/** S15-S19 in direct style. */
class TimersDirect {

    @Twin("timers_fire_by_deadline_and_not_by_registration")
    void timersFireByDeadlineAndNotByRegistration(Trace trace) throws Exception {
        startTimersOutOfOrder(trace);
        await(sleep(ofMillis(50)));
        trace.add("main at", Trace.millis());
    }

    static void startTimersOutOfOrder(Trace trace) {
        var loop = EventLoop.current();
        var start = loop.time();
        for (var delay : List.of(30, 10, 40, 20)) {
            loop.callLater(ofMillis(delay), () -> trace.add("timer", delay, "at", Trace.millis()));
        }
        var handle = loop.callAt(start + 25_000_000, () -> trace.add("timer 25 at", Trace.millis()));
        trace.add("due at", handle.when() / 1_000_000);
    }

    @Twin("a_delay_of_zero_or_less_means_the_next_iteration")
    void aDelayOfZeroOrLessMeansTheNextIteration(Trace trace) throws Exception {
        startOverdueTimers(trace);
        trace.add("main goes on");
        await(sleep(ZERO));
        trace.add("main one");
        await(sleep(ZERO));
        trace.add("main two");
    }

    static void startOverdueTimers(Trace trace) {
        var loop = EventLoop.current();
        loop.callLater(ZERO, () -> trace.add("zero"));
        loop.callLater(ofSeconds(-1), () -> trace.add("minus one"));
        loop.callSoon(() -> trace.add("soon"));
    }

    @Twin("a_cancelled_timer_does_not_fire")
    void aCancelledTimerDoesNotFire(Trace trace) throws Exception {
        var loop = EventLoop.current();
        var first = loop.callLater(ofMillis(10), () -> trace.add("first"));
        loop.callLater(ofMillis(20), () -> trace.add("second"));
        var third = loop.callLater(ofMillis(30), () -> trace.add("third"));
        first.cancel();
        await(sleep(ofMillis(25)));
        third.cancel();
        third.cancel();
        trace.add("cancelled", first.cancelled(), third.cancelled(), "at", Trace.millis());
        await(sleep(ofMillis(25)));
        trace.add("main at", Trace.millis());
    }

    @Twin("a_due_timer_can_be_cancelled_by_its_predecessor")
    void aDueTimerCanBeCancelledByItsPredecessor(Trace trace) throws Exception {
        startTimersOfOneIteration(trace);
        await(sleep(ZERO));
        await(sleep(ZERO));
        var fourth = EventLoop.current().callLater(ofMillis(1), () -> trace.add("fourth"));
        await(sleep(ofMillis(2)));
        fourth.cancel();
        trace.add("cancelled after it fired", fourth.cancelled());
    }

    static void startTimersOfOneIteration(Trace trace) {
        var loop = EventLoop.current();
        var second = new TimerHandle[1];
        loop.callLater(ofMillis(10), () -> {
            trace.add("first at", Trace.millis());
            second[0].cancel();
        });
        second[0] = loop.callLater(ofMillis(11), () -> trace.add("second"));
        loop.callLater(ofMillis(12), () -> trace.add("third"));
        trace.advance(ofMillis(20));
    }

    @Twin("most_of_many_timers_are_cancelled")
    void mostOfManyTimersAreCancelled(Trace trace) throws Exception {
        startCrowdOfTimers(trace);
        await(sleep(ofMillis(300)));
        trace.add("main at", Trace.millis());
    }

    static void startCrowdOfTimers(Trace trace) {
        var loop = EventLoop.current();
        var handles = new HashMap<Integer, TimerHandle>();
        for (var n = 1; n < 211; n++) {
            var delay = n * 83 % 211;
            handles.put(delay, loop.callLater(ofMillis(delay), () -> trace.add(delay)));
        }
        handles.forEach((delay, handle) -> {
            if (delay % 30 != 0) {
                handle.cancel();
            }
        });
    }

    @Twin("a_late_loop_catches_up_in_one_iteration")
    void aLateLoopCatchesUpInOneIteration(Trace trace) throws Exception {
        startOverdueCrowd(trace);
        await(sleep(ZERO));
        await(sleep(ZERO));
        await(sleep(ZERO));
        trace.add("caught up at", Trace.millis());
        await(sleep(ofMillis(101)));
        trace.add("main at", Trace.millis());
    }

    static void startOverdueCrowd(Trace trace) {
        var loop = EventLoop.current();
        for (var delay : List.of(30, 10, 20)) {
            loop.callLater(ofMillis(delay), () -> {
                trace.add("timer", delay);
                loop.callSoon(() -> trace.add("after", delay));
            });
        }
        loop.callLater(ofMillis(200), () -> trace.add("in time"));
        trace.advance(ofMillis(100));
    }

    @Twin("a_deadline_beyond_a_day_is_met")
    void aDeadlineBeyondADayIsMet(Trace trace) throws Exception {
        var loop = EventLoop.current();
        loop.callLater(ofHours(1), () -> trace.add("an hour"));
        loop.callLater(ofDays(90), () -> trace.add("ninety days"));
        await(sleep(ofDays(400)));
        trace.add("main after days", Trace.millis() / 86_400_000);
    }
}
