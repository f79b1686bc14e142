package io.jasyncio.coroutines

import io.jasyncio.AsyncCloseable
import io.jasyncio.AsyncResource
import io.jasyncio.LoopFuture
import io.jasyncio.TaskOptions
import io.jasyncio.spi.LoopBinding
import io.jasyncio.spi.LoopRuntime
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withContext
import java.util.concurrent.CompletionStage
import kotlin.contracts.ExperimentalContracts
import kotlin.contracts.InvocationKind
import kotlin.contracts.contract
import kotlin.coroutines.resume

/**
 * Runs [block] with something that is open already, and closes it. Import it by name or with the package: it then takes the
 * place of the standard library's `use`, which cannot wait.
 *
 * A failure of the block always leaves it, and one of the closing is its suppressed exception; if the block came to a good
 * end, the failure of the closing is thrown.
 *
 * *Cancellation*: of the block. Closing happens once and is not cancelled, also where the coroutine is: it is waited for, and
 * the cancellation is thrown after it.
 */
@OptIn(ExperimentalContracts::class)
public suspend inline fun <R : AsyncCloseable, T> R.use(block: (R) -> T): T {
    contract { callsInPlace(block, InvocationKind.EXACTLY_ONCE) }
    var failure: Throwable? = null
    try {
        return block(this)
    } catch (thrown: Throwable) {
        failure = thrown
        throw thrown
    } finally {
        leave(failure) { closeAsync() }
    }
}

/**
 * Waits until something was opened, runs [block] with it and closes it; see the other `use`.
 *
 * *Cancellation*: of the opening, which is waited for until it has really ended; if it succeeds all the same, what it has
 * opened is closed. Of the block, not of the closing.
 *
 * @receiver a stage that was begun for this and that nobody else waits for
 * @throws IllegalStateException outside of a loop
 */
@OptIn(ExperimentalContracts::class)
public suspend inline fun <R : AsyncCloseable, T> CompletionStage<R>.use(block: (R) -> T): T {
    contract { callsInPlace(block, InvocationKind.AT_MOST_ONCE) }
    return opening(this).use(block)
}

/**
 * Enters this resource, runs [block] and leaves the resource (asyncio's `async with`). The resource is left once, however
 * the block ends, but not if it could not be entered.
 *
 * A failure of the block always leaves it, and one of the leaving is its suppressed exception; if the block came to a good
 * end, the failure of the leaving is thrown.
 *
 * *Cancellation*: of the entering, which is waited for until it has really ended; if it succeeds all the same, the resource
 * is left. Of the block, but not of the leaving, which is waited for also where the coroutine is cancelled.
 *
 * @throws IllegalStateException outside of a loop
 */
@OptIn(ExperimentalContracts::class)
public suspend inline fun <R, T> AsyncResource<R>.use(block: (R) -> T): T {
    contract { callsInPlace(block, InvocationKind.AT_MOST_ONCE) }
    val entered = enter(this)
    var failure: Throwable? = null
    try {
        return block(entered)
    } catch (thrown: Throwable) {
        failure = thrown
        throw thrown
    } finally {
        leave(failure) { exitAsync(entered, failure) }
    }
}

@PublishedApi
internal fun <R : AsyncCloseable> opening(stage: CompletionStage<R>): AsyncResource<R> =
    object : AsyncResource<R> {
        override fun enterAsync() = stage

        override fun exitAsync(
            entered: R,
            failure: Throwable?,
        ) = entered.closeAsync()
    }

@PublishedApi
internal suspend fun <R> enter(resource: AsyncResource<R>): R {
    val loop = LoopBinding.current("use")
    val stage = resource.enterAsync()
    val entering = loop.services().futureOf(stage)
    try {
        entering.awaitEnd()
    } catch (cancelled: CancellationException) {
        withContext(NonCancellable) { entering.awaitEnd() }
        when {
            !entering.isCompletedExceptionally -> leave(cancelled) { resource.exitAsync(entering.result(), cancelled) }
            // A foreign stage may not heed the cancellation of its view, or may have ended already when it came.
            stage !== entering -> stage.thenAccept { entered -> loop.leaveLater { resource.exitAsync(entered, cancelled) } }
        }
        throw cancelled
    }
    return entering.result()
}

/** Does not take the value, and so does not give it back either when this is cancelled: whoever calls it leaves the resource. */
private suspend fun LoopFuture<*>.awaitEnd() {
    if (!isDone) {
        suspendCancellableCoroutine { continuation ->
            addListener { continuation.resume(Unit) }
            continuation.invokeOnCancellation { cause -> cancel(cause?.message) }
        }
    }
}

/** As a task of its own, since the coroutine has gone on: the loop keeps it, and it is heard of if it fails. Any thread. */
private fun LoopRuntime.leaveLater(exit: () -> CompletionStage<Void?>) =
    schedule { createStageTask(exit, TaskOptions.DEFAULT.eager()) }

/** Ends the use of something, also in a coroutine that is cancelled. Throws only if there is no failure to throw yet. */
@PublishedApi
internal suspend fun leave(
    failure: Throwable?,
    exit: () -> CompletionStage<Void?>,
) {
    // Given back as a value: kotlinx would send a copy of an exception through the border of withContext.
    val ofExit =
        withContext(NonCancellable) {
            try {
                exit().await()
                null
            } catch (thrown: Throwable) {
                thrown
            }
        }
    if (failure == null) {
        ofExit?.let { throw it }
        currentCoroutineContext().ensureActive()
    } else if (ofExit != null && ofExit !== failure) {
        failure.addSuppressed(ofExit)
    }
}
