package io.jasyncio.conformance;

import io.jasyncio.EventLoop;
import io.jasyncio.ExceptionGroup;
import io.jasyncio.InvalidStateException;
import io.jasyncio.KeyboardInterruptException;
import io.jasyncio.LoopOptions;
import io.jasyncio.Task;
import io.jasyncio.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The lines that a twin prints, in the words of {@code harness.py}. Any thread. */
public final class Trace {

    private final List<String> lines = new ArrayList<>();
    private final LoopOptions options;
    private final VirtualClock clock;

    /** A trace for a twin on a loop with these options, and with this clock. */
    Trace(LoopOptions options, VirtualClock clock) {
        this.options = options;
        this.clock = clock;
    }

    /** Prints one line: the parts, joined by blanks. */
    public synchronized void add(@Nullable Object... parts) {
        lines.add(Arrays.stream(parts).map(Trace::textOf).collect(Collectors.joining(" ")));
    }

    /** What a plain twin makes its loops with: a new virtual clock, and the carrier that is being tested. */
    public LoopOptions options() {
        return options.withClock(new VirtualClock());
    }

    /** Moves the clock of the twin's loop forward, as if the running callback had taken that long. */
    public void advance(Duration duration) {
        clock.advance(duration);
    }

    /** The virtual time of the running loop since it was made, in milliseconds. */
    public static long millis() {
        return EventLoop.current().time() / 1_000_000;
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** The word for an exception that all languages share; the name of its class if there is none. */
    public static String nameOf(Throwable exception) {
        if (exception instanceof CompletionException && exception.getCause() != null) {
            // What CompletableFuture puts around a failure that comes down a chain.
            return nameOf(exception.getCause());
        } else if (exception instanceof CancellationException) {
            return "Cancelled";
        } else if (exception instanceof TimeoutException) {
            return "Timeout";
        } else if (exception instanceof InvalidStateException) {
            return "InvalidState";
        } else if (exception instanceof IllegalStateException || exception instanceof UnsupportedOperationException) {
            return "IllegalState";
        } else if (exception instanceof IllegalArgumentException || exception instanceof NoSuchElementException) {
            return "IllegalArgument";
        } else if (exception instanceof ExceptionGroup) {
            return "ExceptionGroup";
        } else if (exception instanceof KeyboardInterruptException) {
            return "KeyboardInterrupt";
        }
        return exception.getClass().getSimpleName();
    }

    private static String textOf(@Nullable Object part) {
        if (part == null) {
            return "none";
        } else if (part instanceof Throwable exception) {
            return nameOf(exception);
        } else if (part instanceof Task<?> task) {
            return task.getName();
        } else if (part instanceof Collection<?> elements) {
            return elements.stream().map(Trace::textOf).collect(Collectors.joining(", ", "[", "]"));
        } else if (part instanceof CharSequence || part instanceof Number || part instanceof Boolean) {
            return part.toString();
        }
        throw new IllegalArgumentException("a trace cannot show a " + part.getClass() + ": " + part);
    }
}
