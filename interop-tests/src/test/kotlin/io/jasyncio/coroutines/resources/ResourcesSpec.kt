package io.jasyncio.coroutines.resources

import io.jasyncio.AsyncCloseable
import io.jasyncio.EventLoop
import io.jasyncio.Room
import io.jasyncio.Task
import io.jasyncio.coroutines.*
import io.jasyncio.kit.LeakCheck
import io.jasyncio.kit.VirtualTime
import io.jasyncio.sync.AsyncLock
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.booleans.shouldBeFalse
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import java.io.IOException
import java.time.Duration.ofSeconds
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

/**
 * `use` of what may wait when it is entered and left: the rules of Java's `using`, and Kotlin's own cancellation.
 * In a package of its own, so that it must import `use`, which then takes the place of the standard library's.
 */
internal class ResourcesSpec :
    FunSpec({
        val leaks = LeakCheck()
        beforeTest { leaks.begin() }
        afterTest { (_, result) -> leaks.end(result.isSuccess) }

        fun program(block: suspend CoroutineScope.() -> Unit) = runAsyncio(VirtualTime.options(), block)

        fun after(
            seconds: Int,
            block: suspend () -> Unit = {},
        ): CompletionStage<Void?> =
            createTask {
                delay(seconds.seconds)
                block()
                null
            }

        fun room() = Room().apply { left { after(1) { note("left") } } }

        /** A task that is in the room, or on its way, for an hour. */
        fun Room.visitor(): Task<*> =
            createTask {
                use {
                    note("body")
                    delay(1.hours)
                }
            }

        suspend fun Task<*>.shouldBeCancelled() {
            shouldThrow<CancellationException> { withContext(NonCancellable) { await() } }
        }

        suspend fun Room.shouldFailWith(failure: Exception): Throwable =
            shouldThrow<Exception> { use { throw failure } }.also { it shouldBeSameInstanceAs failure }

        // ---- How it ends ---------------------------------------------------------------------------------------------

        test("entering and leaving may wait") {
            program {
                val room =
                    room().entered {
                        createTask {
                            delay(1.seconds)
                            "room"
                        }
                    }
                val result =
                    room.use {
                        delay(1.seconds)
                        room.note("in the $it")
                        7
                    }
                result shouldBe 7
                room.notes() shouldContainExactly listOf("enter", "in the room", "exit", "left")
                VirtualTime.elapsed() shouldBe ofSeconds(3)
            }
        }

        test("a failure of the block leaves it after the exit") {
            program {
                val room = room()
                room.shouldFailWith(IOException("body"))
                room.notes() shouldContainExactly listOf("enter", "exit after IOException", "left")
            }
        }

        test("a failure of the exit is suppressed in that of the block, but not in itself") {
            program {
                val ofExit = IOException("exit")
                val room = Room().left { CompletableFuture.failedFuture(ofExit) }
                room.shouldFailWith(IOException("body")).suppressed.toList() shouldContainExactly listOf(ofExit)
                room.shouldFailWith(ofExit).suppressed.toList() shouldBe emptyList()
            }
        }

        test("a failure of the exit alone leaves the block, as it is") {
            program {
                val ofExit = IOException("exit")
                val room = Room().left { after(1) { throw ofExit } }
                shouldThrow<IOException> { room.use { 1 } } shouldBeSameInstanceAs ofExit
            }
        }

        test("what could not be entered is not left") {
            program {
                val failure = IOException("enter")
                val room = Room().entered { CompletableFuture.failedFuture(failure) }
                shouldThrow<IOException> { room.use { 1 } } shouldBeSameInstanceAs failure
                room.notes() shouldContainExactly listOf("enter")
            }
        }

        test("a return out of the block leaves the resource") {
            program {
                val room = room()

                suspend fun firstLetter(): Char {
                    room.use { return it.first() }
                }
                firstLetter() shouldBe 'r'
                room.notes() shouldContainExactly listOf("enter", "exit", "left")
            }
        }

        // ---- Things to close -----------------------------------------------------------------------------------------

        test("what is open is closed, and what is being opened too") {
            program {
                val notes = mutableListOf<String>()
                val journal = AsyncCloseable { after(1) { notes += "closed" } }
                journal.use { notes += "in use" }
                val opening = createTask {
                    delay(1.seconds)
                    journal
                }
                opening.use { it shouldBeSameInstanceAs journal }
                notes shouldContainExactly listOf("in use", "closed", "closed")
                VirtualTime.elapsed() shouldBe ofSeconds(3)
            }
        }

        test("the library's own use, without the import, says what to import") {
            program {
                val journal = AsyncCloseable { CompletableFuture.completedFuture(null) }
                val refused = shouldThrow<IllegalStateException> { useOfTheStandardLibrary(journal) }
                refused.message shouldContain "io.jasyncio.coroutines"
            }
        }

        test("a closeable is used outside of a loop, too") {
            val notes = mutableListOf<String>()
            runBlocking {
                AsyncCloseable { CompletableFuture.runAsync { notes += "closed" }.thenApply { null } }.use { notes += "in use" }
            }
            notes shouldContainExactly listOf("in use", "closed")
            val refused = shouldThrow<IllegalStateException> { runBlocking { Room().use { 1 } } }
            refused.message shouldContain "use() was called outside"
        }

        // ---- Cancellation --------------------------------------------------------------------------------------------

        test("a cancel in the block waits for the exit") {
            program {
                val room = room()
                val visitor = room.visitor()
                delay(1.seconds)
                visitor.cancel()
                visitor.shouldBeCancelled()
                room.notes() shouldContainExactly listOf("enter", "body", "exit after CancellationException", "left")
                VirtualTime.elapsed() shouldBe ofSeconds(2)
            }
        }

        test("a cancel while entering waits until that has really ended") {
            program {
                val room = room()
                room.entered {
                    createTask {
                        try {
                            delay(1.hours)
                            "room"
                        } finally {
                            withContext(NonCancellable) { delay(1.seconds) }
                            room.note("gave up")
                        }
                    }
                }
                val visitor = room.visitor()
                delay(1.seconds)
                visitor.cancel()
                visitor.shouldBeCancelled()
                room.notes() shouldContainExactly listOf("enter", "gave up")
            }
        }

        test("a cancel in the pass in which it was entered") {
            program {
                val opened = EventLoop.current().createFuture<String>()
                val room = room().entered { opened }
                val visitor = room.visitor()
                delay(1.seconds)
                opened.complete("room")
                visitor.cancel()
                visitor.shouldBeCancelled()
                room.notes() shouldContainExactly listOf("enter", "exit after CancellationException", "left")
            }
        }

        test("a lock that came in the pass of the cancel is given back once") {
            program {
                val lock = AsyncLock()
                lock.tryAcquire()
                val waiting = createTask { lock.use { delay(1.hours) } }
                delay(1.seconds)
                lock.release()
                waiting.cancel()
                waiting.shouldBeCancelled()
                lock.isLocked.shouldBeFalse()
            }
        }

        test("what a foreign stage brings too late is left by a task of its own, and its failure is heard of") {
            val failure = IOException("exit")
            program {
                val door = CompletableFuture<String>()
                val room = Room().entered { door.minimalCompletionStage() }.left { CompletableFuture.failedFuture(failure) }
                val visitor = room.visitor()
                delay(1.seconds)
                visitor.cancel()
                visitor.shouldBeCancelled()
                CompletableFuture.runAsync { door.complete("room") }.await()
                delay(1.seconds)
                room.notes() shouldContainExactly listOf("enter", "exit after CancellationException")
            }
            leaks.errors().takeException() shouldBeSameInstanceAs failure
        }

        test("a cancel while leaving is thrown when the exit has come to its end") {
            program {
                val room = room()
                val visitor = createTask { room.use { 1 } }
                delay(0.5.seconds)
                visitor.cancel()
                visitor.shouldBeCancelled()
                room.notes() shouldContainExactly listOf("enter", "exit", "left")
                VirtualTime.elapsed() shouldBe ofSeconds(1)
            }
        }

        test("a time limit of kotlinx leaves the resource") {
            program {
                val room = room()
                withTimeoutOrNull(1.seconds) { room.use { delay(1.hours) } } shouldBe null
                room.notes() shouldContainExactly listOf("enter", "exit after TimeoutCancellationException", "left")
                delay(1.seconds)
            }
        }
    })
