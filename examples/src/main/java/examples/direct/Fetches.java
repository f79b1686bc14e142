package examples.direct;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.Coroutine;
import io.jasyncio.EventLoop;
import java.time.Duration;
import java.util.List;

/**
 * Three sources are asked, which answer after 100, 200 and 50 ms. A plain call waits for the answer: one after the other
 * takes as long as all of them together. Tasks wait at the same time: as long as the slowest.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Fetches.java}
 */
public class Fetches {
    static String fetch(String source, int millis) throws Exception {
        await(sleep(Duration.ofMillis(millis)));
        return source;
    }

    static List<String> oneByOne() throws Exception {
        return List.of(fetch("weather", 100), fetch("news", 200), fetch("stocks", 50));
    }

    static List<String> together() throws Exception {
        return await(gather(
                createTask(() -> fetch("weather", 100)),
                createTask(() -> fetch("news", 200)),
                createTask(() -> fetch("stocks", 50))));
    }

    static void report(String how, Coroutine<List<String>> fetches) throws Exception {
        var loop = EventLoop.current();
        var start = loop.time();
        var answers = fetches.run();
        var millis = (loop.time() - start) / 10_000_000 * 10;
        System.out.println(how + ": " + answers + " in " + millis + " ms");
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            report("one after the other", Fetches::oneByOne);
            report("all at once", Fetches::together);
        });
    }
}
