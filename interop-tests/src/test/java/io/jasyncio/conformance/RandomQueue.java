package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.queue.AsyncLifoQueue;
import io.jasyncio.queue.AsyncPriorityQueue;
import io.jasyncio.queue.AsyncQueue;

/** The letters of the random programs with a queue, in direct style. */
final class RandomQueue implements RandomThing {

    final AsyncQueue<Integer> queue;
    private final Trace trace;

    /** A queue by its kind and its bound, as {@code F2}. */
    RandomQueue(String head, Trace trace) {
        var bound = Integer.parseInt(head.substring(1));
        this.queue = switch (head.charAt(0)) {
            case 'F' -> new AsyncQueue<>(bound);
            case 'P' -> new AsyncPriorityQueue<>(bound);
            default -> new AsyncLifoQueue<>(bound);
        };
        this.trace = trace;
    }

    @Override
    public Object task(char letter, int number, int task) throws Exception {
        return switch (letter) {
            case 'G' -> await(queue.getAsync());
            case 'P' -> put(number, "put");
            case 'J' -> join();
            case 'T' -> two();
            case 'E' -> echo(number);
            default -> items();
        };
    }

    private String put(int item, String done) throws Exception {
        await(queue.putAsync(item));
        return done;
    }

    private String join() throws Exception {
        await(queue.joinAsync());
        return "joined";
    }

    private int two() throws Exception {
        trace.add("first", await(queue.getAsync()));
        return await(queue.getAsync());
    }

    private String echo(int passes) throws Exception {
        int item = await(queue.getAsync());
        RandomThing.passes(passes);
        return put(item, item + " back");
    }

    private String items() throws Exception {
        for (var item : queue.each()) {
            trace.add("item", item);
            RandomThing.passes(1);
        }
        return "over";
    }

    @Override
    public void now(char letter, int number) {
        switch (letter) {
            case 'n' -> queue.putNowait(number);
            case 't' -> trace.add("took", queue.getNowait());
            case 'd' -> queue.taskDone();
            case 's' -> queue.shutdown();
            default -> queue.shutdown(true);
        }
    }

    @Override
    public String state() {
        return queue.size() + " " + queue.unfinished();
    }
}
