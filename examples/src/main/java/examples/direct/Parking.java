package examples.direct;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.sync.AsyncSemaphore;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * Ten cars, and three places to park: a semaphore lets three in, and each of the others when somebody leaves, in the order in
 * which they came.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Parking.java}
 */
public class Parking {
    static void park(int car, AsyncSemaphore places) throws Exception {
        try (var place = await(places.holdAsync())) {
            System.out.println("car " + car + " parks; free places: " + places.availablePermits());
            await(sleep(Duration.ofMillis(900 + 20 * car)));
        }
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            var places = new AsyncSemaphore(3);
            await(gather(IntStream.rangeClosed(1, 10)
                    .mapToObj(car -> createTask(() -> park(car, places)))
                    .toList()));
            System.out.println("all have left; free places: " + places.availablePermits());
        });
    }
}
