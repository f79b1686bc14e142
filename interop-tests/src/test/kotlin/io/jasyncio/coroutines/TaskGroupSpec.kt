package io.jasyncio.coroutines

import io.jasyncio.EventLoop
import io.jasyncio.ExceptionGroup
import io.jasyncio.Task
import io.jasyncio.kit.LeakCheck
import io.jasyncio.kit.VirtualTime
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.booleans.shouldBeFalse
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import java.time.Duration.ofSeconds
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

/** What a Kotlin [taskGroup] does beside the traces: with kotlinx' own coroutines, and when it is ended early (S71). */
internal class TaskGroupSpec :
    FunSpec({
        val leaks = LeakCheck()
        beforeTest { leaks.begin() }
        afterTest { (_, result) -> leaks.end(result.isSuccess) }

        fun program(block: suspend CoroutineScope.() -> Unit) = runAsyncio(VirtualTime.options(), block)

        suspend fun failAfterOneSecond(): Nothing {
            delay(1.seconds)
            throw IllegalArgumentException("failing")
        }

        test("what the block launches is a part of the block") {
            program {
                val ended = mutableListOf<String>()
                taskGroup {
                    launch {
                        delay(2.seconds)
                        ended += "launched"
                    }
                    createTask {
                        delay(1.seconds)
                        ended += "task"
                    }
                }
                ended shouldContainExactly listOf("task", "launched")
            }
        }

        test("a launched coroutine that fails is a failure of the block") {
            program {
                var task: Task<*>? = null
                val group =
                    shouldThrow<ExceptionGroup> {
                        taskGroup {
                            task = createTask { delay(1.hours) }
                            launch { failAfterOneSecond() }
                            delay(1.hours)
                        }
                    }
                group.exceptions().map { it.message } shouldBe listOf("failing")
                task?.isCancelled shouldBe true
                VirtualTime.elapsed() shouldBe ofSeconds(1)
            }
        }

        test("a task that fails cancels what the block has launched") {
            program {
                var launched: CancellationException? = null
                val group =
                    shouldThrow<ExceptionGroup> {
                        taskGroup {
                            launch {
                                try {
                                    delay(1.hours)
                                } catch (cancelled: CancellationException) {
                                    launched = cancelled
                                    throw cancelled
                                }
                            }
                            createTask { failAfterOneSecond() }
                        }
                    }
                group.exceptions().size shouldBe 1
                (launched != null).shouldBeTrue()
                currentCoroutineContext().isActive.shouldBeTrue()
            }
        }

        test("a deferred of the block is awaited where it is needed") {
            program {
                taskGroup {
                    val deferred =
                        async {
                            delay(1.seconds)
                            "x"
                        }
                    createTask { deferred.await() shouldBe "x" }
                }
            }
        }

        test("a block that passes on the failure of a child has not failed itself") {
            program {
                val group =
                    shouldThrow<ExceptionGroup> {
                        taskGroup {
                            val child = createTask { failAfterOneSecond() }
                            withContext(NonCancellable) { child.await() }
                        }
                    }
                group.exceptions().map { it.message } shouldBe listOf("failing")
            }
        }

        test("a block that awaits what somebody else has cancelled leaves with that") {
            program {
                var sibling: Task<*>? = null
                shouldThrow<CancellationException> {
                    taskGroup {
                        sibling = createTask { delay(1.hours) }
                        val cancelled = createFuture<Unit>()
                        EventLoop.current().callSoon { cancelled.cancel() }
                        cancelled.await()
                    }
                }
                sibling?.isCancelled shouldBe true
                currentCoroutineContext().isActive.shouldBeTrue()
            }
        }

        test("cancelGroup ends a block that waits, its tasks and its coroutines, without an error") {
            program {
                var task: Task<*>? = null
                taskGroup {
                    task = createTask { delay(1.hours) }
                    launch { delay(1.hours) }
                    EventLoop.current().callLater(ofSeconds(1)) { cancelGroup() }
                    delay(1.hours)
                }
                task?.isCancelled shouldBe true
                VirtualTime.elapsed() shouldBe ofSeconds(1)
                currentCoroutineContext().isActive.shouldBeTrue()
            }
        }

        test("a child may end the group when the block has ended; later calls do nothing") {
            program {
                var scope: TaskGroupScope? = null
                taskGroup {
                    scope = this
                    createTask { delay(1.hours) }
                    createTask {
                        delay(1.seconds)
                        cancelGroup()
                    }
                }
                VirtualTime.elapsed() shouldBe ofSeconds(1)
                scope?.cancelGroup()
                delay(1.seconds)
            }
        }

        test("a cancellation from outside during the cleanup of an ended group is not lost") {
            program {
                val task =
                    createTask {
                        taskGroup {
                            createTask {
                                try {
                                    delay(1.hours)
                                } finally {
                                    withContext(NonCancellable) { delay(2.seconds) }
                                }
                            }
                            delay(1.seconds)
                            cancelGroup()
                        }
                    }
                delay(2.seconds)
                task.cancel("from outside")
                shouldThrow<CancellationException> { task.await() }.message shouldBe "from outside"
                VirtualTime.elapsed() shouldBe ofSeconds(3)
            }
        }

        test("an eager child that ends the group is cancelled itself") {
            program {
                var child: Task<*>? = null
                taskGroup {
                    child =
                        createTask(eagerStart = true) {
                            cancelGroup()
                            delay(1.hours)
                        }
                }
                child?.isCancelled shouldBe true
                VirtualTime.elapsed() shouldBe ofSeconds(0)
            }
        }

        test("kotlinx' withTimeout cancels the group and waits for it") {
            program {
                var task: Task<*>? = null
                shouldThrow<TimeoutCancellationException> {
                    withTimeout(1.seconds) {
                        taskGroup {
                            task = createTask { delay(1.hours) }
                        }
                    }
                }
                task?.isCancelled shouldBe true
                currentCoroutineContext().isActive.shouldBeTrue()
            }
        }

        test("a child takes a name, and more context") {
            program {
                taskGroup {
                    val child = createTask("child", context = CoroutineName("coroutine")) { currentCoroutineContext()[CoroutineName] }
                    child.name shouldBe "child"
                    child.await() shouldBe CoroutineName("coroutine")
                    child.isCancelled.shouldBeFalse()
                }
            }
        }
    })
