package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.waitFor;

import io.jasyncio.Asyncio;
import io.jasyncio.Coroutine;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.queue.QueueEmptyException;
import io.jasyncio.queue.QueueFullException;
import io.jasyncio.queue.QueueShutDownException;
import io.jasyncio.sync.BrokenBarrierException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** Plays a random program: {@link #main} in direct style; {@code RandomCoroutines} does it with coroutines. */
final class RandomPlayer {

    /** Longer than all timers of a program. */
    static final Duration LONG_AFTER = Duration.ofSeconds(10);

    final RandomProgram program;
    final RandomThing thing;
    final Trace trace;
    final List<Task<?>> tasks = new ArrayList<>();

    RandomPlayer(RandomProgram program, Trace trace) {
        this.program = program;
        this.thing = RandomThing.of(program, trace);
        this.trace = trace;
    }

    void main() throws Exception {
        for (var word : program.words()) {
            if (word.startsTask()) {
                tasks.add(createTask(body(word, tasks.size())));
            } else if (word.isPause()) {
                await(sleep(word.pause()));
                saysThatItPaused(word);
            } else {
                actOrSchedule(word);
            }
        }
        await(sleep(LONG_AFTER));
        cancelTheRest();
        if (!tasks.isEmpty()) {
            await(Asyncio.wait(tasks));
        }
        trace.add(thing.state());
    }

    private CoroutineAction body(RandomWord word, int task) {
        return () -> {
            try {
                Coroutine<?> waiting = () -> thing.task(word.letter(), word.number(), task);
                ends(task, word.seconds() > 0 ? waitFor(waiting, word.deadline(task)) : waiting.run());
            } catch (Exception failure) {
                endsWith(task, failure);
            }
        };
    }

    /** Says how a task ended. */
    void ends(int task, Object ending) {
        trace.add("T" + task, ending);
    }

    /** Says how a task failed; a cancellation goes on. */
    void endsWith(int task, Exception failure) {
        ends(task, wordOf(failure));
        if (failure instanceof CancellationException cancelled) {
            throw cancelled;
        }
    }

    void saysThatItPaused(RandomWord pause) {
        trace.add(pause.letter() == 'y' ? "-" : "=");
    }

    /** What a small letter does, now or when it says. */
    void actOrSchedule(RandomWord word) {
        switch (word.when()) {
            case "+" -> EventLoop.current().callSoon(() -> act(word));
            case "~" -> EventLoop.current().callLater(word.delay(), () -> act(word));
            default -> act(word);
        }
    }

    private void act(RandomWord word) {
        try {
            switch (word.letter()) {
                case 'a' -> trace.advance(Duration.ofSeconds(2));
                case 'c' -> cancel(word.number());
                default -> thing.now(word.letter(), word.number());
            }
        } catch (RuntimeException refused) {
            trace.add(wordOf(refused));
        }
    }

    private void cancel(int task) {
        trace.add(tasks.get(task).cancel() ? "cancel T" + task : "T" + task + " is over");
    }

    void cancelTheRest() {
        trace.add(
                "end",
                thing.state(),
                tasks.stream().filter(task -> !task.isDone()).count());
        tasks.forEach(Task::cancel);
    }

    private static String wordOf(Exception failure) {
        if (failure instanceof QueueShutDownException) {
            return "shut";
        } else if (failure instanceof QueueEmptyException) {
            return "empty";
        } else if (failure instanceof QueueFullException) {
            return "full";
        } else if (failure instanceof BrokenBarrierException) {
            return "broken";
        } else if (failure instanceof CancellationException) {
            return "cancelled";
        } else if (failure instanceof TimeoutException) {
            return "late";
        }
        return failure.getClass() == IllegalStateException.class ? "refused" : failure.toString();
    }
}
