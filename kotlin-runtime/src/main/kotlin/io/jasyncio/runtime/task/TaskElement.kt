package io.jasyncio.runtime.task

import io.jasyncio.Task
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/** Says on behalf of which task a coroutine runs. Inherited by what the body launches with kotlinx' own builders. */
internal class TaskElement(
    val task: Task<*>,
) : AbstractCoroutineContextElement(Key) {
    companion object Key : CoroutineContext.Key<TaskElement>
}
