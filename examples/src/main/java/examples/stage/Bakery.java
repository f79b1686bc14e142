package examples.stage;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.queue.AsyncQueue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Three bakers, and two sellers who are slower. Ten rolls fit on the counter between them: when it is full the bakers wait.
 * Sellers never end by themselves. When all rolls are baked and sold they are cancelled, at the place where they wait for
 * the next one, and go home.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Bakery.java}
 */
public class Bakery {
    final AsyncQueue<String> counter = new AsyncQueue<>(10);

    CompletionStage<Void> bake(String baker, int millis) {
        return bake(baker, millis, 10)
                .thenRun(() -> System.out.println(baker + " has baked all rolls; on the counter: " + counter.size()));
    }

    CompletionStage<Void> bake(String baker, int millis, int rolls) {
        if (rolls == 0) {
            return CompletableFuture.completedFuture(null);
        }
        return sleep(Duration.ofMillis(millis))
                .thenCompose(slept -> counter.putAsync(baker + "'s roll"))
                .thenCompose(put -> bake(baker, millis, rolls - 1));
    }

    CompletionStage<Void> sell(String seller, int millis) {
        var sold = new AtomicInteger();
        return counter.forEachStageAsync(
                        roll -> sleep(Duration.ofMillis(millis)).thenRun(() -> {
                            sold.incrementAndGet();
                            counter.taskDone();
                        }))
                .whenComplete((never, cancelled) -> System.out.println(seller + " goes home, " + sold + " rolls sold"));
    }

    CompletionStage<Void> day() {
        var rosa = createStageTask(() -> sell("Rosa", 200));
        var sam = createStageTask(() -> sell("Sam", 330));
        return gather(bake("Ada", 60), bake("Ben", 85), bake("Cleo", 110))
                .thenCompose(baked -> counter.joinAsync())
                .thenCompose(joined -> {
                    System.out.println("all sold");
                    rosa.cancel();
                    sam.cancel();
                    return gatherOutcomes(rosa, sam);
                })
                .thenAccept(cancelled -> System.out.println("closed"));
    }

    public static void main(String[] args) throws Exception {
        runStage(() -> new Bakery().day());
    }
}
