package io.jasyncio;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Several exceptions that ended together (Python's {@code ExceptionGroup}, PEP 654): what a {@link TaskGroup} throws.
 *
 * <p>A group may hold groups. The first exception is also the cause and the others are suppressed exceptions, so that an
 * ordinary stack trace shows them all.
 */
public final class ExceptionGroup extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ArrayList<Throwable> exceptions;

    /**
     * Creates a group.
     *
     * @param message what they have in common
     * @param exceptions at least one exception, in the order in which they came
     * @throws IllegalArgumentException if there are none
     */
    public ExceptionGroup(String message, List<? extends Throwable> exceptions) {
        super(Objects.requireNonNull(message, "message"), firstOf(exceptions));
        this.exceptions = new ArrayList<>(exceptions.subList(0, 1));
        exceptions.subList(1, exceptions.size()).forEach(this::add);
    }

    private static Throwable firstOf(List<? extends Throwable> exceptions) {
        if (exceptions.isEmpty()) {
            throw new IllegalArgumentException("an exception group needs at least one exception");
        }
        return exceptions.get(0);
    }

    /** Adds a failure that came after the group was thrown into the body, while its task group was still closing. */
    void add(Throwable exception) {
        exceptions.add(exception);
        if (exception != this) {
            addSuppressed(exception);
        }
    }

    /** The exceptions, in the order in which they came. */
    public List<Throwable> exceptions() {
        return List.copyOf(exceptions);
    }

    /** The text with the number of exceptions, as Python prints it: {@code message (2 sub-exceptions)}. */
    @Override
    public String getMessage() {
        var count = exceptions == null ? 1 : exceptions.size();
        return super.getMessage() + " (" + count + (count == 1 ? " sub-exception)" : " sub-exceptions)");
    }

    /**
     * The part of this group that matches, with its nesting kept; empty if nothing does.
     *
     * @param matches asked about every exception that is not itself a group
     */
    public Optional<ExceptionGroup> subgroup(Predicate<? super Throwable> matches) {
        var kept = new ArrayList<Throwable>();
        for (var exception : exceptions) {
            if (exception instanceof ExceptionGroup group) {
                group.subgroup(matches).ifPresent(kept::add);
            } else if (matches.test(exception)) {
                kept.add(exception);
            }
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(new ExceptionGroup(super.getMessage(), kept));
    }

    /** The part of this group that is of a type, with its nesting kept; empty if nothing is. */
    public Optional<ExceptionGroup> subgroup(Class<? extends Throwable> type) {
        return subgroup(type::isInstance);
    }

    /** Both halves: what matches and what does not. */
    public Split split(Predicate<? super Throwable> matches) {
        return new Split(subgroup(matches), subgroup(matches.negate()));
    }

    /**
     * The two halves of a group.
     *
     * @param matching what matched
     * @param rest what did not
     */
    public record Split(Optional<ExceptionGroup> matching, Optional<ExceptionGroup> rest) {}
}
