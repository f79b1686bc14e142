package io.jasyncio.sync;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A barrier that is reset or aborted (S88): who waits is sent home, and after a reset all is as at first. */
@ExtendWith(AsyncioExtension.class)
class BarrierBreakTest {

    private static final Duration TICK = Duration.ZERO;

    private final AsyncBarrier barrier = new AsyncBarrier(3);

    private Task<Integer> party() {
        return createTask(() -> await(barrier.waitAsync()));
    }

    private static void assertBroken(String message, CompletionStage<Integer> party) {
        var broken = assertThrows(BrokenBarrierException.class, () -> await(party));
        assertEquals(message, broken.getMessage());
    }

    private static void assertSentHome(CompletionStage<Integer> party) {
        assertBroken("the barrier was aborted or reset while this waited", party);
    }

    private static void assertNotLetIn(CompletionStage<Integer> party) {
        assertBroken("the barrier was aborted: reset() makes it usable again", party);
    }

    private void assertThatARoundIsPossible() throws Exception {
        var first = barrier.waitAsync();
        var second = barrier.waitAsync();
        assertFalse(second.isDone());
        assertEquals(2, await(barrier.waitAsync()));
        assertEquals(0, await(first));
        assertEquals(1, await(second));
    }

    // ---- Reset -----------------------------------------------------------------------------------------------------

    @OnEachCarrier
    void aResetSendsHomeWhoWaits(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var first = party();
            var second = party();
            await(sleep(TICK));
            barrier.reset();
            assertEquals("AsyncBarrier[resetting, 0 of 3 waiting]", barrier.toString());
            assertSentHome(first);
            assertSentHome(second);
            assertFalse(barrier.isBroken());
            assertThatARoundIsPossible();
        });
    }

    @Test
    void aResetOfAnEmptyOneDoesNothing() throws Exception {
        VirtualTime.run(() -> {
            barrier.reset();
            assertEquals("AsyncBarrier[filling, 0 of 3 waiting]", barrier.toString());
            assertThatARoundIsPossible();
        });
    }

    @Test
    void whoComesDuringAResetIsInTheNextRound() throws Exception {
        VirtualTime.run(() -> {
            var sentHome = barrier.waitAsync();
            barrier.reset();
            var first = barrier.waitAsync();
            var second = barrier.waitAsync();
            assertEquals(0, barrier.waiting());
            assertSentHome(sentHome);
            await(sleep(TICK));
            assertEquals(2, barrier.waiting());
            assertEquals(2, await(barrier.waitAsync()));
            assertEquals(0, await(first));
            assertEquals(1, await(second));
        });
    }

    /** Who has not gone on yet is sent home, too; the last one has his index already. */
    @Test
    void aResetWhileARoundEndsSendsHomeWhoHasNotGone() throws Exception {
        VirtualTime.run(() -> {
            var first = barrier.waitAsync();
            var second = barrier.waitAsync();
            var last = barrier.waitAsync();
            barrier.reset();
            assertEquals(2, await(last));
            assertSentHome(first);
            assertSentHome(second);
            assertThatARoundIsPossible();
        });
    }

    @Test
    void twoResetsAreOne() throws Exception {
        VirtualTime.run(() -> {
            var first = barrier.waitAsync();
            barrier.reset();
            barrier.reset();
            assertSentHome(first);
            assertThatARoundIsPossible();
        });
    }

    @OnEachCarrier
    void whoIsCancelledInThePassOfAResetIsCancelled(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var leaves = party();
            var other = party();
            await(sleep(TICK));
            barrier.reset();
            leaves.cancel();
            assertThrows(CancellationException.class, () -> await(leaves));
            assertSentHome(other);
            assertThatARoundIsPossible();
        });
    }

    // ---- Abort -----------------------------------------------------------------------------------------------------

    @OnEachCarrier
    void anAbortSendsHomeWhoWaitsAndWhoComes(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var first = party();
            var second = party();
            await(sleep(TICK));
            barrier.abort();
            assertTrue(barrier.isBroken());
            assertEquals(0, barrier.waiting());
            assertSentHome(first);
            assertSentHome(second);
            assertNotLetIn(party());
            assertNotLetIn(barrier.waitAsync());
            assertTrue(barrier.isBroken());
        });
    }

    @Test
    void aResetMendsWhatWasAborted() throws Exception {
        VirtualTime.run(() -> {
            var first = barrier.waitAsync();
            barrier.abort();
            assertSentHome(first);
            barrier.reset();
            assertFalse(barrier.isBroken());
            assertThatARoundIsPossible();
        });
    }

    @Test
    void aResetMendsItEvenBeforeThoseInsideHaveGone() throws Exception {
        VirtualTime.run(() -> {
            var first = barrier.waitAsync();
            barrier.abort();
            barrier.reset();
            assertFalse(barrier.isBroken());
            var next = barrier.waitAsync();
            assertSentHome(first);
            await(sleep(TICK));
            assertEquals(1, barrier.waiting());
            barrier.waitAsync();
            await(barrier.waitAsync());
            assertEquals(0, await(next));
        });
    }

    @Test
    void anAbortOfAnEmptyOneKeepsEverybodyOut() throws Exception {
        VirtualTime.run(() -> {
            barrier.abort();
            barrier.abort();
            assertNotLetIn(barrier.waitAsync());
            barrier.reset();
            assertThatARoundIsPossible();
        });
    }

    @Test
    void anAbortWhileARoundEndsSendsHomeWhoHasNotGoneAndWhoIsOutside() throws Exception {
        VirtualTime.run(() -> {
            var first = barrier.waitAsync();
            var second = barrier.waitAsync();
            var last = barrier.waitAsync();
            var outside = barrier.waitAsync();
            barrier.abort();
            assertEquals(2, await(last));
            assertSentHome(first);
            assertSentHome(second);
            assertNotLetIn(outside);
            assertTrue(barrier.isBroken());
            barrier.reset();
            assertThatARoundIsPossible();
        });
    }

    /** The error is an {@link IllegalStateException}, since the barrier is not in a state to be waited for. */
    @Test
    void theErrorSaysThatTheStateIsToBlame() throws Exception {
        VirtualTime.run(() -> {
            barrier.abort();
            LoopFuture<Integer> refused = barrier.waitAsync();
            assertThrows(IllegalStateException.class, () -> await(refused));
        });
    }
}
