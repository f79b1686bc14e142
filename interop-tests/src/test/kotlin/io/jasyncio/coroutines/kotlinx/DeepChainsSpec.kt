package io.jasyncio.coroutines.kotlinx

import io.jasyncio.LoopFuture
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.sleep
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

/** However many Kotlin tasks wait for each other, they take heap and not stack (S49, J11). */
internal class DeepChainsSpec :
    ProgramSpec({
        val count = 100_000

        fun chainOf(
            innermost: LoopFuture<Int>,
            length: Int = count,
        ): LoopFuture<Int> {
            var outermost = innermost
            repeat(length) {
                val inner = outermost
                outermost = createTask { inner.await() + 1 }
            }
            return outermost
        }

        program("a hundred thousand tasks that await each other end one after the other") {
            chainOf(
                createTask {
                    delay(1.seconds)
                    0
                },
            ).await() shouldBe count
        }

        program("a failure climbs up a hundred thousand tasks") {
            val problem = IllegalArgumentException("at the bottom")
            val outermost =
                chainOf(
                    createTask {
                        delay(1.seconds)
                        throw problem
                    },
                )
            shouldThrow<IllegalArgumentException> { outermost.await() }.message shouldBe "at the bottom"
        }

        program("a cancellation at the outermost of many tasks reaches the innermost (S49)") {
            val innermost = createTask<Int> { awaitCancellation() }
            // Not as many: where assertions are on, kotlinx copies the trace of each of the exceptions.
            val outermost = chainOf(innermost, count / 10)
            sleep(1.seconds)
            outermost.cancel()
            shouldThrow<CancellationException> { outermost.await() }
            innermost.isCancelled.shouldBeTrue()
        }

        program("a cancellation at the innermost climbs up all of them") {
            val innermost = createTask<Int> { awaitCancellation() }
            val outermost = chainOf(innermost)
            sleep(1.seconds)
            innermost.cancel()
            shouldThrow<CancellationException> { outermost.await() }
        }

        program("a hundred thousand deferreds that await each other end one after the other") {
            var last: Deferred<Int> =
                async {
                    delay(1.hours)
                    0
                }
            repeat(count) {
                val former = last
                last = async { former.await() + 1 }
            }
            last.await() shouldBe count
        }
    })
