package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.LoopFuture
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.sleep
import kotlinx.coroutines.CoroutineScope
import java.util.function.Consumer
import kotlin.time.Duration.Companion.ZERO

/** S22, S23 in Kotlin. */
internal class DonecallbacksKotlin {
    @Twin("callbacks_never_run_inline")
    suspend fun CoroutineScope.callbacksNeverRunInline(trace: Trace) {
        val future = createFuture<String>()
        future.addDoneCallback { trace.add("one", it.result()) }
        future.addDoneCallback {
            trace.add("adder")
            it.addDoneCallback { trace.add("added by a callback") }
            trace.add("adder ends")
        }
        EventLoop.current().callSoon { trace.add("soon") }
        future.complete("value")
        trace.add("completed")
        future.addDoneCallback { trace.add("added after the end") }
        trace.add("main goes on")
        sleep(ZERO)
        trace.add("main one")
        sleep(ZERO)
        trace.add("main two")
    }

    @Twin("a_wakeup_stands_among_the_callbacks")
    suspend fun CoroutineScope.aWakeupStandsAmongTheCallbacks(trace: Trace) {
        val future = createFuture<Unit>()

        suspend fun waiter(name: String) {
            future.await()
            trace.add(name)
        }

        future.addDoneCallback { trace.add("callback one") }
        createTask { waiter("waiter one") }
        sleep(ZERO)
        future.addDoneCallback { trace.add("callback two") }
        createTask { waiter("waiter two") }
        sleep(ZERO)
        future.addDoneCallback { trace.add("callback three") }
        future.complete(Unit)
        sleep(ZERO)
        trace.add("main")
    }

    @Twin("a_callback_that_fails_harms_nobody")
    suspend fun CoroutineScope.aCallbackThatFailsHarmsNobody(trace: Trace) {
        val loop = EventLoop.current()
        loop.setExceptionHandler { _, context -> trace.add("handler", context.exception()) }
        val future = createFuture<String>()
        future.addDoneCallback { trace.add("one") }
        future.addDoneCallback { throw Boom() }
        future.addDoneCallback { trace.add("three") }
        loop.callSoon { future.complete("value") }
        trace.add("main", future.await())
    }

    @Twin("a_removed_callback_is_removed_as_often_as_it_was_added")
    suspend fun CoroutineScope.aRemovedCallbackIsRemovedAsOftenAsItWasAdded(trace: Trace) {
        val future = createFuture<Unit>()
        val one = Consumer<LoopFuture<Unit>> { trace.add("one") }
        val two = Consumer<LoopFuture<Unit>> { trace.add("two") }
        listOf(one, two, one, one).forEach(future::addDoneCallback)
        trace.add("removed", future.removeDoneCallback(one), future.removeDoneCallback(one))
        future.complete(Unit)
        sleep(ZERO)
        trace.add("removed at the end", future.removeDoneCallback(two))
    }

    @Twin("a_scheduled_callback_cannot_be_removed")
    suspend fun CoroutineScope.aScheduledCallbackCannotBeRemoved(trace: Trace) {
        val future = createFuture<Unit>()
        val two = Consumer<LoopFuture<Unit>> { trace.add("two") }
        future.addDoneCallback { trace.add("one removes", it.removeDoneCallback(two)) }
        future.addDoneCallback(two)
        future.complete(Unit)
        trace.add("main removes", future.removeDoneCallback(two))
        sleep(ZERO)
        trace.add("main")
    }
}
