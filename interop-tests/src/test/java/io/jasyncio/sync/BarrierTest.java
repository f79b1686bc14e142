package io.jasyncio.sync;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.toThread;
import static io.jasyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tasks that wait for each other (S88): rounds, and who leaves early. How it breaks is in {@link BarrierBreakTest}. */
@ExtendWith(AsyncioExtension.class)
class BarrierTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Task<Integer> party(AsyncBarrier barrier) {
        return createTask(() -> await(barrier.waitAsync()));
    }

    // ---- A round ---------------------------------------------------------------------------------------------------

    @OnEachCarrier
    void theLastOneLetsAllGoOnAndTheirIndicesAreTheOrderOfArrival(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var barrier = new AsyncBarrier(3);
            var first = party(barrier);
            var second = party(barrier);
            await(sleep(TICK));
            assertEquals(2, barrier.waiting());
            assertFalse(first.isDone());
            assertEquals(2, await(barrier.waitAsync()));
            assertEquals(0, await(first));
            assertEquals(1, await(second));
            assertEquals(0, barrier.waiting());
        });
    }

    @OnEachCarrier
    void theLastOneDoesNotWait(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var barrier = new AsyncBarrier(2);
            var first = createTask(() -> {
                await(barrier.waitAsync());
                steps.expect(2);
            });
            await(sleep(TICK));
            await(barrier.waitAsync());
            steps.expect(1);
            await(first);
            steps.finish(3);
        });
    }

    @OnEachCarrier
    void aBarrierForOneHoldsNobodyUp(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var barrier = new AsyncBarrier(1);
            var other = createTask(() -> steps.expect(2));
            assertEquals(0, await(barrier.waitAsync()));
            assertEquals(0, await(barrier.waitAsync()));
            steps.expect(1);
            await(other);
            steps.finish(3);
        });
    }

    @OnEachCarrier
    void keepsPhasesApart(Carrier carrier) throws Exception {
        var trace = new ArrayList<String>();
        VirtualTime.run(carrier, () -> {
            var barrier = new AsyncBarrier(3);
            var workers = new ArrayList<Task<?>>();
            for (var speed = 1; speed <= 3; speed++) {
                var step = SECOND.multipliedBy(speed);
                workers.add(createTask(() -> {
                    for (var phase = 1; phase <= 3; phase++) {
                        await(sleep(step));
                        trace.add("phase " + phase);
                        await(barrier.waitAsync());
                    }
                }));
            }
            await(gather(workers));
            assertEquals(trace.stream().sorted().toList(), trace);
            assertEquals(Duration.ofSeconds(9), VirtualTime.elapsed());
        });
    }

    @Test
    void whoComesWhileARoundEndsWaitsForTheNextOne() throws Exception {
        VirtualTime.run(() -> {
            var barrier = new AsyncBarrier(2);
            var first = barrier.waitAsync();
            var second = barrier.waitAsync();
            assertTrue(second.isDone());
            assertEquals("AsyncBarrier[draining, 0 of 2 waiting]", barrier.toString());
            var early = barrier.waitAsync();
            assertFalse(early.isDone());
            await(first);
            await(sleep(TICK));
            assertEquals(1, barrier.waiting());
            assertEquals(1, await(barrier.waitAsync()));
            assertEquals(0, await(early));
        });
    }

    /** Those who came early fill a round and more: whoever finds no place in it waits on. */
    @Test
    void severalRoundsMayStandOutside() throws Exception {
        VirtualTime.run(() -> {
            var barrier = new AsyncBarrier(2);
            var waits = Stream.generate(barrier::waitAsync).limit(7).toList();
            await(sleep(SECOND));
            var ended = waits.stream().map(LoopFuture::isDone).toList();
            assertEquals(List.of(true, true, true, true, true, true, false), ended);
            assertEquals(1, barrier.waiting());
        });
    }

    @Test
    void indicesAreUniqueInEachRound() throws Exception {
        VirtualTime.run(() -> {
            var barrier = new AsyncBarrier(5);
            for (var round = 0; round < 3; round++) {
                var indices = await(
                        gather(Stream.generate(barrier::waitAsync).limit(5).toList()));
                assertEquals(Set.of(0, 1, 2, 3, 4), Set.copyOf(indices));
            }
        });
    }

    @Test
    void aHundredThousandPartiesGoOnTogether() throws Exception {
        VirtualTime.run(() -> {
            var barrier = new AsyncBarrier(100_000);
            var waits = Stream.generate(barrier::waitAsync).limit(100_000).toList();
            assertEquals(99_999, await(waits.get(99_999)));
            assertEquals(99_998, await(waits.get(99_998)));
            assertEquals(0, await(waits.get(0)));
            assertEquals("AsyncBarrier[filling, 0 of 100000 waiting]", barrier.toString());
        });
    }

    // ---- Who leaves early ------------------------------------------------------------------------------------------

    @OnEachCarrier
    void whoIsCancelledLeavesAndTheOthersWaitForSomebodyElse(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var barrier = new AsyncBarrier(3);
            var stays = party(barrier);
            var leaves = party(barrier);
            await(sleep(TICK));
            leaves.cancel("enough");
            assertEquals(
                    "enough",
                    assertThrows(CancellationException.class, () -> await(leaves))
                            .getMessage());
            assertEquals(1, barrier.waiting());
            assertFalse(barrier.isBroken());
            var other = party(barrier);
            await(sleep(TICK));
            assertFalse(stays.isDone());
            assertEquals(2, await(barrier.waitAsync()));
            assertEquals(0, await(stays));
            assertEquals(1, await(other));
        });
    }

    /** The place that was given up is taken by whoever comes next, so that no index is given twice. */
    @Test
    void indicesAreUniqueEvenAfterACancellation() throws Exception {
        VirtualTime.run(() -> {
            var barrier = new AsyncBarrier(3);
            var leaves = barrier.waitAsync();
            var stays = barrier.waitAsync();
            leaves.cancel();
            await(sleep(TICK));
            var other = barrier.waitAsync();
            var last = barrier.waitAsync();
            assertEquals(Set.of(0, 1, 2), Set.of(await(stays), await(other), await(last)));
            assertTrue(leaves.isCancelled());
        });
    }

    /** He counts until he has really gone; so do the parties of asyncio. */
    @OnEachCarrier
    void whoIsCancelledInThePassOfTheLastArrivalIsCancelledAndTheOthersGoOn(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var barrier = new AsyncBarrier(3);
            var stays = party(barrier);
            var leaves = party(barrier);
            await(sleep(TICK));
            leaves.cancel();
            assertEquals(2, await(barrier.waitAsync()));
            assertEquals(0, await(stays));
            assertThrows(CancellationException.class, () -> await(leaves));
            assertEquals("AsyncBarrier[filling, 0 of 3 waiting]", barrier.toString());
        });
    }

    @OnEachCarrier
    void whoIsCancelledAfterTheLastArrivalIsCancelled(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var barrier = new AsyncBarrier(2);
            var leaves = party(barrier);
            await(sleep(TICK));
            assertEquals(1, await(barrier.waitAsync()));
            leaves.cancel();
            assertThrows(CancellationException.class, () -> await(leaves));
            assertEquals("AsyncBarrier[filling, 0 of 2 waiting]", barrier.toString());
        });
    }

    @Test
    void whoIsCancelledOutsideIsNotMissed() throws Exception {
        VirtualTime.run(() -> {
            var barrier = new AsyncBarrier(2);
            barrier.waitAsync();
            barrier.waitAsync();
            var leaves = barrier.waitAsync();
            var stays = barrier.waitAsync();
            leaves.cancel();
            assertThrows(CancellationException.class, () -> await(leaves));
            await(sleep(TICK));
            assertEquals(1, barrier.waiting());
            await(barrier.waitAsync());
            assertEquals(0, await(stays));
        });
    }

    @OnEachCarrier
    void aDeadlineDoesNotBreakIt(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var barrier = new AsyncBarrier(2);
            assertThrows(TimeoutException.class, () -> await(waitFor(barrier.waitAsync(), SECOND)));
            assertEquals("AsyncBarrier[filling, 0 of 2 waiting]", barrier.toString());
            var first = party(barrier);
            await(sleep(TICK));
            assertEquals(1, await(barrier.waitAsync()));
            assertEquals(0, await(first));
        });
    }

    /** The last one has come in time, and goes on. */
    @Test
    void aDeadlineInThePassOfTheLastArrivalWins() throws Exception {
        VirtualTime.run(() -> {
            var barrier = new AsyncBarrier(2);
            var loop = EventLoop.current();
            var last = loop.<Integer>createFuture();
            loop.callLater(SECOND, () -> loop.createTask(() -> last.complete(await(barrier.waitAsync()))));
            assertThrows(TimeoutException.class, () -> await(waitFor(barrier.waitAsync(), SECOND)));
            assertEquals(1, await(last));
            assertEquals("AsyncBarrier[filling, 0 of 2 waiting]", barrier.toString());
        });
    }

    @Test
    void anotherThreadMayCancel() throws Exception {
        VirtualTime.run(() -> {
            var barrier = new AsyncBarrier(2);
            var wait = barrier.waitAsync();
            assertTrue(await(toThread(() -> wait.cancel("from outside"))));
            assertThrows(CancellationException.class, () -> await(wait));
            assertEquals(0, barrier.waiting());
        });
    }

    @Test
    void whoIsEndedByHandDoesNotCountAnyMore() throws Exception {
        VirtualTime.run(() -> {
            var barrier = new AsyncBarrier(2);
            var byHand = barrier.waitAsync();
            assertTrue(byHand.complete(7));
            assertEquals(0, barrier.waiting());
            var tooLate = barrier.waitAsync().orTimeout(1, TimeUnit.SECONDS);
            assertThrows(TimeoutException.class, () -> await(tooLate));
            assertEquals(0, barrier.waiting());
            var first = barrier.waitAsync();
            assertEquals(1, await(barrier.waitAsync()));
            assertEquals(0, await(first));
            assertEquals(7, await(byHand));
        });
    }

    @Test
    void whoIsEndedByHandAfterTheLastArrivalDoesNotKeepTheRoundOpen() throws Exception {
        VirtualTime.run(() -> {
            var barrier = new AsyncBarrier(2);
            var byHand = barrier.waitAsync();
            barrier.waitAsync();
            byHand.complete(7);
            await(sleep(TICK));
            assertEquals("AsyncBarrier[filling, 0 of 2 waiting]", barrier.toString());
        });
    }

    // ---- Misuse ----------------------------------------------------------------------------------------------------

    @Test
    void thereIsNoneForNobody() {
        assertEquals(3, new AsyncBarrier(3).parties());
        for (var parties : new int[] {0, -1}) {
            var refused = assertThrows(IllegalArgumentException.class, () -> new AsyncBarrier(parties));
            assertEquals("a barrier needs at least one party, not " + parties, refused.getMessage());
        }
    }

    @Test
    void belongsToTheLoopOfTheFirstWait() throws Exception {
        var barrier = new AsyncBarrier(2);
        VirtualTime.run(() -> {
            barrier.waitAsync().cancel();
            await(sleep(TICK));
        });
        VirtualTime.run(() -> {
            var refused = assertThrows(IllegalStateException.class, barrier::waitAsync);
            assertEquals(
                    "AsyncBarrier[filling, 0 of 2 waiting] is bound to a different event loop: make one for each loop",
                    refused.getMessage());
        });
    }

    @Test
    void isRefusedOutsideOfALoopAndToOtherThreads() throws Exception {
        var barrier = new AsyncBarrier(2);
        var refused = assertThrows(IllegalStateException.class, barrier::waitAsync);
        assertTrue(refused.getMessage().contains("waitAsync() was called outside of an event loop"));
        VirtualTime.run(() -> {
            barrier.waitAsync();
            for (var use : List.<Runnable>of(barrier::waitAsync, barrier::reset, barrier::abort)) {
                var elsewhere = await(toThread(() -> assertThrows(IllegalStateException.class, use::run)));
                assertTrue(elsewhere.getMessage().contains("loop.submit("), elsewhere.getMessage());
            }
            assertEquals(1, barrier.waiting());
            assertFalse(barrier.isBroken());
        });
    }
}
