package io.jasyncio.model

import io.jasyncio.Task
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.timeout
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn
import kotlin.time.toKotlinDuration

/** Actors that are coroutines. */
internal object KotlinActors {
    @JvmStatic
    fun start(actor: Actor): Task<*> =
        createTask {
            try {
                act(actor)
            } finally {
                actor.leave()
            }
        }

    private suspend fun act(actor: Actor) {
        while (true) {
            val op = actor.next() ?: return
            val result = runCatching { perform(op) }
            val failure = result.exceptionOrNull()
            if (failure == null) {
                op.succeeded(result.getOrNull())
            } else {
                op.failed(failure)
                if (actor.endsWith(failure)) throw failure
            }
        }
    }

    private suspend fun perform(op: Op): Any? {
        val limit = op.timeout()
        return if (limit == null) end(op) else timeout(limit.toKotlinDuration()) { end(op) }
    }

    /** A call that does not suspend has not waited: the model wants to know. */
    private suspend fun end(op: Op): Any? {
        val twin = op.twin() ?: return op.start().await()
        return suspendCoroutineUninterceptedOrReturn { continuation ->
            op.begins()
            val result = twin.call.startCoroutineUninterceptedOrReturn(continuation)
            if (result === COROUTINE_SUSPENDED) op.waits()
            result
        }
    }
}
