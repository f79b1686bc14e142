package io.jasyncio.sync;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A flag that tasks wait for (S84). What it shares with every other wait is in {@link EveryWaitTest}. */
@ExtendWith(AsyncioExtension.class)
class EventTest {

    private static final Duration TICK = Duration.ZERO;

    private final AsyncEvent event = new AsyncEvent();

    @Test
    void isNotSetAtFirst() {
        assertFalse(event.isSet());
        event.set();
        assertTrue(event.isSet());
        event.clear();
        assertFalse(event.isSet());
    }

    @OnEachCarrier
    void whoeverComesToASetEventDoesNotWait(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            event.set();
            var other = createTask(() -> steps.expect(2));
            await(event.waitAsync());
            await(event.waitAsync());
            steps.expect(1);
            await(other);
            steps.finish(3);
        });
    }

    /** Which allocates nothing. */
    @Test
    void aSetEventAnswersWithOneAndTheSameFuture() throws Exception {
        VirtualTime.run(() -> {
            event.set();
            assertTrue(event.waitAsync().isDone());
            assertSame(event.waitAsync(), event.waitAsync());
        });
    }

    @OnEachCarrier
    void wakesEverybodyInTheOrderInWhichTheyCame(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            for (var number = 1; number <= 4; number++) {
                var step = number;
                createTask(() -> {
                    await(event.waitAsync());
                    steps.expect(step);
                });
            }
            await(sleep(TICK));
            event.set();
            await(sleep(TICK));
            steps.finish(5);
        });
    }

    @OnEachCarrier
    void wakesEverybodyEvenIfItIsClearedAtOnce(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var one = createTask(() -> await(event.waitAsync()));
            var other = createTask(() -> await(event.waitAsync()));
            await(sleep(TICK));
            event.set();
            event.clear();
            await(one);
            await(other);
            assertFalse(event.isSet());
        });
    }

    @Test
    void whoeverComesAfterTheClearWaitsForTheNextSet() throws Exception {
        VirtualTime.run(() -> {
            var before = event.waitAsync();
            event.set();
            event.clear();
            var after = event.waitAsync();
            await(before);
            await(sleep(TICK));
            assertFalse(after.isDone());
            event.set();
            await(after);
        });
    }

    @Test
    void aSecondSetDoesNothing() throws Exception {
        VirtualTime.run(() -> {
            var wait = event.waitAsync();
            event.set();
            event.set();
            await(wait);
            assertTrue(event.isSet());
        });
    }

    @OnEachCarrier
    void oneWhoClearsItDoesNotKeepTheOthersBack(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var clears = createTask(() -> {
                await(event.waitAsync());
                event.clear();
            });
            var other = createTask(() -> await(event.waitAsync()));
            await(sleep(TICK));
            event.set();
            await(clears);
            await(other);
        });
    }

    /** The cancellation wins over what came in the same pass (S44). */
    @OnEachCarrier
    void whoIsCancelledAfterTheSetIsCancelled(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var task = createTask(() -> await(event.waitAsync()));
            await(sleep(TICK));
            event.set();
            task.cancel();
            assertThrows(CancellationException.class, () -> await(task));
        });
    }

    @OnEachCarrier
    void whoIsCancelledBeforeTheSetIsCancelled(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var task = createTask(() -> await(event.waitAsync()));
            await(sleep(TICK));
            task.cancel();
            event.set();
            assertThrows(CancellationException.class, () -> await(task));
        });
    }

    /** The way that the documentation names. */
    @Test
    void anotherThreadHandsTheSetToTheLoop() throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var wait = event.waitAsync();
            await(toThread(() -> loop.execute(event::set)));
            await(wait);
        });
    }

    @Test
    void anotherThreadMayNotClear() throws Exception {
        VirtualTime.run(() -> {
            event.waitAsync().cancel();
            event.set();
            var refused = await(toThread(() -> assertThrows(IllegalStateException.class, event::clear)));
            assertTrue(refused.getMessage().contains("clear() was called from thread"), refused.getMessage());
            assertTrue(event.isSet());
        });
    }

    @Test
    void wakesAHundredThousand() throws Exception {
        VirtualTime.run(() -> {
            var waits = new ArrayList<>(
                    Stream.generate(event::waitAsync).limit(100_000).toList());
            event.set();
            await(waits.get(99_999));
            assertTrue(waits.stream().allMatch(LoopFuture::isDone));
        });
    }

    @Test
    void saysHowItIs() throws Exception {
        assertEquals("AsyncEvent[unset, 0 waiting]", event.toString());
        VirtualTime.run(() -> {
            var wait = event.waitAsync();
            assertEquals("AsyncEvent[unset, 1 waiting]", event.toString());
            event.set();
            await(wait);
            assertEquals("AsyncEvent[set, 0 waiting]", event.toString());
        });
    }
}
