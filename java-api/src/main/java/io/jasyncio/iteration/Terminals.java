package io.jasyncio.iteration;

import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** What goes through a sequence to its end. */
final class Terminals {

    private Terminals() {}

    static final class ForEach<T extends @Nullable Object> extends Traversal<T, @Nullable Void> {

        private final Consumer<? super T> action;

        ForEach(AsyncIterator<T> source, Consumer<? super T> action) {
            super(source);
            this.action = action;
        }

        @Override
        @Nullable
        CompletionStage<?> accept(T element) {
            action.accept(element);
            return null;
        }

        @Override
        public @Nullable Void result() {
            return null;
        }
    }

    static final class ForEachStage<T extends @Nullable Object> extends Traversal<T, @Nullable Void> {

        private final Function<? super T, ? extends CompletionStage<?>> action;

        ForEachStage(AsyncIterator<T> source, Function<? super T, ? extends CompletionStage<?>> action) {
            super(source);
            this.action = action;
        }

        @Override
        CompletionStage<?> accept(T element) {
            return requireStage(action.apply(element), "forEachStageAsync");
        }

        @Override
        public @Nullable Void result() {
            return null;
        }
    }

    static final class Collecting<T extends @Nullable Object, A, R extends @Nullable Object> extends Traversal<T, R> {

        private final BiConsumer<A, ? super T> accumulator;
        private final Function<A, R> finisher;
        private final A container;

        Collecting(AsyncIterator<T> source, Collector<? super T, A, R> collector) {
            super(source);
            this.accumulator = collector.accumulator();
            this.finisher = collector.finisher();
            this.container = collector.supplier().get();
        }

        @Override
        @Nullable
        CompletionStage<?> accept(T element) {
            accumulator.accept(container, element);
            return null;
        }

        @Override
        public R result() {
            return finisher.apply(container);
        }
    }
}
