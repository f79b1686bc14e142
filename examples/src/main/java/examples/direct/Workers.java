package examples.direct;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.Asyncio;
import io.jasyncio.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Four workers paint a wall each, and the second one fails. {@code gather} fails as soon as he does, with his very
 * exception; the others go on. {@code gatherOutcomes} waits for all four and gives the failure a place among the results.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Workers.java}
 */
public class Workers {
    static String paint(int wall) throws Exception {
        await(sleep(Duration.ofSeconds(wall)));
        if (wall == 2) {
            throw new IOException("no paint for wall 2");
        }
        System.out.println("  wall " + wall + " is painted");
        return "wall " + wall;
    }

    static List<Task<String>> startAll() {
        return IntStream.rangeClosed(1, 4)
                .mapToObj(wall -> createTask(() -> paint(wall)))
                .toList();
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            System.out.println("gather");
            var workers = startAll();
            try {
                System.out.println("  " + await(gather(workers)));
            } catch (IOException failure) {
                System.out.println("  failed: " + failure.getMessage());
            }
            await(Asyncio.wait(workers)); // they go on, whatever has become of the gathering

            System.out.println("gatherOutcomes");
            for (var outcome : await(gatherOutcomes(startAll()))) {
                System.out.println("  " + outcome);
            }
        });
    }
}
