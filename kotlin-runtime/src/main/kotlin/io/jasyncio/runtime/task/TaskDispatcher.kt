@file:OptIn(InternalCoroutinesApi::class)

package io.jasyncio.runtime.task

import io.jasyncio.Task
import io.jasyncio.runtime.loop.LoopDispatcher
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Delay
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.Job
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext

/**
 * The loop as the dispatcher of one task: says on behalf of which task a coroutine runs, also for what the body launches
 * with kotlinx' own builders. An element of its own in the coroutine context would say the same, but every `launch` would
 * pay for copying it.
 */
internal class TaskDispatcher(
    val loop: LoopDispatcher,
    private val task: Task<*>,
) : CoroutineDispatcher(),
    Delay by loop {
    override fun dispatch(
        context: CoroutineContext,
        block: Runnable,
    ) = loop.dispatch(context, block)

    override fun limitedParallelism(
        parallelism: Int,
        name: String?,
    ): CoroutineDispatcher {
        loop.limitedParallelism(parallelism, name)
        return this
    }

    override fun toString(): String = "$loop for $task"

    companion object {
        fun taskOf(context: CoroutineContext): Task<*>? {
            val dispatcher = context[ContinuationInterceptor] as? TaskDispatcher
            return dispatcher?.task ?: CoroutineTask.ofJob(context[Job])
        }
    }
}
