package io.jasyncio.coroutines

import io.jasyncio.Asyncio
import io.jasyncio.Carrier
import io.jasyncio.EventLoop
import io.jasyncio.iteration.AsyncGenerator
import io.jasyncio.iteration.AsyncIterable
import io.jasyncio.kit.Carriers
import io.jasyncio.kit.LeakCheck
import io.jasyncio.kit.Steps
import io.jasyncio.kit.VirtualTime
import io.jasyncio.queue.AsyncQueue
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.booleans.shouldBeFalse
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import java.io.IOException
import java.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Sequences of Java in Kotlin, and flows of Kotlin in Java. */
internal class IterationSpec :
    FunSpec({
        val leaks = LeakCheck()
        beforeTest { leaks.begin() }
        afterTest { (_, result) -> leaks.end(result.isSuccess) }

        fun program(
            carrier: Carrier = Carrier.AUTO,
            block: suspend CoroutineScope.() -> Unit,
        ) = runAsyncio(VirtualTime.options(carrier), block)

        /** 1, 2, 3 … without an end, one each second. */
        fun ticks(onClose: () -> Unit = {}): AsyncIterable<Int> =
            AsyncIterable.generate { out ->
                try {
                    for (tick in 1..Int.MAX_VALUE) {
                        Asyncio.await(Asyncio.sleep(Duration.ofSeconds(1)))
                        out.yield(tick)
                    }
                } finally {
                    onClose()
                }
            }

        fun elapsed() = VirtualTime.elapsed()

        Carriers.available().forEach { carrier ->
            test("a for loop goes through a generator of Java on $carrier") {
                program(carrier) {
                    val seen = mutableListOf<Int>()
                    for (tick in ticks().take(3)) {
                        seen += tick
                    }
                    seen shouldContainExactly listOf(1, 2, 3)
                    elapsed() shouldBe Duration.ofSeconds(3)
                }
            }

            test("an eager task of Kotlin in a body of Java may go through a generator on $carrier") {
                program(carrier) {
                    val body =
                        EventLoop.current().createTask<List<Int>> {
                            val eager = createTask(eagerStart = true) { AsyncIterable.from(listOf(1, 2)).map { it }.asFlow().toList() }
                            val generator = AsyncGenerator.of<Int> { out -> out.yield(3) }
                            val last = createTask(eagerStart = true) { generator.hasNext().shouldBeTrue().let { generator.next() } }
                            Asyncio.await(eager) + Asyncio.await(last)
                        }
                    body.await() shouldContainExactly listOf(1, 2, 3)
                }
            }
        }

        test("a queue is gone through until it is shut down") {
            program {
                val queue = AsyncQueue<Int>(1)
                val producer =
                    createTask {
                        repeat(3) { queue.put(it) }
                        queue.shutdown()
                    }
                val seen = mutableListOf<Int>()
                for (item in queue) {
                    seen += item
                }
                seen shouldContainExactly listOf(0, 1, 2)
                producer.await()
            }
        }

        // ---- A sequence as a flow ------------------------------------------------------------------------------------

        test("a flow asks for nothing before the collector is through with the former element") {
            program {
                val steps = Steps()
                val sequence: AsyncIterable<Int> =
                    AsyncIterable.generate { out ->
                        steps.expect(1)
                        out.yield(1)
                        steps.expect(3)
                        out.yield(2)
                        steps.expect(5)
                    }
                sequence.asFlow().collect {
                    delay(1.seconds)
                    steps.expect(2 * it)
                }
                steps.finish(6)
            }
        }

        test("a collector that has enough closes the iterator") {
            program {
                var closed = 0
                val flow = ticks { closed++ }.asFlow()
                flow.filter { it % 2 == 0 }.take(2).toList() shouldContainExactly listOf(2, 4)
                closed shouldBe 1
                flow.take(1).toList() shouldContainExactly listOf(1)
                closed shouldBe 2
            }
        }

        test("a collector that fails closes the iterator") {
            program {
                var closed = 0
                shouldThrow<IllegalArgumentException> { ticks { closed++ }.asFlow().collect { throw IllegalArgumentException() } }
                closed shouldBe 1
            }
        }

        test("a collector that is cancelled reaches the element that is awaited and closes the iterator") {
            program {
                val never = createFuture<Int>()
                val steps = Steps()
                val sequence =
                    AsyncIterable.generate<Int> { out ->
                        try {
                            out.yield(Asyncio.await(never))
                        } finally {
                            Asyncio.await(Asyncio.sleep(Duration.ofSeconds(1)))
                            steps.expect(2)
                        }
                    }
                val collector = launch { sequence.asFlow().collect { steps.unreached() } }
                delay(1.seconds)
                steps.expect(1)
                collector.cancel()
                collector.join()
                never.isCancelled.shouldBeTrue()
                elapsed() shouldBe Duration.ofSeconds(2)
                steps.finish(3)
            }
        }

        test("a failure of the sequence is the failure of the flow") {
            program {
                val broken = AsyncIterable.generate<Int> { throw IOException("broken") }
                shouldThrow<IOException> { broken.asFlow().toList() }
            }
        }

        // ---- A flow as a sequence ------------------------------------------------------------------------------------

        test("a flow goes on only while the next element is asked for") {
            program {
                val steps = Steps()
                val flow =
                    flow {
                        steps.expect(2)
                        emit("a")
                        steps.expect(5)
                        emit("b")
                        steps.expect(7)
                    }
                val iterator = flow.asAsyncIterable().asyncIterator()
                delay(1.seconds)
                steps.expect(1)
                iterator.hasNext().shouldBeTrue()
                iterator.hasNext().shouldBeTrue()
                steps.expect(3)
                iterator.next() shouldBe "a"
                delay(1.seconds)
                steps.expect(4)
                iterator.hasNext().shouldBeTrue()
                steps.expect(6)
                iterator.next() shouldBe "b"
                iterator.hasNext().shouldBeFalse()
                iterator.hasNext().shouldBeFalse()
                steps.finish(8)
            }
        }

        test("what hangs on an answer may ask at once") {
            program {
                val iterator = listOf(1, 2).asFlow().asAsyncIterable().asyncIterator()
                val sum =
                    iterator.hasNextAsync().thenApply { iterator.next() }.thenCompose { first ->
                        iterator.hasNextAsync().thenApply { first + iterator.next() }
                    }
                sum.await() shouldBe 3
                iterator.closeAsync().await()
            }
        }

        test("each iteration collects anew, and null is an element") {
            program {
                val sequence = listOf(1, null).asFlow().asAsyncIterable()
                sequence.toListAsync().await() shouldContainExactly listOf(1, null)
                sequence.toListAsync().await() shouldContainExactly listOf(1, null)
            }
        }

        test("the end and the failure of a flow are those of the sequence") {
            program {
                val broken =
                    flow {
                        emit(1)
                        delay(1.seconds)
                        throw IOException("broken")
                    }
                val iterator = broken.asAsyncIterable().asyncIterator()
                iterator.hasNext().shouldBeTrue()
                iterator.next() shouldBe 1
                shouldThrow<IOException> { iterator.hasNext() }
                iterator.hasNext().shouldBeFalse()
                iterator.closeAsync().await()
            }
        }

        test("closing the iterator cancels the flow and waits for its end") {
            program {
                val steps = Steps()
                val flow =
                    flow {
                        try {
                            emit(1)
                            steps.unreached()
                        } finally {
                            withContext(NonCancellable) { delay(1.seconds) }
                            steps.expect(1)
                        }
                    }
                flow.asAsyncIterable().take(1).toListAsync().await() shouldContainExactly listOf(1)
                elapsed() shouldBe Duration.ofSeconds(1)
                val untouched = flow<Int> { steps.unreached() }.asAsyncIterable().asyncIterator()
                untouched.closeAsync().await()
                untouched.hasNext().shouldBeFalse()
                steps.finish(2)
            }
        }

        test("a cancelled wait cancels the flow, and ends when the flow has") {
            program {
                val flow =
                    flow<Int> {
                        try {
                            delay(1.hours)
                        } finally {
                            withContext(NonCancellable) { delay(2.seconds) }
                        }
                    }
                val iterator = flow.asAsyncIterable().asyncIterator()
                val asked = Asyncio.ensureFuture(iterator.hasNextAsync())
                delay(1.seconds)
                asked.cancel().shouldBeTrue()
                shouldThrow<CancellationException> { asked.await() }
                elapsed() shouldBe Duration.ofSeconds(3)
                iterator.hasNext().shouldBeFalse()
                withTimeoutOrNull(500.milliseconds) { flow.asAsyncIterable().asyncIterator().hasNext() } shouldBe null
                elapsed() shouldBe Duration.ofMillis(5500)
            }
        }

        test("a body of Java goes through a flow with a plain for loop") {
            program {
                val squares: Flow<Int> =
                    ticks().asFlow().map {
                        delay(1.seconds)
                        it * it
                    }
                val sum =
                    EventLoop.current().createTask<Int> {
                        var sum = 0
                        for (square in squares.asAsyncIterable().take(3).each()) {
                            sum += square
                        }
                        sum
                    }
                sum.await() shouldBe 14
                elapsed() shouldBe Duration.ofSeconds(6)
            }
        }

        test("a flow with a buffer runs ahead as far as its buffer") {
            program {
                val emitted = mutableListOf<Int>()
                val flow =
                    flow {
                        repeat(5) {
                            emitted += it
                            emit(it)
                        }
                    }.buffer(1)
                val iterator = flow.asAsyncIterable().asyncIterator()
                iterator.hasNext().shouldBeTrue()
                delay(1.seconds)
                emitted shouldContainExactly listOf(0, 1, 2)
                iterator.closeAsync().await()
            }
        }

        test("a flow that nobody goes through any more ends with the program") {
            val steps = Steps()
            program {
                val flow =
                    flow {
                        try {
                            emit(1)
                        } finally {
                            steps.expect(1)
                        }
                    }
                flow.asAsyncIterable().asyncIterator().hasNext().shouldBeTrue()
            }
            steps.finish(2)
        }
    })
