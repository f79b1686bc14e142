package io.jasyncio.benchmarks.scenario

import io.jasyncio.coroutines.runAsyncio
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import java.util.ArrayDeque
import java.util.concurrent.Executors
import kotlin.coroutines.CoroutineContext

/** Where the coroutines of a scenario run: the one thing in which Kotlin's contenders differ. */
enum class Host {
    /** On a jasyncio loop. */
    JASYNCIO {
        override fun <T> run(block: suspend CoroutineScope.() -> T): T = runAsyncio(block = block)
    },

    /** On the event loop inside kotlinx' `runBlocking`, the fastest single-threaded dispatcher that kotlinx has. */
    RUN_BLOCKING {
        override fun <T> run(block: suspend CoroutineScope.() -> T): T = runBlocking(block = block)
    },

    /** On an executor with one thread, kotlinx' usual way to have a loop of one's own. */
    SINGLE_THREAD {
        override fun <T> run(block: suspend CoroutineScope.() -> T): T =
            Executors.newSingleThreadExecutor().asCoroutineDispatcher().use { runBlocking(it, block) }
    },

    /**
     * On the least that can be called a loop: a queue, and nothing else. What this takes is kotlinx' own share, which no
     * dispatcher can avoid. It has no timers.
     */
    BARE {
        override fun <T> run(block: suspend CoroutineScope.() -> T): T = BareLoop().run(block)
    }, ;

    abstract fun <T> run(block: suspend CoroutineScope.() -> T): T
}

private class BareLoop : CoroutineDispatcher() {
    private val ready = ArrayDeque<Runnable>()

    override fun dispatch(
        context: CoroutineContext,
        block: Runnable,
    ) = ready.addLast(block)

    @OptIn(ExperimentalCoroutinesApi::class)
    fun <T> run(block: suspend CoroutineScope.() -> T): T {
        val main = CoroutineScope(this).async(block = block)
        while (!main.isCompleted) {
            ready.removeFirst().run()
        }
        return main.getCompleted()
    }
}
