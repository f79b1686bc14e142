package examples.direct;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.Task;
import java.time.Duration;
import java.util.List;

/**
 * Two long tasks are cancelled half-way. A {@code CancellationException} tells each of them so at the place where it
 * waits. In {@code finally} it tidies up, for which it may wait again; only then has it ended.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Backups.java}
 */
public class Backups {
    static void save(String folder) throws Exception {
        try {
            for (var percent = 20; percent <= 100; percent += 20) {
                await(sleep(Duration.ofSeconds(1)));
                System.out.println(folder + ": " + percent + " %");
            }
        } finally {
            await(sleep(Duration.ofMillis(100)));
            System.out.println(folder + ": tidied up");
        }
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            var backups = List.of(createTask(() -> save("photos")), createTask(() -> save("letters")));
            await(sleep(Duration.ofMillis(2500)));
            System.out.println("enough");
            backups.forEach(Task::cancel);
            for (var outcome : await(gatherOutcomes(backups))) {
                System.out.println(outcome.isCancelled() ? "cancelled" : outcome);
            }
        });
    }
}
