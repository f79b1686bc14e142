package io.jasyncio.runtime.task

import io.jasyncio.Context
import io.jasyncio.Task
import io.jasyncio.spi.ReadyItem

/** The first step of a task, run inside the call that creates it. */
internal class EagerStep(
    private val task: Task<*>,
    private val step: Runnable,
) : ReadyItem {
    override fun run() = step.run()

    override fun task(): Task<*> = task

    override fun getContext(): Context = task.context
}
