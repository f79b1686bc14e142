package examples.stage;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.LoopFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Four downloads begin together; each is reported as soon as it is there, whatever its place in the list.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Downloads.java}
 */
public class Downloads {
    static LoopFuture<String> download(String file, int seconds) {
        return sleep(Duration.ofSeconds(seconds), file);
    }

    static CompletionStage<List<Void>> reportAll() {
        var downloads = List.of(
                download("film.mkv", 4), download("song.mp3", 2), download("book.epub", 1), download("album.zip", 3));
        var reports = new ArrayList<CompletionStage<Void>>();
        for (var next : asCompleted(downloads)) {
            reports.add(next.thenAccept(System.out::println));
        }
        return gather(reports);
    }

    public static void main(String[] args) throws Exception {
        runStage(Downloads::reportAll);
    }
}
