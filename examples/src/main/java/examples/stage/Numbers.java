package examples.stage;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.iteration.AsyncIterable;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A range of numbers that come one each 100 ms, as a generator: it gives each number out with {@code yield}, and stands still
 * there until somebody wants the next one. When nobody does any more, it ends where it stands, and its {@code finally} runs.
 *
 * <p>The body of a generator is always in direct style, since only there can code stand still in its middle. What goes
 * through the numbers is in stage style here.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Numbers.java}
 */
public class Numbers {
    static AsyncIterable<Integer> range(int from, int to) {
        return AsyncIterable.generate(out -> {
            try {
                for (var number = from; number <= to; number++) {
                    await(sleep(Duration.ofMillis(100)));
                    out.yield(number);
                }
            } finally {
                System.out.println("no more numbers");
            }
        });
    }

    static CompletionStage<Void> print() {
        var evenSquares = range(1, 1000)
                .filter(number -> number % 2 == 0)
                .map(number -> number * number)
                .take(3);
        return range(1, 3)
                .forEachAsync(System.out::println)
                .thenCompose(printed -> evenSquares.toListAsync())
                .thenAccept(System.out::println); // after 0.6 seconds, not 100
    }

    public static void main(String[] args) throws Exception {
        runStage(Numbers::print);
    }
}
