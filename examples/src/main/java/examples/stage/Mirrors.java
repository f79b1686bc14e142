package examples.stage;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.Asyncio;
import io.jasyncio.ReturnWhen;
import io.jasyncio.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Three mirrors are asked for the same file. The first answer is taken, and the others are told to stop.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Mirrors.java}
 */
public class Mirrors {
    static CompletionStage<String> ask(String mirror, int millis) {
        return sleep(Duration.ofMillis(millis), mirror).whenComplete((answer, failure) -> {
            if (failure != null) {
                System.out.println(mirror + " hangs up");
            }
        });
    }

    static CompletionStage<Void> race() {
        var asked = List.of(
                createStageTask(() -> ask("Lisbon", 300)),
                createStageTask(() -> ask("Oslo", 100)),
                createStageTask(() -> ask("Tokyo", 500)));
        return Asyncio.wait(asked, ReturnWhen.FIRST_COMPLETED)
                .thenCompose(race -> {
                    race.done().forEach(winner -> System.out.println(winner.join() + " was first"));
                    race.pending().forEach(Task::cancel);
                    return Asyncio.wait(race.pending());
                })
                .thenAccept(ended -> System.out.println("nobody is asked any more"));
    }

    public static void main(String[] args) throws Exception {
        runStage(Mirrors::race);
    }
}
