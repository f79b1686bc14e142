package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;

import java.time.Duration;

/** What a random program is about, and what its letters mean in direct style; {@code things.py} explains them. */
sealed interface RandomThing
        permits RandomQueue,
                RandomLocks.Lock,
                RandomLocks.Semaphore,
                RandomLocks.Event,
                RandomConditions.Condition,
                RandomConditions.Barrier {

    /** The body of a task. Returns how it ended well, in a word. */
    Object task(char letter, int number, int task) throws Exception;

    /** What is done at once, by whomever. */
    void now(char letter, int number);

    /** What everybody may see. */
    String state();

    static RandomThing of(RandomProgram program, Trace trace) {
        return switch (program.kind()) {
            case "queues" -> new RandomQueue(program.head(), trace);
            case "locks" -> new RandomLocks.Lock(trace);
            case "semaphores" -> new RandomLocks.Semaphore(program.head(), trace);
            case "events" -> new RandomLocks.Event(trace);
            case "conditions" -> new RandomConditions.Condition(trace);
            case "barriers" -> new RandomConditions.Barrier(program.head(), trace);
            default -> throw new IllegalArgumentException("nobody knows what to do with " + program);
        };
    }

    /** Keeps what the task has, for some passes or for {@link #longHold}. */
    static void hold(int length, int task) throws Exception {
        if (length == 3) {
            await(sleep(longHold(task)));
        } else {
            passes(length);
        }
    }

    static void passes(int count) throws Exception {
        for (var pass = 0; pass < count; pass++) {
            await(sleep(Duration.ZERO));
        }
    }

    /** A second and a bit that only this task sleeps. */
    static Duration longHold(int task) {
        return Duration.ofNanos(1_000_000_000L + 300_000L * task);
    }

    /** How long a task waits for a condition at most; no other one waits as long. */
    static Duration patience(int seconds, int task) {
        return Duration.ofNanos(seconds * 1_000_000_000L + 700_000L * (task + 1));
    }
}
