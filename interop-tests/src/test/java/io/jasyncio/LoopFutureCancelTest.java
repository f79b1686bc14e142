package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.shield;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.Stages.Dependent;
import io.jasyncio.kit.Stages.Joint;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a cancel request goes from a dependent stage: to the work, unless somebody else still needs that. */
@ExtendWith(AsyncioExtension.class)
class LoopFutureCancelTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @MethodSource({"io.jasyncio.kit.Stages#ofOne", "io.jasyncio.kit.Stages#handlers"})
    void reachesTheSource(Dependent method) throws Exception {
        VirtualTime.run(() -> {
            var source = EventLoop.current().<Integer>createFuture();
            var dependent = method.of().apply(source);
            assertTrue(dependent.cancel(false));
            assertTrue(source.isCancelled());
        });
    }

    @ParameterizedTest
    @MethodSource({"io.jasyncio.kit.Stages#ofBoth", "io.jasyncio.kit.Stages#ofEither"})
    void reachesBothSources(Joint method) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var left = loop.<Integer>createFuture();
            var right = loop.<Integer>createFuture();
            var dependent = method.of().apply(left, right);
            assertTrue(dependent.cancel(false));
            assertTrue(left.isCancelled(), "left");
            assertTrue(right.isCancelled(), "right");
            assertThrows(CancellationException.class, () -> await(dependent));
        });
    }

    @ParameterizedTest
    @MethodSource("io.jasyncio.kit.Stages#ofBoth")
    void reachesTheSourceThatIsLeft(Joint method) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var left = loop.<Integer>createFuture();
            var right = loop.<Integer>createFuture();
            var dependent = method.of().apply(left, right);
            left.complete(1);
            assertTrue(dependent.cancel(false));
            assertTrue(right.isCancelled());
            assertThrows(CancellationException.class, () -> await(dependent));
        });
    }

    /** The left one is in other hands too, the right one is not. */
    @ParameterizedTest
    @MethodSource("io.jasyncio.kit.Stages#ofBoth")
    void sparesTheSourceThatIsShared(Joint method) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var left = loop.<Integer>createFuture();
            var right = loop.<Integer>createFuture();
            var other = left.thenApply(value -> value);
            var dependent = method.of().apply(left, right);
            assertTrue(dependent.cancel(false));
            assertFalse(left.isDone());
            assertTrue(right.isCancelled());
            left.complete(1);
            assertEquals(1, await(other));
        });
    }

    /** A task ends by cancelling its body, which may take its time; only then does the dependent end. */
    @Test
    void aDependentOfATaskEndsWhenTheTaskHas(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var task = createTask(() -> {
                try {
                    await(sleep(HOUR));
                } catch (CancellationException cancelled) {
                    steps.expect(2);
                    await(sleep(Duration.ofSeconds(1)));
                    steps.expect(3);
                    throw cancelled;
                }
                return 1;
            });
            var dependent = (LoopFuture<Integer>) task.thenApply(value -> value + 1);
            await(sleep(TICK));
            assertTrue(dependent.cancel());
            assertFalse(dependent.isDone());
            steps.expect(1);
            assertThrows(CancellationException.class, () -> await(dependent));
            assertTrue(task.isCancelled());
            assertTrue(dependent.isCancelled());
            steps.finish(4);
        });
    }

    /** S46: who refuses to be cancelled gives a value, and its dependents take it. */
    @Test
    void aTaskMayRefuse() throws Exception {
        VirtualTime.run(() -> {
            var task = createTask(() -> {
                try {
                    return await(sleep(HOUR, 0));
                } catch (CancellationException refused) {
                    return 41;
                }
            });
            var dependent = task.thenApply(value -> value + 1);
            await(sleep(TICK));
            dependent.cancel(false);
            assertEquals(42, await(dependent));
        });
    }

    @Test
    void aSharedSourceGoesOn() throws Exception {
        VirtualTime.run(() -> {
            var source = EventLoop.current().<Integer>createFuture();
            var first = source.thenApply(value -> value + 1);
            var second = source.thenApply(value -> value + 2);
            assertTrue(first.cancel(false));
            assertTrue(first.isCancelled());
            assertFalse(source.isDone());
            source.complete(10);
            assertEquals(12, await(second));
        });
    }

    /** The first one has ended by its own cancellation, so only the second depends on the source any more. */
    @Test
    void theLastOfSeveralDependentsReachesTheSource() throws Exception {
        VirtualTime.run(() -> {
            var source = EventLoop.current().<Integer>createFuture();
            var first = source.thenApply(value -> value + 1);
            var second = source.thenApply(value -> value + 2);
            first.cancel(false);
            assertFalse(source.isDone());
            second.cancel(false);
            assertTrue(source.isCancelled());
        });
    }

    @Test
    void aSourceThatATaskAwaitsGoesOn() throws Exception {
        VirtualTime.run(() -> {
            var source = EventLoop.current().<Integer>createFuture();
            var waiting = createTask(() -> await(source));
            await(sleep(TICK));
            source.thenApply(value -> value).cancel(false);
            assertFalse(source.isDone());
            source.complete(3);
            assertEquals(3, await(waiting));
        });
    }

    @Test
    void aShieldedSourceGoesOn() throws Exception {
        VirtualTime.run(() -> {
            var source = EventLoop.current().<Integer>createFuture();
            var dependent = shield(source).thenApply(value -> value);
            assertTrue(dependent.cancel(false));
            assertThrows(CancellationException.class, () -> await(dependent));
            assertFalse(source.isDone());
        });
    }

    @Test
    void travelsThroughAChain() throws Exception {
        VirtualTime.run(() -> {
            var source = sleep(HOUR, 1);
            var end = source.thenApply(value -> value + 1)
                    .thenCompose(value -> sleep(HOUR, value))
                    .whenComplete((value, failure) -> {});
            assertTrue(end.cancel(false));
            assertTrue(source.isCancelled());
            assertThrows(CancellationException.class, () -> await(end));
            assertEquals(Duration.ZERO, VirtualTime.elapsed());
        });
    }

    @Test
    void reachesTheStageThatAFunctionReturned() throws Exception {
        VirtualTime.run(() -> {
            var inner = EventLoop.current().<Integer>createFuture();
            var composed = sleep(TICK).thenCompose(slept -> inner);
            await(sleep(Duration.ofSeconds(1)));
            assertTrue(composed.cancel(false));
            assertTrue(inner.isCancelled());
            assertThrows(CancellationException.class, () -> await(composed));
        });
    }

    @Test
    void reachesTheStageThatARescueReturned() throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var source = loop.<Integer>createFuture();
            var rescue = loop.<Integer>createFuture();
            var composed = source.exceptionallyCompose(failure -> rescue);
            source.completeExceptionally(new IOException("rescued"));
            assertTrue(composed.cancel(false));
            assertTrue(rescue.isCancelled());
        });
    }

    /** The inner stage may be somebody else's, with no notion of a loop. */
    @Test
    void reachesAForeignStageThatAFunctionReturned() throws Exception {
        VirtualTime.run(() -> {
            var foreign = new CompletableFuture<Integer>();
            var composed = sleep(TICK).thenCompose(slept -> foreign);
            await(sleep(Duration.ofSeconds(1)));
            assertTrue(composed.cancel(false));
            assertTrue(foreign.isCancelled());
            assertThrows(CancellationException.class, () -> await(composed));
        });
    }

    /** S42: the request goes to the very end of what waits for what. */
    @Test
    void travelsThroughTasksAndStages() throws Exception {
        VirtualTime.run(() -> {
            var work = EventLoop.current().<Integer>createFuture();
            var inner = createTask(() -> await(work.thenApply(value -> value + 1)));
            var outer = Asyncio.createStageTask(() -> inner.thenApply(value -> value + 1));
            await(sleep(TICK));
            await(sleep(TICK));
            assertTrue(outer.cancel());
            assertTrue(work.isCancelled());
            assertThrows(CancellationException.class, () -> await(outer));
            assertTrue(inner.isCancelled());
        });
    }

    @Test
    void whatHasEndedIsNotCancelled() throws Exception {
        VirtualTime.run(() -> {
            var dependent = sleep(TICK, 1).thenApply(value -> value);
            await(dependent);
            assertFalse(dependent.cancel(false));
            assertFalse(dependent.isCancelled());
        });
    }

    @Test
    void theMessageComesWithIt() throws Exception {
        VirtualTime.run(() -> {
            var task = createTask(() -> await(sleep(HOUR)));
            await(sleep(TICK));
            task.cancel("too late");
            var cancelled = assertThrows(CancellationException.class, () -> await(task));
            assertEquals("too late", cancelled.getMessage());
        });
    }

    /** S123: work that another thread has begun goes on; nobody waits for it any more. */
    @Test
    void aStageOfAnotherLibraryIsCancelledToo() throws Exception {
        VirtualTime.run(() -> {
            var foreign = new CompletableFuture<Integer>();
            var task = createTask(() -> await(foreign));
            await(sleep(TICK));
            task.cancel();
            assertThrows(CancellationException.class, () -> await(task));
            assertTrue(foreign.isCancelled());
        });
    }
}
