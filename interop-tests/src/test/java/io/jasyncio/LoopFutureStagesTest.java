package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.Stages;
import io.jasyncio.kit.Stages.Dependent;
import io.jasyncio.kit.Stages.Joint;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A {@link LoopFuture} as a {@link CompletableFuture}: what its dependents are and do. */
@ExtendWith(AsyncioExtension.class)
class LoopFutureStagesTest {

    private static final Duration TICK = Duration.ZERO;

    static Stream<Dependent> ofOneSource() {
        return Stream.concat(Stages.ofOne(), Stages.handlers());
    }

    static Stream<Joint> ofTwoSources() {
        return Stream.concat(Stages.ofBoth(), Stages.ofEither());
    }

    @ParameterizedTest
    @MethodSource("ofOneSource")
    void aDependentIsALoopFutureOfTheSameLoop(Dependent method) throws Exception {
        VirtualTime.run(() -> {
            var source = EventLoop.current().<Integer>createFuture();
            var dependent = assertInstanceOf(LoopFuture.class, method.of().apply(source));
            assertSame(EventLoop.current(), dependent.getLoop());
            source.complete(1);
            assertEquals(
                    method.name().startsWith("handle") ? 2 : 1,
                    await(method.of().apply(source)));
        });
    }

    @ParameterizedTest
    @MethodSource("ofTwoSources")
    void aDependentOfTwoIsALoopFutureToo(Joint method) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var left = loop.<Integer>createFuture();
            var right = loop.<Integer>createFuture();
            var dependent = assertInstanceOf(LoopFuture.class, method.of().apply(left, right));
            left.complete(1);
            right.complete(2);
            await((CompletionStage<?>) dependent);
        });
    }

    @Test
    void aFunctionRunsWhereTheFutureIsCompleted(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var source = EventLoop.current().<Integer>createFuture();
            source.thenAccept(value -> steps.expect(2));
            steps.expect(1);
            source.complete(1);
            steps.finish(3);
        });
    }

    /** The ready queue decides, as for everything else on the loop. */
    @Test
    void anAsyncFunctionRunsOnTheLoopInItsTurn(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var source = loop.<Integer>createFuture();
            assertSame(loop, source.defaultExecutor());
            source.thenAcceptAsync(value -> {
                assertTrue(loop.isCurrent());
                steps.expect(3);
            });
            loop.callSoon(() -> steps.expect(2));
            loop.callSoon(() -> source.complete(1));
            steps.expect(1);
            await(sleep(TICK));
            await(sleep(TICK));
            steps.finish(4);
        });
    }

    @Test
    void completeAsyncCallsTheSupplierOnTheLoop(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var future = loop.<Integer>createFuture();
            assertSame(future, future.completeAsync(() -> {
                steps.expect(2);
                assertTrue(loop.isCurrent());
                return 5;
            }));
            steps.expect(1);
            assertEquals(5, await(future));
            steps.finish(3);
        });
    }

    @Test
    void aSupplierThatFailsFailsTheFuture() throws Exception {
        var problem = new IllegalStateException("of the supplier");
        VirtualTime.run(() -> {
            var future = EventLoop.current().<Integer>createFuture().completeAsync(() -> {
                throw problem;
            });
            assertSame(problem, assertThrows(IllegalStateException.class, () -> await(future)));
        });
    }

    /** S21. */
    @Test
    void aResultIsNeverReplaced() throws Exception {
        VirtualTime.run(() -> {
            var future = EventLoop.current().<Integer>createFuture();
            assertThrows(UnsupportedOperationException.class, () -> future.obtrudeValue(1));
            assertThrows(UnsupportedOperationException.class, () -> future.obtrudeException(new IOException()));
            assertFalse(future.isDone());
            assertTrue(future.complete(1));
            assertFalse(future.complete(2));
            assertFalse(future.completeExceptionally(new IOException()));
            assertFalse(future.cancel());
            assertThrows(UnsupportedOperationException.class, () -> future.obtrudeValue(2));
            assertEquals(1, future.result());
        });
    }

    /** S36. */
    @Test
    void aTaskIsEndedByItsBodyAlone() throws Exception {
        VirtualTime.run(() -> {
            var task = createTask(() -> await(sleep(TICK, 7)));
            assertThrows(UnsupportedOperationException.class, () -> task.complete(1));
            assertThrows(UnsupportedOperationException.class, () -> task.completeExceptionally(new IOException()));
            assertThrows(UnsupportedOperationException.class, () -> task.completeAsync(() -> 1));
            assertThrows(UnsupportedOperationException.class, () -> task.completeAsync(() -> 1, Runnable::run));
            assertThrows(UnsupportedOperationException.class, () -> task.obtrudeValue(1));
            assertEquals(7, await(task));
        });
    }

    /** {@code join} and {@code get} wrap, as the JDK says; {@code result}, {@code exception} and await do not. */
    @ParameterizedTest
    @MethodSource("io.jasyncio.kit.Stages#ofOne")
    void aDependentOfAFailureGivesTheOriginalException(Dependent method) throws Exception {
        var problem = new IOException("checked");
        VirtualTime.run(() -> {
            var source = EventLoop.current().<Integer>createFuture();
            var dependent = (LoopFuture<Integer>) method.of().apply(source);
            source.completeExceptionally(problem);
            assertSame(problem, assertThrows(IOException.class, () -> await(dependent)));
            assertSame(problem, assertThrows(IOException.class, dependent::result));
            assertSame(problem, dependent.exception());
            assertSame(
                    problem,
                    assertThrows(CompletionException.class, dependent::join).getCause());
            assertFalse(dependent.isCancelled());
        });
    }

    @ParameterizedTest
    @MethodSource("io.jasyncio.kit.Stages#ofOne")
    void aDependentOfACancelledFutureIsCancelled(Dependent method) throws Exception {
        VirtualTime.run(() -> {
            var source = EventLoop.current().<Integer>createFuture();
            var before = (LoopFuture<Integer>) method.of().apply(source);
            source.cancel("enough");
            var after = (LoopFuture<Integer>) method.of().apply(source);
            for (var dependent : java.util.List.of(before, after)) {
                var thrown = assertThrows(CancellationException.class, () -> await(dependent));
                assertEquals("enough", thrown.getMessage());
                assertTrue(dependent.isCancelled());
                assertTrue(dependent.isCompletedExceptionally());
                assertThrows(CancellationException.class, dependent::exception);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.jasyncio.kit.Stages#handlers")
    void aHandlerSeesTheFailureAndEndsIt(Dependent method) throws Exception {
        VirtualTime.run(() -> {
            var source = EventLoop.current().<Integer>createFuture();
            var dependent = method.of().apply(source);
            source.completeExceptionally(new IOException("handled"));
            assertEquals(2, await(dependent));
        });
    }

    @Test
    void anUnfinishedFutureHasNoResult() throws Exception {
        VirtualTime.run(() -> {
            var future = EventLoop.current().<Integer>createFuture();
            assertThrows(InvalidStateException.class, future::result);
            assertThrows(InvalidStateException.class, future::exception);
            assertEquals(9, future.getNow(9));
            assertThrows(InvalidStateException.class, () -> ((LoopFuture<?>) future.thenApply(value -> 1)).result());
        });
    }

    /** The JDK's stages that are futures by class only: everything but the methods of a stage throws. */
    static Stream<CompletionStage<Integer>> minimalStages() {
        return Stream.of(
                CompletableFuture.completedStage(1),
                CompletableFuture.completedFuture(1).minimalCompletionStage(),
                new CompletableFuture<Integer>().completeAsync(() -> 1).minimalCompletionStage());
    }

    @ParameterizedTest
    @MethodSource("minimalStages")
    void aStageThatIsNoFutureCanBeAwaited(CompletionStage<Integer> stage) throws Exception {
        VirtualTime.run(() -> {
            assertEquals(1, await(stage));
            assertEquals(1, await(Asyncio.ensureFuture(stage)));
            Integer composed = await(sleep(TICK).thenCompose(slept -> stage));
            assertEquals(1, composed);
            assertEquals(1, await(Asyncio.createStageTask(() -> stage)));
        });
    }

    @Test
    void aPendingStageThatIsNoFutureCanBeCancelled() throws Exception {
        VirtualTime.run(() -> {
            var stage = new CompletableFuture<Integer>().minimalCompletionStage();
            var task = createTask(() -> await(stage));
            var composed = sleep(TICK).thenCompose(slept -> stage);
            await(sleep(TICK));
            task.cancel();
            assertThrows(CancellationException.class, () -> await(task));
            composed.cancel(false);
            assertThrows(CancellationException.class, () -> await(composed));
        });
    }
}
