package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.sleep
import kotlinx.coroutines.CoroutineScope
import kotlin.time.Duration.Companion.ZERO
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.toJavaDuration

/** S1, S2, S4 with channels, in Kotlin. */
internal class ChannelsKotlin {
    @Twin("channels_go_between_ready_callbacks_and_timers")
    suspend fun CoroutineScope.channelsGoBetweenReadyCallbacksAndTimers(trace: Trace) {
        val loop = EventLoop.current()
        ReadyPipe().use { pipe ->
            loop.callLater(10.milliseconds.toJavaDuration()) {
                trace.add("timer")
                loop.callSoon { trace.add("after the timer") }
            }
            loop.addReader(pipe.source) {
                trace.add("channel")
                pipe.read()
                loop.callSoon { trace.add("after the channel") }
            }
            loop.callSoon { trace.add("soon") }
            trace.advance(20.milliseconds.toJavaDuration())
            sleep(ZERO)
            trace.add("main one")
            sleep(ZERO)
            trace.add("main two")
            sleep(ZERO)
            loop.removeReader(pipe.source)
        }
    }

    @Twin("a_reader_is_called_as_long_as_there_is_something_to_read")
    suspend fun CoroutineScope.aReaderIsCalledAsLongAsThereIsSomethingToRead(trace: Trace) {
        val loop = EventLoop.current()
        ReadyPipe().use { pipe ->
            var calls = 0
            loop.addReader(pipe.source) {
                trace.add("call", ++calls)
                if (calls == 3) {
                    pipe.read()
                }
            }
            repeat(5) { turn ->
                sleep(ZERO)
                trace.add("main", turn)
            }
            trace.add("removed", loop.removeReader(pipe.source), loop.removeReader(pipe.source))
        }
    }

    @Twin("a_new_reader_replaces_the_old_one")
    suspend fun CoroutineScope.aNewReaderReplacesTheOldOne(trace: Trace) {
        val loop = EventLoop.current()
        ReadyPipe().use { pipe ->
            loop.addReader(pipe.source) { trace.add("old") }
            loop.addReader(pipe.source) {
                trace.add("new")
                loop.removeReader(pipe.source)
            }
            repeat(3) { sleep(ZERO) }
            trace.add("main")
        }
    }

    @Twin("a_reader_can_remove_another_one_of_the_same_iteration")
    suspend fun CoroutineScope.aReaderCanRemoveAnotherOneOfTheSameIteration(trace: Trace) {
        val loop = EventLoop.current()
        val pipes = listOf(ReadyPipe(), ReadyPipe())
        for (pipe in pipes) {
            loop.addReader(pipe.source) { trace.add("one of them", pipes.map { loop.removeReader(it.source) }) }
        }
        repeat(3) { sleep(ZERO) }
        trace.add("main")
        pipes.forEach(ReadyPipe::close)
    }

    @Twin("a_removed_reader_is_not_called")
    suspend fun CoroutineScope.aRemovedReaderIsNotCalled(trace: Trace) {
        val loop = EventLoop.current()
        ReadyPipe().use { pipe ->
            loop.addReader(pipe.source) { trace.add("never") }
            loop.callSoon { trace.add("removed", loop.removeReader(pipe.source)) }
            repeat(2) { sleep(ZERO) }
            trace.add("main")
        }
    }
}
