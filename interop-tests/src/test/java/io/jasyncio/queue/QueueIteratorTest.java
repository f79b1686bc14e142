package io.jasyncio.queue;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The items of a queue one after another, until it is shut down and empty. */
@ExtendWith(AsyncioExtension.class)
class QueueIteratorTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AsyncQueue<Integer> queue = new AsyncQueue<>();

    private void fill(Integer... items) {
        Stream.of(items).forEach(queue::putNowait);
    }

    // ---- A loop over the queue -------------------------------------------------------------------------------------

    @OnEachCarrier
    void aLoopWaitsForItemsAndEndsAtTheShutdown(Carrier carrier) throws Exception {
        var got = new ArrayList<Integer>();
        VirtualTime.run(carrier, () -> {
            var consumer = createTask(() -> {
                for (var item : queue.each()) {
                    got.add(item);
                }
            });
            for (var item = 1; item <= 3; item++) {
                await(sleep(SECOND));
                queue.putNowait(item);
            }
            await(sleep(SECOND));
            assertEquals(List.of(1, 2, 3), got);
            assertFalse(consumer.isDone());
            queue.shutdown();
            await(consumer);
        });
    }

    @OnEachCarrier
    void whatIsThereAtTheShutdownIsGotFirst(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            fill(1, 2, 3);
            queue.shutdown();
            var got = new ArrayList<Integer>();
            for (var item : queue.each()) {
                got.add(item);
            }
            assertEquals(List.of(1, 2, 3), got);
        });
    }

    @OnEachCarrier
    void severalLoopsShareTheItems(Carrier carrier) throws Exception {
        var got = new ArrayList<Integer>();
        VirtualTime.run(carrier, () -> {
            var consumers = new ArrayList<Task<?>>();
            for (var i = 0; i < 3; i++) {
                consumers.add(createTask(() -> {
                    for (var item : queue.each()) {
                        got.add(item);
                        await(sleep(SECOND));
                    }
                }));
            }
            await(sleep(TICK));
            for (var item = 0; item < 30; item++) {
                await(queue.putAsync(item));
            }
            queue.shutdown();
            for (var consumer : consumers) {
                await(consumer);
            }
            assertEquals(30, got.stream().distinct().count());
            assertEquals(Duration.ofSeconds(10), VirtualTime.elapsed());
        });
    }

    @OnEachCarrier
    void aLoopThatIsLeftTakesNoMore(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            fill(1, 2, 3);
            for (var item : queue.each()) {
                if (item == 2) {
                    break;
                }
            }
            assertEquals(3, queue.getNowait());
        });
    }

    @OnEachCarrier
    void aLoopThatIsCancelledTakesNothingAlong(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var consumer = createTask(() -> {
                for (var item : queue.each()) {
                    assertEquals(1, item);
                }
            });
            await(sleep(TICK));
            queue.putNowait(1);
            await(sleep(TICK));
            queue.putNowait(2);
            consumer.cancel();
            assertThrows(CancellationException.class, () -> await(consumer));
            assertEquals(2, queue.getNowait());
        });
    }

    @Test
    void stagesSeeTheSame() throws Exception {
        VirtualTime.run(() -> {
            var all = queue.toListAsync();
            await(sleep(TICK));
            fill(1, 2);
            await(sleep(SECOND));
            fill(3);
            queue.shutdown();
            assertEquals(List.of(1, 2, 3), await(all));
        });
    }

    @Test
    void whoIteratesSaysHimselfWhatIsDone() throws Exception {
        VirtualTime.run(() -> {
            fill(1, 2);
            queue.shutdown();
            await(queue.toListAsync());
            assertEquals(2, queue.unfinished());
        });
    }

    // ---- Step by step ----------------------------------------------------------------------------------------------

    @Test
    void askingTwiceTakesOneItem() throws Exception {
        VirtualTime.run(() -> {
            fill(1, 2);
            var items = queue.asyncIterator();
            assertTrue(await(items.hasNextAsync()));
            assertTrue(await(items.hasNextAsync()));
            assertEquals(1, queue.size());
            assertEquals(1, items.next());
            assertTrue(await(items.hasNextAsync()));
            assertEquals(2, items.next());
        });
    }

    /** One item comes, and then another one: the first must not be covered by the second. */
    @Test
    void askingTwiceBeforeTheAnswerTakesOneItem() throws Exception {
        VirtualTime.run(() -> {
            var items = queue.asyncIterator();
            var one = items.hasNextAsync();
            var other = items.hasNextAsync();
            fill(1, 2);
            assertTrue(await(one));
            assertTrue(await(other));
            assertEquals(1, items.next());
            assertEquals(2, queue.getNowait());
        });
    }

    @Test
    void nextWithoutAQuestionIsRefused() throws Exception {
        VirtualTime.run(() -> {
            fill(1);
            var items = queue.asyncIterator();
            var refused = assertThrows(NoSuchElementException.class, items::next);
            assertEquals("there is no next item: ask hasNextAsync() first", refused.getMessage());
            assertTrue(await(items.hasNextAsync()));
            assertEquals(1, items.next());
            assertThrows(NoSuchElementException.class, items::next);
        });
    }

    @Test
    void theEndIsTheEndForGood() throws Exception {
        VirtualTime.run(() -> {
            var items = queue.asyncIterator();
            var asked = items.hasNextAsync();
            queue.shutdown();
            assertFalse(await(asked));
            assertFalse(await(items.hasNextAsync()));
            assertThrows(NoSuchElementException.class, items::next);
        });
    }

    @Test
    void nullIsAnItemLikeAnyOther() throws Exception {
        VirtualTime.run(() -> {
            fill((Integer) null);
            var items = queue.asyncIterator();
            assertTrue(await(items.hasNextAsync()));
            assertNull(items.next());
            var asked = items.hasNextAsync();
            fill((Integer) null);
            assertTrue(await(asked));
            assertNull(items.next());
        });
    }

    @Test
    void anItemThatIsStolenIsWaitedForAgain() throws Exception {
        VirtualTime.run(() -> {
            var items = queue.asyncIterator();
            var asked = (LoopFuture<Boolean>) items.hasNextAsync();
            queue.putNowait(1);
            assertEquals(1, queue.getNowait());
            await(sleep(SECOND));
            assertFalse(asked.isDone());
            queue.putNowait(2);
            assertTrue(await(asked));
            assertEquals(2, items.next());
        });
    }

    // ---- Cancellation, and closing ---------------------------------------------------------------------------------

    @Test
    void aQuestionThatIsCancelledInTheLineTakesNothing() throws Exception {
        VirtualTime.run(() -> {
            var items = queue.asyncIterator();
            var asked = (LoopFuture<Boolean>) items.hasNextAsync();
            asked.cancel();
            fill(1);
            await(sleep(TICK));
            assertEquals(1, queue.size());
            assertTrue(await(items.hasNextAsync()));
            assertEquals(1, items.next());
        });
    }

    @Test
    void aQuestionThatIsCancelledAfterTheWakeUpTakesNothing() throws Exception {
        VirtualTime.run(() -> {
            var asked = (LoopFuture<Boolean>) queue.asyncIterator().hasNextAsync();
            var next = queue.getAsync();
            fill(1);
            asked.cancel();
            assertEquals(1, await(next));
            assertTrue(asked.isCancelled());
        });
    }

    @OnEachCarrier
    void aDeadlineMayBeSetToEachItem(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var items = queue.asyncIterator();
            assertThrows(TimeoutException.class, () -> await(waitFor(items.hasNextAsync(), SECOND)));
            fill(1);
            assertTrue(await(waitFor(items.hasNextAsync(), SECOND)));
            assertEquals(1, items.next());
        });
    }

    @Test
    void whatWasFoundAndNotTakenGoesBackToTheHead() throws Exception {
        VirtualTime.run(() -> {
            fill(1, 2);
            var items = queue.asyncIterator();
            assertTrue(await(items.hasNextAsync()));
            await(items.closeAsync());
            await(items.closeAsync());
            assertEquals(1, queue.getNowait());
            assertEquals(2, queue.getNowait());
        });
    }

    @Test
    void whatGoesBackWakesWhoeverWaits() throws Exception {
        VirtualTime.run(() -> {
            fill(1);
            var items = queue.asyncIterator();
            assertTrue(await(items.hasNextAsync()));
            var getter = queue.getAsync();
            await(items.closeAsync());
            assertEquals(1, await(getter));
        });
    }

    @Test
    void closingWithdrawsAnOpenQuestion() throws Exception {
        VirtualTime.run(() -> {
            var items = queue.asyncIterator();
            var asked = items.hasNextAsync();
            await(items.closeAsync());
            fill(1);
            assertThrows(CancellationException.class, () -> await(asked));
            assertEquals(1, queue.getNowait());
        });
    }

    @Test
    void closingIsTheEndOfTheIteratorButNotOfTheQueue() throws Exception {
        VirtualTime.run(() -> {
            fill(1, 2);
            var items = queue.asyncIterator();
            assertTrue(await(items.hasNextAsync()));
            await(items.closeAsync());
            assertFalse(await(items.hasNextAsync()));
            assertEquals(2, queue.size());
            assertFalse(queue.isShutdown());
        });
    }

    // ---- Where it may be used --------------------------------------------------------------------------------------

    @Test
    void isRefusedOutsideOfALoop() {
        var items = queue.asyncIterator();
        var refused = assertThrows(IllegalStateException.class, items::hasNextAsync);
        assertTrue(refused.getMessage().contains("hasNextAsync() was called outside of an event loop"));
        fill(1);
        assertThrows(IllegalStateException.class, items::hasNextAsync);
        assertEquals(1, queue.size());
    }
}
