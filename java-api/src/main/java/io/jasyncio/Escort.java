package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import org.jspecify.annotations.Nullable;

/**
 * Lets the task that awaits something go on in the very pass in which that has ended. For what asyncio runs inside the
 * awaiting task and this library in steps of its own, so that both take as many passes. Loop only.
 */
final class Escort {

    /** Between a start and an end of a step that the loop has begun: only then somebody can go on after it. */
    private boolean stepping;

    private @Nullable SteppingTask<?> taken;

    /** Runs a step, and after it the task that was taken along. */
    void during(LoopRuntime loop, Runnable step) {
        stepping = true;
        try {
            step.run();
        } finally {
            stepping = false;
            var next = taken;
            taken = null;
            if (next != null) {
                goOn(loop, next);
            }
        }
    }

    /** Such steps may be nested in each other a hundred thousand deep, the stack is not (J11). */
    private static void goOn(LoopRuntime loop, SteppingTask<?> task) {
        var nesting = loop.services().nesting();
        if (!nesting.enter()) {
            loop.schedule(task);
            return;
        }
        try {
            loop.runInline(task);
        } finally {
            nesting.leave();
        }
    }

    /** Whether the task goes on after the step that runs. */
    boolean take(SteppingTask<?> task) {
        if (!stepping || taken != null) {
            return false;
        }
        taken = task;
        return true;
    }
}
