package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.jasyncio.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;

/** S20 in direct style. */
class SleepingDirect {

    @Twin("sleep_of_zero_or_less_is_one_pass")
    void sleepOfZeroOrLessIsOnePass(Trace trace) throws Exception {
        countPassesOf(trace, "zero", ZERO);
        countPassesOf(trace, "negative", ofSeconds(-5));
        var passes = Passes.start();
        await(sleep(ZERO));
        await(sleep(ZERO));
        await(sleep(ZERO));
        trace.add("three", passes.stop());
    }

    private void countPassesOf(Trace trace, String name, Duration delay) throws Exception {
        var passes = Passes.start();
        await(sleep(delay));
        trace.add(name, passes.stop(), "at", Trace.millis());
    }

    @Twin("sleep_returns_its_result")
    void sleepReturnsItsResult(Trace trace) throws Exception {
        trace.add(await(sleep(ofMillis(5), "after five")), Trace.millis());
        trace.add(await(sleep(ZERO, "after a pass")), Trace.millis());
        trace.add(await(sleep(ofMillis(1))), Trace.millis());
    }

    @Twin("a_sleeper_wakes_one_pass_after_its_timer")
    void aSleeperWakesOnePassAfterItsTimer(Trace trace) throws Exception {
        createTask(() -> {
            await(sleep(ofMillis(10)));
            trace.add("sleeper");
        });
        await(sleep(ZERO));
        startTimerBehindTheSleeper(trace);
        await(sleep(ZERO));
        trace.add("main one");
        await(sleep(ZERO));
        trace.add("main two");
        await(sleep(ZERO));
        trace.add("main three");
    }

    static void startTimerBehindTheSleeper(Trace trace) {
        var loop = EventLoop.current();
        loop.callLater(ofMillis(11), () -> {
            trace.add("timer");
            loop.callSoon(() -> trace.add("after the timer"));
        });
        trace.advance(ofMillis(20));
    }

    @Twin("sleepers_wake_in_the_order_of_their_deadlines")
    void sleepersWakeInTheOrderOfTheirDeadlines(Trace trace) throws Exception {
        var tasks = List.of(
                createTask(() -> sleepOften(trace, "a", 30, 5)),
                createTask(() -> sleepOften(trace, "b", 10, 11, 50)),
                createTask(() -> sleepOften(trace, "c", 20)));
        for (var task : tasks) {
            await(task);
        }
        trace.add("main at", Trace.millis());
    }

    private static void sleepOften(Trace trace, String name, int... delays) throws Exception {
        for (var delay : delays) {
            await(sleep(ofMillis(delay)));
            trace.add(name, "at", Trace.millis());
        }
    }

    @Twin("a_cancelled_sleep_takes_no_more_time")
    void aCancelledSleepTakesNoMoreTime(Trace trace) throws Exception {
        var task = createTask(() -> {
            try {
                await(sleep(ofSeconds(1000)));
            } finally {
                trace.add("sleeper ends at", Trace.millis());
            }
        });
        await(sleep(ofMillis(5)));
        task.cancel();
        try {
            await(task);
        } catch (CancellationException cancelled) {
            trace.add(cancelled, task.isCancelled());
        }
        trace.add("main at", Trace.millis());
    }
}
