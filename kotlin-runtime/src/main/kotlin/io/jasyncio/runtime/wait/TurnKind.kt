package io.jasyncio.runtime.wait

import io.jasyncio.queue.AsyncQueue
import io.jasyncio.stream.ReadRequest
import io.jasyncio.stream.StreamReader

/** What a coroutine does when its turn has come. */
internal sealed class TurnKind<T> {
    /** The value that the coroutine goes on with, or [AGAIN] if it stands in line once more. */
    abstract fun turn(waiter: CoroutineWaiter): Any?

    /** The turn is all there is to it: what it means is the line's business. */
    object Plain : TurnKind<Unit>() {
        override fun turn(waiter: CoroutineWaiter) = Unit
    }

    /** Takes an item, unless somebody was quicker (S90). */
    object Get : TurnKind<Any?>() {
        override fun turn(waiter: CoroutineWaiter): Any? {
            val queue = waiter.subject as AsyncQueue<*>
            if (queue.isEmpty && !queue.isShutdown) {
                queue.getters().join(waiter)
                return AGAIN
            }
            return queue.getNowait()
        }
    }

    /** Puts an item, unless somebody was quicker. */
    object Put : TurnKind<Unit>() {
        override fun turn(waiter: CoroutineWaiter): Any? {
            @Suppress("UNCHECKED_CAST") // the item was given for this queue
            val queue = waiter.subject as AsyncQueue<Any?>
            if (queue.isFull && !queue.isShutdown) {
                queue.putters().join(waiter)
                return AGAIN
            }
            return queue.putNowait(waiter.argument)
        }
    }

    /** Reads, unless what has come is not enough (S101). */
    object Read : TurnKind<Any?>() {
        override fun turn(waiter: CoroutineWaiter): Any? {
            val request = waiter.subject as ReadRequest<*>
            val reader = waiter.argument as StreamReader
            val result = request.attempt(reader)
            if (result === ReadRequest.NOT_YET) {
                request.line(reader).join(waiter)
                return AGAIN
            }
            return result
        }
    }

    companion object {
        val AGAIN = Any()

        /** [Read] for what a request gives. */
        @Suppress("UNCHECKED_CAST")
        fun <T> read(): TurnKind<T> = Read as TurnKind<T>
    }
}
