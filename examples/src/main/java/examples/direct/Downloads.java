package examples.direct;

import static io.jasyncio.Asyncio.*;

import java.time.Duration;
import java.util.List;

/**
 * Four downloads begin together; each is reported as soon as it is there, whatever its place in the list.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Downloads.java}
 */
public class Downloads {
    static String download(String file, int seconds) throws Exception {
        await(sleep(Duration.ofSeconds(seconds)));
        return file;
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            var downloads = List.of(
                    createTask(() -> download("film.mkv", 4)),
                    createTask(() -> download("song.mp3", 2)),
                    createTask(() -> download("book.epub", 1)),
                    createTask(() -> download("album.zip", 3)));
            for (var next : asCompleted(downloads)) {
                System.out.println(await(next));
            }
        });
    }
}
