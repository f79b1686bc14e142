package examples.stage;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.sync.AsyncEvent;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Four runners wait for the starter's pistol, which is an event: when it is set, all who wait go on, in the order in which
 * they began to wait.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Sprint.java}
 */
public class Sprint {
    static CompletionStage<Void> sprint(String runner, int readyAfter, AsyncEvent pistol) {
        return sleep(Duration.ofSeconds(readyAfter))
                .thenCompose(slept -> {
                    System.out.println(runner + " is ready");
                    return pistol.waitAsync();
                })
                .thenRun(() -> System.out.println(runner + " runs"));
    }

    static CompletionStage<Void> start(AsyncEvent pistol) {
        return sleep(Duration.ofSeconds(5)).thenRun(() -> {
            System.out.println("bang");
            pistol.set();
        });
    }

    static CompletionStage<Void> race() {
        var pistol = new AsyncEvent();
        return gather(
                        sprint("Anna", 3, pistol),
                        sprint("Ben", 1, pistol),
                        sprint("Cleo", 4, pistol),
                        sprint("Dan", 2, pistol),
                        start(pistol))
                .thenAccept(ended -> System.out.println("all are off"));
    }

    public static void main(String[] args) throws Exception {
        runStage(Sprint::race);
    }
}
