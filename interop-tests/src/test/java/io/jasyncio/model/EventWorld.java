package io.jasyncio.model;

import io.jasyncio.sync.AsyncEvent;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An event (S84): it wakes whoever waits when it is set, even if it is cleared at once, and nobody else. */
final class EventWorld extends World {

    private static final String WAIT = "wait";

    private final AsyncEvent event = new AsyncEvent();

    // The model.
    private boolean isSet;
    private int timesSet;

    EventWorld(Random chance, @Nullable List<String> trace) {
        super(trace);
    }

    @Override
    @Nullable
    Op choose(Actor actor, Random chance) {
        return switch (chance.nextInt(10)) {
            case 0, 1, 2, 3 -> await(actor, chance);
            case 4, 5 -> set(actor);
            case 6 -> clear(actor);
            case 7 -> cancelSomebody(actor, chance);
            default -> pause(actor, chance);
        };
    }

    private Op await(Actor actor, Random chance) {
        var op = op(actor, WAIT, event::waitAsync)
                .inKotlin(mostly(chance, KotlinTwin.wait(event)))
                .within(someTimeout(chance));
        op.mark = timesSet;
        return op.then(
                done -> require(op.waited() ? timesSet > op.mark : isSet, op + " ended, and the event was not set"));
    }

    private @Nullable Op set(Actor actor) {
        trace(actor, "sets the event");
        event.set();
        isSet = true;
        timesSet++;
        return null;
    }

    private @Nullable Op clear(Actor actor) {
        trace(actor, "clears the event");
        event.clear();
        isSet = false;
        return null;
    }

    @Override
    void leave(Actor actor) {}

    @Override
    void check() {
        require(event.isSet() == isSet, "the event says " + event.isSet());
    }

    @Override
    void checkIdle() {
        requireNobodyIsLate("");
        for (var op : pending(WAIT)) {
            require(op.mark == timesSet, op + " waits, though the event was set since");
        }
    }

    @Override
    void checkEnd() {}

    @Override
    public String toString() {
        return "event, " + (isSet ? "set" : "not set") + ", " + timesSet + " times";
    }
}
