package examples.direct;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.AsyncCloseable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * An observatory whose roof takes a second to open and half a second to close. It is closed again after a good night, when
 * clouds come, and when the astronomer is called away; and nobody leaves before it is.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Observatory.java}
 */
public class Observatory implements AsyncCloseable {
    static Observatory open() throws Exception {
        await(sleep(Duration.ofSeconds(1)));
        System.out.println("the roof is open");
        return new Observatory();
    }

    @Override
    public CompletionStage<Void> closeAsync() {
        return sleep(Duration.ofMillis(500)).thenRun(() -> System.out.println("the roof is closed"));
    }

    void look(String planet, boolean clouds) throws Exception {
        await(sleep(Duration.ofMillis(800)));
        if (clouds) {
            throw new IOException("clouds before " + planet);
        }
        System.out.println("seen: " + planet);
    }

    static void observe(String planet, boolean clouds) throws Exception {
        try (var observatory = open()) {
            observatory.look(planet, clouds);
        }
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            observe("Mars", false);
            try {
                observe("Venus", true);
            } catch (IOException failure) {
                System.out.println(failure.getMessage());
            }
            var astronomer = createTask(() -> observe("Saturn", false));
            await(sleep(Duration.ofMillis(1200)));
            astronomer.cancel();
            for (var outcome : await(gatherOutcomes(astronomer))) {
                System.out.println("called away: " + outcome.isCancelled());
            }
        });
    }
}
