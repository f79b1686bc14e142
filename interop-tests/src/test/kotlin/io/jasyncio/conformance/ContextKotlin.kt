package io.jasyncio.conformance

import io.jasyncio.Context
import io.jasyncio.ContextVar
import io.jasyncio.EventLoop
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.gather
import io.jasyncio.coroutines.timeout
import io.jasyncio.coroutines.toThread
import kotlinx.coroutines.CoroutineScope
import java.time.Duration.ofSeconds
import java.util.concurrent.Callable
import kotlin.time.Duration.Companion.seconds

private val VARIABLE = ContextVar("variable", "default")

/** S126 and S123 in Kotlin. */
@NotHere(
    scenario = "a_task_may_be_given_the_very_context_to_run_in",
    because = "the context that createTask takes in Kotlin is a coroutine context",
)
internal class ContextKotlin {
    @Twin("a_task_sees_its_creator_and_is_not_seen_by_it")
    suspend fun CoroutineScope.aTaskSeesItsCreatorAndIsNotSeenByIt(trace: Trace) {
        VARIABLE.set("of the creator")
        val task =
            createTask {
                trace.add("task", VARIABLE.get())
                VARIABLE.set("of the task")
                nap(1)
                trace.add("task", VARIABLE.get())
            }
        task.await()
        trace.add("creator", VARIABLE.get())
    }

    @Twin("a_task_sees_what_was_set_when_it_was_created")
    suspend fun CoroutineScope.aTaskSeesWhatWasSetWhenItWasCreated(trace: Trace) {
        VARIABLE.set("before")
        val task = createTask { trace.add("task", VARIABLE.get()) }
        VARIABLE.set("after")
        task.await()
    }

    @Twin("siblings_do_not_see_each_other")
    suspend fun CoroutineScope.siblingsDoNotSeeEachOther(trace: Trace) {
        gather(createTask { sibling(trace, "one") }, createTask { sibling(trace, "two") })
        trace.add("parent", VARIABLE.get())
    }

    private suspend fun sibling(
        trace: Trace,
        name: String,
    ) {
        VARIABLE.set(name)
        onePass()
        trace.add(name, VARIABLE.get())
        onePass()
        trace.add(name, VARIABLE.get())
    }

    @Twin("callbacks_see_what_was_set_when_they_were_scheduled")
    suspend fun CoroutineScope.callbacksSeeWhatWasSetWhenTheyWereScheduled(trace: Trace) {
        val loop = EventLoop.current()
        val future = createFuture<Unit>()
        VARIABLE.set("for soon")
        loop.callSoon { callback(trace, "soon") }
        VARIABLE.set("for later")
        loop.callLater(ofSeconds(1)) { callback(trace, "later") }
        VARIABLE.set("for done")
        future.addDoneCallback { callback(trace, "done") }
        VARIABLE.set("of the task")
        nap(2)
        future.complete(Unit)
        onePass()
        trace.add("task", VARIABLE.get())
    }

    private fun callback(
        trace: Trace,
        name: String,
    ) {
        trace.add(name, VARIABLE.get())
        VARIABLE.set("of a callback")
    }

    @Twin("what_is_awaited_directly_shares_the_context")
    suspend fun CoroutineScope.whatIsAwaitedDirectlySharesTheContext(trace: Trace) {
        setAndNap()
        trace.add(VARIABLE.get())
        timeout(5.seconds) { setAndNap() }
        trace.add(VARIABLE.get())
    }

    private suspend fun setAndNap() {
        VARIABLE.set("of the body")
        nap(1)
    }

    @Twin("a_callback_may_be_given_the_very_context_to_run_in")
    suspend fun CoroutineScope.aCallbackMayBeGivenTheVeryContextToRunIn(trace: Trace) {
        val loop = EventLoop.current()
        val context = Context.current().copy()
        loop.callSoon({ VARIABLE.set("of a callback") }, context)
        loop.callSoon({ trace.add("next", VARIABLE.get()) }, context)
        onePass()
        trace.add("creator", VARIABLE.get())
    }

    @Twin("a_value_that_was_set_can_be_taken_back")
    suspend fun CoroutineScope.aValueThatWasSetCanBeTakenBack(trace: Trace) {
        val bare = ContextVar<String>("bare")
        val first = bare.set("first")
        val second = bare.set("second")
        onePass()
        bare.reset(second)
        trace.add(bare.get())
        bare.reset(first)
        try {
            bare.get()
        } catch (unset: NoSuchElementException) {
            trace.add(unset)
        }
        try {
            bare.reset(first)
        } catch (_: IllegalArgumentException) {
            trace.add("the token is used up")
        }
    }

    @Twin("a_value_cannot_be_taken_back_in_another_task")
    suspend fun CoroutineScope.aValueCannotBeTakenBackInAnotherTask(trace: Trace) {
        val token = VARIABLE.set("of the creator")
        val task =
            createTask {
                try {
                    VARIABLE.reset(token)
                } catch (refused: IllegalArgumentException) {
                    trace.add(refused, VARIABLE.get())
                }
            }
        task.await()
    }

    @Twin("to_thread_takes_the_context_along_and_an_executor_does_not")
    suspend fun CoroutineScope.toThreadTakesTheContextAlongAndAnExecutorDoesNot(trace: Trace) {
        VARIABLE.set("of the task")
        val seen =
            toThread {
                val found = VARIABLE.get()
                VARIABLE.set("of the thread")
                found
            }
        trace.add("to_thread", seen)
        trace.add("executor", EventLoop.current().runInExecutor(null, Callable { VARIABLE.get() }).await())
        trace.add("task", VARIABLE.get())
    }
}
