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
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a {@code try}-with-resources block holds: it is released once, by whoever leaves the block in whatever way. */
@ExtendWith(AsyncioExtension.class)
class HeldTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AsyncLock lock = new AsyncLock();

    @OnEachCarrier
    void isReleasedAtTheEndOfTheBlock(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            try (var held = await(lock.holdAsync())) {
                assertTrue(lock.isLocked());
                await(sleep(SECOND));
            }
            assertFalse(lock.isLocked());
        });
    }

    @OnEachCarrier
    void isReleasedWhenTheBlockFails(Carrier carrier) throws Exception {
        var problem = new IOException("in the block");
        VirtualTime.run(carrier, () -> {
            assertSame(problem, assertThrows(IOException.class, () -> {
                try (var held = await(lock.holdAsync())) {
                    throw problem;
                }
            }));
            assertFalse(lock.isLocked());
        });
    }

    @OnEachCarrier
    void isReleasedWhenTheBlockIsCancelled(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var task = createTask(() -> {
                try (var held = await(lock.holdAsync())) {
                    await(sleep(SECOND.multipliedBy(9)));
                    steps.unreached();
                }
            });
            await(sleep(SECOND));
            task.cancel();
            assertThrows(CancellationException.class, () -> await(task));
            assertFalse(lock.isLocked());
            steps.finish(1);
        });
    }

    /** It unwinds its bodies, and there is nobody to hand the lock on to. */
    @OnEachCarrier
    void isReleasedWhenTheLoopIsClosedUnderIt(Carrier carrier, ErrorLog errors) {
        var loop = EventLoop.create(VirtualTime.options(carrier));
        for (var i = 0; i < 2; i++) {
            loop.createTask(() -> {
                try (var held = await(lock.holdAsync())) {
                    loop.stop();
                    await(loop.createFuture());
                }
            });
        }
        loop.runForever();
        assertTrue(lock.isLocked());
        loop.close();
        assertFalse(lock.isLocked());
        assertEquals(2, errors.takeMessages().size());
    }

    /** The second close must not let go of what somebody else holds by then. */
    @Test
    void aSecondCloseDoesNothing() throws Exception {
        VirtualTime.run(() -> {
            var held = await(lock.holdAsync());
            held.close();
            await(lock.acquireAsync());
            held.close();
            assertTrue(lock.isLocked());
        });
    }

    @Test
    void aSecondCloseGivesNoSecondPermit() throws Exception {
        VirtualTime.run(() -> {
            var semaphore = new AsyncSemaphore(1);
            var held = await(semaphore.holdAsync());
            held.close();
            held.close();
            assertEquals(1, semaphore.availablePermits());
        });
    }

    @Test
    void eachHolderHasHisOwn() throws Exception {
        VirtualTime.run(() -> {
            var semaphore = new AsyncSemaphore(2);
            var one = await(semaphore.holdAsync());
            var other = await(semaphore.holdAsync());
            one.close();
            one.close();
            assertEquals(1, semaphore.availablePermits());
            other.close();
            assertEquals(2, semaphore.availablePermits());
        });
    }

    @Test
    void aConditionIsHeldByItsLock() throws Exception {
        VirtualTime.run(() -> {
            var condition = new AsyncCondition(lock);
            try (var held = await(condition.holdAsync())) {
                assertTrue(lock.isLocked());
            }
            assertFalse(lock.isLocked());
        });
    }

    @Test
    void anotherThreadMayNotCloseItAndTheLoopStillCan() throws Exception {
        VirtualTime.run(() -> {
            var held = await(lock.holdAsync());
            lock.acquireAsync().cancel();
            var refused = await(toThread(() -> assertThrows(IllegalStateException.class, held::close)));
            assertTrue(refused.getMessage().contains("loop.submit("), refused.getMessage());
            assertTrue(lock.isLocked());
            held.close();
            assertFalse(lock.isLocked());
        });
    }
}
