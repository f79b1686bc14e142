package io.jasyncio.sync;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Resources.using;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Permits that tasks take and give back (S83). What it shares with every other wait is in {@link EveryWaitTest}. */
@ExtendWith(AsyncioExtension.class)
class SemaphoreTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    // ---- Free permits ----------------------------------------------------------------------------------------------

    @Test
    void hasOnePermitIfNothingElseIsSaid() {
        assertEquals(1, new AsyncSemaphore().availablePermits());
        assertEquals(1, new AsyncBoundedSemaphore().availablePermits());
        assertEquals(3, new AsyncSemaphore(3).availablePermits());
    }

    @Test
    void isLockedWhenNoPermitIsFree() {
        var semaphore = new AsyncSemaphore(2);
        assertTrue(semaphore.tryAcquire());
        assertFalse(semaphore.isLocked());
        assertTrue(semaphore.tryAcquire());
        assertTrue(semaphore.isLocked());
        assertFalse(semaphore.tryAcquire());
        assertEquals(0, semaphore.availablePermits());
    }

    @OnEachCarrier
    void aFreePermitIsTakenWithoutWaiting(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var semaphore = new AsyncSemaphore(2);
            var other = createTask(() -> steps.expect(2));
            await(semaphore.acquireAsync());
            await(semaphore.acquireAsync());
            steps.expect(1);
            assertTrue(semaphore.isLocked());
            await(other);
            steps.finish(3);
        });
    }

    /** Which allocates nothing. */
    @Test
    void aFreePermitIsAnsweredWithOneAndTheSameFuture() throws Exception {
        VirtualTime.run(() -> {
            var semaphore = new AsyncSemaphore(2);
            assertSame(semaphore.acquireAsync(), semaphore.acquireAsync());
        });
    }

    @Test
    void moreCanBeGivenBackThanWereThere() {
        var semaphore = new AsyncSemaphore(0);
        semaphore.release();
        semaphore.release();
        assertEquals(2, semaphore.availablePermits());
    }

    // ---- Waiting for one -------------------------------------------------------------------------------------------

    @Test
    void aReleaseHandsThePermitToTheFirstAtOnce() throws Exception {
        VirtualTime.run(() -> {
            var semaphore = new AsyncSemaphore(0);
            var first = semaphore.acquireAsync();
            semaphore.release();
            assertEquals(0, semaphore.availablePermits());
            assertTrue(semaphore.isLocked());
            assertFalse(semaphore.tryAcquire());
            await(first);
            assertEquals(0, semaphore.availablePermits());
        });
    }

    @Test
    void severalReleasesWakeSeveralInTheirOrder() throws Exception {
        VirtualTime.run(() -> {
            var semaphore = new AsyncSemaphore(0);
            var waits = Stream.generate(semaphore::acquireAsync).limit(3).toList();
            semaphore.release();
            semaphore.release();
            await(sleep(TICK));
            assertTrue(waits.get(0).isDone());
            assertTrue(waits.get(1).isDone());
            assertFalse(waits.get(2).isDone());
        });
    }

    @OnEachCarrier
    void whoReleasesAndAcquiresAgainGoesBehind(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var semaphore = new AsyncSemaphore();
            await(semaphore.acquireAsync());
            createTask(() -> {
                await(semaphore.acquireAsync());
                steps.expect(1);
                semaphore.release();
            });
            await(sleep(TICK));
            semaphore.release();
            await(semaphore.acquireAsync());
            steps.finish(2);
        });
    }

    /** He has to stand in line while somebody is on his way; but the second permit is for him. */
    @Test
    void whoeverComesAfterAWakeUpGetsAPermitThatIsLeft() throws Exception {
        VirtualTime.run(() -> {
            var semaphore = new AsyncSemaphore(0);
            var first = semaphore.acquireAsync();
            semaphore.release();
            semaphore.release();
            assertEquals(1, semaphore.availablePermits());
            assertTrue(semaphore.isLocked());
            var second = semaphore.acquireAsync();
            assertFalse(second.isDone());
            await(second);
            assertTrue(first.isDone());
            assertEquals(0, semaphore.availablePermits());
        });
    }

    @Test
    void aPermitThatIsPassedOnWakesOne() throws Exception {
        VirtualTime.run(() -> {
            var semaphore = new AsyncSemaphore(0);
            var waits = Stream.generate(semaphore::acquireAsync).limit(4).toList();
            semaphore.release();
            semaphore.release();
            waits.get(0).cancel();
            waits.get(1).cancel();
            await(waits.get(3));
            assertTrue(waits.get(2).isDone());
            assertEquals(0, semaphore.availablePermits());
            assertTrue(semaphore.isLocked());
        });
    }

    @OnEachCarrier
    void letsNoMoreInThanThereArePermits(Carrier carrier) throws Exception {
        var inside = new int[1];
        VirtualTime.run(carrier, () -> {
            var semaphore = new AsyncSemaphore(3);
            var workers = new ArrayList<Task<?>>();
            for (var i = 0; i < 10; i++) {
                workers.add(createTask(() -> {
                    try (var permit = await(semaphore.holdAsync())) {
                        inside[0]++;
                        assertTrue(inside[0] <= 3);
                        await(sleep(SECOND));
                        inside[0]--;
                    }
                }));
            }
            await(gather(workers));
            assertEquals(Duration.ofSeconds(4), VirtualTime.elapsed());
            assertEquals(3, semaphore.availablePermits());
        });
    }

    @OnEachCarrier
    void isAResource(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var semaphore = new AsyncSemaphore(2);
            using(semaphore, permit -> {
                assertSame(semaphore, permit);
                assertEquals(1, permit.availablePermits());
                return null;
            });
            assertEquals(2, semaphore.availablePermits());
        });
    }

    @Test
    void aHundredThousandGiveItOnOneAfterTheOther() throws Exception {
        VirtualTime.run(() -> {
            var semaphore = new AsyncSemaphore(0);
            LoopFuture<?> last = null;
            for (var i = 0; i < 100_000; i++) {
                last = (LoopFuture<?>) semaphore.acquireAsync().thenRun(semaphore::release);
            }
            semaphore.release();
            await(last);
            assertEquals(1, semaphore.availablePermits());
        });
    }

    // ---- Misuse ----------------------------------------------------------------------------------------------------

    @Test
    void cannotStartBelowZero() {
        for (var misuse : Stream.<Runnable>of(() -> new AsyncSemaphore(-1), () -> new AsyncBoundedSemaphore(-1))
                .toList()) {
            var refused = assertThrows(IllegalArgumentException.class, misuse::run);
            assertEquals("a semaphore cannot start with -1 permits: use 0 or more", refused.getMessage());
        }
    }

    @Test
    void aBoundedOneTakesNoMoreBackThanItStartedWith() {
        var semaphore = new AsyncBoundedSemaphore(2);
        assertTrue(semaphore.tryAcquire());
        semaphore.release();
        var refused = assertThrows(IllegalStateException.class, semaphore::release);
        assertEquals("release() of a permit that nobody has taken: all 2 are there", refused.getMessage());
        assertEquals(2, semaphore.availablePermits());
    }

    /** A permit that is on its way is not there. */
    @Test
    void aBoundedOneCountsWhatIsOnItsWayAsTaken() throws Exception {
        VirtualTime.run(() -> {
            var semaphore = new AsyncBoundedSemaphore(1);
            await(semaphore.acquireAsync());
            var next = semaphore.acquireAsync();
            semaphore.release();
            assertEquals(0, semaphore.availablePermits());
            await(next);
            semaphore.release();
            assertThrows(IllegalStateException.class, semaphore::release);
        });
    }

    @Test
    void aBoundedOneTakesBackWhatTheCancelledDoNotTake() throws Exception {
        VirtualTime.run(() -> {
            var semaphore = new AsyncBoundedSemaphore(1);
            await(semaphore.acquireAsync());
            var leaves = semaphore.acquireAsync();
            semaphore.release();
            leaves.cancel();
            await(sleep(TICK));
            assertEquals(1, semaphore.availablePermits());
            assertThrows(IllegalStateException.class, semaphore::release);
        });
    }

    @Test
    void saysHowItIs() throws Exception {
        assertEquals("AsyncBoundedSemaphore[2 free, 0 waiting]", new AsyncBoundedSemaphore(2).toString());
        VirtualTime.run(() -> {
            var semaphore = new AsyncSemaphore(0);
            semaphore.acquireAsync();
            assertEquals("AsyncSemaphore[0 free, 1 waiting]", semaphore.toString());
        });
    }
}
