package io.jasyncio.coroutines

import io.jasyncio.EventLoop
import io.jasyncio.ExceptionGroup
import io.jasyncio.LoopFuture
import io.jasyncio.Task
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.cancel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.isActive
import kotlinx.coroutines.withContext

/** The tasks of a [taskGroup] block. */
public interface TaskGroupScope : CoroutineScope {
    /**
     * Starts a child.
     *
     * @throws IllegalStateException if the group is shutting down or has finished (S69)
     */
    public fun <T> createTask(
        name: String? = null,
        eagerStart: Boolean = false,
        block: suspend CoroutineScope.() -> T,
    ): Task<T>

    /** Ends the group early and without an error: cancels the children, and the block if it still runs (S71). Idempotent. */
    public fun cancelGroup()
}

/**
 * Runs [block] with a group of tasks and waits for all of them (asyncio's `TaskGroup`, S64-S73). The first failure cancels
 * the others and the block, and all failures leave as one [ExceptionGroup].
 *
 * Other than kotlinx' `coroutineScope`, which keeps the first exception and hangs the others on to it, this treats failures
 * as equals; and a child that is cancelled is no failure (S65).
 *
 * *Cancellation*: cancels the children, waits for them, and is thrown unless a child has failed.
 */
public suspend fun taskGroup(block: suspend TaskGroupScope.() -> Unit) {
    Group(EventLoop.current()).run(block)
}

private class Group(
    private val loop: EventLoop,
) {
    private val children = LinkedHashSet<Task<*>>()
    private val errors = ArrayList<Throwable>()

    /** The block's own job; null before and after. */
    private var body: Job? = null
    private var aborting = false
    private var finished = false
    private var allEnded: LoopFuture<Unit>? = null

    suspend fun run(block: suspend TaskGroupScope.() -> Unit) {
        val failure = runBody(block)
        if (failure != null) {
            abort()
        }
        awaitChildren()
        finished = true
        if (failure != null && failure !is CancellationException) {
            errors.add(failure)
        }
        if (errors.isNotEmpty()) {
            throw ExceptionGroup("unhandled errors in a TaskGroup", errors)
        }
        currentCoroutineContext().ensureActive()
        if (failure != null && !bodyCancelledByUs) {
            throw failure
        }
    }

    private var bodyCancelledByUs = false

    private suspend fun runBody(block: suspend TaskGroupScope.() -> Unit): Throwable? =
        try {
            coroutineScope {
                body = coroutineContext[Job]
                Scope(this).block()
            }
            null
        } catch (thrown: Throwable) {
            thrown
        } finally {
            body = null
        }

    /** Also when cancelled: the children are cancelled then, and must have ended before the block is left. */
    private suspend fun awaitChildren() {
        while (children.isNotEmpty()) {
            val ended = loop.createFuture<Unit>()
            allEnded = ended
            try {
                if (currentCoroutineContext().isActive) ended.await() else withContext(NonCancellable) { ended.await() }
            } catch (_: CancellationException) {
                abort()
            }
            allEnded = null
        }
    }

    private fun childEnded(child: LoopFuture<*>) {
        children.remove(child)
        if (children.isEmpty()) {
            allEnded?.complete(Unit)
        }
        val failure = if (child.isCancelled) null else child.exception()
        if (failure != null) {
            errors.add(failure)
            abort()
            cancelBody()
        }
    }

    private fun abort() {
        if (!aborting) {
            aborting = true
            children.toList().forEach { it.cancel() }
        }
    }

    private fun cancelBody() {
        body?.let {
            bodyCancelledByUs = true
            it.cancel(CancellationException("the task group is shutting down"))
        }
    }

    private inner class Scope(
        scope: CoroutineScope,
    ) : TaskGroupScope,
        CoroutineScope by scope {
        override fun <T> createTask(
            name: String?,
            eagerStart: Boolean,
            block: suspend CoroutineScope.() -> T,
        ): Task<T> {
            check(!finished) { "this task group is finished: its block was left" }
            check(!aborting) { "this task group is shutting down: a child failed or it was cancelled" }
            val child = io.jasyncio.coroutines.createTask(name, eagerStart, block = block)
            children.add(child)
            child.addDoneCallback(::childEnded)
            return child
        }

        override fun cancelGroup() {
            if (!finished) {
                abort()
                cancelBody()
            }
        }
    }
}
