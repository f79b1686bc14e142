package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.currentTask
import io.jasyncio.coroutines.sleep
import kotlinx.coroutines.CoroutineScope
import kotlin.time.Duration.Companion.ZERO
import kotlin.time.Duration.Companion.milliseconds

/** S31, S34 in Kotlin. */
internal class TasksKotlin {
    @Twin("tasks_start_in_order_behind_their_creator")
    suspend fun CoroutineScope.tasksStartInOrderBehindTheirCreator(trace: Trace) {
        for (parent in listOf("first", "second")) {
            createTask {
                trace.add(parent, "begins")
                createTask { trace.add("$parent's child", "begins") }
                trace.add(parent, "ends")
            }
        }
        EventLoop.current().callSoon { createTask { trace.add("a callback's child", "begins") } }
        trace.add("main goes on")
        sleep(ZERO)
        trace.add("main one")
        sleep(ZERO)
        trace.add("main two")
    }

    @Twin("yielding_tasks_take_turns")
    suspend fun CoroutineScope.yieldingTasksTakeTurns(trace: Trace) {
        suspend fun turns(
            name: String,
            count: Int,
        ) = repeat(count) { turn ->
            trace.add(name, turn)
            sleep(ZERO)
        }

        val tasks = listOf("a" to 2, "b" to 4, "c" to 3).map { (name, count) -> createTask { turns(name, count) } }
        tasks.forEach { it.await() }
        trace.add("main")
    }

    @Twin("two_tasks_pass_the_ball")
    suspend fun CoroutineScope.twoTasksPassTheBall(trace: Trace) {
        val balls = List(6) { createFuture<Unit>() }

        suspend fun player(
            name: String,
            first: Int,
        ) {
            for (turn in first..<balls.size step 2) {
                balls[turn].await()
                trace.add(name, "has ball", turn)
                if (turn + 1 < balls.size) {
                    balls[turn + 1].complete(Unit)
                    trace.add(name, "has played")
                }
            }
        }

        val ping = createTask { player("ping", 0) }
        val pong = createTask { player("pong", 1) }
        sleep(ZERO)
        balls[0].complete(Unit)
        trace.add("main has served")
        ping.await()
        trace.add("ping is done")
        pong.await()
        trace.add("pong is done")
    }

    @Twin("the_end_of_a_task_stands_in_the_queue")
    suspend fun CoroutineScope.theEndOfATaskStandsInTheQueue(trace: Trace) {
        val loop = EventLoop.current()
        val task =
            createTask {
                sleep(ZERO)
                loop.callSoon { trace.add("queued by the task") }
                trace.add("task ends")
                "result"
            }
        task.addDoneCallback { trace.add("done callback") }
        loop.callSoon { loop.callSoon { trace.add("queued before the end") } }
        trace.add("main has the", task.await())
    }

    @Twin("several_await_one_task")
    suspend fun CoroutineScope.severalAwaitOneTask(trace: Trace) {
        val failure = Boom()
        val task =
            createTask {
                sleep(1.milliseconds)
                throw failure
            }

        suspend fun awaiter(name: String) {
            try {
                task.await()
            } catch (error: Boom) {
                trace.add(name, error === failure)
            }
        }

        listOf("first", "second", "third").map { createTask { awaiter(it) } }.forEach { it.await() }
        awaiter("late")
    }

    @Twin("each_task_is_current_in_its_own_steps")
    suspend fun CoroutineScope.eachTaskIsCurrentInItsOwnSteps(trace: Trace) {
        suspend fun steps(name: String) {
            repeat(2) {
                trace.add(name, "is", currentTask())
                sleep(ZERO)
            }
            trace.add(name, "is still", currentTask())
        }

        currentTask()?.name = "main"
        val a = createTask("a") { steps("a") }
        val b = createTask("b") { steps("b") }
        a.await()
        trace.add("main is", currentTask())
        b.await()
        trace.add("main is", currentTask())
    }

    @Twin("a_forgotten_task_still_ends")
    suspend fun CoroutineScope.aForgottenTaskStillEnds(trace: Trace) {
        createTask {
            trace.add("begins")
            sleep(5.milliseconds)
            trace.add("ends")
        }
        sleep(10.milliseconds)
        trace.add("main")
    }
}
