package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.Handle
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.currentTask
import io.jasyncio.coroutines.sleep
import kotlinx.coroutines.CoroutineScope
import kotlin.time.Duration.Companion.ZERO
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration

/** S1-S5, S8, S11-S14 in Kotlin. */
internal class CallbacksKotlin {
    @Twin("one_queue_for_all_sources")
    suspend fun CoroutineScope.oneQueueForAllSources(trace: Trace) {
        val loop = EventLoop.current()
        val gate = createFuture<Unit>()
        createTask {
            gate.await()
            trace.add("woken")
        }
        sleep(ZERO)
        loop.callSoon { trace.add("soon one") }
        gate.complete(Unit)
        createTask { trace.add("started") }
        gate.addDoneCallback { trace.add("done") }
        loop.callSoonThreadsafe { trace.add("threadsafe") }
        loop.callSoon { trace.add("soon two") }
        sleep(ZERO)
        trace.add("main")
    }

    @Twin("ready_callbacks_go_before_due_timers")
    suspend fun CoroutineScope.readyCallbacksGoBeforeDueTimers(trace: Trace) {
        val loop = EventLoop.current()

        fun timer(name: String) {
            trace.add("timer", name)
            loop.callSoon { trace.add("added by", name) }
        }

        loop.callLater(10.milliseconds.toJavaDuration()) { timer("late") }
        loop.callLater(5.milliseconds.toJavaDuration()) { timer("early") }
        loop.callSoon {
            trace.add("busy")
            trace.advance(20.milliseconds.toJavaDuration())
            loop.callSoon { trace.add("added by busy") }
        }
        sleep(ZERO)
        trace.add("main one")
        sleep(ZERO)
        trace.add("main two")
        sleep(ZERO)
        trace.add("main three at", Trace.millis())
    }

    @Twin("a_rescheduled_callback_waits_for_the_next_iteration")
    suspend fun CoroutineScope.aRescheduledCallbackWaitsForTheNextIteration(trace: Trace) {
        val loop = EventLoop.current()

        fun again(left: Int) {
            trace.add("again", left)
            if (left > 0) {
                loop.callSoon { again(left - 1) }
            }
        }

        loop.callSoon { again(2) }
        loop.callSoon { trace.add("other") }
        sleep(ZERO)
        trace.add("main one")
        sleep(ZERO)
        trace.add("main two")
        sleep(ZERO)
        trace.add("main three")
    }

    @Twin("a_handle_can_be_cancelled_by_its_predecessor")
    suspend fun CoroutineScope.aHandleCanBeCancelledByItsPredecessor(trace: Trace) {
        val loop = EventLoop.current()
        val handles = mutableListOf<Handle>()
        loop.callSoon {
            trace.add("first")
            handles[1].cancel()
        }
        listOf("second", "third", "fourth").mapTo(handles) { name -> loop.callSoon { trace.add(name) } }
        handles[0].cancel()
        handles[0].cancel()
        sleep(ZERO)
        trace.add("cancelled", handles.map { it.cancelled() })
    }

    @Twin("a_handle_knows_of_a_cancel_that_came_too_late")
    suspend fun CoroutineScope.aHandleKnowsOfACancelThatCameTooLate(trace: Trace) {
        val loop = EventLoop.current()
        lateinit var own: Handle
        own =
            loop.callSoon {
                own.cancel()
                trace.add("ran", own.cancelled())
            }
        val late = loop.callSoon { trace.add("late ran") }
        trace.add("before", own.cancelled(), late.cancelled())
        sleep(ZERO)
        trace.add("between", late.cancelled())
        late.cancel()
        sleep(ZERO)
        trace.add("after", late.cancelled())
    }

    @Twin("a_failing_callback_goes_to_the_handler")
    suspend fun CoroutineScope.aFailingCallbackGoesToTheHandler(trace: Trace) {
        val loop = EventLoop.current()

        fun fail(name: String) {
            trace.add("fail", name)
            throw Boom(name)
        }

        loop.setExceptionHandler { _, context -> trace.add("handler", context.exception(), context.exception()?.message) }
        loop.callSoon { fail("soon") }
        loop.callLater(1.milliseconds.toJavaDuration()) { fail("timer") }
        loop.callSoon { trace.add("behind") }
        sleep(ZERO)
        trace.add("main")
        sleep(2.milliseconds)
        trace.add("main later")
    }

    @Twin("a_callback_has_no_current_task")
    suspend fun CoroutineScope.aCallbackHasNoCurrentTask(trace: Trace) {
        val loop = EventLoop.current()
        val main = currentTask()
        val future = createFuture<Unit>()

        fun look(name: String) = trace.add(name, currentTask(), EventLoop.current() === loop)

        loop.callSoon { look("soon") }
        loop.callLater(ZERO.toJavaDuration()) { look("timer") }
        future.addDoneCallback { look("done callback") }
        future.complete(Unit)
        sleep(1.milliseconds)
        trace.add("main", currentTask() === main)
    }

    @Twin("a_call_from_another_thread_wakes_the_loop")
    suspend fun CoroutineScope.aCallFromAnotherThreadWakesTheLoop(trace: Trace) {
        val loop = EventLoop.current()
        val work =
            loop.runInExecutor(null) {
                listOf("one", "two", "three").forEach { name -> loop.callSoonThreadsafe { trace.add(name) } }
                "work"
            }
        trace.add(work.await())
    }

    @Twin("debug_mode_refuses_other_threads")
    suspend fun CoroutineScope.debugModeRefusesOtherThreads(trace: Trace) {
        val loop = EventLoop.current()
        loop.isDebug = true
        val refused =
            loop.runInExecutor(null) {
                listOf({ loop.callSoon {} }, { loop.callLater(1.seconds.toJavaDuration()) {} })
                    .mapNotNull { call -> runCatching(call).exceptionOrNull() }
            }
        trace.add(refused.await())
    }
}
