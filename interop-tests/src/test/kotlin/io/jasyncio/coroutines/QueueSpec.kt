package io.jasyncio.coroutines

import io.jasyncio.Asyncio
import io.jasyncio.EventLoop
import io.jasyncio.coroutines.kotlinx.ProgramSpec
import io.jasyncio.queue.AsyncLifoQueue
import io.jasyncio.queue.AsyncPriorityQueue
import io.jasyncio.queue.AsyncQueue
import io.jasyncio.queue.QueueShutDownException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.booleans.shouldBeFalse
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield
import java.time.Duration.ofSeconds
import kotlin.time.Duration.Companion.seconds

/** Queues from Kotlin (S90-S96): that they agree with Java is the traces' business, here it is about jobs and scopes. */
internal class QueueSpec :
    ProgramSpec({
        // ---- Putting and getting -------------------------------------------------------------------------------------

        program("what is there and what has room does not suspend") {
            val queue = AsyncQueue<Int>(2)
            launch { steps.expect(2) }
            queue.put(1)
            queue.put(2)
            queue.get() shouldBe 1
            steps.expect(1)
            yield()
            steps.finish(3)
        }

        program("a fast producer waits for a slow consumer") {
            val queue = AsyncQueue<Int>(2)
            val consumer =
                async {
                    List(6) {
                        delay(1.seconds)
                        queue.get()
                    }
                }
            repeat(6) { queue.put(it) }
            elapsedShouldBe(4.seconds)
            consumer.await() shouldContainExactly listOf(0, 1, 2, 3, 4, 5)
        }

        program("coroutines, tasks and Java stand in one line") {
            val queue = AsyncQueue<Int>()
            val launched = async { queue.get() }
            yield()
            val java = queue.getAsync()
            val task = createTask { queue.get() }
            yield()
            repeat(3) { queue.put(it) }
            launched.await() shouldBe 0
            java.await() shouldBe 1
            task.await() shouldBe 2
        }

        program("a coroutine whose item was stolen goes to the end of the line") {
            val queue = AsyncQueue<Int>()
            val loser = async { queue.get() }
            val second = async { queue.get() }
            yield()
            queue.put(1)
            queue.getNowait() shouldBe 1
            yield()
            queue.put(2)
            second.await() shouldBe 2
            queue.put(3)
            loser.await() shouldBe 3
        }

        program("a coroutine whose room was stolen goes to the end of the line") {
            val queue = AsyncQueue<Int>(1)
            queue.put(0)
            val loser = launch { queue.put(1) }
            val second = launch { queue.put(2) }
            yield()
            queue.getNowait()
            queue.put(9)
            yield()
            queue.getNowait() shouldBe 9
            second.join()
            queue.get() shouldBe 2
            loser.join()
            queue.get() shouldBe 1
        }

        program("null is an item like any other") {
            val queue = AsyncQueue<Int?>(1)
            queue.put(null)
            val putter = launch { queue.put(null) }
            yield()
            queue.get().shouldBeNull()
            putter.join()
            queue.get().shouldBeNull()
            val getter = async { queue.get() }
            yield()
            queue.put(null)
            getter.await().shouldBeNull()
        }

        program("priorities and stacks work alike") {
            val priorities = AsyncPriorityQueue<Int>()
            val stack = AsyncLifoQueue<Int>()
            for (item in listOf(2, 3, 1)) {
                priorities.put(item)
                stack.put(item)
            }
            List(3) { priorities.get() } shouldContainExactly listOf(1, 2, 3)
            List(3) { stack.get() } shouldContainExactly listOf(1, 3, 2)
        }

        program("an item that cannot be compared fails its own put, and lets the next one in") {
            val queue = AsyncPriorityQueue<Any>(1)
            queue.put(1)
            val refused = async { runCatching { queue.put(Any()) } }
            val next = launch { queue.put(2) }
            yield()
            queue.getNowait()
            (refused.await().exceptionOrNull() is ClassCastException).shouldBeTrue()
            next.join()
            queue.getNowait() shouldBe 2
        }

        // ---- Cancellation --------------------------------------------------------------------------------------------

        program("the item of a coroutine that is cancelled goes to the next, or stays at the head") {
            val queue = AsyncQueue<Int>()
            val leaves = launch { queue.get() }
            val next = async { queue.get() }
            yield()
            queue.put(1)
            leaves.cancel()
            next.await() shouldBe 1
            val alone = launch { queue.get() }
            yield()
            queue.put(2)
            queue.put(3)
            alone.cancel()
            alone.join()
            queue.getNowait() shouldBe 2
        }

        program("the item of a putter that is cancelled is not put, and its room is for the next") {
            val queue = AsyncQueue<Int>(1)
            queue.put(0)
            val leaves = launch { queue.put(1) }
            val next = launch { queue.put(2) }
            yield()
            queue.getNowait()
            leaves.cancel()
            next.join()
            queue.getNowait() shouldBe 2
            queue.isEmpty.shouldBeTrue()
            queue.unfinished() shouldBe 2
        }

        program("another thread may cancel a coroutine that waits, and one that was woken") {
            val queue = AsyncQueue<Int>()
            val waits = launch { queue.get() }
            val woken = launch { queue.get() }
            val next = async { queue.get() }
            yield()
            withContext(Dispatchers.Default) { waits.cancel() }
            queue.put(1)
            Thread { woken.cancel() }.apply { start() }.join()
            next.await() shouldBe 1
            joinAll(waits, woken)
            woken.isCancelled.shouldBeTrue()
            queue.isEmpty.shouldBeTrue()
        }

        program("a hundred thousand coroutines that another thread cancels behind the loop's back pass the item on") {
            val queue = AsyncQueue<Int>()
            val many = launch { repeat(100_000) { launch { queue.get() } } }
            while (queue.getters().size() < 100_000) yield()
            val next = async { queue.get() }
            yield()
            Thread { many.cancel() }.apply { start() }.join()
            queue.put(1)
            next.await() shouldBe 1
            many.join()
            queue.getters().isEmpty.shouldBeTrue()
        }

        program("a wait may time out, also in the pass of the item, which stays") {
            val queue = AsyncQueue<Int>()
            withTimeoutOrNull(1.seconds) { queue.get() }.shouldBeNull()
            elapsedShouldBe(1.seconds)
            EventLoop.current().callLater(ofSeconds(1)) { queue.putNowait(1) }
            withTimeoutOrNull(1.seconds) { queue.get() }.shouldBeNull()
            queue.getNowait() shouldBe 1
        }

        program("a coroutine that waits again after a time-out gets the item") {
            val queue = AsyncQueue<Int>()
            withTimeoutOrNull(1.seconds) { queue.get() }.shouldBeNull()
            val getter = async { queue.get() }
            yield()
            queue.put(1)
            getter.await() shouldBe 1
        }

        program("a coroutine that is cancelled already does not get in line, unless it may not be cancelled") {
            val queue = AsyncQueue<Int>()
            val cancelled =
                launch {
                    try {
                        queue.get()
                    } finally {
                        shouldThrow<CancellationException> { queue.get() }
                        queue.getters().isEmpty.shouldBeTrue()
                        steps.expect(1)
                        withContext(NonCancellable) { queue.get() } shouldBe 1
                        steps.expect(3)
                    }
                }
            yield()
            cancelled.cancel()
            yield()
            steps.expect(2)
            queue.put(1)
            cancelled.join()
            steps.finish(4)
        }

        // ---- Several who await one future of Java's ------------------------------------------------------------------

        program("several coroutines and a task may await one future: the item was taken once") {
            val queue = AsyncQueue<Int>()
            val item = queue.getAsync()
            val one = async { item.await() }
            val other = async { item.await() }
            val java = Asyncio.createTask<Int> { Asyncio.await(item) }
            delay(1.seconds)
            queue.put(7)
            queue.put(8)
            one.await() shouldBe 7
            other.await() shouldBe 7
            java.await() shouldBe 7
            queue.size() shouldBe 1
        }

        program("an item that one of two does not take the other one has; it is not doubled") {
            val queue = AsyncQueue<Int>()
            val item = queue.getAsync()
            val leaves = createTask { item.await() }
            val stays = Asyncio.createTask<Int> { Asyncio.await(item) }
            delay(1.seconds)
            queue.put(7)
            EventLoop.current().callSoon { leaves.cancel() }
            stays.await() shouldBe 7
            delay(1.seconds)
            queue.isEmpty.shouldBeTrue()
        }

        program("an item that none of two coroutines takes is at the head again") {
            val queue = AsyncQueue<Int>()
            val item = queue.getAsync()
            val one = launch { item.await() }
            val other = launch { item.await() }
            yield()
            queue.put(7)
            queue.put(8)
            one.cancel()
            other.cancel()
            joinAll(one, other)
            item.isCancelled.shouldBeTrue()
            queue.getNowait() shouldBe 7
            queue.getNowait() shouldBe 8
        }

        // ---- Iteration -----------------------------------------------------------------------------------------------

        program("a for loop takes items until the queue is shut down and empty") {
            val queue = AsyncQueue<Int>()
            val consumer =
                async {
                    val got = mutableListOf<Int>()
                    for (item in queue) got += item
                    got
                }
            repeat(3) {
                delay(1.seconds)
                queue.put(it)
            }
            queue.put(3)
            queue.shutdown()
            consumer.await() shouldContainExactly listOf(0, 1, 2, 3)
        }

        program("a for loop that is cancelled takes nothing along") {
            val queue = AsyncQueue<Int>()
            val consumer = launch { for (item in queue) item shouldBe 1 }
            yield()
            queue.put(1)
            yield()
            queue.put(2)
            consumer.cancel()
            consumer.join()
            queue.getNowait() shouldBe 2
        }

        program("several for loops share the items") {
            val queue = AsyncQueue<Int>(2)
            val got = mutableListOf<Int>()
            coroutineScope {
                repeat(3) {
                    launch {
                        for (item in queue) {
                            got += item
                            delay(1.seconds)
                        }
                    }
                }
                repeat(30) { queue.put(it) }
                queue.shutdown()
            }
            got.toSet() shouldBe (0..29).toSet()
            got.size shouldBe 30
        }

        program("a flow over a queue takes as many as are collected") {
            val queue = AsyncQueue<Int>()
            repeat(5) { queue.put(it) }
            queue.asFlow().take(2).toList() shouldContainExactly listOf(0, 1)
            queue.get() shouldBe 2
        }

        // ---- Shutting down, and keeping count ------------------------------------------------------------------------

        program("a shutdown reaches who gets and who puts") {
            val empty = AsyncQueue<Int>()
            val full = AsyncQueue<Int>(1)
            full.put(1)
            val getter = async { runCatching { empty.get() } }
            val putter = async { runCatching { full.put(2) } }
            yield()
            empty.shutdown()
            full.shutdown()
            shouldThrow<QueueShutDownException> { getter.await().getOrThrow() }
            shouldThrow<QueueShutDownException> { putter.await().getOrThrow() }
            shouldThrow<QueueShutDownException> { full.put(3) }
            full.get() shouldBe 1
            shouldThrow<QueueShutDownException> { full.get() }
        }

        program("join suspends until everything is done") {
            val queue = AsyncQueue<Int>()
            queue.join()
            queue.put(1)
            val joins = launch { queue.join() }
            delay(1.seconds)
            joins.isCompleted.shouldBeFalse()
            queue.get()
            queue.taskDone()
            joins.join()
        }

        // ---- Other threads -------------------------------------------------------------------------------------------

        program("a coroutine on another dispatcher than the loop's is refused, and goes through the door") {
            val queue = AsyncQueue<Int>()
            val getter = async { queue.get() }
            yield()
            val door = queue.door()
            withContext(Dispatchers.IO) {
                shouldThrow<IllegalStateException> { queue.put(1) }.message shouldContain "call door()"
                shouldThrow<IllegalStateException> { queue.get() }.message shouldContain "call door()"
                door.put(2)
            }
            getter.await() shouldBe 2
        }

        program("a coroutine on another dispatcher may await the future of Java's") {
            val queue = AsyncQueue<Int>()
            val item = queue.getAsync()
            val elsewhere = async(Dispatchers.Default) { item.await() }
            queue.put(5)
            elsewhere.await() shouldBe 5
        }
    })
