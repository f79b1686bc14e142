package examples.stage;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.Asyncio;
import io.jasyncio.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Four workers paint a wall each, and the second one fails. {@code gather} fails as soon as he does, with his very
 * exception; the others go on. {@code gatherOutcomes} waits for all four and gives the failure a place among the results.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Workers.java}
 */
public class Workers {
    static CompletionStage<String> paint(int wall) {
        return sleep(Duration.ofSeconds(wall)).thenCompose(done -> {
            if (wall == 2) {
                return CompletableFuture.failedStage(new IOException("no paint for wall 2"));
            }
            System.out.println("  wall " + wall + " is painted");
            return CompletableFuture.completedStage("wall " + wall);
        });
    }

    static List<Task<String>> startAll() {
        return IntStream.rangeClosed(1, 4)
                .mapToObj(wall -> createStageTask(() -> paint(wall)))
                .toList();
    }

    static CompletionStage<?> firstFailure() {
        System.out.println("gather");
        var workers = startAll();
        return gather(workers)
                .handle((walls, failure) -> failure == null ? walls : "failed: " + failure.getMessage())
                .thenAccept(result -> System.out.println("  " + result))
                .thenCompose(said -> Asyncio.wait(workers)); // they go on, whatever has become of the gathering
    }

    static CompletionStage<Void> allOutcomes() {
        System.out.println("gatherOutcomes");
        return gatherOutcomes(startAll())
                .thenAccept(outcomes -> outcomes.forEach(outcome -> System.out.println("  " + outcome)));
    }

    public static void main(String[] args) throws Exception {
        runStage(() -> firstFailure().thenCompose(ended -> allOutcomes()));
    }
}
