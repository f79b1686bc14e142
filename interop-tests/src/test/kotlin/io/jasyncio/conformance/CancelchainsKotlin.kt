package io.jasyncio.conformance

import io.jasyncio.Asyncio
import io.jasyncio.Task
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.gather
import io.jasyncio.coroutines.wait
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope

/** S42, S46, S49 and S50 in Kotlin. */
internal class CancelchainsKotlin {
    private fun sleeping(
        trace: Trace,
        name: String,
    ): Task<Unit> =
        createTask {
            try {
                nap(10)
            } catch (cancelled: CancellationException) {
                trace.add(name, cancelled, "at", millis())
                throw cancelled
            }
        }

    @Twin(
        value = "a_request_climbs_a_chain_one_task_a_pass",
        because = "an await ends at once when it is cancelled; it passes the request on and does not wait for the other task to end",
        trace = ["innermost cancelled true outermost cancelled true passes 3"],
    )
    suspend fun CoroutineScope.aRequestClimbsAChainOneTaskAPass(trace: Trace) {
        val innermost = createTask { nap(10) }
        val second = createTask { innermost.await() }
        val third = createTask { second.await() }
        val outermost = createTask { third.await() }
        nap(1)
        val passes = Passes.start()
        outermost.cancel()
        ended(outermost)
        val count = passes.stop()
        trace.add("innermost cancelled", innermost.isCancelled, "outermost cancelled", outermost.isCancelled, "passes", count)
    }

    @Twin(
        value = "the_outer_task_ends_after_the_inner_one_has_cleaned_up",
        because = "an await ends at once when it is cancelled; it passes the request on and does not wait for the other task to end",
        trace = ["outer Cancelled at 1000", "done true requests outer 1 inner 1", "inner cleaned up 3000"],
    )
    suspend fun CoroutineScope.theOuterTaskEndsWithoutTheInnerOne(trace: Trace) {
        val inner =
            createTask {
                try {
                    nap(10)
                } finally {
                    sleepInCleanup(2)
                    trace.add("inner cleaned up", millis())
                }
            }
        val outer = createTask { timedWaiter(trace, "outer", inner) }
        nap(1)
        outer.cancel()
        nap(1)
        trace.add("done", outer.isDone, "requests outer", outer.cancelling(), "inner", inner.cancelling())
        ended(inner)
    }

    @Twin(
        value = "a_second_request_reaches_the_cleanup_of_the_inner_task",
        because = "an await ends at once when it is cancelled; it passes the request on and does not wait for the other task to end",
        trace = ["outer Cancelled at 1000", "accepted false", "inner cleaned up 4000", "requests outer 1 inner 1"],
    )
    suspend fun CoroutineScope.aSecondRequestComesTooLate(trace: Trace) {
        val inner =
            createTask {
                try {
                    nap(10)
                } finally {
                    sleepInCleanup(3)
                    trace.add("inner cleaned up", millis())
                }
            }
        val outer = createTask { timedWaiter(trace, "outer", inner) }
        nap(1)
        outer.cancel()
        nap(1)
        trace.add("accepted", outer.cancel())
        ended(inner)
        trace.add("requests outer", outer.cancelling(), "inner", inner.cancelling())
    }

    @Twin(
        value = "an_inner_task_that_refuses_gives_its_value_to_the_outer_one",
        because = "an await ends at once when it is cancelled; it passes the request on and does not wait for the other task to end",
        trace = ["outer Cancelled", "cancelled true requests outer 1 inner 1"],
    )
    suspend fun CoroutineScope.anInnerTaskCannotRefuse(trace: Trace) {
        val inner =
            createTask {
                try {
                    nap(10)
                    "not reached"
                } catch (_: CancellationException) {
                    "value"
                }
            }
        val outer = createTask { waiter(trace, "outer", inner) }
        nap(1)
        outer.cancel()
        ended(outer)
        trace.add("cancelled", outer.isCancelled, "requests outer", outer.cancelling(), "inner", inner.cancelling())
    }

    @Twin(
        value = "an_inner_task_that_fails_in_its_cleanup_fails_the_outer_one",
        because = "an await ends at once when it is cancelled; it passes the request on and does not wait for the other task to end",
        trace = ["outer Cancelled", "cancelled true Boom cleanup"],
    )
    suspend fun CoroutineScope.anInnerTaskThatFailsInItsCleanupFailsAlone(trace: Trace) {
        val inner =
            createTask {
                try {
                    nap(10)
                } catch (_: CancellationException) {
                    throw Boom("cleanup")
                }
            }
        val outer = createTask { waiter(trace, "outer", inner) }
        nap(1)
        outer.cancel()
        ended(outer)
        ended(inner)
        trace.add("cancelled", outer.isCancelled, inner.exception(), inner.exception()?.message)
    }

    @Twin("who_awaits_a_cancelled_task_may_go_on")
    suspend fun CoroutineScope.whoAwaitsACancelledTaskMayGoOn(trace: Trace) {
        val inner = sleeping(trace, "inner")
        val task =
            createTask {
                try {
                    inner.await()
                } catch (cancelled: CancellationException) {
                    trace.add("outer", cancelled, "requests", requests())
                }
                nap(1)
                "value"
            }
        nap(1)
        inner.cancel()
        trace.add(task.await(), millis())
    }

    @Twin("cancelling_one_awaiter_of_a_shared_task_cancels_all")
    suspend fun CoroutineScope.cancellingOneAwaiterOfASharedTaskCancelsAll(trace: Trace) {
        val shared = sleeping(trace, "shared")
        val one = createTask { timedWaiter(trace, "one", shared) }
        val two = createTask { timedWaiter(trace, "two", shared) }
        nap(1)
        one.cancel()
        wait(listOf(one, two))
        trace.add("requests", shared.cancelling(), one.cancelling(), two.cancelling())
    }

    @Twin("a_shield_protects_the_other_awaiters_of_a_shared_task")
    suspend fun CoroutineScope.aShieldProtectsTheOtherAwaitersOfASharedTask(trace: Trace) {
        val shared =
            createTask {
                nap(5)
                "value"
            }
        val one = createTask { timedWaiter(trace, "one", Asyncio.shield(shared)) }
        val two = createTask { timedWaiter(trace, "two", Asyncio.shield(shared)) }
        nap(1)
        one.cancel()
        wait(listOf(one, two))
        trace.add("requests", shared.cancelling(), one.cancelling(), two.cancelling(), "at", millis())
    }

    @Twin("a_request_reaches_everything_that_is_gathered")
    suspend fun CoroutineScope.aRequestReachesEverythingThatIsGathered(trace: Trace) {
        val future = createFuture<Unit>()
        val inner = sleeping(trace, "inner")
        val task = createTask { gather(future, createTask { nap(10) }, Asyncio.gather(inner)) }
        nap(1)
        task.cancel()
        ended(task)
        // The task does not wait for what it has cancelled.
        wait(listOf(inner))
        trace.add("cancelled", task.isCancelled, "future", future.isCancelled, "inner", inner.isCancelled, "at", millis())
    }

    @Twin("a_request_wins_over_a_gathering_that_has_just_ended")
    suspend fun CoroutineScope.aRequestWinsOverAGatheringThatHasJustEnded(trace: Trace) {
        val future = createFuture<String>()
        val together = Asyncio.gather(future)
        val task = createTask { timedWaiter(trace, "task", together) }
        together.addDoneCallback { trace.add("accepted", task.cancel()) }
        nap(1)
        future.complete("value")
        onePass()
        onePass()
        onePass()
        trace.add("cancelled", task.isCancelled, "child", future.result())
    }
}
