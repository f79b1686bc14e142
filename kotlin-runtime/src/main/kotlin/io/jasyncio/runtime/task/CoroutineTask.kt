@file:OptIn(InternalCoroutinesApi::class)

package io.jasyncio.runtime.task

import io.jasyncio.RuntimeTask
import io.jasyncio.Task
import io.jasyncio.TaskOptions
import io.jasyncio.coroutines.dispatcher
import io.jasyncio.runtime.loop.LoopDispatcher
import io.jasyncio.spi.LoopRuntime
import kotlinx.coroutines.AbstractCoroutine
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.Job
import kotlin.coroutines.CoroutineContext

/**
 * A task whose body is a coroutine. Its `Job` has no parent: like asyncio's tasks, it lives until its body ends, and the
 * loop keeps it. What the body launches with kotlinx' builders is its child, and ends before the task does.
 */
internal class CoroutineTask<T>(
    private val loop: LoopRuntime,
    options: TaskOptions,
    context: CoroutineContext,
) : RuntimeTask<T>(loop, options) {
    private val body = Body(context + TaskDispatcher(loop.dispatcher as LoopDispatcher, this))

    fun start(
        eagerly: Boolean,
        block: suspend CoroutineScope.() -> T,
    ) {
        if (eagerly && loop.isCurrent) {
            loop.services().runInside(EagerStep(this) { body.start(CoroutineStart.UNDISPATCHED, body, block) })
        } else {
            body.start(CoroutineStart.DEFAULT, body, block)
        }
    }

    override fun cancelBody(message: String?) {
        body.cancel(CancellationException(message))
    }

    private inner class Body(
        context: CoroutineContext,
    ) : AbstractCoroutine<T>(context, initParentJob = false, active = true) {
        val task get() = this@CoroutineTask

        override fun onCompleted(value: T) = endWith(value)

        override fun onCancelled(
            cause: Throwable,
            handled: Boolean,
        ) = endExceptionally(cause)
    }

    companion object {
        /** The task whose body this job is or belongs to: `withContext(loop.dispatcher)` changes the dispatcher and not the task. */
        @OptIn(ExperimentalCoroutinesApi::class)
        fun ofJob(job: Job?): Task<*>? {
            var at = job
            while (at != null) {
                if (at is CoroutineTask<*>.Body) return at.task
                at = at.parent
            }
            return null
        }
    }
}
