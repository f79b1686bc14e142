package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.Runner
import io.jasyncio.Task
import io.jasyncio.conformance.GeneratorcancelsDirect.VARIABLE
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.currentTask
import io.jasyncio.coroutines.hasNext
import io.jasyncio.coroutines.iterator
import io.jasyncio.coroutines.runMain
import io.jasyncio.coroutines.timeout
import io.jasyncio.coroutines.use
import io.jasyncio.iteration.AsyncGenerator
import io.jasyncio.iteration.AsyncIterator
import kotlinx.coroutines.CoroutineScope
import java.util.concurrent.TimeoutException
import kotlin.time.Duration.Companion.seconds

/** S39, S46, S62, S126 and S131 in Kotlin: coroutines that ask a generator whose body is in direct style. */
internal class GeneratorcancelsKotlin {
    /** Asks for one value, and says what came. */
    private suspend fun ask(
        trace: Trace,
        generator: AsyncIterator<*>,
    ) {
        if (generator.hasNext()) trace.add("got", generator.next()) else trace.add("no more")
    }

    private suspend fun ending(
        trace: Trace,
        task: Task<*>,
    ) {
        ended(task)
        trace.add("cancelled", task.isCancelled, "at", millis())
    }

    @Twin("a_request_reaches_what_the_generator_waits_for")
    suspend fun CoroutineScope.aRequestReachesWhatTheGeneratorWaitsFor(trace: Trace) {
        val generator = GeneratorTasks.ticks(trace, 0)
        val task =
            createTask {
                for (number in generator) {
                    trace.add("got", number)
                }
            }
        QueueTasks.callAt(3) { task.cancel() }
        ending(trace, task)
        ask(trace, generator)
    }

    @Twin("the_consumer_waits_for_the_cleanup_of_its_generator")
    suspend fun CoroutineScope.theConsumerWaitsForTheCleanupOfItsGenerator(trace: Trace) {
        val generator = GeneratorTasks.ticks(trace, 2)
        val task = createTask { ask(trace, generator) }
        QueueTasks.callAt(1) { task.cancel() }
        ending(trace, task)
    }

    @Twin("a_request_between_two_values_does_not_reach_the_generator")
    suspend fun CoroutineScope.aRequestBetweenTwoValuesDoesNotReachTheGenerator(trace: Trace) {
        val generator = GeneratorTasks.ticks(trace, 0)
        val task = createTask { consumeSlowly(trace, generator) }
        QueueTasks.callAt(3) { task.cancel() }
        ending(trace, task)
        ask(trace, generator)
        generator.closeAsync().await()
    }

    private suspend fun consumeSlowly(
        trace: Trace,
        generator: AsyncGenerator<Int>,
    ) {
        for (number in generator) {
            trace.add("got", number)
            nap(10)
        }
    }

    @Twin("a_block_closes_its_generator_when_the_consumer_is_cancelled")
    suspend fun CoroutineScope.aBlockClosesItsGeneratorWhenTheConsumerIsCancelled(trace: Trace) {
        val task = createTask { GeneratorTasks.ticks(trace, 2).use { consumeSlowly(trace, it) } }
        QueueTasks.callAt(3) { task.cancel() }
        ending(trace, task)
    }

    @Twin("a_request_breaks_the_closing_off")
    suspend fun CoroutineScope.aRequestBreaksTheClosingOff(trace: Trace) {
        val generator = GeneratorcancelsDirect.slowToClose(trace)
        ask(trace, generator)
        val task = createTask { generator.closeAsync().await() }
        QueueTasks.callAt(1) { task.cancel() }
        ending(trace, task)
    }

    @Twin(
        value = "a_generator_may_swallow_a_request_and_go_on",
        because = "the coroutine that asks stays cancelled; the value is kept for the next one who asks",
        trace = ["swallowed Cancelled", "cancelled true at 1000", "got value"],
    )
    suspend fun CoroutineScope.aGeneratorMayGoOnButNotItsConsumer(trace: Trace) {
        val generator = GeneratorcancelsDirect.stubborn(trace)
        val task = createTask { ask(trace, generator) }
        QueueTasks.callAt(1) { task.cancel() }
        ending(trace, task)
        ask(trace, generator)
        generator.closeAsync().await()
    }

    @Twin("a_deadline_ends_the_generator_that_is_late")
    suspend fun CoroutineScope.aDeadlineEndsTheGeneratorThatIsLate(trace: Trace) {
        val generator = GeneratorTasks.ticks(trace, 0)
        ask(trace, generator)
        try {
            timeout(1.seconds) { generator.hasNext() }
        } catch (late: TimeoutException) {
            trace.add(late, "at", millis())
        }
        ask(trace, generator)
    }

    @Twin(
        value = "a_generator_runs_in_the_task_that_asks",
        because = GeneratorcancelsDirect.OWN_TASK,
        trace = ["same task false", "same task false"],
    )
    suspend fun CoroutineScope.aGeneratorRunsInATaskOfItsOwn(trace: Trace) {
        val generator = GeneratorcancelsDirect.tasks()
        repeat(2) {
            createTask {
                generator.hasNext()
                trace.add("same task", generator.next() === currentTask())
            }.await()
        }
        generator.closeAsync().await()
    }

    @Twin("a_generator_shares_the_context_of_the_one_who_asks")
    suspend fun CoroutineScope.aGeneratorSharesTheContextOfTheOneWhoAsks(trace: Trace) {
        val generator = GeneratorcancelsDirect.looks()
        for (name in listOf("A", "B")) {
            createTask {
                VARIABLE.set(name)
                generator.hasNext()
                trace.add("generator sees", generator.next())
                trace.add("consumer sees", VARIABLE.get())
            }.await()
        }
        generator.closeAsync().await()
    }

    @Twin(value = "a_program_closes_what_it_leaves_open", plain = true)
    fun aProgramClosesWhatItLeavesOpen(trace: Trace) {
        val generators = ArrayList<AsyncGenerator<Int>>()
        Runner(trace.options()).use { runner ->
            runner.runMain {
                val generator = GeneratorTasks.ticks(trace, 3).also(generators::add)
                val task = createTask { bystander(trace) }
                ask(trace, generator)
                trace.add("main ends at", millis(), task.isDone)
            }
            trace.add("run has ended")
        }
        trace.add("closed")
    }

    private suspend fun bystander(trace: Trace) {
        try {
            nap(100)
        } finally {
            sleepInCleanup(1)
            trace.add("task ended at", millis())
        }
    }

    @Twin(value = "a_program_does_not_close_what_was_never_begun", plain = true)
    fun aProgramDoesNotCloseWhatWasNeverBegun(trace: Trace) {
        val generators = ArrayList<AsyncGenerator<Int>>()
        Runner(trace.options()).use { runner ->
            runner.runMain {
                generators.add(GeneratorTasks.ticks(trace, 0))
                trace.add("main ends")
            }
        }
        trace.add("closed")
    }

    @Twin(value = "a_failure_to_close_does_not_fail_the_program", plain = true)
    fun aFailureToCloseDoesNotFailTheProgram(trace: Trace) {
        val generators = ArrayList<AsyncGenerator<String>>()
        Runner(trace.options()).use { runner ->
            val result =
                runner.runMain {
                    EventLoop.current().setExceptionHandler { _, error -> trace.add("reported", error.exception()) }
                    generators.add(GeneratorsDirect.failsInItsCleanup())
                    ask(trace, generators.single())
                    "result"
                }
            trace.add(result)
        }
        trace.add("closed")
    }
}
