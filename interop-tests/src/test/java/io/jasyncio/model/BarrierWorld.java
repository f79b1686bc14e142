package io.jasyncio.model;

import io.jasyncio.sync.AsyncBarrier;
import io.jasyncio.sync.BrokenBarrierException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A barrier (S88): nobody passes before all have come, no index is given twice in a round, and who is broken knows why. */
final class BarrierWorld extends World {

    private static final String WAIT = "wait";

    private final int parties;
    private final AsyncBarrier barrier;

    // The model.
    private boolean broken;

    /** How often the barrier was aborted or reset. */
    private int breaks;

    /** Who waited inside at a reset must not pass. */
    private final Set<Op> mustBreak = new HashSet<>();

    /** The indices of those who have passed in this round, and how many have left in another way meanwhile. */
    private final Set<Integer> round = new HashSet<>();

    private int leftOtherwise;

    BarrierWorld(Random chance, @Nullable List<String> trace) {
        super(trace);
        parties = 1 + chance.nextInt(3);
        barrier = new AsyncBarrier(parties);
    }

    @Override
    @Nullable
    Op choose(Actor actor, Random chance) {
        return switch (chance.nextInt(16)) {
            case 0, 1, 2, 3, 4, 5, 6 -> await(actor, chance);
            case 7 -> reset(actor);
            case 8 -> chance.nextInt(3) == 0 ? abort(actor) : pause(actor, chance);
            case 9, 10 -> cancelSomebody(actor, chance);
            default -> pause(actor, chance);
        };
    }

    private Op await(Actor actor, Random chance) {
        var op = op(actor, WAIT, barrier::waitAsync)
                .inKotlin(mostly(chance, KotlinTwin.wait(barrier)))
                .within(someTimeout(chance));
        op.mark = breaks;
        return op.then(index -> passed(op, (int) index)).orElse(failure -> {
            leftOtherwise++;
            require(Op.isEndOfWait(failure) || wasBroken(op, failure), op + " failed: " + failure);
        });
    }

    private boolean wasBroken(Op op, Throwable failure) {
        return failure instanceof BrokenBarrierException && (broken || breaks > op.mark);
    }

    private @Nullable Op reset(Actor actor) {
        trace(actor, "resets the barrier");
        if (barrier.waiting() > 0 && barrier.waiting() == pending(WAIT).size()) {
            mustBreak.addAll(pending(WAIT));
        }
        barrier.reset();
        broken = false;
        breaks++;
        return null;
    }

    private @Nullable Op abort(Actor actor) {
        trace(actor, "aborts the barrier");
        barrier.abort();
        broken = true;
        breaks++;
        return null;
    }

    /** A round is over when all of it have gone, in whatever way; only then may an index come again. */
    private void passed(Op op, int index) {
        require(!mustBreak.contains(op), op + " passed a barrier that was reset");
        require(index >= 0 && index < parties, "there is no index " + index);
        if (round.isEmpty() || round.contains(index)) {
            require(round.isEmpty() || round.size() + leftOtherwise >= parties, "the index " + index + " came twice");
            beginRound(op);
        }
        round.add(index);
    }

    private void beginRound(Op first) {
        var others = pending(WAIT).stream().filter(op -> op != first).count();
        require(others >= parties - 1, first + " passed alone");
        round.clear();
        leftOtherwise = 0;
    }

    @Override
    void leave(Actor actor) {}

    @Override
    void check() {
        require(barrier.isBroken() == broken, "broken is " + barrier.isBroken());
        require(barrier.waiting() < parties, barrier.waiting() + " wait");
        require(barrier.waiting() <= pending(WAIT).size(), barrier.waiting() + " wait");
    }

    @Override
    void checkIdle() {
        requireNobodyIsLate("");
        if (broken) {
            requireNonePending(WAIT, "the barrier is broken");
        }
        require(barrier.waiting() == pending(WAIT).size(), barrier + ", and " + pending(WAIT) + " wait");
        require(pending(WAIT).stream().noneMatch(mustBreak::contains), "a reset has not reached " + mustBreak);
    }

    @Override
    void checkEnd() {
        require(barrier.waiting() == 0, "somebody is still inside");
    }

    @Override
    public String toString() {
        return "barrier of " + parties + (broken ? ", broken" : "") + ", round " + round;
    }
}
