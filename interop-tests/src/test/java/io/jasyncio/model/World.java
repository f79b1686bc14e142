package io.jasyncio.model;

import static io.jasyncio.Asyncio.sleep;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A primitive, the actors that use it, and the model of what they may see. Everything on one loop. */
abstract class World {

    private final List<Actor> actors = new ArrayList<>();
    private final Set<Op> pending = new LinkedHashSet<>();
    private final @Nullable List<String> trace;
    private @Nullable Violation violation;

    World(@Nullable List<String> trace) {
        this.trace = trace;
    }

    // ---- What a primitive brings along -----------------------------------------------------------------------------

    /** Does something that never waits and returns null, or returns something that may. */
    abstract @Nullable Op choose(Actor actor, Random chance);

    /** After every event: what can be seen of the primitive is what the model says. */
    abstract void check();

    /** Nothing can run any more, and time is about to jump: nobody waits for what is there. */
    abstract void checkIdle();

    /** The actor ends. */
    abstract void leave(Actor actor);

    /** All actors have ended. */
    abstract void checkEnd();

    // ---- Chances ---------------------------------------------------------------------------------------------------

    /** A time limit, more often than not none. */
    static @Nullable Duration someTimeout(Random chance) {
        return chance.nextInt(3) == 0 ? Duration.ofMillis(chance.nextInt(4)) : null;
    }

    /** Coroutines may await a future, too. */
    static @Nullable KotlinTwin mostly(Random chance, KotlinTwin twin) {
        return chance.nextInt(4) == 0 ? null : twin;
    }

    /** A pause of some passes or of some time. */
    Op pause(Actor actor, Random chance) {
        var millis = Math.max(0, chance.nextInt(6) - 2);
        return new Op(this, actor, "sleep " + millis, () -> sleep(Duration.ofMillis(millis)));
    }

    /** One actor cancels another: null, since that never waits. */
    @Nullable
    Op cancelSomebody(Actor actor, Random chance) {
        var other = actors.get(chance.nextInt(actors.size()));
        if (other != actor) {
            other.cancel();
        }
        return null;
    }

    Op op(Actor actor, String name, Supplier<? extends LoopFuture<?>> start) {
        return new Op(this, actor, name, start);
    }

    // ---- The actors ------------------------------------------------------------------------------------------------

    List<Actor> actors() {
        return actors;
    }

    /** What has begun and has to wait, in the order in which it began. Pauses too. */
    Set<Op> pending() {
        return pending;
    }

    /** Those of them with a name, in their order. */
    List<Op> pending(String name) {
        return pending.stream().filter(op -> op.name().equals(name)).toList();
    }

    boolean anyPending(String name) {
        return pending.stream().anyMatch(op -> op.name().equals(name));
    }

    /** First come, first served: whoever waited longer than this one is excused. */
    void requireFirst(Op served) {
        for (var op : pending) {
            if (op == served) {
                return;
            }
            if (op.name().equals(served.name()) && !op.isDoomed() && !op.mayBeOvertaken) {
                throw violation(served + " was served before " + op);
            }
        }
    }

    void requireNonePending(String name, String because) {
        var waiting = pending(name);
        if (!waiting.isEmpty()) {
            throw violation(waiting + " still waits, though " + because);
        }
    }

    void requireNobodyIsLate(String except) {
        for (var op : pending) {
            if (op.isLate() && !op.name().equals(except)) {
                throw violation(op + " is past its deadline");
            }
        }
    }

    // ---- What happened ---------------------------------------------------------------------------------------------

    void trace(@Nullable Actor actor, String what) {
        if (trace != null) {
            var millis = EventLoop.current().time() / 1_000_000;
            trace.add(millis + " " + (actor == null ? "" : actor + " ") + what);
        }
    }

    /** Notes the first violation, which is to be thrown. */
    Violation violation(String what) {
        var found = new Violation(what + "; " + this);
        if (violation == null) {
            violation = found;
        }
        return found;
    }

    void require(boolean holds, String what) {
        if (!holds) {
            throw violation(what);
        }
    }

    @Nullable
    Violation violation() {
        return violation;
    }
}
