package io.jasyncio.benchmarks.scenario

import io.jasyncio.benchmarks.harness.Scenario
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.yield
import kotlin.coroutines.ContinuationInterceptor

/** What Kotlin code does, with the same code on every [Host]. */
object CoroutineScenarios {
    const val CROWD = 100_000L
    const val SLEEPERS = 200_000L

    /** Delays are spread over so few milliseconds that waking the sleepers takes longer than waiting for the last. */
    const val SPREAD_MILLIS = 10L

    /** `launch {}.join()`, one after the other. */
    @JvmStatic
    fun launchAndJoin(host: Host): Scenario =
        timed(host) { operations -> repeat(operations.toInt()) { launch {}.join() } }

    /** The same with a coroutine that gives way once. */
    @JvmStatic
    fun launchYieldAndJoin(host: Host): Scenario =
        timed(host) { operations -> repeat(operations.toInt()) { launch { yield() }.join() } }

    /** A task of the loop and its result, one after the other; kotlinx' counterpart is [asyncAndAwait]. */
    @JvmStatic
    fun createTaskAndAwait(): Scenario =
        timed(Host.JASYNCIO) { operations -> repeat(operations.toInt()) { createTask {}.await() } }

    @JvmStatic
    fun asyncAndAwait(host: Host): Scenario =
        timed(host) { operations -> repeat(operations.toInt()) { async {}.await() } }

    /** 100,000 coroutines are launched, and then all are joined. */
    @JvmStatic
    fun launchMany(host: Host): Scenario =
        batches(host, CROWD) {
            val jobs = ArrayList<Job>(CROWD.toInt())
            repeat(CROWD.toInt()) { jobs.add(launch {}) }
            jobs.joinAll()
        }

    /** Coroutines that give way to each other. */
    @JvmStatic
    fun yieldAmong(
        host: Host,
        coroutines: Int,
    ): Scenario =
        Scenario { operations, watch ->
            val turns = (operations / coroutines).toInt() + 1
            host.run {
                watch.start()
                coroutineScope {
                    repeat(coroutines) { launch { repeat(turns) { yield() } } }
                }
                watch.stop(turns.toLong() * coroutines)
            }
        }

    /** 200,000 coroutines, each of which sleeps for some milliseconds. */
    @JvmStatic
    fun timers(host: Host): Scenario =
        batches(host, SLEEPERS) {
            coroutineScope {
                for (i in 0 until SLEEPERS) {
                    launch { delay(1 + i % SPREAD_MILLIS) }
                }
            }
        }

    /** Waits for a deferred value that the next callback of the loop brings. */
    @JvmStatic
    fun awaitDeferred(host: Host): Scenario =
        timed(host) { operations ->
            val dispatcher = coroutineContext[ContinuationInterceptor] as CoroutineDispatcher
            repeat(operations.toInt()) {
                val deferred = CompletableDeferred<Int>()
                dispatcher.dispatch(coroutineContext) { deferred.complete(1) }
                deferred.await()
            }
        }

    private fun batches(
        host: Host,
        size: Long,
        batch: suspend CoroutineScope.() -> Unit,
    ): Scenario =
        Scenario { operations, watch ->
            val count = (operations + size - 1) / size
            host.run {
                watch.start()
                for (i in 0 until count) {
                    batch()
                }
                watch.stop(count * size)
            }
        }

    private inline fun timed(
        host: Host,
        crossinline operation: suspend CoroutineScope.(Long) -> Unit,
    ): Scenario =
        Scenario { operations, watch ->
            host.run {
                watch.start()
                operation(operations)
                watch.stop(operations)
            }
        }
}
