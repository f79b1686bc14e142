package io.jasyncio.kit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** All methods of a stage that make another one, for tests of what holds for each of them. The functions do nothing. */
public final class Stages {

    private Stages() {}

    /**
     * A method with one source.
     *
     * @param name of the method
     * @param of makes the dependent
     */
    public record Dependent(String name, UnaryOperator<CompletableFuture<Integer>> of) {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A method with two sources.
     *
     * @param name of the method
     * @param of makes the dependent
     */
    public record Joint(
            String name, BiFunction<CompletableFuture<Integer>, CompletionStage<Integer>, CompletableFuture<?>> of) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static CompletableFuture<Integer> one() {
        return CompletableFuture.completedFuture(1);
    }

    /** Those with one source. */
    public static Stream<Dependent> ofOne() {
        return Stream.of(
                new Dependent("thenApply", f -> f.thenApply(value -> value)),
                new Dependent("thenApplyAsync", f -> f.thenApplyAsync(value -> value)),
                new Dependent("thenAccept", f -> f.thenAccept(value -> {}).thenApply(done -> 1)),
                new Dependent(
                        "thenAcceptAsync", f -> f.thenAcceptAsync(value -> {}).thenApply(done -> 1)),
                new Dependent("thenRun", f -> f.thenRun(() -> {}).thenApply(done -> 1)),
                new Dependent("thenRunAsync", f -> f.thenRunAsync(() -> {}).thenApply(done -> 1)),
                new Dependent("thenCompose", f -> f.thenCompose(value -> one())),
                new Dependent("thenComposeAsync", f -> f.thenComposeAsync(value -> one())),
                new Dependent("thenComposeAsync, executor", f -> f.thenComposeAsync(value -> one(), Runnable::run)),
                new Dependent("whenComplete", f -> f.whenComplete((value, failure) -> {})),
                new Dependent("whenCompleteAsync", f -> f.whenCompleteAsync((value, failure) -> {})),
                new Dependent("copy", CompletableFuture::copy));
    }

    /** Those with one source that turn a failure into something else. */
    public static Stream<Dependent> handlers() {
        return Stream.of(
                new Dependent("handle", f -> f.handle((value, failure) -> 2)),
                new Dependent("handleAsync", f -> f.handleAsync((value, failure) -> 2)),
                new Dependent("exceptionally", f -> f.exceptionally(failure -> 2)),
                new Dependent("exceptionallyAsync", f -> f.exceptionallyAsync(failure -> 2)),
                new Dependent(
                        "exceptionallyCompose",
                        f -> f.exceptionallyCompose(failure -> one().thenApply(value -> value + 1))),
                new Dependent(
                        "exceptionallyComposeAsync",
                        f -> f.exceptionallyComposeAsync(failure -> one().thenApply(value -> value + 1))));
    }

    /** Those that wait for both of two. */
    public static Stream<Joint> ofBoth() {
        return Stream.of(
                new Joint("thenCombine", (a, b) -> a.thenCombine(b, Integer::sum)),
                new Joint("thenCombineAsync", (a, b) -> a.thenCombineAsync(b, Integer::sum)),
                new Joint("thenAcceptBoth", (a, b) -> a.thenAcceptBoth(b, (x, y) -> {})),
                new Joint("thenAcceptBothAsync", (a, b) -> a.thenAcceptBothAsync(b, (x, y) -> {})),
                new Joint("runAfterBoth", (a, b) -> a.runAfterBoth(b, () -> {})),
                new Joint("runAfterBothAsync", (a, b) -> a.runAfterBothAsync(b, () -> {})));
    }

    /** Those that wait for one of two. */
    public static Stream<Joint> ofEither() {
        return Stream.of(
                new Joint("applyToEither", (a, b) -> a.applyToEither(b, value -> value)),
                new Joint("applyToEitherAsync", (a, b) -> a.applyToEitherAsync(b, value -> value)),
                new Joint("acceptEither", (a, b) -> a.acceptEither(b, value -> {})),
                new Joint("acceptEitherAsync", (a, b) -> a.acceptEitherAsync(b, value -> {})),
                new Joint("runAfterEither", (a, b) -> a.runAfterEither(b, () -> {})),
                new Joint("runAfterEitherAsync", (a, b) -> a.runAfterEitherAsync(b, () -> {})));
    }
}
