package examples.direct;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.iteration.AsyncIterable;
import io.jasyncio.queue.AsyncQueue;
import java.time.Duration;

/**
 * A pipeline. Photos come from a camera, which is a generator; a queue hands them to three workers; and the thumbnails are
 * shown in the order of the photos, though small photos overtake large ones: a second queue keeps a place for each.
 *
 * <p>The queues are short, so the camera is asked for no more than the workers can take. When it has no more photos the
 * queues are shut down, and that ends all the loops.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Thumbnails.java}
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
        return AsyncIterable.generate(out -> {
            for (var number = 1; number <= 6; number++) {
                await(sleep(Duration.ofMillis(50)));
                out.yield(new Photo(number));
            }
        });
    }

    void feed() throws Exception {
        for (var photo : camera().each()) {
            await(photos.putAsync(photo));
            await(thumbnails.putAsync(photo.thumbnail()));
        }
        photos.shutdown();
        thumbnails.shutdown();
    }

    void work(String worker) throws Exception {
        for (var photo : photos.each()) {
            await(sleep(photo.timeToShrink()));
            System.out.println("  " + worker + " has shrunk photo " + photo.number());
            photo.thumbnail().complete("thumbnail " + photo.number());
        }
    }

    void show() throws Exception {
        for (var thumbnail : thumbnails.each()) {
            System.out.println(await(thumbnail));
        }
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            var pipeline = new Thumbnails();
            try (var tasks = taskGroup()) {
                tasks.createTask(pipeline::feed);
                tasks.createTask(() -> pipeline.work("Anna"));
                tasks.createTask(() -> pipeline.work("Ben"));
                tasks.createTask(() -> pipeline.work("Cleo"));
                tasks.createTask(pipeline::show);
            }
        });
    }
}
