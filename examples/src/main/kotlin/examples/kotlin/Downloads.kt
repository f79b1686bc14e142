// Four downloads begin together; each is reported as soon as it is there, whatever its place in the list.
//
// Run it: ./jasyncio run examples.kotlin.DownloadsKt

package examples.kotlin

import io.jasyncio.coroutines.*
import kotlinx.coroutines.delay
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

private suspend fun download(file: String, takes: Duration): String {
    delay(takes)
    return file
}

fun main() = runAsyncio {
    val downloads = listOf(
        createTask { download("film.mkv", 4.seconds) },
        createTask { download("song.mp3", 2.seconds) },
        createTask { download("book.epub", 1.seconds) },
        createTask { download("album.zip", 3.seconds) },
    )
    asCompleted(downloads).collect { println(it.await()) }
}
