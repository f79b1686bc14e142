package io.jasyncio.runtime.transport

import io.jasyncio.LoopFuture
import io.jasyncio.Task
import io.jasyncio.spi.LoopRuntime
import io.jasyncio.spi.Reclaiming

/**
 * Something that a task opens for somebody else, and that must be closed again if that one does not take it (S44): because
 * the wait was cancelled while it was being opened, or in the very pass in which it was. Loop only.
 */
internal class Opening<T>(
    loop: LoopRuntime,
    private val task: Task<T>,
    private val undo: (T) -> Unit,
) : LoopFuture<T>(loop),
    Reclaiming {
    init {
        whenEnded {
            if (isCancelled) {
                task.cancel()
            }
        }
        task.addListener { opened() }
    }

    private fun opened() {
        val failure = if (task.isCancelled) null else task.exception()
        when {
            task.isCancelled -> cancel()
            failure != null -> completeExceptionally(failure)
            !complete(task.result()) -> undo(task.result())
        }
    }

    override fun valueNotTaken() = undo(result())
}
