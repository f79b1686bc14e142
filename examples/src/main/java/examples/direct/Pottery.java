package examples.direct;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.sync.AsyncCondition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Two potters fill a shelf with room for three pots, and two buyers empty it. A potter waits until there is room, a buyer
 * until there is a pot; whoever has changed something signals it to those who wait. That is how a bounded queue works inside:
 * use {@code AsyncQueue} for this, and a condition where what you wait for is more than that.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Pottery.java}
 */
public class Pottery {
    final Deque<String> shelf = new ArrayDeque<>();
    final AsyncCondition changed = new AsyncCondition();

    void make(String potter, int pots, int millis) throws Exception {
        for (var number = 1; number <= pots; number++) {
            await(sleep(Duration.ofMillis(millis)));
            try (var held = await(changed.holdAsync())) {
                await(changed.waitForAsync(() -> shelf.size() < 3));
                shelf.add(potter + "'s pot " + number);
                System.out.println("shelf: " + shelf);
                changed.signalAll();
            }
        }
    }

    void buy(String buyer, int pots, int millis) throws Exception {
        for (var number = 1; number <= pots; number++) {
            await(sleep(Duration.ofMillis(millis)));
            try (var held = await(changed.holdAsync())) {
                await(changed.waitForAsync(() -> !shelf.isEmpty()));
                System.out.println(buyer + " buys " + shelf.remove());
                changed.signalAll();
            }
        }
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            var pottery = new Pottery();
            try (var people = taskGroup()) {
                people.createTask(() -> pottery.make("Ida", 3, 100));
                people.createTask(() -> pottery.make("Jon", 3, 170));
                people.createTask(() -> pottery.buy("Kim", 2, 50));
                people.createTask(() -> pottery.buy("Lou", 4, 600));
            }
        });
    }
}
