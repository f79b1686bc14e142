package io.jasyncio.benchmarks.scenario

import io.jasyncio.benchmarks.harness.Scenario
import io.jasyncio.coroutines.wait
import io.jasyncio.coroutines.withLock
import io.jasyncio.coroutines.withPermit
import io.jasyncio.sync.AsyncEvent
import io.jasyncio.sync.AsyncLock
import io.jasyncio.sync.AsyncSemaphore
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.sync.withPermit
import kotlinx.coroutines.yield

/** Our primitives and kotlinx' own, with the same code on the same loop. */
object SyncScenarios {
    /** How many wait for an event. */
    const val CROWD = 100

    /** How many wait for a lock that they take once. */
    private const val NEWCOMERS = 1_000

    /** A lock that nobody else wants. */
    @JvmStatic
    fun lockAlone(): Scenario =
        Scenario { operations, watch ->
            Host.JASYNCIO.run {
                val lock = AsyncLock()
                var count = 0L
                watch.start()
                repeat(operations.toInt()) { lock.withLock { count++ } }
                watch.stop(count)
            }
        }

    @JvmStatic
    fun mutexAlone(): Scenario =
        Scenario { operations, watch ->
            Host.JASYNCIO.run {
                val mutex = Mutex()
                var count = 0L
                watch.start()
                repeat(operations.toInt()) { mutex.withLock { count++ } }
                watch.stop(count)
            }
        }

    /** Coroutines that take turns at a lock, and give way while they hold it. An operation is one turn. */
    @JvmStatic
    fun lockAmong(coroutines: Int): Scenario =
        among(coroutines) { turns ->
            val lock = AsyncLock()
            workers(coroutines, turns) { lock.withLock { yield() } }
        }

    @JvmStatic
    fun mutexAmong(coroutines: Int): Scenario =
        among(coroutines) { turns ->
            val mutex = Mutex()
            workers(coroutines, turns) { mutex.withLock { yield() } }
        }

    /** Coroutines that take a lock once in their lives, and give way while they hold it. An operation is one of them. */
    @JvmStatic
    fun lockOnce(): Scenario =
        among(NEWCOMERS) { turns ->
            val lock = AsyncLock()
            repeat(turns) { workers(NEWCOMERS, 1) { lock.withLock { yield() } } }
        }

    @JvmStatic
    fun mutexOnce(): Scenario =
        among(NEWCOMERS) { turns ->
            val mutex = Mutex()
            repeat(turns) { workers(NEWCOMERS, 1) { mutex.withLock { yield() } } }
        }

    /** The same with a semaphore of a few permits. */
    @JvmStatic
    fun semaphoreAmong(
        coroutines: Int,
        permits: Int,
    ): Scenario =
        among(coroutines) { turns ->
            val semaphore = AsyncSemaphore(permits)
            workers(coroutines, turns) { semaphore.withPermit { yield() } }
        }

    @JvmStatic
    fun kotlinxSemaphoreAmong(
        coroutines: Int,
        permits: Int,
    ): Scenario =
        among(coroutines) { turns ->
            val semaphore = Semaphore(permits)
            workers(coroutines, turns) { semaphore.withPermit { yield() } }
        }

    /** An event wakes a hundred coroutines, again and again. An operation is one of them woken. */
    @JvmStatic
    fun eventBroadcast(): Scenario =
        among(CROWD) { turns ->
            val event = AsyncEvent()
            coroutineScope {
                launch { workers(CROWD, turns) { event.wait() } }
                yield()
                repeat(turns) {
                    yield()
                    event.set()
                    event.clear()
                }
            }
        }

    /** What comes nearest to an event in kotlinx: a deferred value for each round. */
    @JvmStatic
    fun deferredBroadcast(): Scenario =
        among(CROWD) { turns ->
            var round = CompletableDeferred<Unit>()
            coroutineScope {
                launch { workers(CROWD, turns) { round.await() } }
                yield()
                repeat(turns) {
                    yield()
                    val former = round
                    round = CompletableDeferred()
                    former.complete(Unit)
                }
            }
        }

    private inline fun among(
        coroutines: Int,
        crossinline body: suspend (Int) -> Unit,
    ): Scenario =
        Scenario { operations, watch ->
            val turns = (operations / coroutines).toInt() + 1
            Host.JASYNCIO.run {
                watch.start()
                body(turns)
                watch.stop(turns.toLong() * coroutines)
            }
        }

    private suspend inline fun workers(
        coroutines: Int,
        turns: Int,
        crossinline turn: suspend () -> Unit,
    ) {
        coroutineScope {
            repeat(coroutines) { launch { repeat(turns) { turn() } } }
        }
    }
}
