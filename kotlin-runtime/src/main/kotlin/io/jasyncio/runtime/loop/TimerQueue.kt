package io.jasyncio.runtime.loop

/**
 * The timers of a loop, earliest first, and first in, first out among equals (S15). A heap of four children per node, in
 * which each timer knows its place: a cancelled timer is taken out at once and costs nothing any more. The deadlines stand
 * beside the timers in an array of their own, so that the four children are compared within one cache line. Loop only.
 */
internal class TimerQueue {
    private var heap = arrayOfNulls<TimerNode>(INITIAL_CAPACITY)
    private var deadlines = LongArray(INITIAL_CAPACITY)
    private var insertions = 0L

    var size = 0
        private set

    /** The earliest timer. */
    fun peek(): TimerNode? = heap[0]

    fun add(timer: TimerNode) {
        if (size == heap.size) {
            heap = heap.copyOf(size * 2)
            deadlines = deadlines.copyOf(size * 2)
        }
        timer.sequence = insertions++
        siftUp(size++, timer)
    }

    /** Takes a timer out; false if it is not there, because it has fired or was taken out before. */
    fun remove(timer: TimerNode): Boolean {
        val place = timer.index
        if (place < 0) {
            return false
        }
        timer.index = TimerNode.NOT_QUEUED
        val last = at(--size)
        heap[size] = null
        if (last !== timer) {
            siftDown(place, last)
            if (heap[place] === last) {
                siftUp(place, last)
            }
        }
        return true
    }

    fun clear() {
        for (i in 0 until size) {
            at(i).index = TimerNode.NOT_QUEUED
            heap[i] = null
        }
        size = 0
    }

    private fun siftUp(
        from: Int,
        timer: TimerNode,
    ) {
        var place = from
        while (place > 0) {
            val above = (place - 1) / CHILDREN
            if (!isBefore(timer, above)) {
                break
            }
            put(place, at(above))
            place = above
        }
        put(place, timer)
    }

    private fun siftDown(
        from: Int,
        timer: TimerNode,
    ) {
        var place = from
        while (true) {
            val below = earliestChild(place)
            if (below < 0 || isBefore(timer, below)) {
                break
            }
            put(place, at(below))
            place = below
        }
        put(place, timer)
    }

    private fun earliestChild(place: Int): Int {
        val first = place * CHILDREN + 1
        if (first >= size) {
            return -1
        }
        var earliest = first
        for (child in first + 1 until minOf(first + CHILDREN, size)) {
            val difference = deadlines[child] - deadlines[earliest]
            if (difference < 0 || difference == 0L && at(child).sequence < at(earliest).sequence) {
                earliest = child
            }
        }
        return earliest
    }

    /** The clock may be negative and may overflow: only differences count (J7). */
    private fun isBefore(
        timer: TimerNode,
        place: Int,
    ): Boolean {
        val difference = timer.deadlineNanos - deadlines[place]
        return difference < 0 || difference == 0L && timer.sequence < at(place).sequence
    }

    private fun put(
        place: Int,
        timer: TimerNode,
    ) {
        heap[place] = timer
        deadlines[place] = timer.deadlineNanos
        timer.index = place
    }

    private fun at(place: Int): TimerNode = checkNotNull(heap[place])

    private companion object {
        const val INITIAL_CAPACITY = 64
        const val CHILDREN = 4
    }
}
