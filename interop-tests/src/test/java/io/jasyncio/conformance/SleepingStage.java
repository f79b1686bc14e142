package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** S20 in stage style. */
class SleepingStage {

    @Twin("sleep_of_zero_or_less_is_one_pass")
    CompletionStage<?> sleepOfZeroOrLessIsOnePass(Trace trace) {
        return countPassesOf(trace, "zero", ZERO)
                .thenCompose(then -> countPassesOf(trace, "negative", ofSeconds(-5)))
                .thenCompose(then -> {
                    var passes = Passes.start();
                    return sleep(ZERO)
                            .thenCompose(first -> sleep(ZERO))
                            .thenCompose(second -> sleep(ZERO))
                            .thenRun(() -> trace.add("three", passes.stop()));
                });
    }

    private CompletionStage<Void> countPassesOf(Trace trace, String name, Duration delay) {
        var passes = Passes.start();
        return sleep(delay).thenRun(() -> trace.add(name, passes.stop(), "at", Trace.millis()));
    }

    @Twin("sleep_returns_its_result")
    CompletionStage<?> sleepReturnsItsResult(Trace trace) {
        return sleep(ofMillis(5), "after five")
                .thenAccept(result -> trace.add(result, Trace.millis()))
                .thenCompose(then -> sleep(ZERO, "after a pass"))
                .thenAccept(result -> trace.add(result, Trace.millis()))
                .thenCompose(then -> sleep(ofMillis(1)))
                .thenAccept(result -> trace.add(result, Trace.millis()));
    }

    @Twin("a_sleeper_wakes_one_pass_after_its_timer")
    CompletionStage<?> aSleeperWakesOnePassAfterItsTimer(Trace trace) {
        createStageTask(() -> sleep(ofMillis(10)).thenRunAsync(() -> trace.add("sleeper")));
        return sleep(ZERO)
                .thenCompose(then -> {
                    SleepingDirect.startTimerBehindTheSleeper(trace);
                    return sleep(ZERO);
                })
                .thenRun(() -> trace.add("main one"))
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> trace.add("main two"))
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> trace.add("main three"));
    }

    @Twin("sleepers_wake_in_the_order_of_their_deadlines")
    CompletionStage<?> sleepersWakeInTheOrderOfTheirDeadlines(Trace trace) {
        var a = createStageTask(() -> sleepOnce(trace, "a", 30).thenCompose(then -> sleepOnce(trace, "a", 5)));
        var b = createStageTask(() -> sleepOnce(trace, "b", 10)
                .thenCompose(then -> sleepOnce(trace, "b", 11))
                .thenCompose(then -> sleepOnce(trace, "b", 50)));
        var c = createStageTask(() -> sleepOnce(trace, "c", 20));
        return a.thenCombine(b, (first, second) -> null)
                .thenCombine(c, (both, third) -> null)
                .thenRun(() -> trace.add("main at", Trace.millis()));
    }

    private static CompletionStage<Void> sleepOnce(Trace trace, String name, int delay) {
        return sleep(ofMillis(delay)).thenRun(() -> trace.add(name, "at", Trace.millis()));
    }

    @Twin("a_cancelled_sleep_takes_no_more_time")
    CompletionStage<?> aCancelledSleepTakesNoMoreTime(Trace trace) {
        var task = createStageTask(() ->
                sleep(ofSeconds(1000)).whenComplete((value, failure) -> trace.add("sleeper ends at", Trace.millis())));
        return sleep(ofMillis(5))
                .thenRun(task::cancel)
                .thenCompose(then -> task)
                .handle((value, cancelled) -> {
                    trace.add(cancelled, task.isCancelled());
                    trace.add("main at", Trace.millis());
                    return null;
                });
    }
}
