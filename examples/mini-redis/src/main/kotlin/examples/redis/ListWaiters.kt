package examples.redis

import io.jasyncio.coroutines.createFuture

/**
 * A client that waits for a value of a list.
 *
 * @param isThere whether it would get what is given to it
 * @param take gives it the value
 */
internal class ListWaiter(
    val pop: BlockingPop,
    val isThere: () -> Boolean,
    val take: (Key, ByteArray) -> Unit,
) {
    enum class State { WAITING, SERVED, LEFT_EMPTY_HANDED, GONE, FLOODING }

    var state = State.WAITING
        private set

    /** Ends when it waits no more. */
    val over = createFuture<Unit>()

    fun end(how: State) {
        if (state == State.WAITING) {
            state = how
            over.complete(Unit)
        }
    }
}

/** Who waits for which list of a database. Who has waited longest is served first. */
internal class ListWaiters(private val store: Store) {
    private val queues = HashMap<Key, LinkedHashSet<ListWaiter>>()
    private val probe = Key()

    fun add(waiter: ListWaiter) {
        for (key in waiter.pop.keys) {
            queues.getOrPut(key, ::LinkedHashSet).add(waiter)
        }
    }

    /** It waits no more. In the same step it leaves all queues: nobody can give it a value in between. */
    fun end(waiter: ListWaiter, how: ListWaiter.State) {
        for (key in waiter.pop.keys) {
            val queue = queues[key] ?: continue
            queue.remove(waiter)
            if (queue.isEmpty()) {
                queues.remove(key)
            }
        }
        waiter.end(how)
    }

    /** Ends all waits. */
    fun endAll() {
        queues.values.flatten().forEach { end(it, ListWaiter.State.LEFT_EMPTY_HANDED) }
    }

    /** The list that is the first argument of a request has got values, which go to those who wait for as long as there are any. */
    fun pushed(request: Request) {
        if (queues.isEmpty()) {
            return
        }
        val key = request.key(1, probe)
        while (true) {
            val waiter = queues[key]?.first() ?: return
            if (!waiter.isThere()) {
                end(waiter, ListWaiter.State.GONE) // before anything is taken for it
            } else {
                val value = store.pop(key, waiter.pop.first) ?: return
                end(waiter, ListWaiter.State.SERVED)
                waiter.take(key, value)
            }
        }
    }
}
