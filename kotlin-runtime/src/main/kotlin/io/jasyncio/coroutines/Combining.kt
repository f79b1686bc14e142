package io.jasyncio.coroutines

import io.jasyncio.Asyncio
import io.jasyncio.LoopFuture
import io.jasyncio.Outcome
import io.jasyncio.ReturnWhen
import io.jasyncio.WaitResult
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.yield
import java.util.concurrent.Callable
import java.util.concurrent.CompletionStage
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/**
 * The values of several stages, in the order of the arguments (S74-S76). The first failure is thrown at once; the other
 * stages go on.
 *
 * *Cancellation*: cancels all stages that have not ended.
 */
public suspend fun <T> gather(vararg stages: CompletionStage<out T>): List<T> = gather(stages.asList())

/** The same for a collection. */
public suspend fun <T> gather(stages: Collection<CompletionStage<out T>>): List<T> = Asyncio.gather(stages).await()

/** How several stages ended, in the order of the arguments: `gather(..., return_exceptions=True)` (S77). */
public suspend fun <T> gatherOutcomes(vararg stages: CompletionStage<out T>): List<Outcome<T>> = gatherOutcomes(stages.asList())

/** The same for a collection. */
public suspend fun <T> gatherOutcomes(stages: Collection<CompletionStage<out T>>): List<Outcome<T>> =
    Asyncio.gatherOutcomes(stages).await()

/**
 * Waits until one, one failure or all of [futures] have ended, or time is up (asyncio's `wait`, S78). Never cancels them and
 * never throws because of them.
 *
 * *Cancellation*: lets go of the futures, which go on.
 */
public suspend fun <F : LoopFuture<*>> wait(
    futures: Collection<F>,
    returnWhen: ReturnWhen = ReturnWhen.ALL_COMPLETED,
    timeout: Duration? = null,
): WaitResult<F> =
    if (timeout == null) {
        Asyncio.wait(futures, returnWhen).await()
    } else {
        Asyncio.wait(futures, timeout.toJavaDuration(), returnWhen).await()
    }

/**
 * Waits for a stage no longer than a time (S61-S63). When time is up the stage is cancelled, and when that has really ended,
 * this throws [java.util.concurrent.TimeoutException]. For a block of code use [timeout].
 *
 * *Cancellation*: cancels the stage.
 */
public suspend fun <T> waitFor(
    stage: CompletionStage<T>,
    timeout: Duration,
): T = Asyncio.waitFor(stage, timeout.toJavaDuration()).await()

/**
 * The futures themselves, in the order in which they end (S79).
 *
 * @param timeout after it, collecting throws [java.util.concurrent.TimeoutException]; the futures go on
 */
public fun <F : LoopFuture<*>> asCompleted(
    futures: Collection<F>,
    timeout: Duration? = null,
): Flow<F> =
    flow {
        val inOrder =
            if (timeout == null) {
                Asyncio.asCompleted<Any?, F>(futures)
            } else {
                Asyncio.asCompleted<Any?, F>(futures, timeout.toJavaDuration())
            }
        while (inOrder.hasNext()) {
            emit(inOrder.nextAsync().await())
        }
    }

/**
 * Waits for a stage without passing a cancellation on to it (S79).
 *
 * *Cancellation*: ends the wait alone; the stage goes on.
 */
public suspend fun <T> shield(stage: CompletionStage<T>): T = Asyncio.shield(stage).await()

/**
 * Suspends for a time; zero or less means one pass of the loop (S20). asyncio's `sleep`. kotlinx' `delay` is the same but for
 * zero, where it does not suspend at all.
 *
 * *Cancellation*: drops the timer.
 */
public suspend fun sleep(duration: Duration) {
    if (duration.isPositive()) {
        Asyncio.sleep(duration.toJavaDuration()).await()
    } else {
        // A future would take one pass to end and another one to wake its waiter.
        yield()
    }
}

/**
 * Runs a blocking function in the loop's default executor, with the current context variables (S123).
 *
 * *Cancellation*: a function that has begun goes on, and its result is dropped.
 */
public suspend fun <T> toThread(function: () -> T): T = Asyncio.toThread(Callable { function() }).await()
