package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The timeouts of {@code CompletableFuture}: on a loop they are timers of that loop, on its clock and its thread. */
@ExtendWith(AsyncioExtension.class)
class LoopFutureTimeoutTest {

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    @Test
    void orTimeoutFailsTheFutureWhenTimeIsUp() throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var future = loop.<Integer>createFuture();
            assertSame(future, future.orTimeout(2, TimeUnit.SECONDS));
            var onLoop = future.handle((value, failure) -> loop.isCurrent());
            assertThrows(TimeoutException.class, () -> await(future));
            assertTrue(await(onLoop));
            assertEquals(TWO_SECONDS, VirtualTime.elapsed());
        });
    }

    @Test
    void completeOnTimeoutGivesTheValueWhenTimeIsUp() throws Exception {
        VirtualTime.run(() -> {
            var future = EventLoop.current().<Integer>createFuture().completeOnTimeout(7, 2, TimeUnit.SECONDS);
            assertEquals(7, await(future));
            assertEquals(TWO_SECONDS, VirtualTime.elapsed());
        });
    }

    @Test
    void aFutureThatEndsInTimeTakesItsTimerAway() throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var first = loop.<Integer>createFuture().orTimeout(1, TimeUnit.HOURS);
            var second = loop.<Integer>createFuture().completeOnTimeout(0, 1, TimeUnit.HOURS);
            assertTrue(loop.toString().contains("2 timers"), loop.toString());
            first.complete(1);
            second.cancel(false);
            assertTrue(loop.toString().contains("0 timers"), loop.toString());
            assertEquals(1, await(first));
        });
    }

    /** It is the stage itself that times out; what it depends on goes on, as the JDK has it. */
    @Test
    void aDependentTimesOutAlone() throws Exception {
        VirtualTime.run(() -> {
            var source = sleep(Duration.ofSeconds(3), 5);
            var limited = source.thenApply(value -> value).orTimeout(2, TimeUnit.SECONDS);
            assertThrows(TimeoutException.class, () -> await(limited));
            assertFalse(source.isDone());
            assertEquals(5, await(source));
        });
    }

    @Test
    void aLimitDoesNotMakeTheSourceShared() throws Exception {
        VirtualTime.run(() -> {
            var source = EventLoop.current().<Integer>createFuture();
            source.orTimeout(1, TimeUnit.HOURS);
            source.thenApply(value -> value).cancel(false);
            assertTrue(source.isCancelled());
        });
    }

    @Test
    void anotherThreadMaySetTheLimit() throws Exception {
        VirtualTime.run(() -> {
            var future = EventLoop.current().<Integer>createFuture();
            await(Asyncio.toThread(() -> future.orTimeout(2, TimeUnit.SECONDS)));
            assertThrows(TimeoutException.class, () -> await(future));
            assertEquals(TWO_SECONDS, VirtualTime.elapsed());
        });
    }

    @Test
    void aTaskRefuses() throws Exception {
        VirtualTime.run(() -> {
            var task = createTask(() -> 1);
            var refused = assertThrows(UnsupportedOperationException.class, () -> task.orTimeout(1, TimeUnit.SECONDS));
            assertTrue(refused.getMessage().contains("waitFor("), refused.getMessage());
            assertThrows(UnsupportedOperationException.class, () -> task.completeOnTimeout(1, 1, TimeUnit.SECONDS));
            await(task);
        });
    }
}
