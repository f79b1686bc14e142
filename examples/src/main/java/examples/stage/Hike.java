package examples.stage;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.sync.AsyncBarrier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Three hikers walk from hut to hut, each at their own pace, and wait for each other at each: a barrier for three lets
 * nobody go on before all have come. The last to come does not wait, and knows it by the index.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Hike.java}
 */
public class Hike {
    static CompletionStage<Void> walk(String hiker, int hut, List<Integer> millis, AsyncBarrier friends) {
        if (hut > millis.size()) {
            return CompletableFuture.completedFuture(null);
        }
        return sleep(Duration.ofMillis(millis.get(hut - 1)))
                .thenCompose(arrived -> {
                    System.out.println(hiker + " is at hut " + hut);
                    return friends.waitAsync();
                })
                .thenCompose(index -> {
                    if (index == friends.parties() - 1) {
                        System.out.println("all are there");
                    }
                    return walk(hiker, hut + 1, millis, friends);
                });
    }

    static CompletionStage<?> hike() {
        var friends = new AsyncBarrier(3);
        return gather(
                walk("Anna", 1, List.of(200, 500, 300), friends),
                walk("Ben", 1, List.of(300, 400, 200), friends),
                walk("Cleo", 1, List.of(100, 300, 400), friends));
    }

    public static void main(String[] args) throws Exception {
        runStage(Hike::hike);
    }
}
