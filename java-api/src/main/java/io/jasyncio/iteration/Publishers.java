package io.jasyncio.iteration;

import io.jasyncio.EventLoop;
import io.jasyncio.spi.LoopRuntime;
import java.util.Objects;
import java.util.concurrent.Flow;

/**
 * The bridge to reactive libraries, by the interfaces of {@link Flow} that the JDK and they have in common. Reactive
 * Streams' own interfaces of the same shape are adapted by {@code org.reactivestreams.FlowAdapters}.
 */
public final class Publishers {

    private Publishers() {}

    /**
     * A sequence as a publisher. Each subscriber gets an iteration of its own, which runs as a task of the loop; so a
     * {@linkplain AsyncGenerator generator}, which can be iterated once, is for one subscriber.
     *
     * <p>Nothing is asked of the sequence without demand. So its end, too, is found when one element more is
     * requested than there are. A sequence that fails is an {@code onError}. If the loop ends before, the subscriber
     * gets a {@link java.util.concurrent.CancellationException}; if it has ended already, an {@link
     * IllegalStateException}.
     *
     * <p><b>Cancellation</b> of the subscription reaches the element that is awaited; then the iterator is closed.
     * What goes wrong there is given to the loop's exception handler, and so is what a subscriber throws, which
     * counts as a cancellation.
     *
     * <p>Thread rule: subscribers come from any thread and may call their subscription on any. They are called on the
     * loop, and must not block.
     */
    public static <T> Flow.Publisher<T> toPublisher(AsyncIterable<T> elements, EventLoop loop) {
        Objects.requireNonNull(elements, "elements");
        var runtime = (LoopRuntime) Objects.requireNonNull(loop, "loop");
        return subscriber ->
                IterationSubscription.begin(runtime, elements, Objects.requireNonNull(subscriber, "subscriber"));
    }

    /**
     * A publisher as a sequence. Each iteration subscribes anew when its first element is asked for. Elements are
     * requested one at a time, when they are asked for: the publisher does not run ahead.
     *
     * <p><b>Cancellation</b> of the one who waits ends the wait alone: an element that comes afterwards is the answer
     * to the next question. Closing the iterator cancels the subscription.
     *
     * <p>Thread rule: the publisher may send from any thread.
     */
    public static <T> AsyncIterable<T> fromPublisher(Flow.Publisher<? extends T> publisher) {
        Objects.requireNonNull(publisher, "publisher");
        return () -> new SubscriberIterator<T>(publisher);
    }
}
