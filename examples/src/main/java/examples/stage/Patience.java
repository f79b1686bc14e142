package examples.stage;

import static io.jasyncio.Asyncio.*;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A guest waits two seconds for each drink. Tea comes in time; coffee does not, and is called off.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Patience.java}
 */
public class Patience {
    static CompletionStage<Void> brew(String drink, int seconds) {
        System.out.println("brewing " + drink);
        return sleep(Duration.ofSeconds(seconds)).thenAccept(done -> System.out.println(drink + " is served"));
    }

    static CompletionStage<Void> order(String drink, int seconds) {
        return waitForStage(() -> brew(drink, seconds), Duration.ofSeconds(2)).exceptionally(failure -> {
            System.out.println("no " + drink + ": " + failure.getMessage());
            return null;
        });
    }

    public static void main(String[] args) throws Exception {
        runStage(() -> order("tea", 1).thenCompose(done -> order("coffee", 3)));
    }
}
