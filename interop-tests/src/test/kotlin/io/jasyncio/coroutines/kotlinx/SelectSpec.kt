@file:OptIn(ExperimentalCoroutinesApi::class)

package io.jasyncio.coroutines.kotlinx

import io.jasyncio.coroutines.createFuture
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.future.asDeferred
import kotlinx.coroutines.launch
import kotlinx.coroutines.selects.onTimeout
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.selects.selectUnbiased
import kotlinx.coroutines.yield
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

/** kotlinx' `select` on the loop. */
internal class SelectSpec :
    ProgramSpec({
        program("select takes what is there, the first clause first") {
            val first = Channel<Int>(1)
            val second = Channel<Int>(1)
            first.send(1)
            second.send(2)
            launch { steps.expect(2) }
            select {
                first.onReceive { it }
                second.onReceive { it }
            } shouldBe 1
            steps.expect(1)
            yield()
            steps.finish(3)
        }

        program("select waits for whichever comes first, and leaves the others alone") {
            val fast = Channel<String>()
            val slow = Channel<String>()
            coroutineScope {
                launch {
                    delay(1.seconds)
                    fast.send("fast")
                }
                launch {
                    delay(2.seconds)
                    slow.send("slow")
                }
                val trace =
                    List(2) {
                        select {
                            slow.onReceive { at(it) }
                            fast.onReceive { at(it) }
                        }
                    }
                trace shouldContainExactly listOf("1.0 fast", "2.0 slow")
            }
        }

        program("onTimeout is a timer of the loop") {
            val never = Channel<Int>()
            select {
                never.onReceive { "item" }
                onTimeout(5.seconds) { "nothing" }
            } shouldBe "nothing"
            elapsedShouldBe(5.seconds)
            select {
                onTimeout(2.hours) { "late" }
                onTimeout(1.seconds) { "early" }
            } shouldBe "early"
            elapsedShouldBe(6.seconds)
        }

        program("select on jobs, values and futures of Java") {
            val job = launch { delay(3.seconds) }
            val deferred =
                async {
                    delay(2.seconds)
                    "value"
                }
            val future = createFuture<String>()
            launch {
                delay(1.seconds)
                future.complete("future")
            }

            suspend fun next(vararg taken: String) =
                select {
                    if ("job" !in taken) job.onJoin { "job" }
                    if ("value" !in taken) deferred.onAwait { it }
                    if ("future" !in taken) future.asDeferred().onAwait { it }
                }
            next() shouldBe "future"
            next("future") shouldBe "value"
            next("future", "value") shouldBe "job"
            elapsedShouldBe(3.seconds)
        }

        program("select sends to whoever is ready") {
            val first = Channel<Int>()
            val second = Channel<Int>()
            val receiver = async { second.receive() }
            yield()
            select {
                first.onSend(1) { "first" }
                second.onSend(2) { "second" }
            } shouldBe "second"
            receiver.await() shouldBe 2
        }

        program("a cancelled select takes nothing") {
            val channel = Channel<Int>(1)
            val selecting =
                launch {
                    selectUnbiased {
                        channel.onReceive { steps.unreached() }
                        onTimeout(1.hours) { steps.unreached() }
                    }
                }
            yield()
            selecting.cancelAndJoin()
            channel.send(1)
            channel.receive() shouldBe 1
            channel.isEmpty.shouldBeTrue()
            steps.finish(1)
        }
    })
