package io.jasyncio.conformance

import io.jasyncio.ContextVar
import io.jasyncio.EventLoop
import io.jasyncio.Runner
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.currentTask
import io.jasyncio.coroutines.runMain
import kotlinx.coroutines.CancellationException
import java.time.Duration.ofSeconds

/** S131 and S133 in Kotlin. */
@NotHere(scenario = "a_runner_that_ran_nothing_closes", because = "no task in it has a body; it is in the direct twins")
internal class RunnersKotlin {
    @Twin(value = "several_programs_run_on_one_loop", plain = true)
    fun severalProgramsRunOnOneLoop(trace: Trace) {
        val first: EventLoop
        Runner(trace.options()).use { runner ->
            first = runner.runMain { tell(trace) }
            val second = runner.runMain { tell(trace) }
            trace.add("same loop", first === second, first === runner.loop, "closed", first.isClosed)
        }
        trace.add("closed", first.isClosed)
    }

    private suspend fun tell(trace: Trace): EventLoop {
        nap(1)
        trace.add("at", millis())
        return EventLoop.current()
    }

    @Twin(value = "a_task_that_a_program_leaves_behind_goes_on_in_the_next", plain = true)
    fun aTaskThatAProgramLeavesBehindGoesOnInTheNext(trace: Trace) {
        Runner(trace.options()).use { runner ->
            runner.runMain {
                createTask { helper(trace) }
                nap(3)
            }
            runner.runMain {
                trace.add("second at", millis())
                nap(2)
            }
            trace.add("close")
        }
    }

    private suspend fun helper(trace: Trace) {
        try {
            for (count in 1..9) {
                nap(2)
                trace.add("helper", count, "at", millis())
            }
        } catch (cancelled: CancellationException) {
            trace.add("helper", cancelled, "at", millis())
        }
    }

    @Twin(value = "the_context_is_kept_from_program_to_program", plain = true)
    fun theContextIsKeptFromProgramToProgram(trace: Trace) {
        val variable = ContextVar("variable", "default")
        Runner(trace.options()).use { runner ->
            for (value in listOf("first", "second")) {
                runner.runMain {
                    trace.add("in", variable.get())
                    variable.set(value)
                }
            }
            trace.add("outside", variable.get())
        }
    }

    @Twin(value = "a_runner_goes_on_after_a_program_that_failed", plain = true)
    fun aRunnerGoesOnAfterAProgramThatFailed(trace: Trace) {
        Runner(trace.options()).use { runner ->
            try {
                runner.runMain { throw Boom() }
            } catch (failed: Boom) {
                trace.add(failed)
            }
            trace.add(runner.runMain { "value" })
        }
    }

    @Twin(value = "a_closed_runner_runs_nothing", plain = true)
    fun aClosedRunnerRunsNothing(trace: Trace) {
        val runner = Runner(trace.options())
        runner.loop
        runner.close()
        runner.close()
        for (use in listOf({ runner.runMain { trace.add("not reached") } }, { runner.loop })) {
            try {
                use()
            } catch (refused: IllegalStateException) {
                trace.add(refused)
            }
        }
    }

    @Twin(value = "a_program_that_is_cancelled_from_inside_ends_cancelled", plain = true)
    fun aProgramThatIsCancelledFromInsideEndsCancelled(trace: Trace) {
        try {
            Runner(trace.options()).use { runner ->
                runner.runMain {
                    val main = currentTask()
                    EventLoop.current().callLater(ofSeconds(1)) { main?.cancel() }
                    try {
                        nap(10)
                    } finally {
                        trace.add("cleanup at", millis())
                    }
                }
            }
        } catch (cancelled: CancellationException) {
            trace.add(cancelled)
        }
    }

    @Twin(value = "a_runner_is_refused_where_a_loop_runs", plain = true)
    fun aRunnerIsRefusedWhereALoopRuns(trace: Trace) {
        Runner(trace.options()).use { runner ->
            Runner(trace.options()).use { other ->
                runner.runMain {
                    try {
                        other.runMain { trace.add("not reached") }
                    } catch (refused: IllegalStateException) {
                        trace.add(refused)
                    }
                }
            }
        }
    }
}
