package io.jasyncio.model;

import static io.jasyncio.Asyncio.sleep;

import io.jasyncio.EventLoop;
import io.jasyncio.Runner;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One random program: some actors in a world, and cancel requests at some times. It runs until nothing more happens; then
 * whoever still waits is cancelled, and nobody may be left.
 */
final class RandomProgram {

    /** Longer than any program has something to do. */
    private static final Duration LONG = Duration.ofHours(1);

    private final World world;
    private final Random chance;

    /** What the actors use. */
    enum Kind {
        QUEUE(QueueWorld::new),
        PERMITS(PermitWorld::new),
        CONDITION(ConditionWorld::new),
        EVENT(EventWorld::new),
        BARRIER(BarrierWorld::new);

        private final BiFunction<Random, @Nullable List<String>, World> make;

        Kind(BiFunction<Random, @Nullable List<String>, World> make) {
            this.make = make;
        }
    }

    RandomProgram(long seed, Kind kind, List<Face> faces, @Nullable List<String> trace) {
        chance = new Random(seed);
        world = kind.make.apply(chance, trace);
        var count = 2 + chance.nextInt(5);
        for (var number = 0; number < count; number++) {
            var face = faces.get(chance.nextInt(faces.size()));
            world.actors().add(new Actor(world, number, new Random(chance.nextLong()), face));
        }
    }

    /** Runs it. Returns what went wrong, or null. */
    @Nullable
    Throwable run(Runner runner, IdleClock clock) throws Exception {
        clock.onIdle(this::idle);
        runner.runStage(this::main);
        return world.violation();
    }

    private CompletionStage<Void> main() {
        world.actors().forEach(Actor::start);
        for (var left = chance.nextInt(3); left > 0; left--) {
            cancelSometime();
        }
        return sleep(LONG)
                .thenCompose(quiet -> {
                    world.actors().forEach(Actor::finish);
                    return sleep(LONG);
                })
                .thenAccept(quiet -> end());
    }

    /** At some time and in some pass. */
    private void cancelSometime() {
        var actor = world.actors().get(chance.nextInt(world.actors().size()));
        var passes = chance.nextInt(4);
        EventLoop.current().callLater(Duration.ofMillis(chance.nextInt(5)), () -> cancelAfter(passes, actor));
    }

    private static void cancelAfter(int passes, Actor actor) {
        if (passes == 0) {
            actor.cancel();
        } else {
            EventLoop.current().callSoon(() -> cancelAfter(passes - 1, actor));
        }
    }

    /** Between two iterations. A violation is noted by the world; nobody is there to catch it. */
    private void idle() {
        if (world.violation() == null) {
            try {
                world.check();
                world.checkIdle();
            } catch (Violation noted) {
                world.trace(null, noted.getMessage());
            }
        }
    }

    private void end() {
        world.actors().forEach(this::reportUnexpected);
        if (world.violation() == null) {
            try {
                checkEnd();
            } catch (Violation noted) {
                world.trace(null, noted.getMessage());
            }
        }
    }

    private void checkEnd() {
        for (var actor : world.actors()) {
            world.require(!actor.isRunning(), actor + " has not ended");
        }
        world.require(EventLoop.current().allTasks().size() == 1, "tasks are left");
        world.checkEnd();
    }

    /** What neither the world nor the actor has expected, such as an error inside of the library. */
    private void reportUnexpected(Actor actor) {
        var task = actor.task();
        var failure = task == null || !task.isDone() || task.isCancelled() ? null : task.exception();
        if (failure != null && world.violation() == null) {
            world.violation(actor + " failed: " + failure).initCause(failure);
        }
    }
}
