package io.jasyncio.coroutines.kotlinx

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.booleans.shouldBeFalse
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.isActive
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import java.io.IOException
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

/** kotlinx' builders and scopes on the loop. */
internal class BuildersSpec :
    ProgramSpec({
        program("launched coroutines start in order, and after their creator has gone on (S31)") {
            val first = launch { steps.expect(2) }
            val second = launch { steps.expect(3) }
            steps.expect(1)
            joinAll(first, second)
            steps.finish(4)
        }

        program("launched coroutines, tasks and callbacks take turns in one queue") {
            val trace = mutableListOf<String>()
            launch {
                trace += "launched 1"
                yield()
                trace += "launched 2"
            }
            createTask {
                trace += "task 1"
                yield()
                trace += "task 2"
            }
            EventLoop.current().callSoon { trace += "callback" }
            repeat(3) { yield() }
            trace shouldContainExactly listOf("launched 1", "task 1", "callback", "launched 2", "task 2")
        }

        program("an undispatched start runs up to the first suspension at once, a lazy one only when it is needed") {
            launch(start = CoroutineStart.UNDISPATCHED) {
                steps.expect(1)
                yield()
                steps.expect(3)
            }
            val lazy = async(start = CoroutineStart.LAZY) { steps.expect(5) }
            steps.expect(2)
            launch { steps.expect(4) }
            yield()
            yield()
            lazy.await()
            steps.finish(6)
        }

        program("async coroutines sleep side by side, and the values come in order") {
            val values =
                List(10) { number ->
                    async {
                        delay((10 - number).seconds)
                        number
                    }
                }
            values.awaitAll() shouldBe List(10) { it }
            elapsedShouldBe(10.seconds)
        }

        program("await of a deferred that has ended does not suspend (S24)") {
            val deferred = async { 1 }
            deferred.join()
            launch { steps.expect(2) }
            deferred.await() shouldBe 1
            steps.expect(1)
            yield()
            steps.finish(3)
        }

        program("a scope waits for its children, and throws the failure of one when the others have ended") {
            val problem = IOException("first")
            shouldThrow<IOException> {
                coroutineScope {
                    launch {
                        try {
                            delay(1.hours)
                        } finally {
                            withContext(NonCancellable) { delay(2.seconds) }
                        }
                    }
                    launch {
                        delay(1.seconds)
                        throw problem
                    }
                }
            }.message shouldBe "first"
            elapsedShouldBe(3.seconds)
            currentCoroutineContext().isActive.shouldBeTrue()
        }

        program("in a supervisor scope the failure of one child is no business of the others") {
            val value =
                supervisorScope {
                    val fails = async<Int> { throw IOException("alone") }
                    val sleeps =
                        async {
                            delay(1.seconds)
                            2
                        }
                    shouldThrow<IOException> { fails.await() }.message shouldBe "alone"
                    sleeps.await()
                }
            value shouldBe 2
            elapsedShouldBe(1.seconds)
        }

        program("what a task has launched is a part of it: it ends, fails and is cancelled with the task") {
            val trace = mutableListOf<String>()
            val ends = createTask { launch { delay(1.seconds) } }
            ends.await()
            trace += at("the task has ended")

            val fails = createTask { launch { throw IOException("launched") } }
            trace += shouldThrow<IOException> { fails.await() }.message.orEmpty()

            val cancelled =
                createTask {
                    launch {
                        try {
                            delay(1.hours)
                        } finally {
                            trace += at("launched coroutine cancelled")
                        }
                    }
                }
            yield()
            yield()
            cancelled.cancel()
            shouldThrow<CancellationException> { cancelled.await() }
            trace shouldContainExactly listOf("1.0 the task has ended", "launched", "1.0 launched coroutine cancelled")
        }

        program("cancelAndJoin runs the finally blocks on the loop, and they may wait") {
            val job =
                launch {
                    try {
                        delay(1.hours)
                    } finally {
                        withContext(NonCancellable) {
                            delay(1.seconds)
                            steps.expect(1)
                        }
                    }
                }
            yield()
            job.cancelAndJoin()
            steps.finish(2)
            elapsedShouldBe(1.seconds)
        }

        program("a coroutine that is cancelled before its first step never runs (S43)") {
            val job = launch { steps.unreached() }
            val deferred = async { steps.unreached() }
            job.cancel()
            deferred.cancel()
            joinAll(job, deferred)
            job.isCancelled.shouldBeTrue()
            deferred.isActive.shouldBeFalse()
            steps.finish(1)
        }

        program("a hundred thousand coroutines, each with its own sleep") {
            var awake = 0
            coroutineScope {
                repeat(100_000) { number ->
                    launch {
                        delay((number % 60).seconds)
                        awake++
                    }
                }
            }
            awake shouldBe 100_000
            elapsedShouldBe(59.seconds)
        }
    })
