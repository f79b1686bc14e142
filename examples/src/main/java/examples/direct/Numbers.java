package examples.direct;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.iteration.AsyncIterable;
import java.time.Duration;

/**
 * A range of numbers that come one each 100 ms, as a generator: it gives each number out with {@code yield}, and stands still
 * there until somebody wants the next one. When nobody does any more, it ends where it stands, and its {@code finally} runs.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Numbers.java}
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

    public static void main(String[] args) throws Exception {
        run(() -> {
            for (var number : range(1, 3).each()) {
                System.out.println(number);
            }
            var evenSquares = range(1, 1000)
                    .filter(number -> number % 2 == 0)
                    .map(number -> number * number)
                    .take(3);
            System.out.println(await(evenSquares.toListAsync())); // after 0.6 seconds, not 100
        });
    }
}
