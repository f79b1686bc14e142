package examples.stage;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.iteration.AsyncIterable;
import io.jasyncio.queue.AsyncQueue;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A pipeline. Photos come from a camera; a queue hands them to three workers; and the thumbnails are shown in the order of
 * the photos, though small photos overtake large ones: a second queue keeps a place for each.
 *
 * <p>The queues are short, so the camera is asked for no more than the workers can take. When it has no more photos the
 * queues are shut down, and that ends all that goes through them.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Thumbnails.java}
 */
public class Thumbnails {
    record Photo(int number, LoopFuture<String> thumbnail) {
        Photo(int number) {
            this(number, EventLoop.current().createFuture());
        }

        Duration timeToShrink() {
            return Duration.ofMillis(number % 2 == 1 ? 300 : 80);
        }
    }

    final AsyncQueue<Photo> photos = new AsyncQueue<>(2);
    final AsyncQueue<LoopFuture<String>> thumbnails = new AsyncQueue<>(4);

    static AsyncIterable<Photo> camera() {
        return AsyncIterable.of(1, 2, 3, 4, 5, 6)
                .mapAsync(number -> sleep(Duration.ofMillis(50), number))
                .map(Photo::new);
    }

    CompletionStage<Void> feed() {
        return camera().forEachStageAsync(this::enqueue).thenRun(() -> {
            photos.shutdown();
            thumbnails.shutdown();
        });
    }

    CompletionStage<Void> enqueue(Photo photo) {
        return photos.putAsync(photo).thenCompose(put -> thumbnails.putAsync(photo.thumbnail()));
    }

    CompletionStage<Void> work(String worker) {
        return photos.forEachStageAsync(photo -> sleep(photo.timeToShrink()).thenRun(() -> {
            System.out.println("  " + worker + " has shrunk photo " + photo.number());
            photo.thumbnail().complete("thumbnail " + photo.number());
        }));
    }

    CompletionStage<Void> show() {
        return thumbnails.forEachStageAsync(thumbnail -> thumbnail.thenAccept(System.out::println));
    }

    public static void main(String[] args) throws Exception {
        runStage(() -> {
            var pipeline = new Thumbnails();
            return gather(
                    pipeline.feed(),
                    pipeline.work("Anna"),
                    pipeline.work("Ben"),
                    pipeline.work("Cleo"),
                    pipeline.show());
        });
    }
}
