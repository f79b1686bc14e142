@file:OptIn(ExperimentalCoroutinesApi::class, FlowPreview::class)

package io.jasyncio.coroutines.kotlinx

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.createTask
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.booleans.shouldBeFalse
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.FlowPreview
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.debounce
import kotlinx.coroutines.flow.flatMapMerge
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.sample
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.timeout
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.yield
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** kotlinx' `Flow` on the loop, whose operators of time run on the loop's clock. */
internal class FlowsSpec :
    ProgramSpec({
        /** Emits the numbers from 1 on, each a second after the one before. */
        fun ticks(count: Int) =
            flow {
                for (number in 1..count) {
                    delay(1.seconds)
                    emit(number)
                }
            }

        program("without a buffer the emitter waits for its collector, with one it runs ahead") {
            ticks(3).collect { delay(1.seconds) }
            elapsedShouldBe(6.seconds)
            ticks(3).buffer().collect { delay(1.seconds) }
            elapsedShouldBe(10.seconds)
        }

        program("conflate and collectLatest let a slow collector skip") {
            val conflated = mutableListOf<Int>()
            ticks(5).conflate().collect {
                conflated += it
                delay(2.5.seconds)
            }
            conflated shouldContainExactly listOf(1, 3, 5)
            val finished = mutableListOf<Int>()
            ticks(3).collectLatest {
                delay(1.5.seconds)
                finished += it
            }
            finished shouldContainExactly listOf(3)
        }

        program("flatMapMerge works on as many at a time as it is told") {
            val trace =
                (1..6).asFlow().flatMapMerge(3) { number ->
                    flow {
                        delay(1.seconds)
                        emit(at(number))
                    }
                }
            trace.toList() shouldContainExactly listOf("1.0 1", "1.0 2", "1.0 3", "2.0 4", "2.0 5", "2.0 6")
        }

        program("debounce waits for a pause on the loop's clock") {
            val keys =
                flow {
                    for ((pause, key) in listOf(0 to "a", 100 to "b", 900 to "c", 1_000 to "d", 50 to "e")) {
                        delay(pause.milliseconds)
                        emit(key)
                    }
                    delay(10.seconds)
                }
            keys.debounce(500.milliseconds).map { at(it) }.toList() shouldContainExactly listOf("0.6 b", "1.5 c", "2.5 e")
            elapsedShouldBe(12_050.milliseconds)
        }

        program("sample looks at regular times of the loop's clock") {
            val fast =
                flow {
                    repeat(10) {
                        emit(it)
                        delay(300.milliseconds)
                    }
                }
            fast.sample(1.seconds).map { at(it) }.toList() shouldContainExactly listOf("1.0 3", "2.0 6", "3.0 9")
        }

        program("a flow's own timeout is a timer of the loop") {
            val never =
                flow {
                    emit(1)
                    delay(1.seconds)
                    emit(2)
                    delay(10.seconds)
                    emit(3)
                }
            val seen = mutableListOf<Int>()
            shouldThrow<TimeoutCancellationException> { never.timeout(5.seconds).collect { seen += it } }
            seen shouldContainExactly listOf(1, 2)
            elapsedShouldBe(6.seconds)
        }

        threadedProgram("flowOn moves the emitter to other threads, and the collector stays on the loop") {
            val loop = EventLoop.current()
            val seen =
                (1..1_000)
                    .asFlow()
                    .onEach { loop.isCurrent.shouldBeFalse() }
                    .flowOn(Dispatchers.Default)
                    .onEach { loop.isCurrent.shouldBeTrue() }
                    .toList()
            seen shouldBe (1..1_000).toList()
        }

        program("a collector that has enough cancels the emitter, whose finally block runs") {
            val trace = mutableListOf<String>()
            val endless =
                flow {
                    try {
                        var number = 0
                        while (true) {
                            emit(number++)
                            delay(1.seconds)
                        }
                    } finally {
                        trace += at("emitter ends")
                    }
                }
            endless.take(3).toList() shouldBe listOf(0, 1, 2)
            endless.buffer().take(3).toList() shouldBe listOf(0, 1, 2)
            trace shouldContainExactly listOf("2.0 emitter ends", "4.0 emitter ends")
        }

        program("a callback flow is fed by callbacks of the loop") {
            val loop = EventLoop.current()
            val callbacks =
                callbackFlow {
                    val handles = List(3) { loop.callLater(java.time.Duration.ofSeconds(it + 1L)) { trySend(it) } }
                    awaitClose { handles.forEach { it.cancel() } }
                }
            callbacks.take(2).toList() shouldBe listOf(0, 1)
            elapsedShouldBe(2.seconds)
            loop.toString().contains(" 0 timers").shouldBeTrue()
        }

        program("a state flow and a shared flow between tasks") {
            val state = MutableStateFlow(0)
            val shared = MutableSharedFlow<Int>()
            val trace = mutableListOf<String>()
            createTask { state.take(3).collect { trace += "state $it" } }
            createTask { shared.take(2).collect { trace += "first $it" } }
            createTask { shared.take(2).collect { trace += "second $it" } }
            yield()
            for (number in 1..2) {
                state.value = number
                shared.emit(number)
                delay(1.seconds)
            }
            trace shouldContainExactly
                listOf("state 0", "state 1", "first 1", "second 1", "state 2", "first 2", "second 2")
        }

        threadedProgram("a flow that another thread emits into") {
            val shared = MutableSharedFlow<Int>()
            val collector = launch { shared.take(100).toList() shouldBe (1..100).toList() }
            yield()
            launch(Dispatchers.Default) { for (number in 1..100) shared.emit(number) }
            collector.join()
        }
    })
