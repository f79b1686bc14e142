package examples.stage;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.sync.AsyncSemaphore;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Ten cars, and three places to park: a semaphore lets three in, and each of the others when somebody leaves, in the order in
 * which they came.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Parking.java}
 */
public class Parking {
    static CompletionStage<Void> park(int car, AsyncSemaphore places) {
        return places.withPermitAsync(() -> {
            System.out.println("car " + car + " parks; free places: " + places.availablePermits());
            return sleep(Duration.ofMillis(900 + 20 * car));
        });
    }

    static CompletionStage<Void> day() {
        var places = new AsyncSemaphore(3);
        var cars =
                IntStream.rangeClosed(1, 10).mapToObj(car -> park(car, places)).toList();
        return gather(cars)
                .thenAccept(left -> System.out.println("all have left; free places: " + places.availablePermits()));
    }

    public static void main(String[] args) throws Exception {
        runStage(Parking::day);
    }
}
