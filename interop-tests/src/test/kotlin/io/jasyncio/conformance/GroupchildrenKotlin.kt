package io.jasyncio.conformance

import io.jasyncio.ExceptionGroup
import io.jasyncio.Task
import io.jasyncio.conformance.Children.failures
import io.jasyncio.coroutines.TaskGroupScope
import io.jasyncio.coroutines.sleep
import io.jasyncio.coroutines.taskGroup
import kotlinx.coroutines.CoroutineScope
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** The children of task groups in Kotlin. */
@NotHere(
    scenario = "a_group_must_be_entered_and_only_once",
    because = "nobody has a group that was not entered: it is there in its block only",
)
internal class GroupchildrenKotlin {
    @Twin("children_may_start_siblings_after_the_body_has_ended")
    suspend fun CoroutineScope.childrenMayStartSiblingsAfterTheBodyHasEnded(trace: Trace) {
        taskGroup {
            createTask { parentOf(trace, this@taskGroup, 2) }
            trace.add("body ends")
        }
        trace.add("after", millis())
    }

    private suspend fun parentOf(
        trace: Trace,
        group: TaskGroupScope,
        left: Int,
    ) {
        sleep(1.seconds)
        trace.add("child", left, millis())
        if (left > 0) {
            group.createTask { parentOf(trace, group, left - 1) }
        }
    }

    @Twin("no_child_is_taken_during_the_shutdown_or_after_the_end")
    suspend fun CoroutineScope.noChildIsTakenDuringTheShutdownOrAfterTheEnd(trace: Trace) {
        val groups = mutableListOf<TaskGroupScope>()
        try {
            taskGroup {
                groups += this
                createTask { failAfter(1, "child") }
                try {
                    sleep(10.seconds)
                } finally {
                    tryToCreate(trace, this, "shutting down")
                }
            }
        } catch (failed: ExceptionGroup) {
            trace.add("failed", failures(failed))
        }
        tryToCreate(trace, groups[0], "finished")
        taskGroup { groups += this }
        tryToCreate(trace, groups[1], "empty")
    }

    private fun tryToCreate(
        trace: Trace,
        group: TaskGroupScope,
        where: String,
    ) {
        try {
            group.createTask { sleeper(trace, "never") }
        } catch (refused: IllegalStateException) {
            trace.add(where, refused)
        }
    }

    @Twin("no_child_is_taken_between_the_last_end_and_the_end_of_the_block")
    suspend fun CoroutineScope.noChildIsTakenBetweenTheLastEndAndTheEndOfTheBlock(trace: Trace) {
        taskGroup {
            val child = createTask { sleeper(trace, "child", 1) }
            child.addDoneCallback { _ -> tryToCreate(trace, this, "refused") }
        }
        trace.add("after", millis())
    }

    @Twin("the_children_of_a_group_have_ended_after_it")
    suspend fun CoroutineScope.theChildrenOfAGroupHaveEndedAfterIt(trace: Trace) {
        val tasks = mutableListOf<Task<Int>>()
        taskGroup {
            listOf(3, 1, 2).mapTo(tasks) { seconds -> createTask("child $seconds") { after(seconds, seconds * 10) } }
        }
        trace.add(tasks, tasks.map { it.result() }, millis())
    }

    @Twin("the_passes_of_a_group")
    suspend fun CoroutineScope.thePassesOfAGroup(trace: Trace) {
        var passes = Passes.start()
        taskGroup { }
        trace.add("empty", passes.stop())
        passes = Passes.start()
        taskGroup {
            createTask { }
        }
        trace.add("one child", passes.stop())
        passes = Passes.start()
        taskGroup {
            createTask { }
            sleep(Duration.ZERO)
            sleep(Duration.ZERO)
        }
        trace.add("ended before the body", passes.stop())
    }
}
