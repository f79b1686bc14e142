package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Ending.endedStage;
import static io.jasyncio.conformance.Ending.failed;
import static io.jasyncio.conformance.Ending.ifCancelled;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onePass;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;

/** S45, S47 and S51 in stage style. */
class SelfcancelsStage {

    @Twin("a_task_that_cancels_itself_and_returns_ends_cancelled")
    CompletionStage<?> aTaskThatCancelsItselfAndReturnsEndsCancelled(Trace trace) {
        return endedStage(createStageTask(() -> {
                    trace.add("accepted", currentTask().cancel());
                    return known("lost");
                }))
                .thenAccept(task -> trace.add("cancelled", task.isCancelled()));
    }

    @Twin("a_task_that_cancels_itself_and_fails_has_failed")
    CompletionStage<?> aTaskThatCancelsItselfAndFailsHasFailed(Trace trace) {
        return endedStage(createStageTask(() -> {
                    currentTask().cancel();
                    return failed(new Boom("first"));
                }))
                .thenAccept(task -> trace.add("cancelled", task.isCancelled(), task.exception()));
    }

    @Twin("a_task_that_cancels_itself_is_told_when_it_next_suspends")
    CompletionStage<?> aTaskThatCancelsItselfIsToldWhenItNextSuspends(Trace trace) {
        return createStageTask(() -> {
            currentTask().cancel();
            return known("future")
                    .thenAccept(trace::add)
                    .thenCompose(first -> known("coroutine"))
                    .thenAccept(trace::add)
                    .thenCompose(second -> ifCancelled(onePass(), cancelled -> {
                        trace.add(cancelled);
                        return known(null);
                    }));
        });
    }

    @Twin("a_request_to_oneself_that_is_taken_back_is_dropped")
    CompletionStage<?> aRequestToOneselfThatIsTakenBackIsDropped(Trace trace) {
        return createStageTask(() -> {
                    var me = currentTask();
                    me.cancel();
                    trace.add("left", me.uncancel());
                    return napStage(1).thenApply(slept -> "value");
                })
                .thenAccept(trace::add);
    }

    @Twin("a_body_that_raises_a_cancellation_ends_cancelled")
    CompletionStage<?> aBodyThatThrowsACancellationEndsCancelled(Trace trace) {
        return endedStage(createStageTask(() -> {
                    throw new CancellationException("of its own");
                }))
                .thenCompose(task -> {
                    trace.add("cancelled", task.isCancelled(), "requests", task.cancelling());
                    return task.handle((value, failure) -> original(failure).getMessage());
                })
                .thenAccept(trace::add);
    }
}
