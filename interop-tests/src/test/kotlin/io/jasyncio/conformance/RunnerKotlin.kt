package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.Task
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.runAsyncio
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import java.util.concurrent.Callable
import java.util.concurrent.CountDownLatch

/** S131-S133 in Kotlin. */
internal class RunnerKotlin {
    /** A cancelled coroutine may wait only here. */
    private suspend fun passes(count: Int) = withContext(NonCancellable) { repeat(count) { onePass() } }

    @Twin(value = "run_gives_the_value_of_the_program", plain = true)
    fun runGivesTheValueOfTheProgram(trace: Trace) {
        val loop =
            runAsyncio(trace.options()) {
                nap(1)
                EventLoop.current()
            }
        trace.add("running", loop.isRunning, "closed", loop.isClosed)
    }

    @Twin(value = "run_throws_what_the_program_throws", plain = true)
    fun runThrowsWhatTheProgramThrows(trace: Trace) {
        for (ending in listOf(Boom("why"), java.util.concurrent.CancellationException())) {
            try {
                runAsyncio<Unit>(trace.options()) {
                    createTask {
                        try {
                            nap(10)
                        } finally {
                            trace.add("cleanup")
                        }
                    }
                    nap(1)
                    throw ending
                }
            } catch (thrown: RuntimeException) {
                trace.add(thrown, thrown.message)
            }
        }
    }

    @Twin(value = "the_shutdown_cancels_all_tasks_and_then_waits_for_the_executor", plain = true)
    fun theShutdownCancelsAllTasksAndThenWaitsForTheExecutor(trace: Trace) {
        val release = CountDownLatch(1)
        runAsyncio(trace.options()) {
            createTask { helper(trace, "slow", 2, release) }
            createTask { helper(trace, "quick", 1, release) }
            nap(1)
            EventLoop.current().runInExecutor(
                null,
                Callable {
                    release.await()
                    trace.add("work")
                },
            )
            trace.add("main ends")
        }
        trace.add("closed")
    }

    private suspend fun helper(
        trace: Trace,
        name: String,
        count: Int,
        release: CountDownLatch,
    ) {
        try {
            nap(100)
        } catch (cancelled: CancellationException) {
            trace.add(cancelled)
            passes(count)
            trace.add(name, "cleaned up")
            if (name == "slow") {
                release.countDown()
            }
        }
    }

    @Twin(
        value = "the_shutdown_waits_for_tasks_that_refuse_to_be_cancelled",
        plain = true,
        because = "a Job that was cancelled ends cancelled, whatever its body returns",
        trace = ["ends 51000", "cancelled true"],
    )
    fun theShutdownWaitsForTasksThatCleanUp(trace: Trace) {
        val helper =
            runAsyncio(trace.options()) {
                val stubborn =
                    createTask {
                        try {
                            nap(100)
                        } catch (_: CancellationException) {
                            sleepInCleanup(50)
                            trace.add("ends", millis())
                        }
                    }
                nap(1)
                stubborn
            }
        trace.add("cancelled", helper.isCancelled)
    }

    @Twin(value = "a_task_of_the_last_step_of_the_program_still_begins", plain = true)
    fun aTaskOfTheLastStepOfTheProgramStillBegins(trace: Trace) {
        runAsyncio(trace.options()) {
            createTask {
                trace.add("begins")
                try {
                    onePass()
                } catch (cancelled: CancellationException) {
                    trace.add(cancelled)
                }
            }
            trace.add("main ends")
        }
    }

    @Twin(value = "the_shutdown_makes_one_pass_only", plain = true)
    fun theShutdownMakesOnePassOnly(trace: Trace) {
        val helpers = ArrayList<Task<*>>()
        val done = ArrayList<Boolean>()
        runAsyncio(trace.options()) {
            // What is pending when the loop is closed is reported, and only then ended.
            EventLoop.current().setExceptionHandler { _, _ -> helpers.mapTo(done) { it.isDone } }
            helpers +=
                createTask {
                    try {
                        nap(100)
                    } finally {
                        helpers +=
                            createTask {
                                trace.add("late begins")
                                nap(100)
                                trace.add("not reached")
                            }
                        passes(3)
                    }
                }
            nap(1)
        }
        trace.add("done", done, "requests", helpers[1].cancelling())
    }

    @Twin(value = "a_failure_during_the_shutdown_is_reported", plain = true)
    fun aFailureDuringTheShutdownIsReported(trace: Trace) {
        val value =
            runAsyncio(trace.options()) {
                EventLoop.current().setExceptionHandler { _, error ->
                    trace.add("reported", error.exception(), error.exception()?.message, error.source())
                }
                createTask("fragile") {
                    try {
                        nap(100)
                    } catch (_: CancellationException) {
                        throw Boom("cleanup")
                    }
                }
                nap(1)
                "value"
            }
        trace.add(value)
    }

    @Twin("run_is_refused_where_a_loop_runs")
    suspend fun CoroutineScope.runIsRefusedWhereALoopRuns(trace: Trace) {
        try {
            runAsyncio(trace.options()) { trace.add("not reached") }
        } catch (refused: IllegalStateException) {
            trace.add(refused)
        }
    }
}
