package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.LoopFuture
import io.jasyncio.coroutines.sleep
import kotlinx.coroutines.CoroutineScope
import kotlin.time.Duration.Companion.ZERO
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration

/** S6-S10 in Kotlin. */
internal class RunningKotlin {
    @Twin(value = "stop_lets_the_iteration_end", plain = true)
    fun stopLetsTheIterationEnd(trace: Trace) {
        val loop = EventLoop.create(trace.options())
        loop.callSoon {
            trace.add("stopper")
            loop.callSoon { trace.add("from the stopper") }
            loop.stop()
        }
        loop.callSoon {
            trace.add("behind")
            loop.callSoon { trace.add("from behind") }
            loop.callSoon(loop::stop)
        }
        loop.runForever()
        trace.add("stopped", loop.isRunning, loop.isClosed)
        loop.runForever()
        trace.add("stopped again")
        loop.close()
    }

    @Twin(value = "stop_before_the_run_gives_one_iteration", plain = true)
    fun stopBeforeTheRunGivesOneIteration(trace: Trace) {
        val loop = EventLoop.create(trace.options())
        loop.callLater(1.seconds.toJavaDuration()) {
            trace.add("timer")
            loop.stop()
        }
        loop.callSoon { loop.callSoon { trace.add("added in the iteration") } }
        loop.callSoon { trace.add("ready") }
        loop.stop()
        loop.runForever()
        trace.add("left at", loop.time() / 1_000_000)
        loop.runForever()
        trace.add("left at", loop.time() / 1_000_000)
        loop.close()
    }

    @Twin(value = "stop_before_the_future_is_done", plain = true)
    fun stopBeforeTheFutureIsDone(trace: Trace) {
        val loop = EventLoop.create(trace.options())
        val future = loop.createFuture<String>()
        loop.callSoon(loop::stop)
        try {
            loop.runUntilComplete(future)
        } catch (refused: IllegalStateException) {
            trace.add(refused, future.isDone)
        }
        loop.callLater(1.seconds.toJavaDuration()) { future.complete("value") }
        trace.add(loop.runUntilComplete(future))
        loop.close()
    }

    @Twin(
        value = "an_exit_leaves_the_loop_at_once",
        plain = true,
        because = "the JVM has no exception that means exit: all go to the handler, and the loop goes on",
        trace = ["leave", "handler Fatal", "behind", "stopped"],
    )
    fun anExitLeavesTheLoopAtOnce(trace: Trace) {
        val loop = EventLoop.create(trace.options())
        loop.setExceptionHandler { _, context -> trace.add("handler", context.exception()) }
        loop.callSoon {
            trace.add("leave")
            throw Fatal()
        }
        loop.callSoon { trace.add("behind") }
        loop.callSoon(loop::stop)
        try {
            loop.runForever()
        } catch (left: Fatal) {
            trace.add("left by", left, loop.isRunning)
            loop.runForever()
        }
        trace.add("stopped")
        loop.close()
    }

    @Twin(value = "a_closed_loop_refuses_everything", plain = true)
    fun aClosedLoopRefusesEverything(trace: Trace) {
        val loop = EventLoop.create(trace.options())
        val future: LoopFuture<String> = loop.createFuture()
        loop.close()
        loop.close()
        trace.add("closed", loop.isClosed, loop.isRunning)
        attempt(trace, "soon") { loop.callSoon { trace.add("never") } }
        attempt(trace, "later") { loop.callLater(1.seconds.toJavaDuration()) { trace.add("never") } }
        attempt(trace, "at") { loop.callAt(1) { trace.add("never") } }
        attempt(trace, "threadsafe") { loop.callSoonThreadsafe { trace.add("never") } }
        attempt(trace, "executor") { loop.runInExecutor(null) { "never" } }
        attempt(trace, "forever") { loop.runForever() }
        attempt(trace, "complete") { loop.runUntilComplete(future) }
    }

    private fun attempt(
        trace: Trace,
        name: String,
        call: () -> Unit,
    ) {
        try {
            call()
            trace.add(name, "accepted")
        } catch (refused: IllegalStateException) {
            trace.add(name, refused)
        }
    }

    @Twin(value = "closing_drops_what_is_queued", plain = true)
    fun closingDropsWhatIsQueued(trace: Trace) {
        val loop = EventLoop.create(trace.options())
        loop.callSoon {
            try {
                loop.close()
            } catch (refused: IllegalStateException) {
                trace.add("close while running", refused)
            }
            loop.callSoon { trace.add("never") }
            loop.callLater(ZERO.toJavaDuration()) { trace.add("never") }
            loop.stop()
        }
        loop.runForever()
        loop.close()
        trace.add("closed", loop.isClosed)
    }

    @Twin("a_running_loop_cannot_be_run")
    suspend fun CoroutineScope.aRunningLoopCannotBeRun(trace: Trace) {
        val running = EventLoop.current()
        val other = EventLoop.create(trace.options())
        attempt(trace, "same") { running.runUntilComplete(running.createFuture<String>()) }
        attempt(trace, "other") { other.runUntilComplete(other.createFuture<String>()) }
        sleep(ZERO)
        trace.add("running", running.isRunning, other.isRunning)
        other.close()
    }
}
