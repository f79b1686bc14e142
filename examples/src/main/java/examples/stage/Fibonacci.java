package examples.stage;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.LoopFuture;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Work that keeps a processor busy would stop the loop; in a thread pool it does not. Here the loop ticks every
 * millisecond while the pool computes. How many ticks that makes depends on the machine.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Fibonacci.java}
 */
public class Fibonacci {
    /** The slow way, on purpose. */
    static BigInteger fib(int n) {
        return n < 2 ? BigInteger.valueOf(n) : fib(n - 1).add(fib(n - 2));
    }

    static CompletionStage<Integer> tickUntilDone(LoopFuture<?> work, int ticks) {
        return work.isDone()
                ? CompletableFuture.completedStage(ticks)
                : sleep(Duration.ofMillis(1)).thenCompose(slept -> tickUntilDone(work, ticks + 1));
    }

    static CompletionStage<Void> compute() {
        var work = gather(
                toThread(() -> fib(27)), toThread(() -> fib(28)), toThread(() -> fib(29)), toThread(() -> fib(30)));
        return tickUntilDone(work, 0).thenAcceptBoth(work, (ticks, numbers) -> {
            System.out.println(numbers);
            System.out.println("ticks meanwhile: " + ticks);
        });
    }

    public static void main(String[] args) throws Exception {
        runStage(Fibonacci::compute);
    }
}
