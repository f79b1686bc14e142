package io.jasyncio.runtime.loop

/**
 * What shall run, first in, first out: an array ring that grows and never shrinks. Loop only.
 */
internal class ReadyQueue {
    private var items = arrayOfNulls<Runnable>(INITIAL_CAPACITY)

    /** Ever increasing; the place in the array is what the mask leaves. */
    private var head = 0
    private var tail = 0

    val size: Int get() = tail - head

    val isEmpty: Boolean get() = head == tail

    fun add(item: Runnable) {
        if (size == items.size) {
            grow()
        }
        items[tail++ and (items.size - 1)] = item
    }

    /** The first item, which stays. */
    fun peek(): Runnable? = items[head and (items.size - 1)]

    /** Takes the first item; there must be one. */
    fun remove(): Runnable {
        val place = head++ and (items.size - 1)
        val item = items[place]
        items[place] = null
        return checkNotNull(item) { "the ready queue is empty" }
    }

    fun clear() {
        items.fill(null)
        head = 0
        tail = 0
    }

    private fun grow() {
        val count = size
        val grown = arrayOfNulls<Runnable>(items.size * 2)
        for (i in 0 until count) {
            grown[i] = items[(head + i) and (items.size - 1)]
        }
        items = grown
        head = 0
        tail = count
    }

    private companion object {
        /** A power of two, so that a mask can stand for the remainder. */
        const val INITIAL_CAPACITY = 64
    }
}
