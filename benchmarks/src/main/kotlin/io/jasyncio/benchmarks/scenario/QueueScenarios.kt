package io.jasyncio.benchmarks.scenario

import io.jasyncio.benchmarks.harness.Scenario
import io.jasyncio.coroutines.get
import io.jasyncio.coroutines.put
import io.jasyncio.queue.AsyncQueue
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.yield

/** Our queue and kotlinx' channel, with the same code on the same loop. An operation is one item, put and got. */
object QueueScenarios {
    /** Always the same object: what is counted as allocated must not be the items. */
    const val ITEM = "item"

    /** Without a bound nothing stops a producer, so it gives way after so many items. */
    const val BURST = 100

    /** Two coroutines and a queue between them. */
    @JvmStatic
    fun queueBetween(capacity: Int): Scenario =
        Scenario { operations, watch ->
            Host.JASYNCIO.run {
                val queue = AsyncQueue<String>(capacity)
                watch.start()
                betweenTwo(operations, capacity, { queue.put(ITEM) }) { queue.get() }
                watch.stop(operations)
            }
        }

    /** Two coroutines and a channel between them. */
    @JvmStatic
    fun channelBetween(capacity: Int): Scenario =
        Scenario { operations, watch ->
            Host.JASYNCIO.run {
                val channel = Channel<String>(if (capacity == 0) Channel.UNLIMITED else capacity)
                watch.start()
                betweenTwo(operations, capacity, { channel.send(ITEM) }) { channel.receive() }
                watch.stop(operations)
            }
        }

    /** One coroutine puts and gets: nobody ever waits. */
    @JvmStatic
    fun queueAlone(): Scenario =
        Scenario { operations, watch ->
            Host.JASYNCIO.run {
                val queue = AsyncQueue<String>(BURST)
                watch.start()
                repeat(operations.toInt()) {
                    queue.put(ITEM)
                    queue.get()
                }
                watch.stop(operations)
            }
        }

    @JvmStatic
    fun channelAlone(): Scenario =
        Scenario { operations, watch ->
            Host.JASYNCIO.run {
                val channel = Channel<String>(BURST)
                watch.start()
                repeat(operations.toInt()) {
                    channel.send(ITEM)
                    channel.receive()
                }
                watch.stop(operations)
            }
        }

    private suspend inline fun betweenTwo(
        items: Long,
        capacity: Int,
        crossinline put: suspend () -> Unit,
        crossinline get: suspend () -> Unit,
    ) {
        coroutineScope {
            launch {
                for (i in 1..items) {
                    put()
                    if (capacity == 0 && i % BURST == 0L) yield()
                }
            }
            launch { for (i in 1..items) get() }
        }
    }
}
