package io.jasyncio.conformance;

import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.endedStage;
import static io.jasyncio.conformance.QueueTasks.callAt;

import io.jasyncio.Task;
import java.util.concurrent.CompletionStage;

/** Tasks that are cancelled at given seconds, and how they ended. */
final class Requests {

    private Requests() {}

    /** Cancels a task at these times, waits for its end and says what that was. */
    static void ending(Trace trace, Task<?> task, int... seconds) throws Exception {
        request(task, seconds);
        show(trace, ended(task));
    }

    /** The same as a stage. */
    static CompletionStage<Void> endingStage(Trace trace, Task<?> task, int... seconds) {
        request(task, seconds);
        return endedStage(task).thenAccept(over -> show(trace, over));
    }

    /** Cancels a task at these times. */
    static void request(Task<?> task, int... seconds) {
        for (var second : seconds) {
            callAt(second, task::cancel);
        }
    }

    /** Says how a task ended. */
    static void show(Trace trace, Task<?> task) {
        if (task.isCancelled()) {
            trace.add("ended by a cancellation at", millis());
        } else if (task.exception() != null) {
            trace.add("ended by", task.exception().getMessage(), "at", millis());
        } else {
            trace.add("came to a good end at", millis());
        }
    }
}
