package examples.direct;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.iteration.AsyncIterator;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A counter whose numbers come one each second: an iterator that says in a stage whether there is a next element. A plain
 * {@code for} loop goes through it, and waits where it does. Most iterators are easier to write as generators: see
 * {@code Numbers}.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Countdown.java}
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

    public static void main(String[] args) throws Exception {
        run(() -> {
            for (var seconds : new Countdown(3).each()) {
                System.out.println(seconds);
            }
            System.out.println("lift-off");
        });
    }
}
