package io.jasyncio.coroutines.kotlinx

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.asCoroutineScope
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.dispatcher
import io.kotest.matchers.booleans.shouldBeFalse
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.collections.shouldContainExactly
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.plus
import kotlinx.coroutines.runBlocking
import java.util.concurrent.CompletableFuture
import kotlin.time.Duration.Companion.hours

/** Coroutines whose loop was closed: they are cancelled, and their finally blocks run on another thread. */
internal class ClosedLoopSpec :
    ProgramSpec({
        /** Runs what is ready, twice, and closes the loop under what still waits. */
        fun close(loop: EventLoop) {
            repeat(2) {
                loop.callSoon(loop::stop)
                loop.runForever()
            }
            loop.close()
        }

        fun Job.awaitEnd() = runBlocking { join() }

        test("a coroutine that is resumed after the end is cancelled and unwinds") {
            val loop = EventLoop.create()
            val gate = CompletableDeferred<Unit>()
            val job =
                loop.asCoroutineScope().launch {
                    try {
                        steps.expect(1)
                        gate.await()
                        steps.unreached()
                    } finally {
                        loop.isCurrent.shouldBeFalse()
                        steps.expect(3)
                    }
                }
            close(loop)
            steps.expect(2)
            gate.complete(Unit)
            job.awaitEnd()
            job.isCancelled.shouldBeTrue()
            steps.finish(4)
        }

        test("a coroutine that sleeps at the end unwinds when its scope is cancelled") {
            val loop = EventLoop.create()
            val scope = loop.asCoroutineScope()
            val job =
                scope.launch {
                    try {
                        delay(1.hours)
                    } finally {
                        steps.expect(2)
                    }
                }
            close(loop)
            steps.expect(1)
            scope.cancel()
            job.awaitEnd()
            steps.finish(3)
        }

        test("a coroutine that is launched after the end never runs") {
            val loop = EventLoop.create()
            val scope = loop.asCoroutineScope()
            close(loop)
            val job = scope.launch { steps.unreached() }
            job.awaitEnd()
            job.isCancelled.shouldBeTrue()
            steps.finish(1)
        }

        test("a coroutine of a limited view does not live on elsewhere") {
            val loop = EventLoop.create()
            val scope = CoroutineScope(loop.dispatcher.limitedParallelism(1)) + Job()
            val gate = CompletableDeferred<Unit>()
            val job =
                scope.launch {
                    try {
                        gate.await()
                        steps.unreached()
                    } finally {
                        steps.expect(1)
                    }
                }
            close(loop)
            gate.complete(Unit)
            job.awaitEnd()
            job.isCancelled.shouldBeTrue()
            steps.finish(2)
        }

        test("the task of a closed loop is cancelled, and reported") {
            val loop = EventLoop.create()
            val reports = mutableListOf<String>()
            loop.setExceptionHandler { _, context -> reports += context.message() }
            val ended = CompletableFuture<String>()
            loop.callSoon {
                createTask {
                    try {
                        delay(1.hours)
                    } finally {
                        ended.complete("unwound")
                    }
                }
            }
            close(loop)
            ended.join()
            reports shouldContainExactly listOf("Task was destroyed but it is pending!")
        }
    })
