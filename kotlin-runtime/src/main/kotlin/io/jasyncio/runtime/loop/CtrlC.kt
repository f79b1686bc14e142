package io.jasyncio.runtime.loop

import io.jasyncio.spi.InterruptWatch
import java.util.concurrent.atomic.AtomicBoolean

/**
 * The watch for Ctrl-C (S134). One watch at a time in a process: the first of several programs has it.
 */
internal class CtrlC private constructor(
    private val onFirst: Runnable,
) : InterruptWatch {
    /** Written by the thread of the signal. */
    @Volatile
    private var happened = false

    /** What handles the signal for this watch. */
    private val own = SIGINT.handler(::arrived)

    /** What handled the signal before; null if this does not watch. Guarded by this. */
    private var former: Any? = null

    override fun happened(): Boolean = happened

    private fun install() {
        try {
            val before = SIGINT.install(own)
            former = before
            if (!SIGINT.isDefault(before)) {
                close()
            }
        } catch (_: IllegalArgumentException) {
            // The JVM leaves signals alone (-Xrs), or the platform keeps this one: Ctrl-C does what it does without us.
            WATCHED.set(false)
        }
    }

    private fun arrived() {
        if (happened) {
            close()
            SIGINT.raise()
        } else {
            happened = true
            onFirst.run()
        }
    }

    @Synchronized
    override fun close() {
        former?.let {
            former = null
            val present = SIGINT.install(it)
            if (present !== own) {
                // The program has put a handler of its own in our place meanwhile: that one stays, as in asyncio.
                SIGINT.install(present)
            }
            WATCHED.set(false)
        }
    }

    companion object {
        private val SIGINT = PlatformSignal("INT")
        private val WATCHED = AtomicBoolean()

        fun watch(onFirst: Runnable): InterruptWatch {
            val watch = CtrlC(onFirst)
            if (WATCHED.compareAndSet(false, true)) {
                watch.install()
            }
            return watch
        }
    }
}
