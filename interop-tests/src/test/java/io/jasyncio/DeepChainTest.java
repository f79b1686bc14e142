package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.shield;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However long a chain is, it takes heap and not stack, to build, to complete and to cancel (S49, J11). */
@ExtendWith(AsyncioExtension.class)
class DeepChainTest {

    private static final int MILLION = 1_000_000;
    private static final int TASKS = 100_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private static CompletableFuture<Integer> chainOn(CompletableFuture<Integer> head) {
        var tail = head;
        for (var i = 0; i < MILLION; i++) {
            tail = tail.thenApply(value -> value + 1);
        }
        return tail;
    }

    @Test
    void aMillionStagesOfWhatHasEnded() throws Exception {
        VirtualTime.run(() -> {
            assertEquals(MILLION, await(chainOn(sleepless(0))));
        });
    }

    private static LoopFuture<Integer> sleepless(int value) {
        var future = EventLoop.current().<Integer>createFuture();
        future.complete(value);
        return future;
    }

    @Test
    void aMillionPendingStagesAreCompletedAtTheHead() throws Exception {
        VirtualTime.run(() -> {
            var head = EventLoop.current().<Integer>createFuture();
            var tail = chainOn(head);
            head.complete(0);
            assertEquals(MILLION, await(tail));
        });
    }

    @Test
    void aMillionPendingStagesFailAtTheHead() throws Exception {
        var problem = new IOException("at the head");
        VirtualTime.run(() -> {
            var head = EventLoop.current().<Integer>createFuture();
            var tail = chainOn(head);
            head.completeExceptionally(problem);
            assertSame(problem, assertThrows(IOException.class, () -> await(tail)));
        });
    }

    @Test
    void aMillionPendingStagesAreCancelledAtTheHead() throws Exception {
        VirtualTime.run(() -> {
            var head = EventLoop.current().<Integer>createFuture();
            var tail = chainOn(head);
            head.cancel();
            assertThrows(CancellationException.class, () -> await(tail));
        });
    }

    @Test
    void aMillionPendingStagesAreCancelledAtTheTail() throws Exception {
        VirtualTime.run(() -> {
            var head = EventLoop.current().<Integer>createFuture();
            var tail = chainOn(head);
            assertTrue(tail.cancel(false));
            assertTrue(head.isCancelled());
            assertThrows(CancellationException.class, () -> await(tail));
        });
    }

    @OnEachCarrier
    void aMillionAwaitsOfWhatHasEnded(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var one = sleepless(1);
            var sum = 0;
            for (var i = 0; i < MILLION; i++) {
                sum += await(one);
            }
            assertEquals(MILLION, sum);
        });
    }

    /** A loop in stage style: each round returns the stage of the next. */
    @Test
    void aStageThatComposesItselfManyTimes() throws Exception {
        assertEquals(TASKS, VirtualTime.runStage(() -> countUp(0)));
    }

    private static CompletableFuture<Integer> countUp(int from) {
        return from == TASKS
                ? CompletableFuture.completedFuture(from)
                : sleep(Duration.ZERO).thenCompose(slept -> countUp(from + 1));
    }

    /** The same where no round waits for anything: the JDK runs the function inline, which must not pile up. */
    @Test
    void manyTasksOneAfterTheOther() throws Exception {
        VirtualTime.run(() -> {
            var last = createStageTask(() -> sleep(Duration.ofSeconds(1), 0));
            for (var i = 0; i < TASKS; i++) {
                var former = last;
                last = createStageTask(() -> former.thenApply(value -> value + 1));
            }
            assertEquals(TASKS, await(last));
        });
    }

    private static Task<Integer> tasksInStageStyle(LoopFuture<Integer> innermost, int count) {
        var outermost = createStageTask(() -> innermost);
        for (var i = 1; i < count; i++) {
            var inner = outermost;
            outermost = createStageTask(() -> inner);
        }
        return outermost;
    }

    private static Task<Integer> tasksInDirectStyle(LoopFuture<Integer> innermost, int count) {
        var outermost = createTask(() -> await(innermost));
        for (var i = 1; i < count; i++) {
            var inner = outermost;
            outermost = createTask(() -> await(inner));
        }
        return outermost;
    }

    /** S49: the request reaches the innermost at once, and the end comes back task by task. */
    @Test
    void aHundredThousandTasksInStageStyleAreCancelledAtTheOutermost() throws Exception {
        VirtualTime.run(() -> {
            var innermost = sleep(HOUR, 1);
            var outermost = tasksInStageStyle(innermost, TASKS);
            await(sleep(Duration.ofSeconds(1)));
            assertTrue(outermost.cancel());
            assertTrue(innermost.isCancelled());
            assertThrows(CancellationException.class, () -> await(outermost));
        });
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("io.jasyncio.kit.Carriers#virtual")
    void aHundredThousandTasksInDirectStyleAreCancelledAtTheOutermost(Carrier carrier) throws Exception {
        cancelAtTheOutermost(carrier, TASKS);
    }

    /** A thread for each waiting body: as many as a machine of any size has. */
    @Test
    void someTasksOnPlatformThreadsAreCancelledAtTheOutermost() throws Exception {
        cancelAtTheOutermost(Carrier.PLATFORM_HANDOFF, 300);
    }

    private static void cancelAtTheOutermost(Carrier carrier, int count) throws Exception {
        VirtualTime.run(carrier, () -> {
            var innermost = sleep(HOUR, 1);
            var outermost = tasksInDirectStyle(innermost, count);
            await(sleep(Duration.ofSeconds(1)));
            assertTrue(outermost.cancel());
            assertTrue(innermost.isCancelled());
            assertThrows(CancellationException.class, () -> await(outermost));
        });
    }

    @Test
    void aHundredThousandNestedDeadlinesAreCancelledAtTheOutermost() throws Exception {
        VirtualTime.run(() -> {
            var innermost = sleep(HOUR, 1);
            var outermost = innermost;
            for (var i = 0; i < TASKS; i++) {
                outermost = waitFor(outermost, HOUR);
            }
            assertTrue(outermost.cancel());
            assertTrue(innermost.isCancelled());
            var cancelled = outermost;
            assertThrows(CancellationException.class, () -> await(cancelled));
        });
    }

    @Test
    void aHundredThousandNestedDeadlinesEnd() throws Exception {
        VirtualTime.run(() -> {
            var outermost = sleep(Duration.ofSeconds(1), 1);
            for (var i = 0; i < TASKS; i++) {
                outermost = waitFor(outermost, HOUR);
            }
            assertEquals(1, await(outermost));
        });
    }

    @Test
    void aHundredThousandNestedGatheringsAreCancelledAtTheOutermost() throws Exception {
        VirtualTime.run(() -> {
            var innermost = EventLoop.current().<Object>createFuture();
            LoopFuture<?> outermost = innermost;
            for (var i = 0; i < TASKS; i++) {
                outermost = gather(outermost);
            }
            assertTrue(outermost.cancel());
            assertTrue(innermost.isCancelled());
            var cancelled = outermost;
            assertThrows(CancellationException.class, () -> await(cancelled));
        });
    }

    @Test
    void aHundredThousandNestedShieldsEnd() throws Exception {
        VirtualTime.run(() -> {
            var outermost = sleep(Duration.ofSeconds(1), 1);
            for (var i = 0; i < TASKS; i++) {
                outermost = shield(outermost);
            }
            assertEquals(1, await(outermost));
        });
    }
}
