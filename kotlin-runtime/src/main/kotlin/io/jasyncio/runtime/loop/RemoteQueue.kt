package io.jasyncio.runtime.loop

import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicBoolean

/**
 * The door for other threads: what they want to run, and the wake-up of a loop that sleeps (S12).
 *
 * The wake-up cannot be lost. The loop first announces that it will sleep and then looks at the queue once more; another
 * thread first adds its item and then looks whether the loop sleeps. Whichever comes second sees the other. At most one
 * wake-up is under way, since whoever sends it takes the announcement back.
 */
internal class RemoteQueue(private val wakeup: Runnable) {
    private val items = ConcurrentLinkedQueue<Runnable>()
    private val sleeping = AtomicBoolean()

    /** Any thread. */
    fun offer(item: Runnable) {
        items.add(item)
        if (sleeping.get() && sleeping.compareAndSet(true, false)) {
            wakeup.run()
        }
    }

    /** Loop only. */
    fun drainTo(ready: ReadyQueue) {
        while (true) {
            ready.add(items.poll() ?: return)
        }
    }

    val isEmpty: Boolean get() = items.isEmpty()

    /** Loop only: the loop is about to sleep. False if it must not, because there is something to run. */
    fun announceSleep(): Boolean {
        sleeping.set(true)
        if (items.isEmpty()) {
            return true
        }
        sleeping.set(false)
        return false
    }

    /** Loop only: the loop is awake. */
    fun announceAwake() {
        sleeping.set(false)
    }

    fun clear() {
        items.clear()
    }
}
