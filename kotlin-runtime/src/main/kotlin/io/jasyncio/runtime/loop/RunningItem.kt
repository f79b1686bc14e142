package io.jasyncio.runtime.loop

import io.jasyncio.Context
import io.jasyncio.Task
import io.jasyncio.runtime.task.TaskDispatcher
import io.jasyncio.runtime.wait.CoroutineWaiter
import io.jasyncio.spi.ReadyItem
import kotlin.coroutines.Continuation

/**
 * On whose behalf code runs. Read off the item that runs when somebody asks, and kept nowhere else: a step writes nothing
 * for the sake of rare questions. Loop only.
 */
internal class RunningItem(
    private val ready: ReadyQueue,
) {
    /** What runs inside the running item, for an eager start; null otherwise. */
    private var inside: Runnable? = null

    /** The context of an item that brought none, made when somebody asks. */
    private var looseContext: Context? = null
    private var looseItem: Runnable? = null

    private val item: Runnable? get() = inside ?: ready.running

    val isNested: Boolean get() = inside != null

    fun task(): Task<*>? =
        when (val item = item) {
            is Task<*> -> item
            is ReadyItem -> item.task()
            is CoroutineWaiter -> item.task()
            is Continuation<*> -> TaskDispatcher.taskOf(item.context)
            else -> null
        }

    fun context(): Context? {
        val item = item ?: return null
        return task()?.context ?: (item as? ReadyItem)?.context ?: contextOfLoose(item)
    }

    private fun contextOfLoose(item: Runnable): Context {
        val known = looseContext
        if (known != null && looseItem === item) {
            return known
        }
        looseItem = item
        return Context().also { looseContext = it }
    }

    /** Nothing runs any more: an item that is over must not be kept, with all that hangs on it. */
    fun forget() {
        looseItem = null
        looseContext = null
    }

    /** Runs an item inside the running one. */
    fun runInside(item: Runnable) {
        val outer = inside
        inside = item
        try {
            item.run()
        } finally {
            inside = outer
        }
    }
}
