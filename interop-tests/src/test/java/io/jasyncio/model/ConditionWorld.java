package io.jasyncio.model;

import io.jasyncio.sync.AsyncCondition;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A condition (S85-S87): who comes back from a wait has the lock, in whatever way the wait has ended, and no signal is lost.
 *
 * <p>Either all wait for a signal alone, and the model counts how many are owed one; or all wait until there is something to
 * take, and the model counts that.
 */
final class ConditionWorld extends World {

    private static final String ACQUIRE = "acquire";
    private static final String WAIT = "wait";

    private final AsyncCondition condition = new AsyncCondition();

    /** Whether they wait for a predicate. */
    private final boolean wantThings;

    // The model.
    private @Nullable Actor holder;

    /** At least so many of those who wait must come back without a further signal. */
    private int owed;

    /** What there is to take. */
    private int things;

    ConditionWorld(Random chance, @Nullable List<String> trace) {
        super(trace);
        wantThings = chance.nextBoolean();
    }

    // ---- What actors do --------------------------------------------------------------------------------------------

    @Override
    @Nullable
    Op choose(Actor actor, Random chance) {
        if (holder != actor) {
            return switch (chance.nextInt(8)) {
                case 0, 1, 2, 3 -> acquire(actor, chance);
                case 4 -> tryAcquire(actor);
                case 5 -> signalWithoutLock();
                case 6 -> cancelSomebody(actor, chance);
                default -> pause(actor, chance);
            };
        }
        return switch (chance.nextInt(11)) {
            case 0, 1, 2, 3 -> wantThings ? awaitThing(actor, chance) : awaitSignal(actor, chance);
            case 4, 5, 6 -> wantThings ? produce(actor) : signal(actor, chance);
            case 7, 8 -> release(actor);
            case 9 -> cancelSomebody(actor, chance);
            default -> pause(actor, chance);
        };
    }

    private Op acquire(Actor actor, Random chance) {
        return op(actor, ACQUIRE, condition::acquireAsync)
                .inKotlin(mostly(chance, KotlinTwin.acquire(condition.lock())))
                .within(someTimeout(chance))
                .then(done -> hasLock(actor));
    }

    private @Nullable Op tryAcquire(Actor actor) {
        if (condition.tryAcquire()) {
            trace(actor, "tryAcquire succeeds");
            hasLock(actor);
        } else {
            require(condition.isLocked() || anyPending(ACQUIRE) || anyPending(WAIT), "tryAcquire failed");
        }
        return null;
    }

    private @Nullable Op release(Actor actor) {
        trace(actor, "releases");
        holder = null;
        condition.release();
        return null;
    }

    private Op awaitSignal(Actor actor, Random chance) {
        return op(actor, WAIT, condition::waitAsync)
                .inKotlin(KotlinTwin.wait(condition))
                .atStart(() -> holder = null)
                .within(someTimeout(chance))
                .then(done -> {
                    hasLock(actor);
                    owed = Math.max(0, owed - 1);
                })
                .orElse(failure -> cameBackWithout(actor, failure));
    }

    private Op awaitThing(Actor actor, Random chance) {
        return op(actor, WAIT, () -> condition.waitForAsync(this::isThingThere))
                .inKotlin(KotlinTwin.wait(condition, this::isThingThere))
                .atStart(() -> holder = null)
                .within(someTimeout(chance))
                .then(done -> {
                    hasLock(actor);
                    require(things > 0, actor + " comes back and there is nothing");
                    things--;
                })
                .orElse(failure -> cameBackWithout(actor, failure));
    }

    /** Asked with the lock held, by somebody who has not come back yet. */
    private boolean isThingThere() {
        require(condition.isLocked() && holder == null, "the predicate was asked without the lock");
        return things > 0;
    }

    private void cameBackWithout(Actor actor, Throwable failure) {
        hasLock(actor);
        require(Op.isEndOfWait(failure), "a wait failed: " + failure);
    }

    private @Nullable Op signal(Actor actor, Random chance) {
        var count = chance.nextInt(4);
        trace(actor, "signals " + (count == 3 ? "all" : count));
        if (count == 3) {
            condition.signalAll();
            owed = Integer.MAX_VALUE;
        } else {
            condition.signal(count);
            owed += count;
        }
        return null;
    }

    private @Nullable Op produce(Actor actor) {
        trace(actor, "produces");
        things++;
        condition.signal();
        return null;
    }

    private @Nullable Op signalWithoutLock() {
        if (!condition.isLocked()) {
            try {
                condition.signalAll();
            } catch (IllegalStateException refused) {
                return null;
            }
            throw violation("a signal was accepted without the lock");
        }
        return null;
    }

    @Override
    void leave(Actor actor) {
        if (holder == actor) {
            release(actor);
        }
    }

    // ---- The model -------------------------------------------------------------------------------------------------

    private void hasLock(Actor actor) {
        require(holder == null, actor + " has the lock, and so has " + holder);
        require(condition.isLocked(), actor + " has come back without the lock");
        holder = actor;
    }

    /** Nobody is owed a signal who does not wait. One who is cancelled passes on what he had (S86). */
    private void forgetWhoIsGone() {
        var waiting = (int) pending(WAIT).stream().filter(op -> !op.isDoomed()).count();
        owed = Math.min(owed, waiting);
    }

    // ---- Checks ----------------------------------------------------------------------------------------------------

    @Override
    void check() {
        forgetWhoIsGone();
        require(holder == null || condition.isLocked(), holder + " has the lock, and it is free");
        if (condition.isLocked() && holder == null) {
            // A cancelled coroutine hears of the lock a pass after it has it.
            require(pending(WAIT).stream().anyMatch(Op::isDoomed), "the lock is held by nobody");
        }
    }

    @Override
    void checkIdle() {
        if (holder != null) {
            return;
        }
        require(!condition.isLocked(), "the lock is held by nobody");
        requireNobodyIsLate("");
        requireNonePending(ACQUIRE, "the lock is free");
        require(owed == 0, owed + " signals were lost");
        if (things > 0) {
            requireNonePending(WAIT, "there is something to take");
        }
    }

    @Override
    void checkEnd() {
        require(holder == null && !condition.isLocked(), "the lock is held");
    }

    @Override
    public String toString() {
        return "condition, held by " + holder + ", " + (wantThings ? things + " things" : owed + " owed");
    }
}
