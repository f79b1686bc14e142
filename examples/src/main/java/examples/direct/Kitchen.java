package examples.direct;

import static io.jasyncio.Asyncio.*;

import java.time.Duration;

/**
 * Three dishes are cooked at the same time, by one thread. They need 3, 2 and 4 seconds; dinner is ready after 4, not
 * after 9. The soup is ready first, but the results come in the order of the arguments.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Kitchen.java}
 */
public class Kitchen {
    static String cook(String dish, int seconds) throws Exception {
        System.out.println("cooking " + dish);
        await(sleep(Duration.ofSeconds(seconds)));
        System.out.println(dish + " is ready");
        return dish;
    }

    public static void main(String[] args) throws Exception {
        var dishes = run(() -> await(gather(
                createTask(() -> cook("rice", 3)),
                createTask(() -> cook("soup", 2)),
                createTask(() -> cook("steak", 4)))));
        System.out.println(dishes); // [rice, soup, steak], after 4 seconds
    }
}
