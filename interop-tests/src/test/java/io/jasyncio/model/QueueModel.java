package io.jasyncio.model;

import io.jasyncio.queue.AsyncLifoQueue;
import io.jasyncio.queue.AsyncPriorityQueue;
import io.jasyncio.queue.AsyncQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What a queue must be like: the list of its items in the order in which they will come out. It is compared with the real one
 * after every event, so an item that is lost, doubled or out of order is seen at once.
 */
final class QueueModel {

    /** An item with the priority that it has in a priority queue; every item is another one. */
    record Item(int priority, int number) {}

    private enum Kind {
        FIFO,
        LIFO,
        PRIORITY
    }

    private final World world;
    private final Kind kind;
    private final int bound;
    private final List<Item> items = new ArrayList<>();
    private int unfinished;
    private int timesAtZero;
    private boolean shutDown;
    private int lastNumber;

    QueueModel(World world, Random chance) {
        this.world = world;
        kind = Kind.values()[chance.nextInt(3)];
        bound = chance.nextInt(4);
    }

    AsyncQueue<Item> newQueue() {
        return switch (kind) {
            case FIFO -> new AsyncQueue<>(bound);
            case LIFO -> new AsyncLifoQueue<>(bound);
            case PRIORITY -> new AsyncPriorityQueue<>(bound, Comparator.comparingInt(Item::priority));
        };
    }

    Item newItem(Random chance) {
        return new Item(chance.nextInt(3), ++lastNumber);
    }

    // ---- State -----------------------------------------------------------------------------------------------------

    boolean isEmpty() {
        return items.isEmpty();
    }

    boolean isFull() {
        return bound > 0 && items.size() >= bound;
    }

    boolean isShutDown() {
        return shutDown;
    }

    /** Whether there will never be an item again. */
    boolean isOver() {
        return shutDown && items.isEmpty();
    }

    int unfinished() {
        return unfinished;
    }

    /** How often the last item was dealt with. */
    int timesAtZero() {
        return timesAtZero;
    }

    // ---- Events ----------------------------------------------------------------------------------------------------

    void put(Item item) {
        world.require(!shutDown, item + " was put into a queue that was shut down");
        world.require(!isFull(), item + " was put where there was no room");
        items.add(placeOf(item), item);
        unfinished++;
    }

    /** Where it stands in the order of coming out; behind its equals in a priority queue. */
    private int placeOf(Item item) {
        return switch (kind) {
            case FIFO -> items.size();
            case LIFO -> 0;
            case PRIORITY ->
                (int) items.stream()
                        .filter(other -> other.priority() <= item.priority())
                        .count();
        };
    }

    void taken(Item item) {
        world.require(!items.isEmpty(), item + " came out of an empty queue");
        world.require(items.get(0).equals(item), item + " came out, and not the next one");
        items.remove(0);
    }

    void done() {
        done(1);
    }

    private void done(int count) {
        if (count > 0) {
            unfinished -= count;
            timesAtZero += unfinished == 0 ? 1 : 0;
        }
    }

    void shutDown(boolean immediate) {
        shutDown = true;
        if (immediate) {
            var dropped = items.size();
            items.clear();
            done(dropped);
        }
    }

    // ---- Checks ----------------------------------------------------------------------------------------------------

    void compareWith(AsyncQueue<Item> queue) {
        world.require(queue.size() == items.size(), "the queue holds " + queue.size());
        world.require(bound == 0 || queue.size() <= bound, "the bound is exceeded");
        world.require(queue.isFull() == isFull() && queue.isEmpty() == isEmpty(), "full or empty is wrong");
        world.require(queue.unfinished() == unfinished, "unfinished is " + queue.unfinished());
        world.require(queue.isShutdown() == shutDown, "shut down is " + queue.isShutdown());
    }

    @Override
    public String toString() {
        return kind + " queue of " + bound + (shutDown ? ", shut down" : "") + ", " + items + ", " + unfinished
                + " to do";
    }
}
