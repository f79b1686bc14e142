package examples.direct;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.sync.AsyncEvent;
import java.time.Duration;

/**
 * Four runners wait for the starter's pistol, which is an event: when it is set, all who wait go on, in the order in which
 * they began to wait.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Sprint.java}
 */
public class Sprint {
    static void sprint(String runner, int readyAfter, AsyncEvent pistol) throws Exception {
        await(sleep(Duration.ofSeconds(readyAfter)));
        System.out.println(runner + " is ready");
        await(pistol.waitAsync());
        System.out.println(runner + " runs");
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            var pistol = new AsyncEvent();
            try (var runners = taskGroup()) {
                runners.createTask(() -> sprint("Anna", 3, pistol));
                runners.createTask(() -> sprint("Ben", 1, pistol));
                runners.createTask(() -> sprint("Cleo", 4, pistol));
                runners.createTask(() -> sprint("Dan", 2, pistol));
                await(sleep(Duration.ofSeconds(5)));
                System.out.println("bang");
                pistol.set();
            }
            System.out.println("all are off");
        });
    }
}
