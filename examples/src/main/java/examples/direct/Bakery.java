package examples.direct;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.queue.AsyncQueue;
import java.time.Duration;

/**
 * Three bakers, and two sellers who are slower. Ten rolls fit on the counter between them: when it is full the bakers wait.
 * Sellers never end by themselves. When all rolls are baked and sold they are cancelled, at the place where they wait for
 * the next one, and go home.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Bakery.java}
 */
public class Bakery {
    static void bake(String baker, int millis, AsyncQueue<String> counter) throws Exception {
        for (var roll = 1; roll <= 10; roll++) {
            await(sleep(Duration.ofMillis(millis)));
            await(counter.putAsync(baker + "'s roll"));
        }
        System.out.println(baker + " has baked all rolls; on the counter: " + counter.size());
    }

    static void sell(String seller, int millis, AsyncQueue<String> counter) throws Exception {
        var sold = 0;
        try {
            while (true) {
                await(counter.getAsync());
                await(sleep(Duration.ofMillis(millis)));
                sold++;
                counter.taskDone();
            }
        } finally {
            System.out.println(seller + " goes home, " + sold + " rolls sold");
        }
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            var counter = new AsyncQueue<String>(10);
            var rosa = createTask(() -> sell("Rosa", 200, counter));
            var sam = createTask(() -> sell("Sam", 330, counter));
            await(gather(
                    createTask(() -> bake("Ada", 60, counter)),
                    createTask(() -> bake("Ben", 85, counter)),
                    createTask(() -> bake("Cleo", 110, counter))));
            await(counter.joinAsync());
            System.out.println("all sold");
            rosa.cancel();
            sam.cancel();
            await(gatherOutcomes(rosa, sam));
            System.out.println("closed");
        });
    }
}
