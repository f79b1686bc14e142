package io.jasyncio.coroutines

import io.jasyncio.LoopFuture
import io.jasyncio.spi.CompletionListener
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import kotlinx.coroutines.future.await as awaitForeign

/**
 * Waits until this stage has ended, and gives its value or throws its original exception. A stage that has ended already
 * does not suspend (S24).
 *
 * *Cancellation*: cancels the stage, where it is a [CompletableFuture] (a [LoopFuture] passes that on to the work). A value
 * that came in the same pass is lost to this coroutine but stays in the stage.
 */
public suspend fun <T> CompletionStage<T>.await(): T =
    when {
        this !is LoopFuture<T> -> awaitForeign()
        isDone -> result()
        else ->
            suspendCancellableCoroutine { continuation ->
                addListener(Resume(continuation))
                continuation.invokeOnCancellation { cancel() }
            }
    }

/**
 * Lets a coroutine go on. Called at once when the future ends: it is the dispatch that takes the place in the ready queue,
 * so that an await takes as many passes as in asyncio.
 */
private class Resume<T>(
    private val continuation: CancellableContinuation<T>,
) : CompletionListener {
    override fun completed(future: LoopFuture<*>) {
        @Suppress("UNCHECKED_CAST") // listens to the one future that the continuation waits for
        continuation.resumeWith(runCatching { (future as LoopFuture<T>).result() })
    }
}
