package examples.stage;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.sync.AsyncLock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Ten payments of one coin into the same account: each reads the balance, waits for the bank, and writes the new balance.
 * While one waits the others run, read the same old balance, and coins get lost. With a lock, one is made at a time.
 *
 * <p>No lock is needed where nothing is waited for between reading and writing: a function of a stage is never interrupted.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Savings.java}
 */
public class Savings {
    int balance;
    final AsyncLock lock = new AsyncLock();

    CompletionStage<Void> pay() {
        var before = balance;
        return sleep(Duration.ofMillis(10)).thenRun(() -> balance = before + 1);
    }

    CompletionStage<Void> payAlone() {
        return lock.withLockAsync(this::pay);
    }

    static CompletionStage<List<Void>> tenTimes(Supplier<CompletionStage<Void>> payment) {
        return gather(Stream.generate(payment).limit(10).toList());
    }

    static CompletionStage<Void> compare() {
        var careless = new Savings();
        var careful = new Savings();
        return tenTimes(careless::pay)
                .thenAccept(paid -> System.out.println("without a lock: " + careless.balance))
                .thenCompose(said -> tenTimes(careful::payAlone))
                .thenAccept(paid -> System.out.println("with a lock: " + careful.balance));
    }

    public static void main(String[] args) throws Exception {
        runStage(Savings::compare);
    }
}
