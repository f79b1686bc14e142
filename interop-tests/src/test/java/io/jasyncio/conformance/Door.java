package io.jasyncio.conformance;

import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onCancel;

import io.jasyncio.AsyncResource;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A resource that takes its seconds to open and to close, and says what happens to it. */
final class Door implements AsyncResource<Door> {

    private final Trace trace;
    private final String name;
    private int opening;
    private int closing;
    private boolean stuck;
    private boolean squeaks;

    Door(Trace trace) {
        this(trace, "door");
    }

    Door(Trace trace, String name) {
        this.trace = trace;
        this.name = name;
    }

    /** Takes so long to open. */
    Door opening(int seconds) {
        opening = seconds;
        return this;
    }

    /** Takes so long to close. */
    Door closing(int seconds) {
        closing = seconds;
        return this;
    }

    /** Cannot be opened. */
    Door stuck() {
        stuck = true;
        return this;
    }

    /** Fails to close. */
    Door squeaks() {
        squeaks = true;
        return this;
    }

    String name() {
        return name;
    }

    @Override
    public CompletionStage<Door> enterAsync() {
        trace.add(name, "opens");
        return wait(opening, "does not open:").thenApply(waited -> {
            if (stuck) {
                throw new Boom("stuck");
            }
            trace.add(name, "is open at", millis());
            return this;
        });
    }

    @Override
    public CompletionStage<Void> exitAsync(Door entered, @Nullable Throwable failure) {
        trace.add(name, "closes after", failure);
        return wait(closing, "does not close:").thenRun(() -> {
            if (squeaks) {
                throw new Boom("squeaks");
            }
            trace.add(name, "is closed at", millis());
        });
    }

    private CompletionStage<Void> wait(int seconds, String ifCancelled) {
        return seconds == 0
                ? nothing()
                : onCancel(napStage(seconds), cancelled -> trace.add(name, ifCancelled, cancelled, "at", millis()));
    }
}
