package io.jasyncio.model;

import io.jasyncio.Task;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One task of a random program: what it does next is decided by chances of its own, and by what it holds. */
public final class Actor {

    private final World world;
    private final int number;
    private final Random chance;
    private final Face face;

    /** Whether it goes on after a cancellation, as a task in Java may (S46). */
    private final boolean refusesCancel;

    private int stepsLeft;
    private @Nullable Task<?> task;
    private @Nullable Op doing;
    private boolean started;

    /** How many permits, locks or items it has in its hands. */
    int holds;

    Actor(World world, int number, Random chance, Face face) {
        this.world = world;
        this.number = number;
        this.chance = chance;
        this.face = face;
        stepsLeft = 1 + chance.nextInt(8);
        refusesCancel = face != Face.KOTLIN && chance.nextInt(3) == 0;
    }

    void start() {
        task = face.start(this);
    }

    // ---- For the driver --------------------------------------------------------------------------------------------

    /** What it does next; null if it has done enough. Things that never wait are done on the way. */
    public @Nullable Op next() {
        started = true;
        while (stepsLeft > 0) {
            stepsLeft--;
            var op = world.choose(this, chance);
            if (op != null) {
                return op;
            }
            world.check();
        }
        return null;
    }

    /** Whether it ends with such a failure. */
    public boolean endsWith(Throwable failure) {
        return failure instanceof Violation || failure instanceof CancellationException && !refusesCancel;
    }

    /** It ends, however: gives back what it holds. */
    public void leave() {
        world.trace(this, "leaves");
        world.leave(this);
        world.check();
    }

    // ---- For the world ---------------------------------------------------------------------------------------------

    void doing(@Nullable Op op) {
        doing = op;
    }

    /** The task of this actor; null as long as it was not started. */
    @Nullable
    Task<?> task() {
        return task;
    }

    boolean isRunning() {
        return task != null && !task.isDone();
    }

    /** Asks the task to stop, if it waits or has not begun. */
    void cancel() {
        var waitsIn = doing;
        if (task == null || task.isDone() || started && waitsIn == null) {
            return;
        }
        world.trace(this, "is cancelled");
        if (waitsIn != null) {
            // In stage style it ends within the request.
            waitsIn.cancelRequested();
        }
        world.require(task.cancel(), this + " refused to be cancelled");
    }

    /** Asks the task to stop, and not to begin anything new should it refuse. */
    void finish() {
        stepsLeft = 0;
        cancel();
    }

    @Override
    public String toString() {
        return face.name().toLowerCase(java.util.Locale.ROOT) + " " + number;
    }
}
