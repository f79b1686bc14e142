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

    companion object {
        const val NOT_QUEUED = -1
    }
}
