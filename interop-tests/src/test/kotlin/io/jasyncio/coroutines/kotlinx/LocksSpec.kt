package io.jasyncio.coroutines.kotlinx

import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.booleans.shouldBeFalse
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.sync.withPermit
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

/** kotlinx' `Mutex` and `Semaphore` on the loop. */
internal class LocksSpec :
    ProgramSpec({
        program("a free mutex is taken without suspending") {
            val mutex = Mutex()
            launch { steps.expect(2) }
            mutex.withLock { steps.expect(1) }
            yield()
            steps.finish(3)
        }

        program("a mutex is handed on in the order of the requests, to coroutines and tasks alike") {
            val mutex = Mutex()
            val trace = mutableListOf<String>()

            suspend fun work(name: String) =
                mutex.withLock {
                    delay(1.seconds)
                    trace += at(name)
                }
            val launched = launch { work("launched") }
            val task = createTask { work("task") }
            val last = launch { work("last") }
            joinAll(launched, last)
            task.await()
            trace shouldContainExactly listOf("1.0 launched", "2.0 task", "3.0 last")
        }

        threadedProgram("a mutex keeps coroutines of other threads and of the loop apart") {
            val mutex = Mutex()
            var counter = 0
            coroutineScope {
                repeat(4) { number ->
                    launch(if (number % 2 == 0) Dispatchers.Default else coroutineContext) {
                        repeat(1_000) { mutex.withLock { counter++ } }
                    }
                }
            }
            counter shouldBe 4_000
        }

        program("a waiter that is cancelled gets out of the line, also when it was given the mutex in this pass") {
            val mutex = Mutex()
            mutex.lock()
            val waits = launch { mutex.withLock { steps.unreached() } }
            val given = launch { mutex.withLock { steps.unreached() } }
            val next = launch { mutex.withLock { steps.expect(2) } }
            yield()
            waits.cancel()
            mutex.unlock()
            given.cancel()
            steps.expect(1)
            next.join()
            mutex.isLocked.shouldBeFalse()
            steps.finish(3)
        }

        program("a wait for a mutex may time out") {
            val mutex = Mutex(locked = true)
            withTimeoutOrNull(5.seconds) { mutex.lock() }.shouldBeNull()
            elapsedShouldBe(5.seconds)
            mutex.unlock()
            mutex.tryLock().shouldBeTrue()
        }

        program("a task that is cancelled while it holds a mutex gives it back") {
            val mutex = Mutex()
            val task = createTask { mutex.withLock { delay(1.hours) } }
            yield()
            mutex.isLocked.shouldBeTrue()
            task.cancel()
            shouldThrow<CancellationException> { task.await() }
            mutex.isLocked.shouldBeFalse()
        }

        program("a semaphore of three lets three in at a time") {
            val semaphore = Semaphore(3)
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
            semaphore.availablePermits shouldBe 3
            elapsedShouldBe(4.seconds)
        }

        program("a permit that was given to a cancelled coroutine goes to the next one") {
            val semaphore = Semaphore(1, acquiredPermits = 1)
            val given = launch { semaphore.acquire() }
            val next = launch { semaphore.acquire() }
            yield()
            semaphore.release()
            given.cancel()
            next.join()
            given.isCancelled.shouldBeTrue()
            next.isCancelled.shouldBeFalse()
            semaphore.availablePermits shouldBe 0
        }

        threadedProgram("a permit that comes from another thread wakes the loop") {
            val semaphore = Semaphore(1, acquiredPermits = 1)
            val waiter = launch { semaphore.acquire() }
            yield()
            withContext(Dispatchers.Default) { semaphore.release() }
            waiter.join()
            semaphore.availablePermits shouldBe 0
        }
    })
