package examples.stage;

import static io.jasyncio.Asyncio.*;
import static io.jasyncio.Resources.*;

import io.jasyncio.sync.AsyncCondition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Two potters fill a shelf with room for three pots, and two buyers empty it. A potter waits until there is room, a buyer
 * until there is a pot; whoever has changed something signals it to those who wait. That is how a bounded queue works inside:
 * use {@code AsyncQueue} for this, and a condition where what you wait for is more than that.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Pottery.java}
 */
public class Pottery {
    final Deque<String> shelf = new ArrayDeque<>();
    final AsyncCondition changed = new AsyncCondition();

    CompletionStage<Void> make(String potter, int number, int pots, int millis) {
        if (number > pots) {
            return CompletableFuture.completedFuture(null);
        }
        return sleep(Duration.ofMillis(millis))
                .thenCompose(slept -> usingStage(changed, held -> putOnTheShelf(potter + "'s pot " + number)))
                .thenCompose(made -> make(potter, number + 1, pots, millis));
    }

    CompletionStage<Void> putOnTheShelf(String pot) {
        return changed.waitForAsync(() -> shelf.size() < 3).thenRun(() -> {
            shelf.add(pot);
            System.out.println("shelf: " + shelf);
            changed.signalAll();
        });
    }

    CompletionStage<Void> buy(String buyer, int pots, int millis) {
        if (pots == 0) {
            return CompletableFuture.completedFuture(null);
        }
        return sleep(Duration.ofMillis(millis))
                .thenCompose(slept -> usingStage(changed, held -> takeFromTheShelf(buyer)))
                .thenCompose(bought -> buy(buyer, pots - 1, millis));
    }

    CompletionStage<Void> takeFromTheShelf(String buyer) {
        return changed.waitForAsync(() -> !shelf.isEmpty()).thenRun(() -> {
            System.out.println(buyer + " buys " + shelf.remove());
            changed.signalAll();
        });
    }

    CompletionStage<?> day() {
        return gather(make("Ida", 1, 3, 100), make("Jon", 1, 3, 170), buy("Kim", 2, 50), buy("Lou", 4, 600));
    }

    public static void main(String[] args) throws Exception {
        runStage(() -> new Pottery().day());
    }
}
