package examples.stage;

import static io.jasyncio.Asyncio.*;
import static io.jasyncio.Resources.*;

import io.jasyncio.AsyncCloseable;
import io.jasyncio.LoopFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An observatory whose roof takes a second to open and half a second to close. It is closed again after a good night, when
 * clouds come, and when the astronomer is called away; and nobody leaves before it is.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Observatory.java}
 */
public class Observatory implements AsyncCloseable {
    static CompletionStage<Observatory> open() {
        return sleep(Duration.ofSeconds(1)).thenApply(opened -> {
            System.out.println("the roof is open");
            return new Observatory();
        });
    }

    @Override
    public CompletionStage<Void> closeAsync() {
        return sleep(Duration.ofMillis(500)).thenRun(() -> System.out.println("the roof is closed"));
    }

    CompletionStage<Void> look(String planet, boolean clouds) {
        return sleep(Duration.ofMillis(800)).thenCompose(looked -> {
            if (clouds) {
                return CompletableFuture.failedFuture(new IOException("clouds before " + planet));
            }
            System.out.println("seen: " + planet);
            return CompletableFuture.completedFuture(null);
        });
    }

    static LoopFuture<Void> observe(String planet, boolean clouds) {
        return usingStage(open(), observatory -> observatory.look(planet, clouds));
    }

    static CompletionStage<Void> nights() {
        return observe("Mars", false)
                .thenCompose(seen -> observe("Venus", true).exceptionally(failure -> {
                    System.out.println(failure.getMessage());
                    return null;
                }))
                .thenCompose(said -> callAway(observe("Saturn", false)));
    }

    static CompletionStage<Void> callAway(LoopFuture<Void> astronomer) {
        return sleep(Duration.ofMillis(1200))
                .thenCompose(slept -> {
                    astronomer.cancel();
                    return gatherOutcomes(astronomer);
                })
                .thenAccept(outcomes ->
                        outcomes.forEach(outcome -> System.out.println("called away: " + outcome.isCancelled())));
    }

    public static void main(String[] args) throws Exception {
        runStage(Observatory::nights);
    }
}
