package io.jasyncio.iteration;

import io.jasyncio.LoopFuture;
import io.jasyncio.spi.LoopBinding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sequence whose elements come with time (Python's asynchronous iterable): a queue, the lines of a connection, a
 * generator.
 *
 * <pre>{@code
 * for (var order : queue.each()) {                                        // direct style
 *     ship(order);
 * }
 *
 * queue.filter(Order::isPaid).forEachStageAsync(this::shipAsync);         // stage style
 * }</pre>
 *
 * <p>In Kotlin, {@code for (order in queue)} and {@code queue.asFlow()}.
 *
 * <p>{@link #map}, {@link #filter} and their kin make a new sequence and touch no element before somebody asks. They
 * work on one element at a time and ask for the next one only when it is wanted; to work on several at once, put a
 * queue and some tasks in between. When one ends early or a function fails, it closes its source, and after that it
 * has ended. Functions run on the loop, and must not block or {@code await}; those that have to wait return a stage,
 * and are given to the methods with {@code Async} or {@code Stage} in their names.
 *
 * <p><b>Cancellation</b> of what is waited for reaches the element that is awaited, or the stage of a function; then
 * the sequence is closed.
 *
 * <p>Thread rule: for code that a loop runs.
 *
 * @param <T> the type of the elements; null may be an element
 */
@FunctionalInterface
public interface AsyncIterable<T extends @Nullable Object> {

    /** Begins an iteration. Whoever does so by hand closes the iterator in the end. */
    AsyncIterator<T> asyncIterator();

    // ---- Making ----------------------------------------------------------------------------------------------------

    /** A sequence of these elements. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T extends @Nullable Object> AsyncIterable<T> of(T... elements) {
        return from(Arrays.asList(elements.clone()));
    }

    /** The elements of a plain sequence. They are there already: going through them never turns to the loop. */
    static <T extends @Nullable Object> AsyncIterable<T> from(Iterable<? extends T> elements) {
        Objects.requireNonNull(elements, "elements");
        return () -> new IterableIterator<>(elements.iterator());
    }

    /** A sequence that a direct-style body makes, anew for each iteration; see {@link AsyncGenerator}. */
    static <T extends @Nullable Object> AsyncIterable<T> generate(GeneratorBody<T> body) {
        Objects.requireNonNull(body, "body");
        return () -> AsyncGenerator.of(body);
    }

    // ---- Operators -------------------------------------------------------------------------------------------------

    /** What a function makes of the elements. */
    default <R extends @Nullable Object> AsyncIterable<R> map(Function<? super T, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        return () -> new Operators.Mapping<>(asyncIterator(), function);
    }

    /** What a function makes of the elements that may have to wait for it. */
    default <R extends @Nullable Object> AsyncIterable<R> mapAsync(
            Function<? super T, ? extends CompletionStage<? extends R>> function) {
        Objects.requireNonNull(function, "function");
        return () -> new Operators.AsyncMapping<>(asyncIterator(), function);
    }

    /** The elements of the sequences that a function makes of the elements, one sequence after the other. */
    default <R extends @Nullable Object> AsyncIterable<R> flatMap(
            Function<? super T, ? extends AsyncIterable<R>> function) {
        Objects.requireNonNull(function, "function");
        return () -> new Operators.FlatMapping<>(asyncIterator(), function);
    }

    /** The elements that pass a test. */
    default AsyncIterable<T> filter(Predicate<? super T> wanted) {
        Objects.requireNonNull(wanted, "wanted");
        return () -> new Operators.Filter<>(asyncIterator(), wanted);
    }

    /** The elements that pass a test that may have to wait. */
    default AsyncIterable<T> filterAsync(Function<? super T, ? extends CompletionStage<Boolean>> wanted) {
        Objects.requireNonNull(wanted, "wanted");
        return () -> new Operators.AsyncFilter<>(asyncIterator(), wanted);
    }

    /**
     * The first elements. The source is closed as soon as more than they are asked for.
     *
     * @param count how many at most
     * @throws IllegalArgumentException if it is negative
     */
    default AsyncIterable<T> take(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("count is " + count + ": it must not be negative");
        }
        return () -> new Operators.Take<>(asyncIterator(), count);
    }

    /** The elements before the first one that does not pass a test; that one is dropped, and the source closed. */
    default AsyncIterable<T> takeWhile(Predicate<? super T> wanted) {
        Objects.requireNonNull(wanted, "wanted");
        return () -> new Operators.TakeWhile<>(asyncIterator(), wanted);
    }

    // ---- Going through ---------------------------------------------------------------------------------------------

    /**
     * The sequence for a plain {@code for} loop in a direct-style body: {@code for (var x : numbers.each())}. Each
     * {@code for} begins a new iteration. A loop that may be left early should close its iterator; see {@link
     * AsyncIterator} and {@link AsyncIterator#each}, where the rules are.
     *
     * <p><b>Cancellation</b>: as {@link AsyncIterator#hasNextAsync}, thrown out of the head of the loop.
     */
    default Iterable<T> each() {
        return () -> new EachIterator<>(asyncIterator());
    }

    /**
     * Calls a function with each element. What it throws ends the iteration.
     *
     * <p><b>Cancellation</b>: reaches the element that is awaited; then the iterator is closed, and this ends.
     *
     * @return a task of its own that begins at once; it fails with what goes wrong, after the iterator was closed
     * @throws IllegalStateException outside of a loop, as all methods below
     */
    default LoopFuture<@Nullable Void> forEachAsync(Consumer<? super T> action) {
        Objects.requireNonNull(action, "action");
        return LoopBinding.current("forEachAsync")
                .services()
                .startSteps(new Terminals.ForEach<>(asyncIterator(), action));
    }

    /**
     * Calls a function that returns a stage with each element, and waits for that stage before it asks for the next
     * element.
     *
     * <p><b>Cancellation</b>: reaches the element or the stage that is awaited; then the iterator is closed, and this
     * ends.
     *
     * @return as {@link #forEachAsync}
     */
    default LoopFuture<@Nullable Void> forEachStageAsync(Function<? super T, ? extends CompletionStage<?>> action) {
        Objects.requireNonNull(action, "action");
        return LoopBinding.current("forEachStageAsync")
                .services()
                .startSteps(new Terminals.ForEachStage<>(asyncIterator(), action));
    }

    /**
     * Collects all elements.
     *
     * <p><b>Cancellation</b>: as {@link #forEachAsync}; what was collected is lost.
     *
     * @return as {@link #forEachAsync}, with what the collector makes
     */
    default <A, R extends @Nullable Object> LoopFuture<R> collectAsync(Collector<? super T, A, R> collector) {
        Objects.requireNonNull(collector, "collector");
        return LoopBinding.current("collectAsync")
                .services()
                .startSteps(new Terminals.Collecting<>(asyncIterator(), collector));
    }

    /**
     * All elements in a new list.
     *
     * <p><b>Cancellation</b>: as {@link #collectAsync}.
     */
    default LoopFuture<List<T>> toListAsync() {
        return collectAsync(Collectors.toCollection(ArrayList::new));
    }
}
