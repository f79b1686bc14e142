package examples.stage;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Three sources are asked, which answer after 100, 200 and 50 ms. A stage begins when it is made: to ask one after the
 * other, each is made when the one before has ended, which takes as long as all of them together. Made at the same time,
 * they take as long as the slowest.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Fetches.java}
 */
public class Fetches {
    static CompletionStage<String> fetch(String source, int millis) {
        return sleep(Duration.ofMillis(millis), source);
    }

    static CompletionStage<List<String>> oneByOne() {
        return fetch("weather", 100)
                .thenCompose(weather -> fetch("news", 200)
                        .thenCompose(news -> fetch("stocks", 50).thenApply(stocks -> List.of(weather, news, stocks))));
    }

    static CompletionStage<List<String>> together() {
        return gather(fetch("weather", 100), fetch("news", 200), fetch("stocks", 50));
    }

    static CompletionStage<Void> report(String how, Supplier<CompletionStage<List<String>>> fetches) {
        var loop = EventLoop.current();
        var start = loop.time();
        return fetches.get().thenAccept(answers -> {
            var millis = (loop.time() - start) / 10_000_000 * 10;
            System.out.println(how + ": " + answers + " in " + millis + " ms");
        });
    }

    public static void main(String[] args) throws Exception {
        runStage(() -> report("one after the other", Fetches::oneByOne)
                .thenCompose(reported -> report("all at once", Fetches::together)));
    }
}
