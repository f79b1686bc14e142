package io.jasyncio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A resource that notes how it is entered and left. Neither waits, unless a test says how.
 *
 * <p>What it gives to its body is the text {@code "room"}.
 */
public final class Room implements AsyncResource<String> {

    private final List<String> notes = new ArrayList<>();
    private Supplier<CompletionStage<String>> entering = () -> CompletableFuture.completedFuture("room");
    private Supplier<CompletionStage<@Nullable Void>> leaving = () -> CompletableFuture.completedFuture(null);

    /** Enters in this way. */
    public Room entered(Supplier<CompletionStage<String>> entering) {
        this.entering = entering;
        return this;
    }

    /** Leaves in this way. */
    public Room left(Supplier<CompletionStage<@Nullable Void>> leaving) {
        this.leaving = leaving;
        return this;
    }

    /** Adds a note of the test's own. */
    public void note(String text) {
        notes.add(text);
    }

    /** What has happened so far. */
    public List<String> notes() {
        return notes;
    }

    @Override
    public CompletionStage<String> enterAsync() {
        note("enter");
        return entering.get();
    }

    @Override
    public CompletionStage<@Nullable Void> exitAsync(String entered, @Nullable Throwable failure) {
        note(failure == null ? "exit" : "exit after " + failure.getClass().getSimpleName());
        return leaving.get();
    }

    @Override
    public String toString() {
        return "the room";
    }
}
