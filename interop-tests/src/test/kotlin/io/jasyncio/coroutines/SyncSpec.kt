package io.jasyncio.coroutines

import io.jasyncio.Asyncio
import io.jasyncio.EventLoop
import io.jasyncio.coroutines.kotlinx.ProgramSpec
import io.jasyncio.sync.AsyncBarrier
import io.jasyncio.sync.AsyncCondition
import io.jasyncio.sync.AsyncEvent
import io.jasyncio.sync.AsyncSemaphore
import io.jasyncio.sync.BrokenBarrierException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.booleans.shouldBeFalse
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import kotlin.time.Duration.Companion.seconds

/** The primitives from Kotlin (S83-S88): that they agree with Java is the traces' business, here it is about jobs. */
internal class SyncSpec :
    ProgramSpec({
        // ---- Several who await one future of Java's ------------------------------------------------------------------

        program("several coroutines and tasks may await one future, and all go on") {
            val semaphore = AsyncSemaphore(0)
            val permit = semaphore.acquireAsync()
            val java = Asyncio.createTask { Asyncio.await(permit) }
            val stage = Asyncio.createStageTask { permit }
            val one = launch { permit.await() }
            val other = launch { permit.await() }
            delay(1.seconds)
            semaphore.release()
            joinAll(one, other)
            java.await()
            stage.await()
            semaphore.tryAcquire().shouldBeFalse()
        }

        program("what one of two coroutines does not take the other one has") {
            val semaphore = AsyncSemaphore(0)
            val permit = semaphore.acquireAsync()
            val leaves = launch { permit.await() }
            val stays = launch { permit.await() }
            yield()
            semaphore.release()
            EventLoop.current().callSoon { leaves.cancel() }
            joinAll(leaves, stays)
            stays.isCancelled.shouldBeFalse()
            semaphore.availablePermits() shouldBe 0
            semaphore.isLocked.shouldBeTrue()
        }

        program("a hundred thousand coroutines that await such futures are cancelled behind the loop's back") {
            val semaphore = AsyncSemaphore(0)
            val many = launch { repeat(100_000) { launch { semaphore.acquireAsync().await() } } }
            while (semaphore.waiters().size() < 100_000) yield()
            val next = semaphore.acquireAsync()
            // The loop is in this very callback until the thread is done.
            Thread { many.cancel() }.apply { start() }.join()
            semaphore.release()
            next.await()
            many.join()
            semaphore.toString() shouldBe "AsyncSemaphore[0 free, 0 waiting]"
        }

        program("a future that others end lets the coroutine go on") {
            val event = AsyncEvent()
            val cancelled = event.waitAsync()
            EventLoop.current().callSoon { cancelled.cancel("by others") }
            shouldThrow<CancellationException> { cancelled.await() }.message shouldBe "by others"
            val completed = event.waitAsync()
            EventLoop.current().callSoon { completed.complete(null) }
            completed.await()
            shouldThrow<TimeoutException> {
                event.waitAsync().orTimeout(1, TimeUnit.SECONDS).await()
            }
            elapsedShouldBe(1.seconds)
            event.toString() shouldBe "AsyncEvent[unset, 0 waiting]"
        }

        // ---- Event ---------------------------------------------------------------------------------------------------

        program("an event wakes everybody in their order, even if it is cleared at once") {
            val event = AsyncEvent()
            val trace = mutableListOf<Int>()
            val waiting = List(4) { number -> launch { event.wait().also { trace += number } } }
            yield()
            event.set()
            event.clear()
            waiting.joinAll()
            trace shouldContainExactly listOf(0, 1, 2, 3)
            withTimeoutOrNull(1.seconds) { event.wait() }.shouldBeNull()
        }

        program("an event that is set does not suspend") {
            val event = AsyncEvent()
            event.set()
            launch { steps.expect(2) }
            event.wait()
            steps.expect(1)
            yield()
            steps.finish(3)
        }

        // ---- Semaphore -----------------------------------------------------------------------------------------------

        program("a semaphore of three lets three in at a time") {
            val semaphore = AsyncSemaphore(3)
            var inside = 0
            var most = 0
            coroutineScope {
                repeat(10) {
                    launch {
                        semaphore.withPermit {
                            most = maxOf(most, ++inside)
                            delay(1.seconds)
                            inside--
                        }
                    }
                }
            }
            most shouldBe 3
            semaphore.availablePermits() shouldBe 3
            elapsedShouldBe(4.seconds)
        }

        program("withPermit gives its permit back, also when the block throws") {
            val semaphore = AsyncSemaphore(1)
            semaphore.withPermit { "value" } shouldBe "value"
            shouldThrow<IllegalArgumentException> { semaphore.withPermit { throw IllegalArgumentException() } }
            semaphore.availablePermits() shouldBe 1
        }

        program("a permit for a coroutine that is cancelled goes to the next, and to nobody if there is none") {
            val semaphore = AsyncSemaphore(0)
            val given = launch { semaphore.acquire() }
            val next = launch { semaphore.acquire() }
            yield()
            semaphore.release()
            given.cancel()
            next.join()
            next.isCancelled.shouldBeFalse()
            val alone = launch { semaphore.acquire() }
            yield()
            semaphore.release()
            alone.cancel()
            alone.join()
            semaphore.availablePermits() shouldBe 1
        }

        // ---- Condition -----------------------------------------------------------------------------------------------

        program("a condition lets go of its lock while it waits, and asks its predicate with the lock held") {
            val condition = AsyncCondition()
            val items = ArrayDeque<Int>()
            val consumer =
                async {
                    condition.withLock {
                        condition.wait {
                            condition.isLocked.shouldBeTrue()
                            items.size == 2
                        }
                        items.toList()
                    }
                }
            yield()
            condition.isLocked.shouldBeFalse()
            repeat(2) { item ->
                condition.withLock {
                    items += item
                    condition.signal()
                }
                delay(1.seconds)
            }
            consumer.await() shouldContainExactly listOf(0, 1)
        }

        program("a predicate that is true already does not suspend") {
            val condition = AsyncCondition()
            launch { steps.expect(2) }
            condition.withLock {
                condition.wait { true }
                steps.expect(1)
            }
            yield()
            steps.finish(3)
        }

        program("a coroutine that is cancelled while it waits comes back with the lock held") {
            val condition = AsyncCondition()
            val waits =
                launch {
                    condition.withLock {
                        try {
                            condition.wait()
                        } finally {
                            condition.isLocked.shouldBeTrue()
                            steps.expect(2)
                        }
                    }
                }
            yield()
            condition.lock().acquire()
            waits.cancel()
            delay(1.seconds)
            steps.expect(1)
            condition.release()
            waits.join()
            condition.isLocked.shouldBeFalse()
            steps.finish(3)
        }

        program("the same when another thread cancels it on its way to the lock") {
            val condition = AsyncCondition()
            val waits =
                launch {
                    condition.withLock {
                        try {
                            condition.wait()
                        } finally {
                            condition.isLocked.shouldBeTrue()
                            steps.expect(2)
                        }
                    }
                }
            yield()
            condition.lock().acquire()
            condition.signal()
            delay(1.seconds)
            withContext(Dispatchers.Default) { waits.cancel() }
            delay(1.seconds)
            steps.expect(1)
            condition.release()
            waits.join()
            waits.isCancelled.shouldBeTrue()
            condition.isLocked.shouldBeFalse()
            steps.finish(3)
        }

        program("the signal of a coroutine that is cancelled goes to another one") {
            val condition = AsyncCondition()
            val leaves = launch { condition.withLock { condition.wait() } }
            val next = launch { condition.withLock { condition.wait() } }
            yield()
            condition.withLock {
                condition.signal()
                leaves.cancel()
            }
            joinAll(leaves, next)
            leaves.isCancelled.shouldBeTrue()
            next.isCancelled.shouldBeFalse()
        }

        program("a wait without the lock is refused") {
            val condition = AsyncCondition()
            shouldThrow<IllegalStateException> { condition.wait() }.message shouldBe
                "waitAsync() on a condition whose lock nobody holds: acquire it first, AsyncCondition[unlocked, 0 waiting]"
        }

        // ---- Barrier -------------------------------------------------------------------------------------------------

        program("a barrier lets all go on when the last one has come, with indices in the order of arrival") {
            val barrier = AsyncBarrier(3)
            List(3) {
                async {
                    delay(it.seconds)
                    barrier.wait()
                }
            }.awaitAll() shouldContainExactly listOf(0, 1, 2)
            elapsedShouldBe(2.seconds)
        }

        program("a coroutine that is cancelled at a barrier does not break it") {
            val barrier = AsyncBarrier(2)
            val leaves = launch { barrier.wait() }
            yield()
            leaves.cancel()
            leaves.join()
            val first = async { barrier.wait() }
            yield()
            barrier.wait() shouldBe 1
            first.await() shouldBe 0
        }

        program("an aborted barrier sends home who waits") {
            val barrier = AsyncBarrier(2)
            val waits = async { runCatching { barrier.wait() } }
            yield()
            barrier.abort()
            (waits.await().exceptionOrNull() is BrokenBarrierException).shouldBeTrue()
        }
    })
