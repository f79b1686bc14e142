package io.jasyncio.coroutines.kotlinx

import io.jasyncio.Asyncio
import io.jasyncio.EventLoop
import io.jasyncio.coroutines.asCoroutineScope
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.dispatcher
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancel
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.future.future
import kotlinx.coroutines.isActive
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import java.io.IOException
import java.time.Duration.ofSeconds
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import java.util.concurrent.ExecutionException
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.future.await as kotlinxAwait

/** Coroutines, futures of the loop, futures of the JDK, and other threads. */
internal class FutureCrossingsSpec :
    ProgramSpec({
        /** Runs a loop in a thread of its own, where others may use it until the block ends. */
        fun withLoopElsewhere(block: (EventLoop) -> Unit) {
            val loop = EventLoop.create()
            val runner = thread(name = "loop") { loop.runForever() }
            try {
                block(loop)
            } finally {
                loop.execute(loop::stop)
                runner.join()
                loop.close()
            }
        }

        program("a launched coroutine awaits a future of the loop") {
            val future = createFuture<String>()
            val waiting =
                launch {
                    future.await() shouldBe "value"
                    steps.expect(2)
                }
            yield()
            steps.expect(1)
            future.complete("value")
            waiting.join()
            steps.finish(3)
        }

        program("all who await one future see the same failure (S25)") {
            val future = createFuture<String>()
            val problem = IOException("of all")
            val waiting = List(3) { async { shouldThrow<IOException> { future.await() } } }
            yield()
            future.completeExceptionally(problem)
            waiting.awaitAll().forEach { it shouldBeSameInstanceAs problem }
        }

        threadedProgram("a CompletableFuture that another thread completes wakes the loop") {
            val started = CountDownLatch(1)
            val foreign =
                CompletableFuture.supplyAsync {
                    started.await()
                    "from a thread"
                }
            val waiting = async { foreign.await() }
            yield()
            started.countDown()
            waiting.await() shouldBe "from a thread"
            shouldThrow<IOException> { CompletableFuture.failedFuture<Int>(IOException("there")).await() }.message shouldBe "there"
        }

        program("a cancelled coroutine cancels what it awaits: a future of the loop, a foreign one, a chain") {
            val ours = createFuture<Int>()
            val foreign = CompletableFuture<Int>()
            val head = createFuture<Int>()
            val waiting = listOf(launch { ours.await() }, launch { foreign.await() }, launch { head.thenApply { it + 1 }.await() })
            yield()
            waiting.forEach { it.cancelAndJoin() }
            ours.isCancelled.shouldBeTrue()
            foreign.isCancelled.shouldBeTrue()
            head.isCancelled.shouldBeTrue()
        }

        program("a future that somebody else has cancelled ends the coroutine that awaits it as cancelled (S47)") {
            val future = createFuture<Int>()
            val task = createTask { future.await() }
            yield()
            future.cancel("by somebody else")
            shouldThrow<CancellationException> { task.await() }.message shouldBe "by somebody else"
            task.isCancelled.shouldBeTrue()
            task.cancelling() shouldBe 0
        }

        program("a stage-style task of Java is awaited, and cancelled, from Kotlin") {
            val stage = Asyncio.createStageTask { Asyncio.sleep(ofSeconds(1)).thenApply { "stage" } }
            stage.await() shouldBe "stage"
            val sleeping = Asyncio.sleep(java.time.Duration.ofHours(1))
            val cancelled = Asyncio.createStageTask { sleeping.thenApply { "never" } }
            val waiting = launch { cancelled.await() }
            yield()
            yield()
            waiting.cancelAndJoin()
            sleeping.isCancelled.shouldBeTrue()
        }

        program("kotlinx' own await and future builder work on the loop") {
            val future = createFuture<Int>()
            val waiting = async { future.kotlinxAwait() }
            yield()
            future.complete(1)
            waiting.await() shouldBe 1
            val built =
                future {
                    delay(1.seconds)
                    2
                }
            Asyncio.createStageTask { built.thenApply { it + 1 } }.await() shouldBe 3
        }

        test("another thread launches on the loop and gets values and failures back") {
            withLoopElsewhere { loop ->
                val scope = loop.asCoroutineScope()
                runBlocking {
                    val values =
                        List(100) { number ->
                            scope.async {
                                loop.isCurrent.shouldBeTrue()
                                yield()
                                number
                            }
                        }
                    values.awaitAll() shouldBe List(100) { it }
                    val fails = scope.async { throw IOException("on the loop") }
                    shouldThrow<IOException> { fails.await() }.message shouldBe "on the loop"
                    withContext(loop.dispatcher) { createTask { "task" }.await() } shouldBe "task"
                }
                scope.isActive.shouldBeTrue()
                scope.future { "future" }.get() shouldBe "future"
                shouldThrow<ExecutionException> { scope.future<Int> { throw IOException("x") }.get() }.cause?.message shouldBe "x"
                scope.cancel()
            }
        }

        test("another thread cancels a scope, whose coroutines unwind on the loop") {
            withLoopElsewhere { loop ->
                val scope = loop.asCoroutineScope()
                val started = CountDownLatch(2)
                val unwoundOnLoop = CompletableFuture<Boolean>()
                scope.launch {
                    try {
                        started.countDown()
                        delay(1.hours)
                    } finally {
                        unwoundOnLoop.complete(loop.isCurrent)
                    }
                }
                scope.launch {
                    started.countDown()
                    awaitCancellation()
                }
                started.await()
                scope.cancel()
                runBlocking { scope.coroutineContext.job.join() }
                unwoundOnLoop.get().shouldBeTrue()
            }
        }

        test("coroutines of two loops wait for each other") {
            withLoopElsewhere { one ->
                withLoopElsewhere { other ->
                    val sum =
                        one.asCoroutineScope().future {
                            val there = other.asCoroutineScope().async { if (other.isCurrent) 1 else 0 }
                            there.await() + withContext(other.dispatcher) { if (other.isCurrent) 1 else 0 } + if (one.isCurrent) 1 else 0
                        }
                    sum.get() shouldBe 3
                }
            }
        }
    })
