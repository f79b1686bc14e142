package examples.stage;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Two long tasks are cancelled half-way. What the chain of each waits for just then fails with a {@code
 * CancellationException}. The chain tidies up, for which it may wait again, and passes the exception on; only then has
 * the task ended.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Backups.java}
 */
public class Backups {
    static CompletionStage<Void> save(String folder) {
        var copied = copy(folder, 20);
        return copied.handle((value, failure) -> tidyUp(folder))
                .thenCompose(tidying -> tidying)
                .thenCompose(tidied -> copied);
    }

    static CompletionStage<Void> copy(String folder, int percent) {
        return sleep(Duration.ofSeconds(1)).thenCompose(slept -> {
            System.out.println(folder + ": " + percent + " %");
            return percent == 100 ? CompletableFuture.completedStage(null) : copy(folder, percent + 20);
        });
    }

    static CompletionStage<Void> tidyUp(String folder) {
        return sleep(Duration.ofMillis(100)).thenAccept(slept -> System.out.println(folder + ": tidied up"));
    }

    static CompletionStage<Void> stopHalfWay() {
        var backups = List.of(createStageTask(() -> save("photos")), createStageTask(() -> save("letters")));
        return sleep(Duration.ofMillis(2500))
                .thenCompose(slept -> {
                    System.out.println("enough");
                    backups.forEach(Task::cancel);
                    return gatherOutcomes(backups);
                })
                .thenAccept(outcomes ->
                        outcomes.forEach(outcome -> System.out.println(outcome.isCancelled() ? "cancelled" : outcome)));
    }

    public static void main(String[] args) throws Exception {
        runStage(Backups::stopHalfWay);
    }
}
