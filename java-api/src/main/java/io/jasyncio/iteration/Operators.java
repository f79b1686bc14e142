package io.jasyncio.iteration;

import io.jasyncio.LoopFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The operators of {@link AsyncIterable}, one class each. */
final class Operators {

    private Operators() {}

    static final class Mapping<S extends @Nullable Object, T extends @Nullable Object> extends Operator<S, T> {

        private final Function<? super S, ? extends T> function;

        Mapping(AsyncIterator<S> source, Function<? super S, ? extends T> function) {
            super(source);
            this.function = function;
        }

        @Override
        @Nullable
        CompletionStage<?> accept(S next) {
            emit(function.apply(next));
            return null;
        }
    }

    static final class AsyncMapping<S extends @Nullable Object, T extends @Nullable Object> extends Operator<S, T> {

        private final Function<? super S, ? extends CompletionStage<? extends T>> function;

        AsyncMapping(AsyncIterator<S> source, Function<? super S, ? extends CompletionStage<? extends T>> function) {
            super(source);
            this.function = function;
        }

        @Override
        CompletionStage<?> accept(S next) {
            return requireStage(function.apply(next), "mapAsync");
        }

        @Override
        @SuppressWarnings("unchecked") // it is the function's stage, or a view of it
        void accepted(LoopFuture<?> outcome) throws Exception {
            emit((T) outcome.result());
        }
    }

    static final class Filter<T extends @Nullable Object> extends Operator<T, T> {

        private final Predicate<? super T> wanted;

        Filter(AsyncIterator<T> source, Predicate<? super T> wanted) {
            super(source);
            this.wanted = wanted;
        }

        @Override
        @Nullable
        CompletionStage<?> accept(T next) {
            if (wanted.test(next)) {
                emit(next);
            }
            return null;
        }
    }

    static final class AsyncFilter<T extends @Nullable Object> extends Operator<T, T> {

        private final Function<? super T, ? extends CompletionStage<Boolean>> wanted;
        private @Nullable T tested;

        AsyncFilter(AsyncIterator<T> source, Function<? super T, ? extends CompletionStage<Boolean>> wanted) {
            super(source);
            this.wanted = wanted;
        }

        @Override
        CompletionStage<?> accept(T next) {
            tested = next;
            return requireStage(wanted.apply(next), "filterAsync");
        }

        @Override
        void accepted(LoopFuture<?> outcome) throws Exception {
            var next = tested;
            tested = null;
            if ((Boolean) outcome.result()) {
                emit(next);
            }
        }
    }

    static final class Take<T extends @Nullable Object> extends Operator<T, T> {

        private long left;

        Take(AsyncIterator<T> source, long count) {
            super(source);
            this.left = count;
        }

        @Override
        boolean isSatisfied() {
            if (left == 0 && !super.isSatisfied()) {
                finish();
            }
            return super.isSatisfied();
        }

        @Override
        @Nullable
        CompletionStage<?> accept(T next) {
            left--;
            emit(next);
            return null;
        }
    }

    static final class TakeWhile<T extends @Nullable Object> extends Operator<T, T> {

        private final Predicate<? super T> wanted;

        TakeWhile(AsyncIterator<T> source, Predicate<? super T> wanted) {
            super(source);
            this.wanted = wanted;
        }

        @Override
        @Nullable
        CompletionStage<?> accept(T next) {
            if (wanted.test(next)) {
                emit(next);
            } else {
                finish();
            }
            return null;
        }
    }

    /** One sequence after the other; each is closed before the next one is begun. */
    static final class FlatMapping<S extends @Nullable Object, T extends @Nullable Object> extends Operator<S, T> {

        private final Function<? super S, ? extends AsyncIterable<T>> function;
        private @Nullable AsyncIterator<T> inner;

        FlatMapping(AsyncIterator<S> source, Function<? super S, ? extends AsyncIterable<T>> function) {
            super(source);
            this.function = function;
        }

        @Override
        @Nullable
        CompletionStage<?> accept(S next) {
            inner = function.apply(next).asyncIterator();
            return null;
        }

        /** The question for the next element of the inner sequence goes first; at its end, its closing. */
        @Override
        @Nullable
        CompletionStage<?> beforeAsking() {
            return inner == null ? null : inner.hasNextAsync();
        }

        @Override
        void accepted(LoopFuture<?> outcome) throws Exception {
            var answer = outcome.result();
            var from = inner;
            if (from != null && answer instanceof Boolean more) {
                if (more) {
                    emit(from.next());
                } else {
                    inner = null;
                    work(from.closeAsync());
                }
            }
        }

        @Override
        CompletionStage<@Nullable Void> closeSource() {
            var open = inner;
            inner = null;
            if (open == null) {
                return super.closeSource();
            }
            return open.closeAsync().handle((closed, failure) -> failure).thenCompose(this::closeOuter);
        }

        private CompletionStage<@Nullable Void> closeOuter(@Nullable Throwable failure) {
            return super.closeSource().thenApply(closed -> {
                if (failure != null) {
                    throw new CompletionException(failure);
                }
                return closed;
            });
        }
    }
}
