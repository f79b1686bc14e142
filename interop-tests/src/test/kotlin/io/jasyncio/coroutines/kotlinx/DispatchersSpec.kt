package io.jasyncio.coroutines.kotlinx

import io.jasyncio.ContextVar
import io.jasyncio.EventLoop
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.currentTask
import io.jasyncio.coroutines.dispatcher
import io.jasyncio.coroutines.wait
import io.jasyncio.sync.AsyncEvent
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.booleans.shouldBeFalse
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asContextElement
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import java.io.IOException
import java.util.concurrent.CompletableFuture
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.time.Duration.Companion.seconds

/** Between the loop and kotlinx' other dispatchers. */
internal class DispatchersSpec :
    ProgramSpec({
        val user = ContextVar<String>("user")

        threadedProgram("withContext(Dispatchers.IO) leaves the loop and comes back with a value or a failure") {
            val loop = EventLoop.current()
            val task = currentTask()
            withContext(Dispatchers.IO) {
                loop.isCurrent.shouldBeFalse()
                "value"
            } shouldBe "value"
            loop.isCurrent.shouldBeTrue()
            shouldThrow<IOException> { withContext(Dispatchers.IO) { throw IOException("there") } }.message shouldBe "there"
            loop.isCurrent.shouldBeTrue()
            currentTask() shouldBeSameInstanceAs task
        }

        threadedProgram("the loop goes on while coroutines are elsewhere") {
            val elsewhere = List(8) { async(Dispatchers.IO) { it } }
            launch { steps.expect(1) }
            yield()
            elsewhere.awaitAll() shouldBe List(8) { it }
            steps.finish(2)
        }

        threadedProgram("withContext of the loop's dispatcher comes to the loop from another thread") {
            val loop = EventLoop.current()
            withContext(Dispatchers.Default) {
                withContext(loop.dispatcher) {
                    loop.isCurrent.shouldBeTrue()
                    yield()
                }
                loop.isCurrent.shouldBeFalse()
            }
        }

        threadedProgram("an unconfined coroutine starts at once and goes on where it was resumed") {
            val loop = EventLoop.current()
            val future = loop.createFuture<Int>()
            val gate = CompletableFuture<Unit>()
            val unconfined =
                launch(Dispatchers.Unconfined) {
                    steps.expect(1)
                    loop.isCurrent.shouldBeTrue()
                    future.await() shouldBe 1
                    steps.expect(3)
                    loop.isCurrent.shouldBeTrue()
                    withContext(Dispatchers.IO) { gate.join() }
                    loop.isCurrent.shouldBeFalse()
                }
            steps.expect(2)
            future.complete(1)
            gate.complete(Unit)
            unconfined.join()
            steps.finish(4)
        }

        program("a view of the loop with limited parallelism runs on the loop, in order, on its clock") {
            val loop = EventLoop.current()
            val limited = loop.dispatcher.limitedParallelism(1)
            val trace = mutableListOf<String>()
            coroutineScope {
                repeat(3) { number ->
                    launch(limited) {
                        loop.isCurrent.shouldBeTrue()
                        trace += "$number"
                        delay((3 - number).seconds)
                        trace += at(number)
                    }
                }
            }
            trace shouldBe listOf("0", "1", "2", "1.0 2", "2.0 1", "3.0 0")
        }

        program("a hundred coroutines of a limited view share the loop fairly with others") {
            val limited = EventLoop.current().dispatcher.limitedParallelism(1)
            var turns = 0
            val crowd = launch(limited) { repeat(100) { launch { repeat(10) { yield() } } } }
            val other =
                launch {
                    while (crowd.isActive) {
                        turns++
                        yield()
                    }
                }
            crowd.join()
            other.join()
            (turns >= 10).shouldBeTrue()
        }

        threadedProgram("thread locals of kotlinx' context elements are there in every step") {
            val local = ThreadLocal<String?>()
            val one =
                launch(local.asContextElement("one")) {
                    repeat(3) {
                        local.get() shouldBe "one"
                        yield()
                    }
                    withContext(Dispatchers.IO) { local.get() shouldBe "one" }
                    local.get() shouldBe "one"
                }
            val none =
                launch {
                    repeat(3) {
                        local.get() shouldBe null
                        yield()
                    }
                }
            one.join()
            none.join()
            local.get() shouldBe null
        }

        program("thread locals of kotlinx' context elements are there after a wait in a line, and nobody else has them") {
            val local = ThreadLocal<String?>()
            val first = AsyncEvent()
            val second = AsyncEvent()
            val waits =
                listOf("one", null, "two").map { value ->
                    launch(if (value == null) EmptyCoroutineContext else local.asContextElement(value)) {
                        first.wait()
                        local.get() shouldBe value
                        withContext(local.asContextElement("inner")) {
                            second.wait()
                            local.get() shouldBe "inner"
                        }
                        local.get() shouldBe value
                    }
                }
            delay(1.seconds)
            first.set()
            delay(1.seconds)
            second.set()
            waits.joinAll()
            local.get() shouldBe null
        }

        program("what a task launches runs on behalf of that task, with its context") {
            createTask("outer") {
                user.set("ada")
                launch {
                    currentTask()?.name shouldBe "outer"
                    user.get() shouldBe "ada"
                    delay(1.seconds)
                    currentTask()?.name shouldBe "outer"
                }
                async { currentTask()?.name }.await() shouldBe "outer"
            }.await()
        }

        threadedProgram("a task that comes back from another dispatcher is the current one again") {
            createTask("outer") {
                user.set("ada")
                withContext(Dispatchers.Default) { yield() }
                currentTask()?.name shouldBe "outer"
                user.get() shouldBe "ada"
            }.await()
        }

        program("a task that goes through the loop's own dispatcher is still the current task") {
            createTask("outer") {
                user.set("ada")
                val loop = EventLoop.current()
                for (view in listOf(loop.dispatcher, loop.dispatcher.limitedParallelism(1))) {
                    withContext(view) {
                        currentTask().shouldNotBeNull().name shouldBe "outer"
                        user.get() shouldBe "ada"
                        delay(1.seconds)
                        currentTask().shouldNotBeNull().name shouldBe "outer"
                        launch { currentTask().shouldNotBeNull().name shouldBe "outer" }
                    }
                }
            }.await()
        }
    })
