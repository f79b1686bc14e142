package io.jasyncio;

import io.jasyncio.spi.CompletionListener;
import java.util.ArrayDeque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The second and every further listener of a {@link LoopFuture}: an immutable list, last one first, so that threads can
 * exchange its head by compare-and-set. A single listener, by far the most frequent case, is kept without a link.
 *
 * @param before CompletionListener | ListenerLink
 * @param listener the one added last
 */
record ListenerLink(Object before, CompletionListener listener) implements CompletionListener {

    /** Tells all in the order in which they were added. */
    @Override
    public void completed(LoopFuture<?> future) {
        var inOrder = new ArrayDeque<CompletionListener>();
        Object at = this;
        while (at instanceof ListenerLink link) {
            inOrder.addFirst(link.listener);
            at = link.before;
        }
        ((CompletionListener) at).completed(future);
        inOrder.forEach(each -> each.completed(future));
    }

    /** How many there are, but for bystanders. */
    static int count(@Nullable Object head) {
        var count = 0;
        var at = head;
        while (at instanceof ListenerLink link) {
            count += link.listener instanceof Bystander ? 0 : 1;
            at = link.before;
        }
        return at == null || at instanceof Bystander ? count : count + 1;
    }

    /** The list without some listeners. Counts them in {@code removed[0]}. */
    static @Nullable Object without(Object head, Predicate<CompletionListener> unwanted, int[] removed) {
        var kept = new ArrayDeque<CompletionListener>();
        Object at = head;
        while (at instanceof ListenerLink link) {
            keepUnless(unwanted, link.listener, kept, removed);
            at = link.before;
        }
        keepUnless(unwanted, (CompletionListener) at, kept, removed);
        Object rebuilt = kept.pollFirst();
        for (var listener : kept) {
            rebuilt = new ListenerLink(rebuilt, listener);
        }
        return rebuilt;
    }

    private static void keepUnless(
            Predicate<CompletionListener> unwanted,
            CompletionListener listener,
            ArrayDeque<CompletionListener> kept,
            int[] removed) {
        if (unwanted.test(listener)) {
            removed[0]++;
        } else {
            kept.addFirst(listener);
        }
    }
}
