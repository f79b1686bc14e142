package examples.stage;

import static io.jasyncio.Asyncio.*;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Three dishes are cooked at the same time, by one thread. They need 3, 2 and 4 seconds; dinner is ready after 4, not
 * after 9. The soup is ready first, but the results come in the order of the arguments.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Kitchen.java}
 */
public class Kitchen {
    static CompletionStage<String> cook(String dish, int seconds) {
        System.out.println("cooking " + dish);
        return sleep(Duration.ofSeconds(seconds)).thenApply(done -> {
            System.out.println(dish + " is ready");
            return dish;
        });
    }

    public static void main(String[] args) throws Exception {
        var dishes = runStage(() -> gather(cook("rice", 3), cook("soup", 2), cook("steak", 4)));
        System.out.println(dishes); // [rice, soup, steak], after 4 seconds
    }
}
