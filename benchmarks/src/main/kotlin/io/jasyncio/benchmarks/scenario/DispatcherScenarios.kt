package io.jasyncio.benchmarks.scenario

import io.jasyncio.benchmarks.harness.Scenario
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.runBlocking
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.EmptyCoroutineContext

/** Bare callbacks on the event loop inside kotlinx' `runBlocking`: the counterparts of [CallbackScenarios]. */
object DispatcherScenarios {
    @JvmStatic
    fun dispatch(): Scenario =
        Scenario { operations, watch ->
            runBlocking {
                val queue = coroutineContext[ContinuationInterceptor] as CoroutineDispatcher
                val done = CompletableDeferred<Unit>()
                CallbackScenarios.queueAll({ queue.dispatch(EmptyCoroutineContext, it) }, operations, watch) { done.complete(Unit) }
                done.await()
            }
        }

    @JvmStatic
    fun dispatchFromThread(): Scenario =
        Scenario { operations, watch ->
            runBlocking {
                val queue = coroutineContext[ContinuationInterceptor] as CoroutineDispatcher
                val done = CompletableDeferred<Unit>()
                CallbackScenarios.feedFromThread({ queue.dispatch(EmptyCoroutineContext, it) }, operations, watch) { done.complete(Unit) }
                done.await()
            }
        }
}
