package examples.stage;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.iteration.AsyncIterable;
import io.jasyncio.iteration.AsyncIterator;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A counter whose numbers come one each second: an iterator that says in a stage whether there is a next element, and a
 * sequence that makes a new one for each who goes through it.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Countdown.java}
 */
public class Countdown implements AsyncIterator<Integer> {
    private int left;
    private boolean ready;

    Countdown(int from) {
        left = from;
    }

    @Override
    public CompletionStage<Boolean> hasNextAsync() {
        if (ready || left == 0) {
            return CompletableFuture.completedFuture(ready);
        }
        return sleep(Duration.ofSeconds(1)).thenApply(slept -> ready = true);
    }

    @Override
    public Integer next() {
        if (!ready) {
            throw new NoSuchElementException();
        }
        ready = false;
        return left--;
    }

    static AsyncIterable<Integer> countdown(int from) {
        return () -> new Countdown(from);
    }

    public static void main(String[] args) throws Exception {
        runStage(() -> countdown(3).forEachAsync(System.out::println).thenRun(() -> System.out.println("lift-off")));
    }
}
