package io.jasyncio.coroutines

import io.jasyncio.LoopFuture
import io.jasyncio.WaitFuture
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

/** [await] without a value, for the end of a suspend function that has none either: so it needs no frame. */
@JvmSynthetic
internal suspend fun LoopFuture<*>.awaitDone() {
    await()
}

private suspend fun <T> LoopFuture<T>.awaitHere(loop: LoopRuntime?): T {
    if (!isDone) {
        check(loop == null || loop.currentTask() !== this) { "$this cannot await itself" }
        if (this !is WaitFuture<T> || loop == null || !awaitTurn()) {
            suspendCancellableCoroutine { continuation ->
                addListener(Resume(continuation))
                continuation.invokeOnCancellation { cause -> cancel(cause?.message) }
            }
        }
    }
    // Taken here and not sent through the continuation: kotlinx would send a copy of an exception.
    return result()
}

/**
 * Waits for a turn and takes it in this coroutine: from the wake-up to here it takes one pass, and nothing can be handed
 * over to a coroutine that was cancelled meanwhile. False if another coroutine does so already.
 */
private suspend fun WaitFuture<*>.awaitTurn(): Boolean {
    while (!isDone) {
        val turn = TurnTaker(this)
        if (!resumeBy(turn)) {
            return false
        }
        suspendCancellableCoroutine(turn)
        turn.end()
    }
    return true
}

/**
 * Dispatches a coroutine when its waiter is woken, or has been ended by somebody else; cancels the waiter when the coroutine
 * is cancelled before. All of it on the loop, also where a job is cancelled by another thread.
 */
private class TurnTaker(
    private val waiter: WaitFuture<*>,
) : Runnable,
    CompletionListener,
    (CancellableContinuation<Unit>) -> Unit {
    private lateinit var continuation: CancellableContinuation<Unit>
    private var isResumed = false
    private var isResuming = false

    override fun invoke(continuation: CancellableContinuation<Unit>) {
        this.continuation = continuation
        waiter.addListener(this)
        continuation.invokeOnCancellation { cause ->
            if (waiter.loop.isCurrent) leave(cause) else later { leave(cause) }
        }
    }

    /** The turn is ours. */
    override fun run() = resume()

    /** Ended, be it in our own turn. */
    override fun completed(future: LoopFuture<*>) {
        if (waiter.loop.isCurrent) resume() else later(::resume)
    }

    private fun resume() {
        if (isResumed) return
        isResumed = true
        isResuming = true
        continuation.resume(Unit) { cause, _, _ ->
            if (isResuming) later { miss(cause) } else miss(cause)
        }
        isResuming = false
    }

    /** Cancelled between the wake-up and the turn. A whole line may be, hence not inside of the wake-up. */
    private fun miss(cause: Throwable) {
        cancel(cause)
        waiter.takeTurn()
        if (waiter.isDone && !waiter.isCompletedExceptionally) waiter.valueNotTaken()
    }

    private fun cancel(cause: Throwable?) {
        waiter.resumeBySelf()
        waiter.cancel(cause?.message)
    }

    /** In the coroutine. Somebody may have been quicker: then it waits again. */
    fun end() {
        waiter.resumeBySelf()
        waiter.takeTurn()
        if (!waiter.isDone) waiter.removeListener(this)
    }

    /** Cancelled while it waits. */
    private fun leave(cause: Throwable?) {
        isResumed = true
        cancel(cause)
    }

    private fun later(action: () -> Unit) = (waiter.loop as LoopRuntime).schedule(action)
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
