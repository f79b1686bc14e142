package examples.direct;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.CoroutineAction;
import io.jasyncio.sync.AsyncLock;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Ten tasks pay one coin each into the same account: they read the balance, wait for the bank, and write the new balance.
 * While one waits the others run, read the same old balance, and coins get lost. With a lock, one pays at a time.
 *
 * <p>No lock is needed where nothing is awaited between reading and writing: a task is interrupted nowhere else.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Savings.java}
 */
public class Savings {
    int balance;
    final AsyncLock lock = new AsyncLock();

    void pay() throws Exception {
        var before = balance;
        await(sleep(Duration.ofMillis(10)));
        balance = before + 1;
    }

    void payAlone() throws Exception {
        try (var held = await(lock.holdAsync())) {
            pay();
        }
    }

    static void tenTimes(CoroutineAction payment) throws Exception {
        await(gather(Stream.generate(() -> createTask(payment)).limit(10).toList()));
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            var careless = new Savings();
            tenTimes(careless::pay);
            System.out.println("without a lock: " + careless.balance);

            var careful = new Savings();
            tenTimes(careful::payAlone);
            System.out.println("with a lock: " + careful.balance);
        });
    }
}
