package io.jasyncio.queue;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The least item first, and among equals the one that came first (S95). */
@ExtendWith(AsyncioExtension.class)
class PriorityQueueTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** A job that is compared by its priority alone. */
    private record Job(int priority, String name) {}

    private static <T> List<T> drain(AsyncQueue<T> queue) {
        var items = new ArrayList<T>();
        while (!queue.isEmpty()) {
            items.add(queue.getNowait());
        }
        return items;
    }

    // ---- Order -----------------------------------------------------------------------------------------------------

    @Test
    void theLeastComesFirst() {
        var queue = new AsyncPriorityQueue<Integer>();
        var items = new ArrayList<>(IntStream.range(0, 1_000).boxed().toList());
        Collections.shuffle(items, new Random(7));
        items.forEach(queue::putNowait);
        assertEquals(IntStream.range(0, 1_000).boxed().toList(), drain(queue));
    }

    @Test
    void orAsTheComparatorSays() {
        var queue = new AsyncPriorityQueue<String>(
                Comparator.comparing(String::length).reversed());
        List.of("a", "ccc", "bb").forEach(queue::putNowait);
        assertEquals(List.of("ccc", "bb", "a"), drain(queue));
    }

    @Test
    void amongEqualsTheFirstOneComesFirst() {
        var queue = new AsyncPriorityQueue<Job>(Comparator.comparing(Job::priority));
        var expected = new ArrayList<Job>();
        for (var i = 0; i < 100; i++) {
            expected.add(new Job(i % 3, "job " + i));
        }
        expected.forEach(queue::putNowait);
        expected.sort(Comparator.comparing(Job::priority));
        assertEquals(expected, drain(queue));
    }

    @OnEachCarrier
    void aGetterGetsTheLeastThatIsThereAtHisTurn(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var queue = new AsyncPriorityQueue<Integer>();
            var first = createTask(() -> await(queue.getAsync()));
            var second = createTask(() -> await(queue.getAsync()));
            await(sleep(TICK));
            queue.putNowait(5);
            queue.putNowait(3);
            queue.putNowait(4);
            assertEquals(3, await(first));
            assertEquals(4, await(second));
        });
    }

    @OnEachCarrier
    void aBoundedOneHoldsUpEvenTheLeast(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var queue = new AsyncPriorityQueue<Integer>(2);
            queue.putNowait(5);
            queue.putNowait(7);
            assertThrows(QueueFullException.class, () -> queue.putNowait(0));
            var least = createTask(() -> await(queue.putAsync(1)));
            await(sleep(TICK));
            assertEquals(5, await(queue.getAsync()));
            await(least);
            assertEquals(List.of(1, 7), drain(queue));
        });
    }

    /** It is the next one of its equals again. */
    @Test
    void whatIsGivenBackComesBeforeItsEquals() throws Exception {
        var queue = new AsyncPriorityQueue<Job>(Comparator.comparing(Job::priority));
        VirtualTime.run(() -> {
            var wait = queue.getAsync();
            var one = createTask(() -> await(wait));
            var other = createTask(() -> await(wait));
            await(sleep(TICK));
            List.of(new Job(1, "first"), new Job(1, "second"), new Job(0, "urgent"), new Job(0, "later"))
                    .forEach(queue::putNowait);
            EventLoop.current().callSoon(() -> {
                one.cancel();
                other.cancel();
            });
            await(sleep(SECOND));
            assertTrue(other.isCancelled());
            assertEquals(
                    List.of("urgent", "later", "first", "second"),
                    drain(queue).stream().map(Job::name).toList());
        });
    }

    // ---- What cannot be compared -----------------------------------------------------------------------------------

    @Test
    void whatIsNotComparableIsRefusedEvenAsTheOnlyItem() {
        var queue = new AsyncPriorityQueue<Object>();
        assertThrows(ClassCastException.class, () -> queue.putNowait(new Object()));
        assertTrue(queue.isEmpty());
        assertEquals(0, queue.unfinished());
    }

    @Test
    void whatCannotBeComparedWithTheOthersIsRefusedAndTheyStay() {
        var queue = new AsyncPriorityQueue<Object>();
        List.of(4, 2, 3, 1).forEach(queue::putNowait);
        assertThrows(ClassCastException.class, () -> queue.putNowait("five"));
        assertEquals(4, queue.unfinished());
        assertEquals(List.of(1, 2, 3, 4), drain(queue));
    }

    @Test
    void nullIsRefusedUnlessTheComparatorKnowsIt() {
        var natural = new AsyncPriorityQueue<Integer>();
        assertThrows(NullPointerException.class, () -> natural.putNowait(null));
        assertEquals(0, natural.unfinished());
        var nullsFirst = new AsyncPriorityQueue<Integer>(Comparator.nullsFirst(Comparator.naturalOrder()));
        nullsFirst.putNowait(1);
        nullsFirst.putNowait(null);
        assertEquals(Collections.singletonList(null), drain(nullsFirst).subList(0, 1));
    }

    @Test
    void thereIsNoneWithoutAnOrder() {
        assertThrows(NullPointerException.class, () -> new AsyncPriorityQueue<Integer>((Comparator<Integer>) null));
    }

    @OnEachCarrier
    void aComparatorThatThrowsFailsThePutAlone(Carrier carrier) throws Exception {
        var problem = new IllegalArgumentException("cannot tell");
        var queue = new AsyncPriorityQueue<Integer>((left, right) -> {
            if (left == 13 || right == 13) {
                throw problem;
            }
            return Integer.compare(left, right);
        });
        VirtualTime.run(carrier, () -> {
            for (var item : new int[] {5, 4, 3, 2, 1}) {
                await(queue.putAsync(item));
            }
            assertSame(problem, assertThrows(IllegalArgumentException.class, () -> await(queue.putAsync(13))));
            assertEquals(5, queue.unfinished());
            assertEquals(List.of(1, 2, 3, 4, 5), drain(queue));
        });
    }

    /** The room that the refused item does not need is for the next one. */
    @OnEachCarrier
    void aPutterWhoIsRefusedAtHisTurnLetsTheNextOneIn(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var queue = new AsyncPriorityQueue<Object>(1);
            queue.putNowait(1);
            var refused = createTask(() -> await(queue.putAsync(new Object())));
            var next = createTask(() -> await(queue.putAsync(2)));
            await(sleep(TICK));
            assertEquals(1, queue.getNowait());
            assertThrows(ClassCastException.class, () -> await(refused));
            await(next);
            assertEquals(2, queue.getNowait());
        });
    }

    @Test
    void aPutThatIsRefusedWakesNobody() throws Exception {
        VirtualTime.run(() -> {
            var queue = new AsyncPriorityQueue<Object>();
            var getter = queue.getAsync();
            assertThrows(ClassCastException.class, () -> queue.putNowait(new Object()));
            await(sleep(SECOND));
            assertFalse(getter.isDone());
            queue.putNowait(1);
            assertEquals(1, await(getter));
        });
    }
}
