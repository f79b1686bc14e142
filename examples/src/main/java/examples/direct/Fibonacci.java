package examples.direct;

import static io.jasyncio.Asyncio.*;

import java.math.BigInteger;
import java.time.Duration;

/**
 * Work that keeps a processor busy would stop the loop; in a thread pool it does not. Here the loop ticks every
 * millisecond while the pool computes. How many ticks that makes depends on the machine.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Fibonacci.java}
 */
public class Fibonacci {
    /** The slow way, on purpose. */
    static BigInteger fib(int n) {
        return n < 2 ? BigInteger.valueOf(n) : fib(n - 1).add(fib(n - 2));
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            var work = gather(
                    toThread(() -> fib(27)), toThread(() -> fib(28)), toThread(() -> fib(29)), toThread(() -> fib(30)));
            var ticks = 0;
            while (!work.isDone()) {
                await(sleep(Duration.ofMillis(1)));
                ticks++;
            }
            System.out.println(await(work));
            System.out.println("ticks meanwhile: " + ticks);
        });
    }
}
