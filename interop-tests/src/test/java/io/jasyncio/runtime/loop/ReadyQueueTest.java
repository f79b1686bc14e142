package io.jasyncio.runtime.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The ring of what shall run: first in, first out, through every growth and wrap. */
class ReadyQueueTest {

    private record Item(int number) implements Runnable {
        @Override
        public void run() {}
    }

    private final ReadyQueue queue = new ReadyQueue();

    /** Against a plain deque, with a mixture that drifts between empty and some hundreds. */
    @Test
    void keepsTheOrder() {
        keepsTheOrderOf(100_000);
    }

    /** The positions count every item that ever was, and go over the edge of their type. */
    @Test
    void keepsTheOrderWhenThePositionsOverflow() throws ReflectiveOperationException {
        setPositions(Integer.MAX_VALUE - 20);
        keepsTheOrderOf(200);
    }

    /** Grows just then. */
    @Test
    void growsWhenThePositionsOverflow() throws ReflectiveOperationException {
        for (var distance = 1; distance < 70; distance++) {
            queue.clear();
            setPositions(Integer.MAX_VALUE - distance);
            for (var number = 0; number < 1000; number++) {
                queue.add(new Item(number));
            }
            for (var number = 0; number < 1000; number++) {
                assertEquals(new Item(number), queue.next());
            }
        }
    }

    private void setPositions(int position) throws ReflectiveOperationException {
        for (var name : new String[] {"head", "tail"}) {
            var field = ReadyQueue.class.getDeclaredField(name);
            field.setAccessible(true);
            field.setInt(queue, position);
        }
    }

    private void keepsTheOrderOf(int operations) {
        var expected = new ArrayDeque<Item>();
        var random = new Random(1);
        for (var i = 0; i < operations; i++) {
            assertEquals(expected.size(), queue.getSize());
            assertSame(expected.peekFirst(), queue.peek());
            var adds = expected.isEmpty() || random.nextInt(1000) < 505;
            if (adds) {
                var item = new Item(i);
                expected.add(item);
                queue.add(item);
            } else {
                var item = expected.remove();
                assertSame(item, queue.next());
                assertSame(item, queue.getRunning());
            }
        }
    }

    @Test
    void holdsNothingThatHasRun() throws ReflectiveOperationException {
        for (var number = 0; number < 100; number++) {
            queue.add(new Item(number));
        }
        while (!queue.isEmpty()) {
            queue.next();
        }
        queue.endRunning();
        assertNull(queue.getRunning());
        var items = ReadyQueue.class.getDeclaredField("items");
        items.setAccessible(true);
        for (var item : (Runnable[]) items.get(queue)) {
            assertNull(item);
        }
    }

    @Test
    void clearForgetsEverything() {
        queue.add(new Item(1));
        queue.next();
        queue.add(new Item(2));
        queue.clear();
        assertTrue(queue.isEmpty());
        assertNull(queue.peek());
        assertNull(queue.getRunning());
    }
}
