package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.LoopFuture
import io.jasyncio.Runner
import io.jasyncio.Task
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.runMain
import io.jasyncio.coroutines.sleep
import kotlin.time.Duration.Companion.ZERO

/** S27, S28, S52 in Kotlin. */
internal class ReportsKotlin {
    private fun failed(name: String): LoopFuture<String> = createFuture<String>().apply { completeExceptionally(Boom(name)) }

    /** Hands the failures that reach the exception handler to a list. */
    private fun collectReports(loop: EventLoop): List<String> {
        val reports = mutableListOf<String>()
        loop.setExceptionHandler { _, context ->
            val exception = context.exception()
            val subject = if (exception == null) " ${(context.source() as Task<*>).name}" else ": ${exception.message}"
            reports += context.message() + subject
        }
        return reports
    }

    @Twin(value = "a_failure_that_nobody_looked_at_is_reported", plain = true)
    fun aFailureThatNobodyLookedAtIsReported(trace: Trace) {
        val reports: List<String>
        Runner(trace.options()).use { runner ->
            reports = collectReports(runner.loop)
            runner.runMain {
                failed("of a future")
                createTask { throw Boom("of a task") }
                sleep(ZERO)
            }
        }
        reports.sorted().forEach { trace.add(it) }
    }

    @Twin(value = "a_failure_that_somebody_looked_at_is_not_reported", plain = true)
    fun aFailureThatSomebodyLookedAtIsNotReported(trace: Trace) {
        val reports: List<String>
        Runner(trace.options()).use { runner ->
            reports = collectReports(runner.loop)
            runner.runMain {
                failed("exception").exception()
                try {
                    trace.add(failed("result").result())
                } catch (error: Boom) {
                    trace.add("result", error)
                }
                try {
                    trace.add(failed("await").await())
                } catch (error: Boom) {
                    trace.add("await", error)
                }
                trace.add("cancel", failed("cancel").cancel())
                createFuture<String>().cancel()
            }
        }
        trace.add("reports", reports)
    }

    @Twin(value = "a_task_that_is_pending_at_the_end_is_reported", plain = true)
    fun aTaskThatIsPendingAtTheEndIsReported(trace: Trace) {
        val runner = Runner(trace.options())
        val loop = runner.loop
        val reports = collectReports(loop)
        runner.runMain {
            val forever =
                createTask("forever") {
                    trace.add("begins")
                    createFuture<Unit>().await()
                }
            val atOnce = createTask("at once") { trace.add("ends") }
            sleep(ZERO)
            trace.add("pending", listOf(!forever.isDone, !atOnce.isDone))
        }
        loop.close()
        reports.forEach { trace.add(it) }
    }
}
