package io.jasyncio.runtime.loop

/** Something that runs at a time; an entry of [TimerQueue]. The fields are the queue's. Loop only. */
internal abstract class TimerNode(
    /** In nanoseconds of the loop's clock. */
    @JvmField val deadlineNanos: Long,
) : Runnable {
    /** The order of insertion, which decides between equal deadlines. */
    @JvmField
    var sequence = 0L

    /** The place in the heap; negative outside of it. */
    @JvmField
    var index = NOT_QUEUED

    fun isBefore(other: TimerNode): Boolean {
        // The clock may be negative and may overflow: only differences count.
        val difference = deadlineNanos - other.deadlineNanos
        return difference < 0 || difference == 0L && sequence < other.sequence
    }

    companion object {
        const val NOT_QUEUED = -1
    }
}
