package io.jasyncio.model;

import io.jasyncio.LoopFuture;
import io.jasyncio.sync.AsyncBoundedSemaphore;
import io.jasyncio.sync.AsyncLock;
import io.jasyncio.sync.AsyncSemaphore;
import io.jasyncio.sync.Held;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A lock or a semaphore (S80-S83): never more holders than permits, strictly first come, first served. */
final class PermitWorld extends World {

    private enum Kind {
        LOCK,
        SEMAPHORE,
        BOUNDED
    }

    /** What a lock and a semaphore have in common. */
    private record Permits(
            Supplier<LoopFuture<?>> acquire,
            Supplier<LoopFuture<?>> hold,
            KotlinTwin twin,
            Supplier<Boolean> tryAcquire,
            Runnable release,
            Supplier<Boolean> isLocked,
            IntSupplier available) {

        static Permits of(AsyncLock lock) {
            return new Permits(
                    lock::acquireAsync,
                    lock::holdAsync,
                    KotlinTwin.acquire(lock),
                    lock::tryAcquire,
                    lock::release,
                    lock::isLocked,
                    () -> lock.isLocked() ? 0 : 1);
        }

        static Permits of(AsyncSemaphore semaphore) {
            return new Permits(
                    semaphore::acquireAsync,
                    semaphore::holdAsync,
                    KotlinTwin.acquire(semaphore),
                    semaphore::tryAcquire,
                    semaphore::release,
                    semaphore::isLocked,
                    semaphore::availablePermits);
        }
    }

    private static final String ACQUIRE = "acquire";

    private final Kind kind;
    private final Permits permits;

    /** Those of the permits that must be closed, and not released. */
    private final Map<Actor, Deque<Held>> handles = new HashMap<>();

    // The model.
    private int total;
    private int held;

    PermitWorld(Random chance, @Nullable List<String> trace) {
        super(trace);
        kind = Kind.values()[chance.nextInt(3)];
        total = kind == Kind.LOCK ? 1 : chance.nextInt(4);
        permits = switch (kind) {
            case LOCK -> Permits.of(new AsyncLock());
            case SEMAPHORE -> Permits.of(new AsyncSemaphore(total));
            case BOUNDED -> Permits.of(new AsyncBoundedSemaphore(total));
        };
    }

    @Override
    @Nullable
    Op choose(Actor actor, Random chance) {
        return switch (chance.nextInt(12)) {
            case 0, 1, 2, 3 -> acquire(actor, chance);
            case 4 -> tryAcquire(actor);
            case 5, 6, 7 -> release(actor);
            case 8 -> releaseTooMuch(chance);
            case 9 -> cancelSomebody(actor, chance);
            default -> pause(actor, chance);
        };
    }

    // ---- What actors do --------------------------------------------------------------------------------------------

    private Op acquire(Actor actor, Random chance) {
        var op = op(actor, ACQUIRE, chance.nextBoolean() ? permits.acquire() : permits.hold())
                .inKotlin(mostly(chance, permits.twin()))
                .within(someTimeout(chance));
        return op.then(value -> {
            requireNoBarging(op.waited() ? op : null);
            wasAcquired(actor);
            if (value instanceof Held handle) {
                handles.computeIfAbsent(actor, unused -> new ArrayDeque<>()).add(handle);
            }
        });
    }

    private @Nullable Op tryAcquire(Actor actor) {
        if (permits.tryAcquire().get()) {
            trace(actor, "tryAcquire succeeds");
            requireNoBarging(null);
            wasAcquired(actor);
        } else {
            require(held == total || anyPending(ACQUIRE), "tryAcquire failed");
        }
        return null;
    }

    private @Nullable Op release(Actor actor) {
        if (actor.holds > 0) {
            trace(actor, "releases");
            actor.holds--;
            held--;
            var handle = handles.getOrDefault(actor, new ArrayDeque<>()).poll();
            if (handle == null) {
                permits.release().run();
            } else {
                handle.close();
                handle.close();
            }
        }
        return null;
    }

    /** A plain semaphore takes it as one permit more; a lock and a bounded one refuse it when all are there. */
    private @Nullable Op releaseTooMuch(Random chance) {
        if (kind == Kind.SEMAPHORE) {
            if (chance.nextInt(4) == 0 && total < 4) {
                trace(null, "one permit more");
                total++;
                permits.release().run();
            }
        } else if (held == 0 && !anyPending(ACQUIRE)) {
            try {
                permits.release().run();
            } catch (IllegalStateException refused) {
                return null;
            }
            throw violation("one permit too many was taken back");
        }
        return null;
    }

    @Override
    void leave(Actor actor) {
        while (actor.holds > 0) {
            release(actor);
        }
    }

    // ---- The model -------------------------------------------------------------------------------------------------

    private void wasAcquired(Actor actor) {
        require(held < total, actor + " has a permit that was not there");
        held++;
        actor.holds++;
    }

    /** Nobody goes before somebody who waits; null for somebody who has not waited at all. */
    private void requireNoBarging(@Nullable Op served) {
        if (served != null) {
            requireFirst(served);
        } else {
            for (var op : pending(ACQUIRE)) {
                require(op.isDoomed(), "somebody got past " + op);
            }
        }
    }

    // ---- Checks ----------------------------------------------------------------------------------------------------

    @Override
    void check() {
        var free = total - held;
        var available = permits.available().getAsInt();
        require(available >= 0 && available <= free, available + " permits are free");
        if (kind == Kind.LOCK || !anyPending(ACQUIRE)) {
            require(available == free, available + " permits are free");
            require(kind != Kind.LOCK || permits.isLocked().get() == (free == 0), "locked is wrong");
        }
    }

    @Override
    void checkIdle() {
        requireNobodyIsLate("");
        require(permits.available().getAsInt() == total - held, "a permit is promised to nobody");
        if (held < total) {
            requireNonePending(ACQUIRE, "there is a permit");
        }
    }

    @Override
    void checkEnd() {
        require(held == 0, "somebody holds a permit");
        require(permits.available().getAsInt() == total, "not all permits are back");
        require(permits.isLocked().get() == (total == 0), "locked is wrong");
    }

    @Override
    public String toString() {
        return kind + " of " + total + ", " + held + " held";
    }
}
