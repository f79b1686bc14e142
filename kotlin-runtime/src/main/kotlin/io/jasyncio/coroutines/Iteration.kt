package io.jasyncio.coroutines

import io.jasyncio.Task
import io.jasyncio.TaskOptions
import io.jasyncio.WorkFuture
import io.jasyncio.iteration.AsyncIterable
import io.jasyncio.iteration.AsyncIterator
import io.jasyncio.spi.LoopBinding
import io.jasyncio.spi.LoopRuntime
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withContext
import java.util.concurrent.CompletionStage
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.resume

/**
 * A plain `for` loop over a sequence whose elements come with time: `for (order in queue)`.
 *
 * The iterator is not closed by a loop that is left early. Where that matters, use [asFlow], or
 * `sequence.asyncIterator().use { while (it.hasNext()) … it.next() }`.
 */
public operator fun <T> AsyncIterable<T>.iterator(): AsyncIterator<T> = asyncIterator()

/**
 * Suspends until it is known whether there is a next element; see [AsyncIterator.hasNextAsync].
 *
 * *Cancellation*: reaches what is waited for, and is thrown when that has ended: so whoever is cancelled here can close the
 * iterator.
 */
public suspend operator fun <T> AsyncIterator<T>.hasNext(): Boolean {
    val asked = LoopBinding.current("hasNext").services().futureOf(hasNextAsync())
    try {
        return asked.await()
    } catch (cancelled: CancellationException) {
        if (!asked.isDone) {
            withContext(NonCancellable) { suspendCancellableCoroutine { end -> asked.addListener { end.resume(Unit) } } }
        }
        throw cancelled
    }
}

/**
 * This sequence as a cold flow: each collector iterates anew, and closes its iterator in the end, however that comes about.
 * Nothing is asked for before the collector has dealt with the former element.
 *
 * *Cancellation* of the collector: as [hasNext]; then the iterator is closed.
 */
public fun <T> AsyncIterable<T>.asFlow(): Flow<T> =
    flow {
        asyncIterator().use { elements ->
            while (elements.hasNext()) {
                emit(elements.next())
            }
        }
    }

/**
 * This flow as a sequence for Java code on the loop. Each iteration collects anew, in a task of its own that starts when the
 * first element is asked for. The flow never runs ahead: it stays suspended in `emit` until the next element is asked for.
 *
 * *Cancellation* of the one who waits for an element cancels the flow, by Kotlin's rule for good: the iteration has ended then,
 * when the flow has. Closing the iterator does the same and waits for the flow's end.
 */
public fun <T> Flow<T>.asAsyncIterable(): AsyncIterable<T> = AsyncIterable { FlowIterator(this) }

private class FlowIterator<T>(
    private val flow: Flow<T>,
) : AsyncIterator<T> {
    private var collecting: Task<Unit>? = null

    /** The flow, where it stands in `emit`. */
    private var emitter: CancellableContinuation<Unit>? = null

    /** Somebody waits for the next element. */
    private var asked: Asked? = null
    private var found: Found<T>? = null
    private var closed = false

    override fun hasNextAsync(): CompletionStage<Boolean> {
        val loop = LoopBinding.current("hasNextAsync")
        check(asked == null) { "hasNextAsync() was called while somebody waits for the next element of this iterator" }
        if (found != null || closed || collecting?.isDone == true) {
            return loop.services().answer(found != null)
        }
        val question = Asked(loop)
        asked = question
        if (collecting == null) {
            collecting = loop.startTask(TaskOptions.DEFAULT.eager(), EmptyCoroutineContext) { flow.collect(::offer) }
            collecting?.addListener { ended() }
        } else {
            emitter?.resume(Unit)
        }
        return question
    }

    private suspend fun offer(element: T) {
        found = Found(element)
        suspendCancellableCoroutine {
            emitter = it
            // Last: whatever hangs on the answer may ask again at once.
            answer { complete(true) }
        }
    }

    private fun ended() {
        closed = true
        val failure = runCatching { collecting?.result() }.exceptionOrNull()
        answer { if (failure == null) complete(false) else completeExceptionally(failure) }
    }

    private inline fun answer(with: Asked.() -> Unit) {
        val question = asked
        asked = null
        question?.with()
    }

    override fun next(): T {
        val taken = found ?: throw NoSuchElementException("there is no next element: ask hasNextAsync() first")
        found = null
        return taken.element
    }

    override fun closeAsync(): CompletionStage<Void?> {
        val services = LoopBinding.current("closeAsync").services()
        check(asked == null) { "closeAsync() was called while somebody waits for the next element of this iterator" }
        closed = true
        found = null
        val running = collecting
        if (running == null || running.isDone) {
            return services.completed()
        }
        running.cancel()
        return running.handle { _, failure -> if (failure != null && !running.isCancelled) throw failure else null }
    }

    /** Null may be an element. */
    private class Found<T>(
        val element: T,
    )

    /** Ends when the flow has given an element or ended: a flow that is cancelled takes its time. */
    private inner class Asked(
        loop: LoopRuntime,
    ) : WorkFuture<Boolean>(loop) {
        override fun cancelWork(message: String?) {
            collecting?.cancel(message)
        }
    }
}
