package io.jasyncio.runtime.transport

import io.jasyncio.Context
import io.jasyncio.Task
import io.jasyncio.spi.ReadyItem

/** The context in which a channel's events are handled: a copy of the one in which the channel was made. Loop only. */
internal class EventContext {
    private var captured: Context? = Context.capture()

    val context: Context get() = captured ?: Context().also { captured = it }

    /** An entry of the ready queue, which can be queued again and again. Name and owner are for people. */
    fun item(
        name: String,
        owner: Any,
        step: () -> Unit,
    ): ReadyItem = Item(name, owner, step)

    private inner class Item(
        private val name: String,
        private val owner: Any,
        private val step: () -> Unit,
    ) : ReadyItem {
        override fun run() = step()

        override fun task(): Task<*>? = null

        override fun getContext(): Context = this@EventContext.context

        override fun toString(): String = "callback $name of $owner"
    }
}
