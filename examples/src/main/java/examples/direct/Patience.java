package examples.direct;

import static io.jasyncio.Asyncio.*;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * A guest waits two seconds for each drink. Tea comes in time; coffee does not, and is called off.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Patience.java}
 */
public class Patience {
    static void brew(String drink, int seconds) throws Exception {
        System.out.println("brewing " + drink);
        await(sleep(Duration.ofSeconds(seconds)));
        System.out.println(drink + " is served");
    }

    static void order(String drink, int seconds) throws Exception {
        try (var deadline = timeout(Duration.ofSeconds(2))) {
            brew(drink, seconds);
        } catch (TimeoutException tooLate) {
            System.out.println("no " + drink + ": " + tooLate.getMessage());
        }
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            order("tea", 1);
            order("coffee", 3);
        });
    }
}
