package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;

import io.jasyncio.EventLoop;
import java.util.concurrent.CompletionStage;

/** S6-S10 in stage style. */
@NotHere(scenario = "stop_lets_the_iteration_end", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "stop_before_the_run_gives_one_iteration", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "stop_before_the_future_is_done", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "an_exit_leaves_the_loop_at_once", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "a_closed_loop_refuses_everything", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "closing_drops_what_is_queued", because = RunningStage.CALLBACKS_ALONE)
class RunningStage {

    static final String CALLBACKS_ALONE = "no task in it has a body, so it would be the code of the direct twin";

    @Twin("a_running_loop_cannot_be_run")
    CompletionStage<?> aRunningLoopCannotBeRun(Trace trace) throws Exception {
        var running = EventLoop.current();
        var other = EventLoop.create(trace.options());
        RunningDirect.attempt(trace, "same", () -> running.runUntilComplete(running.createFuture()));
        RunningDirect.attempt(trace, "other", () -> other.runUntilComplete(other.createFuture()));
        return sleep(ZERO)
                .thenRun(() -> trace.add("running", running.isRunning(), other.isRunning()))
                .thenRun(other::close);
    }
}
