package examples.direct;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.sync.AsyncBarrier;
import java.time.Duration;
import java.util.List;

/**
 * Three hikers walk from hut to hut, each at their own pace, and wait for each other at each: a barrier for three lets
 * nobody go on before all have come. The last to come does not wait, and knows it by the index.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Hike.java}
 */
public class Hike {
    static void walk(String hiker, List<Integer> millis, AsyncBarrier friends) throws Exception {
        for (var hut = 1; hut <= millis.size(); hut++) {
            await(sleep(Duration.ofMillis(millis.get(hut - 1))));
            System.out.println(hiker + " is at hut " + hut);
            var index = await(friends.waitAsync());
            if (index == friends.parties() - 1) {
                System.out.println("all are there");
            }
        }
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            var friends = new AsyncBarrier(3);
            try (var hikers = taskGroup()) {
                hikers.createTask(() -> walk("Anna", List.of(200, 500, 300), friends));
                hikers.createTask(() -> walk("Ben", List.of(300, 400, 200), friends));
                hikers.createTask(() -> walk("Cleo", List.of(100, 300, 400), friends));
            }
        });
    }
}
