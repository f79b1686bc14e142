package io.jasyncio.coroutines

import io.jasyncio.EventLoop
import io.jasyncio.ExceptionGroup
import io.jasyncio.LoopFuture
import io.jasyncio.Task
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.isActive
import kotlinx.coroutines.job
import kotlinx.coroutines.withContext
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/** The tasks of a [taskGroup] block. */
public interface TaskGroupScope : CoroutineScope {
    /**
     * Starts a child; the parameters are those of the function of the same name outside of a group.
     *
     * @throws IllegalStateException if the group is shutting down or has finished (S69)
     */
    public fun <T> createTask(
        name: String? = null,
        eagerStart: Boolean = false,
        context: CoroutineContext = EmptyCoroutineContext,
        block: suspend CoroutineScope.() -> T,
    ): Task<T>

    /**
     * Ends the group early and without an error: cancels the children, and the block if it still runs (S71). Failures of
     * children and cancellations from outside leave the block nevertheless. Does nothing if the group is shutting down or
     * has finished.
     */
    public fun cancelGroup()
}

/**
 * Runs [block] with a group of tasks and waits for all of them (asyncio's `TaskGroup`, S64-S73). The first failure cancels
 * the others and the block, and all failures leave as one [ExceptionGroup].
 *
 * Other than kotlinx' `coroutineScope`, which keeps the first exception and hangs the others on to it, this treats failures
 * as equals; and a child that is cancelled is no failure (S65). What the block starts with `launch` and `async` is a part of
 * the block: the block ends when it has ended, and fails if it fails.
 *
 * *Cancellation*: cancels the children, waits for them, and is thrown unless a child has failed.
 */
public suspend fun taskGroup(block: suspend TaskGroupScope.() -> Unit) {
    Group(EventLoop.current()).run(block)
}

private class Group(
    private val loop: EventLoop,
) {
    /** In the order of creation. */
    private val children = LinkedHashSet<Task<*>>()
    private val errors = ArrayList<Throwable>()

    /** The job of the block, not of the task around it; null before and after. */
    private var body: Job? = null
    private var bodyHasEnded = false

    /** We have cancelled the block: it has not failed if it ends by that. */
    private var bodyCancelled = false

    /** The children were cancelled; no new ones are taken. */
    private var aborting = false

    /** Completed when the last child has ended; null while nobody waits. */
    private var allEnded: LoopFuture<Unit>? = null

    suspend fun run(block: suspend TaskGroupScope.() -> Unit) {
        val failure = runBody(block)
        if (failure != null) {
            abort()
        }
        awaitChildren()
        if (failure != null && failure !is CancellationException && errors.none { it.isPassedOnBy(failure) }) {
            errors.add(failure)
        }
        if (errors.isNotEmpty()) {
            throw ExceptionGroup("unhandled errors in a TaskGroup", errors)
        }
        currentCoroutineContext().ensureActive()
        if (failure != null && !bodyCancelled) {
            throw failure
        }
    }

    private suspend fun runBody(block: suspend TaskGroupScope.() -> Unit): Throwable? =
        try {
            coroutineScope {
                body = coroutineContext.job
                Scope(this).block()
            }
            null
        } catch (thrown: Throwable) {
            thrown
        } finally {
            body = null
            bodyHasEnded = true
        }

    /** Also when cancelled: the children are cancelled then, and must have ended before the block is left (S68). */
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

    fun checkTakesChildren() {
        check(!bodyHasEnded || children.isNotEmpty()) { "this task group is finished: all its children have ended" }
        check(!aborting) { "this task group is shutting down: a child failed or it was cancelled" }
    }

    fun adopt(child: Task<*>) {
        children.add(child)
        child.addDoneCallback(::childEnded)
        if (aborting) {
            // The group began to shut down while the child took its eager step.
            child.cancel()
        }
    }

    /** Called through the ready queue, so that a block which is about to go on in this pass still does, as in asyncio. */
    private fun childEnded(child: LoopFuture<*>) {
        children.remove(child)
        if (children.isEmpty()) {
            allEnded?.complete(Unit)
        }
        val failure = if (child.isCancelled) null else child.exception()
        if (failure != null) {
            errors.add(failure)
            shutDown()
        }
    }

    fun shutDown() {
        if (aborting || bodyHasEnded && children.isEmpty()) {
            return
        }
        abort()
        body?.let {
            bodyCancelled = true
            it.cancel(CancellationException("the task group is shutting down"))
        }
    }

    private fun abort() {
        if (!aborting) {
            aborting = true
            children.toList().forEach { it.cancel() }
        }
    }

    /**
     * Whether a block that has awaited this child has ended by its failure. kotlinx prefers a failure to a cancellation that
     * came in the same pass, and may copy it to complete the stack trace.
     */
    private fun Throwable.isPassedOnBy(failure: Throwable): Boolean =
        this === failure || this === failure.cause && javaClass == failure.javaClass && message == failure.message

    private inner class Scope(
        scope: CoroutineScope,
    ) : TaskGroupScope,
        CoroutineScope by scope {
        override fun <T> createTask(
            name: String?,
            eagerStart: Boolean,
            context: CoroutineContext,
            block: suspend CoroutineScope.() -> T,
        ): Task<T> {
            checkTakesChildren()
            return io.jasyncio.coroutines
                .createTask(name, eagerStart, context, block)
                .also(::adopt)
        }

        override fun cancelGroup() = shutDown()
    }
}
