package io.jasyncio.runtime.wait

import io.jasyncio.WaitQueue
import io.jasyncio.runtime.loop.LoopDispatcher
import kotlinx.coroutines.Job
import kotlin.coroutines.Continuation
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/**
 * The place in line of a coroutine with this context; null if it does not run on a loop directly but by way of another
 * dispatcher, for instance one with limited parallelism.
 *
 * @throws kotlinx.coroutines.CancellationException if its job is cancelled
 */
internal fun waiterOf(context: CoroutineContext): CoroutineWaiter? =
    LoopDispatcher.of(context[ContinuationInterceptor])?.coroutineWaiters?.waiterOf(context[Job])

/**
 * Stands in a line until the turn comes, which is one pass after the wake-up. If the coroutine is cancelled, before or after
 * the wake-up, this throws, and what was meant for it is passed on.
 *
 * For the end of a suspend function: then nothing is allocated, neither a frame nor a continuation.
 */
internal suspend inline fun <T> CoroutineWaiter.stand(
    line: WaitQueue,
    kind: TurnKind<T>,
    subject: Any? = null,
    argument: Any? = null,
): T =
    suspendCoroutineUninterceptedOrReturn { continuation ->
        @Suppress("UNCHECKED_CAST") // the kind of turn gives what the coroutine waits for
        begin(line, kind, subject, argument, continuation as Continuation<Any?>)
        COROUTINE_SUSPENDED
    }
