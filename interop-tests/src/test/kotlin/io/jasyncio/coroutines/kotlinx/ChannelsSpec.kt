@file:OptIn(ExperimentalCoroutinesApi::class)

package io.jasyncio.coroutines.kotlinx

import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.channels.BufferOverflow
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ClosedReceiveChannelException
import kotlinx.coroutines.channels.consumeEach
import kotlinx.coroutines.channels.produce
import kotlinx.coroutines.channels.toList
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import java.io.IOException
import kotlin.time.Duration.Companion.seconds

/** kotlinx' `Channel` on the loop. */
internal class ChannelsSpec :
    ProgramSpec({
        program("a rendezvous channel hands over from one to the other") {
            val channel = Channel<Int>()
            launch {
                steps.expect(1)
                channel.send(1)
                steps.expect(4)
            }
            val receiver =
                launch {
                    steps.expect(2)
                    channel.receive() shouldBe 1
                    // The sender was there already: nobody had to wait, and the receiver goes on.
                    steps.expect(3)
                }
            receiver.join()
            yield()
            steps.finish(5)
        }

        program("a buffered channel lets the sender run ahead by its capacity") {
            val channel = Channel<Int>(2)
            val trace = mutableListOf<String>()
            launch {
                for (item in 1..4) {
                    channel.send(item)
                    trace += at("sent $item")
                }
                channel.close()
            }
            for (item in channel) {
                delay(1.seconds)
                trace += at("got $item")
            }
            trace shouldContainExactly
                listOf("0.0 sent 1", "0.0 sent 2", "0.0 sent 3", "1.0 got 1", "1.0 sent 4", "2.0 got 2", "3.0 got 3", "4.0 got 4")
        }

        program("a conflated channel keeps the latest; others drop as they are told") {
            val latest = Channel<Int>(Channel.CONFLATED)
            repeat(5) { latest.send(it) }
            latest.receive() shouldBe 4
            val oldest = Channel<Int>(2, BufferOverflow.DROP_LATEST)
            repeat(5) { oldest.send(it) }
            oldest.close()
            oldest.toList() shouldBe listOf(0, 1)
        }

        program("an unlimited channel never suspends its sender") {
            val channel = Channel<Int>(Channel.UNLIMITED)
            launch { steps.unreached() }.cancel()
            repeat(100_000) { channel.send(it) }
            channel.close()
            channel.toList().size shouldBe 100_000
            steps.finish(1)
        }

        program("receivers are served in the order in which they came") {
            val channel = Channel<Int>()
            val receivers = List(5) { async { channel.receive() } }
            yield()
            repeat(5) { channel.send(it) }
            receivers.map { it.await() } shouldBe List(5) { it }
        }

        program("workers share a channel, and each item is worked on once") {
            val items = Channel<Int>(10)
            val results = Channel<Int>(Channel.UNLIMITED)
            coroutineScope {
                repeat(3) {
                    launch {
                        for (item in items) {
                            delay(1.seconds)
                            results.send(item)
                        }
                    }
                }
                for (item in 1..30) items.send(item)
                items.close()
            }
            results.close()
            results.toList() shouldContainExactlyInAnyOrder (1..30).toList()
            elapsedShouldBe(10.seconds)
        }

        program("an item on its way to a cancelled receiver is not lost in silence") {
            val undelivered = mutableListOf<Int>()
            val channel = Channel<Int>(onUndeliveredElement = { undelivered += it })
            val receiver = launch { channel.receive() }
            yield()
            channel.send(1)
            receiver.cancel()
            receiver.join()
            receiver.isCancelled.shouldBeTrue()
            undelivered shouldBe listOf(1)
        }

        program("closing with a failure fails the receivers, and a closed channel has no more items") {
            val failed = Channel<Int>()
            val receiver = createTask { failed.receive() }
            yield()
            failed.close(IOException("no more"))
            shouldThrow<IOException> { receiver.await() }.message shouldBe "no more"
            val closed = Channel<Int>(1)
            closed.send(1)
            closed.close()
            closed.receive() shouldBe 1
            shouldThrow<ClosedReceiveChannelException> { closed.receive() }
        }

        program("produce ends with its scope, and consumeEach cancels it when the consumer fails") {
            var produced = 0
            shouldThrow<IOException> {
                coroutineScope {
                    val numbers =
                        produce {
                            while (true) {
                                send(produced++)
                                delay(1.seconds)
                            }
                        }
                    numbers.consumeEach { if (it == 3) throw IOException("enough") }
                }
            }
            produced shouldBe 4
            elapsedShouldBe(3.seconds)
        }

        threadedProgram("a channel between the loop and other threads, both ways") {
            val there = Channel<Int>(10)
            val back = Channel<Int>()
            coroutineScope {
                launch(Dispatchers.Default) {
                    for (item in there) back.send(item * 2)
                    back.close()
                }
                launch {
                    for (item in 1..1_000) there.send(item)
                    there.close()
                }
                back.toList() shouldBe List(1_000) { (it + 1) * 2 }
            }
        }

        threadedProgram("trySend from a thread that knows nothing of coroutines") {
            val channel = Channel<Int>(Channel.UNLIMITED)
            withContext(Dispatchers.IO) {
                val thread =
                    Thread {
                        for (item in 1..100) channel.trySend(item)
                        channel.close()
                    }
                thread.start()
                thread.join()
            }
            channel.toList() shouldBe (1..100).toList()
        }
    })
