// A pipeline. Photos come from a camera, which is a flow; a queue hands them to three workers; and the thumbnails are shown in
// the order of the photos, though small photos overtake large ones: a second queue keeps a place for each.
//
// The queues are short, so the camera is asked for no more than the workers can take. When it has no more photos the queues are
// shut down, and that ends all the loops.
//
// Run it: ./jasyncio run examples.kotlin.ThumbnailsKt

package examples.kotlin

import io.jasyncio.coroutines.*
import io.jasyncio.queue.AsyncQueue
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlin.time.Duration.Companion.milliseconds

private class Photo(val number: Int) {
    val timeToShrink = if (number % 2 == 1) 300.milliseconds else 80.milliseconds
    val thumbnail = CompletableDeferred<String>()
}

private class Pipeline {
    val photos = AsyncQueue<Photo>(2)
    val thumbnails = AsyncQueue<Deferred<String>>(4)

    fun camera() = flow {
        for (number in 1..6) {
            delay(50.milliseconds)
            emit(Photo(number))
        }
    }

    suspend fun feed() {
        camera().collect { photo ->
            photos.put(photo)
            thumbnails.put(photo.thumbnail)
        }
        photos.shutdown()
        thumbnails.shutdown()
    }

    suspend fun work(worker: String) {
        for (photo in photos) {
            delay(photo.timeToShrink)
            println("  $worker has shrunk photo ${photo.number}")
            photo.thumbnail.complete("thumbnail ${photo.number}")
        }
    }

    suspend fun show() {
        for (thumbnail in thumbnails) {
            println(thumbnail.await())
        }
    }
}

fun main() = runAsyncio {
    val pipeline = Pipeline()
    taskGroup {
        createTask { pipeline.feed() }
        createTask { pipeline.work("Anna") }
        createTask { pipeline.work("Ben") }
        createTask { pipeline.work("Cleo") }
        createTask { pipeline.show() }
    }
}
