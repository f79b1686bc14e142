package io.jasyncio.coroutines.kotlinx

import io.jasyncio.Asyncio
import io.jasyncio.Carrier
import io.jasyncio.Coroutine
import io.jasyncio.EventLoop
import io.jasyncio.Task
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.gather
import io.jasyncio.coroutines.runAsyncio
import io.jasyncio.kit.Carriers
import io.jasyncio.kit.VirtualTime
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.future.asCompletableFuture
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield
import java.io.IOException
import java.time.Duration.ofHours
import java.time.Duration.ofSeconds
import java.util.concurrent.TimeoutException
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

/** Kotlin coroutines and direct-style Java tasks that wait for each other, on every carrier. */
internal class JavaCrossingsSpec :
    ProgramSpec({
        fun <T> javaTask(body: Coroutine<T>): Task<T> = Asyncio.createTask(body)

        fun onEachCarrier(
            name: String,
            body: suspend CoroutineScope.() -> Unit,
        ) = Carriers.available().forEach { carrier: Carrier ->
            test("$name: $carrier") { runAsyncio(VirtualTime.options(carrier), body) }
        }

        onEachCarrier("Kotlin awaits a Java task, and gets its value or its own exception") {
            val value =
                javaTask {
                    Asyncio.await(Asyncio.sleep(ofSeconds(1)))
                    "from Java"
                }
            value.await() shouldBe "from Java"
            elapsedShouldBe(1.seconds)
            val problem = IOException("from Java")
            shouldThrow<IOException> { javaTask { throw problem }.await() } shouldBeSameInstanceAs problem
        }

        onEachCarrier("Java awaits a Kotlin task, and gets its value or its own exception") {
            val problem = IOException("from Kotlin")
            val caller =
                javaTask {
                    val sleeps =
                        createTask {
                            delay(1.seconds)
                            "from Kotlin"
                        }
                    val fails =
                        createTask {
                            delay(2.seconds)
                            throw problem
                        }
                    Asyncio.await(sleeps) shouldBe "from Kotlin"
                    shouldThrow<IOException> { Asyncio.await(fails) } shouldBeSameInstanceAs problem
                    "both"
                }
            caller.await() shouldBe "both"
            elapsedShouldBe(2.seconds)
        }

        onEachCarrier("a deferred goes to Java as a future") {
            val deferred =
                async {
                    delay(1.seconds)
                    1
                }
            javaTask { Asyncio.await(deferred.asCompletableFuture()) + 1 }.await() shouldBe 2
        }

        onEachCarrier("a chain through both languages keeps its order") {
            val trace = mutableListOf<String>()

            fun step(name: String) = trace.add(at(name))
            val innermost =
                javaTask {
                    Asyncio.await(Asyncio.sleep(ofSeconds(1)))
                    step("Java 1")
                }
            val kotlin =
                createTask {
                    innermost.await()
                    delay(1.seconds)
                    step("Kotlin 2")
                }
            val outermost =
                javaTask {
                    Asyncio.await(kotlin)
                    step("Java 3")
                }
            gather(outermost, kotlin, innermost)
            trace shouldContainExactly listOf("1.0 Java 1", "2.0 Kotlin 2", "2.0 Java 3")
        }

        onEachCarrier("a cancelled coroutine cancels the Java task that it awaits") {
            var seen: CancellationException? = null
            val java =
                javaTask {
                    try {
                        Asyncio.await(Asyncio.sleep(ofHours(1)))
                    } catch (cancelled: CancellationException) {
                        seen = cancelled
                        throw cancelled
                    }
                }
            val kotlin = launch { java.await() }
            yield()
            yield()
            kotlin.cancelAndJoin()
            shouldThrow<CancellationException> { java.await() }
            (seen != null).shouldBeTrue()
        }

        onEachCarrier("a cancelled Java task cancels the Kotlin task that it awaits, and waits for its cleanup") {
            val trace = mutableListOf<String>()
            val kotlin =
                createTask {
                    try {
                        delay(1.hours)
                    } finally {
                        withContext(NonCancellable) { delay(1.seconds) }
                        trace += at("Kotlin has cleaned up")
                    }
                }
            val java =
                javaTask {
                    try {
                        Asyncio.await(kotlin)
                    } finally {
                        trace += at("Java goes on")
                    }
                }
            yield()
            yield()
            java.cancel("enough")
            shouldThrow<CancellationException> { java.await() }.message shouldBe "enough"
            trace shouldContainExactly listOf("1.0 Kotlin has cleaned up", "1.0 Java goes on")
        }

        onEachCarrier("a Java task may refuse a cancellation that comes from Kotlin's timeout (S46)") {
            val java =
                javaTask {
                    try {
                        Asyncio.await(Asyncio.sleep(ofHours(1)))
                    } catch (refused: CancellationException) {
                        Asyncio.await(Asyncio.sleep(ofSeconds(2)))
                    }
                    "refused"
                }
            withTimeoutOrNull(1.seconds) { java.await() } shouldBe null
            // kotlinx' timeout does not wait for what it has cancelled; ours does (S62).
            elapsedShouldBe(1.seconds)
            java.await() shouldBe "refused"
            elapsedShouldBe(3.seconds)
        }

        onEachCarrier("Java's deadline breaks off a Kotlin task, and Kotlin's a Java one") {
            val loop = EventLoop.current()
            val java =
                javaTask {
                    val kotlin = createTask { delay(1.hours) }
                    shouldThrow<TimeoutException> { Asyncio.await(Asyncio.waitFor(kotlin, ofSeconds(1))) }
                    kotlin.isCancelled.shouldBeTrue()
                    Asyncio.await(Asyncio.sleep(ofHours(1)))
                }
            withTimeoutOrNull(2.seconds) { java.await() } shouldBe null
            elapsedShouldBe(2.seconds)
            yield()
            yield()
            java.isCancelled.shouldBeTrue()
            loop.toString().contains(" 0 timers").shouldBeTrue()
        }
    })
