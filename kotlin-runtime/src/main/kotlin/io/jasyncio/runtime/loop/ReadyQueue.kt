package io.jasyncio.runtime.loop

/**
 * What shall run, first in, first out: an array ring that grows and never shrinks. Loop only.
 *
 * The item that runs keeps its place until the next one begins. To remember it in a field as well would cost more than all
 * the rest of the queue: with a generational collector, every reference from the old loop to a young item is booked.
 */
internal class ReadyQueue {
    private var items = arrayOfNulls<Runnable>(INITIAL_CAPACITY)

    /** Ever increasing; the place in the array is what the mask leaves. */
    private var head = 0
    private var tail = 0
    private var hasRunning = false

    /** How many items wait. */
    val size: Int get() = tail - head

    val isEmpty: Boolean get() = head == tail

    /** The item that [next] returned last, while it runs. */
    val running: Runnable? get() = if (hasRunning) items[place(head - 1)] else null

    fun add(item: Runnable) {
        // One place is left for the running item.
        if (size == items.size - 1) {
            grow()
        }
        items[place(tail++)] = item
    }

    /** The first item, which goes on waiting. */
    fun peek(): Runnable? = if (isEmpty) null else items[place(head)]

    /** Takes the first item, which runs from now on; there must be one. */
    fun next(): Runnable {
        items[place(head - 1)] = null
        hasRunning = true
        return checkNotNull(items[place(head++)]) { "the ready queue is empty" }
    }

    /** Takes the item that was added last, if it is this one: it runs within the running one, and has no place of its own. */
    fun takeLastIf(item: Runnable): Boolean {
        val place = place(tail - 1)
        if (isEmpty || items[place] !== item) {
            return false
        }
        items[place] = null
        tail--
        return true
    }

    /** Nothing runs any more. */
    fun endRunning() {
        items[place(head - 1)] = null
        hasRunning = false
    }

    fun clear() {
        items.fill(null)
        head = 0
        tail = 0
        hasRunning = false
    }

    private fun place(position: Int): Int = position and (items.size - 1)

    private fun grow() {
        val grown = arrayOfNulls<Runnable>(items.size * 2)
        for (offset in -1 until size) {
            // The positions may have overflown: only their distance counts.
            val position = head + offset
            grown[position and (grown.size - 1)] = items[place(position)]
        }
        items = grown
    }

    private companion object {
        /** A power of two, so that a mask can stand for the remainder. */
        const val INITIAL_CAPACITY = 64
    }
}
