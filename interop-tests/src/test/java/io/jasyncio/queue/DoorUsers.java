package io.jasyncio.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Threads that put and get through a door in every way that there is, and that are interrupted, run out of time and change
 * their minds meanwhile. Each knows exactly what it has put or got, since the door says so.
 */
final class DoorUsers {

    /** Who put it, and which of his it is. */
    record Item(int producer, int number) {}

    private final QueueDoor<Item> door;

    DoorUsers(QueueDoor<Item> door) {
        this.door = door;
    }

    /** Puts an item in one of the ways. Returns whether it was put. */
    boolean put(Item item, Random chance) {
        try {
            switch (chance.nextInt(5)) {
                case 0 -> door.put(item);
                case 1 -> {
                    return door.offer(item);
                }
                case 2 -> {
                    return door.offer(item, someTime(chance));
                }
                case 3 -> original(door.putAsync(item));
                default -> {
                    return endOf(door.putAsync(item), chance);
                }
            }
            return true;
        } catch (InterruptedException notPut) {
            return false;
        } finally {
            // It may stand, or have come when all was over.
            Thread.interrupted();
        }
    }

    /** Gets items in one of the ways: one or none. */
    List<Item> get(Random chance) {
        var got = new ArrayList<Item>();
        try {
            switch (chance.nextInt(5)) {
                case 0 -> got.add(door.get());
                case 1 -> door.poll().ifPresent(got::add);
                case 2 -> door.poll(someTime(chance)).ifPresent(got::add);
                case 3 -> got.add(original(door.getAsync()));
                default -> {
                    var future = door.getAsync();
                    if (endOf(future, chance)) {
                        got.add(future.join());
                    }
                }
            }
        } catch (InterruptedException notGot) {
            return List.of();
        } finally {
            Thread.interrupted();
        }
        return got;
    }

    private static Duration someTime(Random chance) {
        return Duration.ofNanos(chance.nextInt(4) * 30_000L);
    }

    /** Waits for the answer, perhaps after a request to let it be. Returns whether it was granted. */
    private static boolean endOf(CompletableFuture<?> future, Random chance) {
        if (chance.nextBoolean()) {
            future.cancel(true);
        }
        try {
            original(future);
            return true;
        } catch (CancellationException letBe) {
            return false;
        }
    }

    private static <T> T original(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException original ? original : failed;
        }
    }
}
