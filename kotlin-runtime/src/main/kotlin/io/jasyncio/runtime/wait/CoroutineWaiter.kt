@file:OptIn(InternalCoroutinesApi::class)

package io.jasyncio.runtime.wait

import io.jasyncio.Task
import io.jasyncio.WaitQueue
import io.jasyncio.Waiter
import io.jasyncio.runtime.loop.LoopDispatcher
import io.jasyncio.runtime.task.TaskDispatcher
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.ThreadContextElement
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.intrinsics.intercepted
import kotlin.coroutines.resumeWithException

/**
 * The place of a coroutine in a line, and the entry of the ready queue with which its turn comes; the coroutine goes on in
 * that very entry. It lasts as long as its job, so that the next wait of the same job costs no allocation. Loop only.
 */
internal class CoroutineWaiter(
    private val loop: LoopDispatcher,
    /** null for a coroutine that cannot be cancelled. */
    private val job: Job?,
) : Waiter(),
    Runnable {
    private var kind: TurnKind<*> = TurnKind.Plain

    /** What the turn is about: a queue; an item to put into it. */
    var subject: Any? = null
        private set
    var argument: Any? = null
        private set

    /** Who waits; null if nobody does. */
    private var waiting: Continuation<Any?>? = null

    /** The context of who waited last. */
    private var context: CoroutineContext? = null

    /** Whether a step in that context sets thread-locals, which kotlinx does where it dispatches and nowhere else. */
    private var setsThreadLocals = false

    /** Ends the watch over the job, where this place is for a single wait. */
    var watch: DisposableHandle? = null

    /** Set when the job is cancelled or ends, by whatever thread that happens in: cheaper to ask than the job. */
    @Volatile
    var hasEnded = false

    val isInUse: Boolean get() = waiting != null

    /** Stands in a line on behalf of a coroutine that is about to suspend. */
    fun begin(
        line: WaitQueue,
        kind: TurnKind<*>,
        subject: Any?,
        argument: Any?,
        continuation: Continuation<Any?>,
    ) {
        line.join(this)
        this.kind = kind
        this.subject = subject
        this.argument = argument
        waiting = continuation
        remember(continuation.context)
    }

    private fun remember(itsContext: CoroutineContext) {
        if (context !== itsContext) {
            context = itsContext
            setsThreadLocals = itsContext.fold(false) { found, element -> found || element is ThreadContextElement<*> }
        }
    }

    override fun wake() {
        loop.offer(this)
    }

    /** The turn. */
    override fun run() {
        val continuation = waiting ?: return
        val result = runCatching { takeTurn() }
        if (result.getOrNull() !== TurnKind.AGAIN) {
            goOn(continuation, result)
        }
    }

    private fun takeTurn(): Any? {
        if (!hasEnded) {
            came()
            return kind.turn(this)
        }
        missed()
        throw checkNotNull(job).getCancellationException()
    }

    private fun goOn(
        continuation: Continuation<Any?>,
        result: Result<Any?>,
    ) {
        endWait()
        if (setsThreadLocals) {
            goOnByDispatch(continuation.intercepted(), result)
        } else {
            // This is the loop's thread and the coroutine's entry: a dispatch would end here as well, by a detour over an object
            // that has left the caches.
            continuation.resumeWith(result)
        }
    }

    private fun goOnByDispatch(
        continuation: Continuation<Any?>,
        result: Result<Any?>,
    ) {
        continuation.resumeWith(result)
        // It has been dispatched to the end of the ready queue. But its place is here.
        if (continuation is Runnable && loop.ready.takeLastIf(continuation)) {
            continuation.run()
        }
    }

    /** The job is cancelled, or has ended. A coroutine that was woken already finds out at its turn. */
    fun jobEnds() {
        val continuation = waiting
        if (continuation != null && isWaiting) {
            leaveLine()
            endWait()
            continuation.intercepted().resumeWithException(checkNotNull(job).getCancellationException())
        }
    }

    private fun endWait() {
        waiting = null
        subject = null
        argument = null
        watch?.dispose()
    }

    /** On whose behalf the turn runs. */
    fun task(): Task<*>? = context?.let(TaskDispatcher::taskOf)

    override fun toString(): String = "the turn of ${job ?: "a coroutine"}"
}
