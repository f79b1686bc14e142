package io.jasyncio.coroutines

import io.jasyncio.Asyncio
import io.jasyncio.EventLoop
import io.jasyncio.coroutines.kotlinx.ProgramSpec
import io.jasyncio.kit.VirtualTime
import io.jasyncio.sync.AsyncEvent
import io.jasyncio.sync.AsyncLock
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
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield
import java.time.Duration.ofSeconds
import java.util.concurrent.TimeoutException
import kotlin.coroutines.Continuation
import kotlin.coroutines.startCoroutine
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

/** A lock from Kotlin (S80-S82), and with it what every wait of a coroutine does when its job is cancelled. */
internal class LockSpec :
    ProgramSpec({
        program("a free lock is taken without suspending") {
            val lock = AsyncLock()
            launch { steps.expect(2) }
            lock.withLock { steps.expect(1) }
            yield()
            steps.finish(3)
        }

        program("a lock is handed on in the order of the requests, to coroutines, tasks and Java alike") {
            val lock = AsyncLock()
            val trace = mutableListOf<String>()

            suspend fun work(name: String) =
                lock.withLock {
                    delay(1.seconds)
                    trace += at(name)
                }
            val launched = launch { work("launched") }
            val task = createTask { work("task") }
            val java =
                Asyncio.createTask {
                    Asyncio.await(lock.holdAsync()).use { trace += at("java") }
                }
            val last = launch { work("last") }
            joinAll(launched, last)
            task.await()
            java.await()
            trace shouldContainExactly listOf("1.0 launched", "2.0 task", "2.0 java", "3.0 last")
        }

        program("withLock gives the value of its block and releases, also when the block throws or is left") {
            val lock = AsyncLock()
            lock.withLock { 5 } shouldBe 5
            shouldThrow<IllegalArgumentException> { lock.withLock { throw IllegalArgumentException() } }
            run { lock.withLock { return@run } }
            lock.isLocked.shouldBeFalse()
        }

        program("a coroutine that is cancelled in the block releases") {
            val lock = AsyncLock()
            val holder = launch { lock.withLock { delay(1.hours) } }
            yield()
            lock.isLocked.shouldBeTrue()
            holder.cancel()
            holder.join()
            lock.isLocked.shouldBeFalse()
        }

        program("a coroutine that is cancelled in the line, or after the wake-up, passes the lock on") {
            val lock = AsyncLock()
            lock.acquire()
            val waits = launch { lock.withLock { steps.unreached() } }
            val woken = launch { lock.withLock { steps.unreached() } }
            val next = launch { lock.withLock { steps.expect(2) } }
            yield()
            waits.cancel()
            lock.release()
            woken.cancel()
            steps.expect(1)
            next.join()
            lock.isLocked.shouldBeFalse()
            steps.finish(3)
        }

        program("the sole coroutine that is cancelled after the wake-up takes nothing") {
            val lock = AsyncLock()
            lock.acquire()
            val woken = launch { lock.acquire() }
            yield()
            lock.release()
            woken.cancel()
            woken.join()
            lock.tryAcquire().shouldBeTrue()
        }

        program("another thread may cancel a coroutine that waits, whatever the loop does meanwhile") {
            val lock = AsyncLock()
            lock.acquire()
            val waits = launch { lock.withLock { steps.unreached() } }
            val next = launch { lock.withLock { steps.expect(1) } }
            yield()
            withContext(Dispatchers.Default) { waits.cancel() }
            lock.release()
            joinAll(waits, next)
            waits.isCancelled.shouldBeTrue()
            lock.isLocked.shouldBeFalse()
            steps.finish(2)
        }

        program("a hundred thousand coroutines that another thread cancels behind the loop's back pass the lock on") {
            val lock = AsyncLock()
            lock.acquire()
            val many = launch { repeat(100_000) { launch { lock.withLock { steps.unreached() } } } }
            while (!lock.toString().contains("100000 waiting")) yield()
            val next = launch { lock.withLock { steps.expect(1) } }
            yield()
            // The loop is in this very callback until the thread is done.
            Thread { many.cancel() }.apply { start() }.join()
            lock.release()
            next.join()
            many.join()
            lock.toString() shouldBe "AsyncLock[unlocked, 0 waiting]"
            steps.finish(2)
        }

        program("a hundred thousand coroutines take the lock one after the other") {
            val lock = AsyncLock()
            var count = 0
            lock.acquire()
            val all = launch { repeat(100_000) { launch { lock.withLock { count++ } } } }
            while (!lock.toString().contains("100000 waiting")) yield()
            lock.release()
            all.join()
            count shouldBe 100_000
        }

        program("a coroutine that may not be cancelled waits on") {
            val lock = AsyncLock()
            lock.acquire()
            val waits =
                launch {
                    withContext(NonCancellable) { lock.acquire() }
                    steps.expect(2)
                }
            yield()
            waits.cancel()
            yield()
            steps.expect(1)
            lock.release()
            waits.join()
            lock.isLocked.shouldBeTrue()
            steps.finish(3)
        }

        program("a wait may time out, also in the pass of the wake-up") {
            val lock = AsyncLock()
            lock.acquire()
            withTimeoutOrNull(5.seconds) { lock.acquire() }.shouldBeNull()
            elapsedShouldBe(5.seconds)
            EventLoop.current().callLater(ofSeconds(5)) { lock.release() }
            withTimeoutOrNull(5.seconds) { lock.acquire() }.shouldBeNull()
            elapsedShouldBe(10.seconds)
            lock.tryAcquire().shouldBeTrue()
        }

        program("a timeout of jasyncio's works as well, also in the pass of the wake-up") {
            val lock = AsyncLock()
            lock.acquire()
            shouldThrow<TimeoutException> { timeout(5.seconds) { lock.acquire() } }
            elapsedShouldBe(5.seconds)
            EventLoop.current().callLater(ofSeconds(5)) { lock.release() }
            shouldThrow<TimeoutException> { timeout(5.seconds) { lock.acquire() } }
            elapsedShouldBe(10.seconds)
            shouldThrow<TimeoutException> { timeout(1.seconds) { lock.withLock { delay(1.hours) } } }
            lock.tryAcquire().shouldBeTrue()
        }

        /** Starts a coroutine that has no job of its own but shares that of its caller. */
        suspend fun startWithin(block: suspend () -> Unit) =
            block.startCoroutine(Continuation(currentCoroutineContext()) { it.getOrThrow() })

        program("two coroutines of one job may wait at a time") {
            val lock = AsyncLock()
            val event = AsyncEvent()
            lock.acquire()
            val job =
                launch {
                    startWithin { lock.withLock { steps.expect(2) } }
                    event.wait()
                    steps.expect(3)
                }
            delay(1.seconds)
            steps.expect(1)
            lock.release()
            delay(1.seconds)
            event.set()
            job.join()
            steps.finish(4)
        }

        program("two coroutines of one job are cancelled at a time") {
            val lock = AsyncLock()
            val event = AsyncEvent()
            lock.acquire()
            val job =
                launch {
                    startWithin {
                        shouldThrow<CancellationException> { lock.acquire() }
                        steps.expect(2)
                    }
                    shouldThrow<CancellationException> { event.wait() }
                    steps.expect(1)
                }
            delay(1.seconds)
            job.cancel()
            job.join()
            delay(1.seconds)
            lock.toString() shouldBe "AsyncLock[locked, 0 waiting]"
            event.toString() shouldBe "AsyncEvent[unset, 0 waiting]"
            steps.finish(3)
        }

        program("a coroutine on another dispatcher than the loop's is refused as any foreign thread") {
            val lock = AsyncLock()
            lock.acquire()
            val waits = launch { lock.acquire() }
            yield()
            withContext(Dispatchers.Default) {
                shouldThrow<IllegalStateException> { lock.acquire() }.message shouldContain "loop.submit("
                shouldThrow<IllegalStateException> { lock.release() }.message shouldContain "loop.submit("
            }
            lock.release()
            waits.join()
        }

        test("a lock belongs to the loop of the first wait") {
            val lock = AsyncLock()
            runAsyncio(VirtualTime.options()) {
                lock.acquire()
                withTimeoutOrNull(1.seconds) { lock.acquire() }.shouldBeNull()
            }
            runAsyncio(VirtualTime.options()) {
                shouldThrow<IllegalStateException> { lock.acquire() }.message shouldContain
                    "is bound to a different event loop"
                lock.release()
                lock.withLock { steps.expect(1) }
            }
            steps.finish(2)
        }

        test("a lock that is held cannot be waited for outside of a loop") {
            val lock = AsyncLock()
            runBlocking {
                lock.acquire()
                shouldThrow<IllegalStateException> { lock.acquire() }.message shouldContain
                    "was called outside of an event loop"
                lock.release()
            }
            lock.isLocked.shouldBeFalse()
        }

        program("a dispatcher with limited parallelism on the loop waits as well") {
            val lock = AsyncLock()
            lock.acquire()
            val waits = launch(EventLoop.current().dispatcher.limitedParallelism(1)) { lock.withLock { steps.expect(1) } }
            val cancelled = launch(EventLoop.current().dispatcher.limitedParallelism(1)) { lock.withLock { steps.unreached() } }
            yield()
            yield()
            lock.release()
            cancelled.cancel()
            joinAll(waits, cancelled)
            lock.isLocked.shouldBeFalse()
            steps.finish(2)
        }
    })
