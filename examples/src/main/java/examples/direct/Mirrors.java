package examples.direct;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.Asyncio;
import io.jasyncio.ReturnWhen;
import io.jasyncio.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Three mirrors are asked for the same file. The first answer is taken, and the others are told to stop.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Mirrors.java}
 */
public class Mirrors {
    static String ask(String mirror, int millis) throws Exception {
        try {
            await(sleep(Duration.ofMillis(millis)));
            return mirror;
        } catch (CancellationException tooSlow) {
            System.out.println(mirror + " hangs up");
            throw tooSlow;
        }
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            var asked = List.of(
                    createTask(() -> ask("Lisbon", 300)),
                    createTask(() -> ask("Oslo", 100)),
                    createTask(() -> ask("Tokyo", 500)));
            var race = await(Asyncio.wait(asked, ReturnWhen.FIRST_COMPLETED));
            for (var winner : race.done()) {
                System.out.println(winner.result() + " was first");
            }
            race.pending().forEach(Task::cancel);
            await(Asyncio.wait(race.pending()));
            System.out.println("nobody is asked any more");
        });
    }
}
