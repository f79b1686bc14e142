package io.jasyncio.coroutines

import io.jasyncio.LoopFuture
import io.jasyncio.spi.CompletionListener
import io.jasyncio.spi.CurrentLoop
import io.jasyncio.spi.LoopRuntime
import io.jasyncio.spi.Reclaiming
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
public suspend fun <T> CompletionStage<T>.await(): T {
    val loop = CurrentLoop.get()
    return when {
        // As a future of the loop: a future of another loop is refused (S29), a foreign stage comes in by the thread-safe door.
        loop != null -> loop.services().futureOf(this).awaitHere(loop)
        this is LoopFuture<T> -> awaitHere(null)
        else -> awaitForeign()
    }
}

private suspend fun <T> LoopFuture<T>.awaitHere(loop: LoopRuntime?): T {
    if (!isDone) {
        check(loop == null || loop.currentTask() !== this) { "$this cannot await itself" }
        suspendCancellableCoroutine { continuation ->
            addListener(Resume(continuation))
            continuation.invokeOnCancellation { cause -> cancel(cause?.message) }
        }
    }
    // Taken here and not sent through the continuation: kotlinx would send a copy of an exception.
    return result()
}

/**
 * Lets a coroutine go on. Called at once when the future ends: it is the dispatch that takes the place in the ready queue,
 * so that an await takes as many passes as in asyncio.
 */
private class Resume(
    private val continuation: CancellableContinuation<Unit>,
) : CompletionListener {
    override fun completed(future: LoopFuture<*>) {
        continuation.resume(Unit) { _, _, _ -> reclaim(future) }
    }

    /** Cancelled before it goes on: the value goes back to where it came from. */
    private fun reclaim(future: LoopFuture<*>) {
        if (future !is Reclaiming || future.isCompletedExceptionally) {
            return
        }
        if (future.loop.isCurrent) {
            future.valueNotTaken()
        } else {
            future.loop.execute(future::valueNotTaken)
        }
    }
}
