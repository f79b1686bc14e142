package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.conformance.ThreadsDirect.describeLoop
import io.jasyncio.coroutines.asCoroutineScope
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.toThread
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.future.future
import kotlinx.coroutines.runBlocking
import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors

/** S123-S125 in Kotlin. */
internal class ThreadsKotlin {
    @Twin("a_function_in_a_thread_gives_its_value_or_its_failure")
    suspend fun CoroutineScope.aFunctionInAThreadGivesItsValueOrItsFailure(trace: Trace) {
        trace.add(toThread { describeLoop() })
        try {
            toThread { throw Boom("in the thread") }
        } catch (failed: Boom) {
            trace.add(failed, failed.message)
        }
    }

    @Twin("cancelling_the_wait_for_a_running_function_lets_it_go_on")
    suspend fun CoroutineScope.cancellingTheWaitForARunningFunctionLetsItGoOn(trace: Trace) {
        val begun = createFuture<Unit>()
        val ended = createFuture<String>()
        val release = CountDownLatch(1)
        val task =
            createTask {
                try {
                    toThread {
                        begun.complete(Unit)
                        release.await()
                        ended.complete("to its end")
                        "dropped"
                    }
                } catch (cancelled: CancellationException) {
                    trace.add(cancelled, "ended", ended.isDone)
                    throw cancelled
                }
            }
        begun.await()
        task.cancel()
        ended(task)
        trace.add("cancelled", task.isCancelled)
        release.countDown()
        trace.add(ended.await())
    }

    @Twin("a_function_that_has_not_begun_is_taken_out_of_the_queue")
    suspend fun CoroutineScope.aFunctionThatHasNotBegunIsTakenOutOfTheQueue(trace: Trace) {
        val loop = EventLoop.current()
        val begun = createFuture<Unit>()
        val release = CountDownLatch(1)
        val executor = Executors.newSingleThreadExecutor()
        val first =
            Callable {
                begun.complete(Unit)
                release.await()
                "first"
            }
        val running = loop.runInExecutor(executor, first)
        val queued = loop.runInExecutor(executor, Callable { trace.add("not reached") })
        begun.await()
        trace.add("accepted", queued.cancel(), "cancelled", queued.isCancelled)
        release.countDown()
        trace.add(running.await())
        trace.add(loop.runInExecutor(executor, Callable { "third" }).await())
        executor.shutdown()
    }

    @Twin("the_default_executor_takes_no_work_after_its_shutdown")
    suspend fun CoroutineScope.theDefaultExecutorTakesNoWorkAfterItsShutdown(trace: Trace) {
        val loop = EventLoop.current()
        val work = loop.runInExecutor(null, Callable { "value" })
        loop.shutdownDefaultExecutor(Duration.ofSeconds(300)).await()
        trace.add(work.await())
        try {
            toThread { trace.add("not reached") }
        } catch (refused: IllegalStateException) {
            trace.add(refused)
        }
    }

    @Twin("another_thread_may_run_a_task_and_wait_for_its_result")
    suspend fun CoroutineScope.anotherThreadMayRunATaskAndWaitForItsResult(trace: Trace) {
        val loop = EventLoop.current()
        toThread {
            val scope = loop.asCoroutineScope()
            val onLoop =
                scope.future {
                    onePass()
                    loop.isCurrent
                }
            trace.add("on the loop's thread", onLoop.get())
            val failing =
                scope.future<Unit> {
                    onePass()
                    throw Boom("on the loop")
                }
            ThreadsDirect.traceFailure(trace, failing)
            scope.cancel()
        }
    }

    @Twin("another_thread_may_cancel_its_task")
    suspend fun CoroutineScope.anotherThreadMayCancelItsTask(trace: Trace) {
        val loop = EventLoop.current()
        val begun = CountDownLatch(1)
        val cleanedUp = CountDownLatch(1)
        toThread {
            val submitted =
                loop.asCoroutineScope().future {
                    begun.countDown()
                    try {
                        createFuture<Unit>().await()
                    } catch (cancelled: CancellationException) {
                        trace.add("task", cancelled)
                        cleanedUp.countDown()
                        throw cancelled
                    }
                }
            begun.await()
            val accepted = submitted.cancel(false)
            cleanedUp.await()
            trace.add("accepted", accepted, "cancelled", submitted.isCancelled)
        }
    }

    @Twin("a_task_of_another_thread_that_is_cancelled_here_ends_cancelled_there")
    suspend fun CoroutineScope.aTaskOfAnotherThreadThatIsCancelledHereEndsCancelledThere(trace: Trace) {
        val loop = EventLoop.current()
        toThread {
            val submitted =
                loop.asCoroutineScope().async {
                    currentCoroutineContext().cancel()
                    onePass()
                }
            runBlocking { submitted.join() }
            trace.add("cancelled", submitted.isCancelled)
        }
    }
}
