package io.jasyncio.coroutines

import io.jasyncio.EventLoop
import io.jasyncio.LoopOptions
import io.jasyncio.Runner
import io.jasyncio.Task
import io.jasyncio.TaskOptions
import io.jasyncio.runtime.task.CoroutineTask
import io.jasyncio.spi.LoopRuntime
import kotlinx.coroutines.CoroutineScope
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/**
 * Runs a program: makes a loop, runs [block] on it as the main task, cancels what the block left behind, waits for that, and
 * closes the loop. asyncio's `run` (S131-S135); [io.jasyncio.Asyncio.run] is the same for Java.
 *
 * Inside, the loop is the dispatcher: kotlinx' own `launch`, `async`, `delay`, `withTimeout`, `Mutex`, `Channel` and `Flow`
 * run on it unchanged, beside tasks and Java code.
 *
 * @throws IllegalStateException on a thread that runs a loop already
 * @throws io.jasyncio.KeyboardInterruptException if Ctrl-C cancelled the main task
 */
public fun <T> runAsyncio(
    options: LoopOptions = LoopOptions.defaults(),
    block: suspend CoroutineScope.() -> T,
): T = Runner(options).use { it.runMain(block) }

/** Runs a Kotlin program on the loop that this runner holds; see [Runner.run]. */
public fun <T> Runner.runMain(block: suspend CoroutineScope.() -> T): T =
    runTask { loop, options -> loop.startTask(options, EmptyCoroutineContext, block) }

/**
 * Starts [block] as a task of the running loop, concurrent with the caller (asyncio's `create_task`). It runs for the first
 * time in the next iteration (S31).
 *
 * A task is not a child of the coroutine that creates it: its failure is the business of whoever awaits it, and it lives
 * until it ends or the program does. For tasks that live and die together use [taskGroup], or kotlinx' `launch` and `async`.
 *
 * *Cancellation*: [Task.cancel] cancels the task's `Job`, by Kotlin's rule: every further suspension throws.
 *
 * @param name for people; `Task-N` if null
 * @param eagerStart whether the first step runs inside this call (S35)
 * @param context added to the task's coroutine context; a dispatcher in it would take the task off the loop and is refused
 * @throws IllegalStateException outside of a loop
 */
public fun <T> createTask(
    name: String? = null,
    eagerStart: Boolean = false,
    context: CoroutineContext = EmptyCoroutineContext,
    block: suspend CoroutineScope.() -> T,
): Task<T> {
    require(context[ContinuationInterceptor] == null) { "a task runs on its loop: leave the dispatcher out, or use withContext inside" }
    val loop = EventLoop.current() as LoopRuntime
    return loop.startTask(TaskOptions(name, null, eagerStart), context, block)
}

@JvmSynthetic
internal fun <T> LoopRuntime.startTask(
    options: TaskOptions,
    context: CoroutineContext,
    block: suspend CoroutineScope.() -> T,
): Task<T> {
    services().requireUsable("createTask")
    val task = CoroutineTask<T>(this, options, context)
    task.start(options.eagerStart, block)
    return task
}
