package io.jasyncio.runtime.loop

import io.jasyncio.Context
import io.jasyncio.ErrorContext
import io.jasyncio.Handle
import io.jasyncio.LoopChannels
import io.jasyncio.LoopFuture
import io.jasyncio.LoopNetwork
import io.jasyncio.LoopOptions
import io.jasyncio.LoopServices
import io.jasyncio.Task
import io.jasyncio.TimerHandle
import io.jasyncio.runtime.io.IoDriver
import io.jasyncio.runtime.transport.Network
import io.jasyncio.runtime.transport.RawChannels
import io.jasyncio.spi.CurrentLoop
import io.jasyncio.spi.InterruptWatch
import io.jasyncio.spi.LoopRuntime
import java.util.concurrent.CompletionStage
import java.util.function.Consumer

/**
 * asyncio's event loop and a kotlinx dispatcher in one: one thread, one queue.
 *
 * The state falls into two parts. [ready], [timers], [driver] and the plain fields belong to the loop's thread, or to the
 * one thread that uses the loop while it does not run. [remote] and the volatile fields are for every thread.
 */
internal class SelectorEventLoop private constructor(
    private val options: LoopOptions,
    val driver: IoDriver,
    private val network: Network,
    private val channels: RawChannels,
) : LoopDispatcher(),
    LoopRuntime,
    LoopNetwork by network,
    LoopChannels by channels {
    constructor(options: LoopOptions, driver: IoDriver) : this(options, driver, Network(driver), RawChannels(driver))

    private val clock = options.clock()
    private val services = LoopServices(this, options)
    override val timers = TimerQueue()
    private val remote = RemoteQueue(driver::wakeup)

    /** The thread that runs the loop; null while it does not run. */
    @Volatile
    private var owner: Thread? = null

    @Volatile
    private var closed = false

    private var stopping = false

    /** How many items of the ready queue belong to the present iteration. */
    private var leftInIteration = 0

    private val current = RunningItem(ready)

    init {
        network.attach(this)
        channels.attach(this)
    }

    // ---- The iteration ---------------------------------------------------------------------------------------------

    /** One iteration; see docs/loop.md. */
    private fun runOnce() {
        remote.drainTo(ready)
        if (ready.isEmpty && !stopping) {
            waitForWork()
        } else if (driver.hasChannels) {
            driver.poll(0, ready)
        }
        takeDueTimers()
        runItems(ready.size)
    }

    /** Blocks until there may be something to run. */
    private fun waitForWork() {
        services.reportLostFailures()
        val timer = timers.peek()
        val waitNanos = if (timer == null) FOR_EVER else maxOf(timer.deadlineNanos - clock.nanoTime(), 0)
        if (waitNanos != 0L && mayJumpTo(timer)) {
            return
        }
        val began = System.nanoTime()
        if (remote.announceSleep()) {
            driver.poll(waitNanos, ready)
            remote.announceAwake()
        }
        remote.drainTo(ready)
        if (timer != null && clock.isVirtual && ready.isEmpty && System.nanoTime() - began >= waitNanos) {
            // It has really waited that long, for others whose time is real, and was not woken for nothing: then as much
            // time has passed here.
            clock.skipTo(timer.deadlineNanos)
        }
    }

    /** Whether the clock has jumped to the timer, because nothing can happen before. */
    private fun mayJumpTo(timer: TimerNode?): Boolean {
        val outside = services.externalWork()
        // A channel that was closed counts as watched until the next selection (J3).
        if (clock.isVirtual && driver.hasChannels) driver.poll(0, ready)
        if (!ready.isEmpty) return true
        if (driver.hasChannels || outside.isRunning || timer == null && outside.isExpected) {
            return false
        }
        if (!remote.isEmpty || timer == null && clock.isVirtual && comesFromOutside()) {
            return true
        }
        return clock.skipTo(timer?.deadlineNanos ?: Long.MAX_VALUE)
    }

    /**
     * Before a loop with nothing to do is called stuck: a coroutine may be on another dispatcher, which we cannot know. A wake-up that
     * was meant for something earlier does not count.
     */
    private fun comesFromOutside(): Boolean {
        val end = System.nanoTime() + PATIENCE_NANOS
        while (remote.isEmpty && ready.isEmpty) {
            val left = end - System.nanoTime()
            if (left <= 0) {
                return false
            }
            if (remote.announceSleep()) {
                driver.poll(left, ready)
                remote.announceAwake()
            }
        }
        return true
    }

    private fun takeDueTimers() {
        var timer = timers.peek() ?: return
        val now = clock.nanoTime()
        while (timer.deadlineNanos - now <= 0) {
            timers.remove(timer)
            ready.add(timer)
            timer = timers.peek() ?: return
        }
    }

    /** The only place where callbacks run. What they add waits for the next iteration (S3). */
    private fun runItems(count: Int) {
        leftInIteration = count
        while (leftInIteration > 0) {
            leftInIteration--
            val item = ready.next()
            try {
                if (services.isDebug) runTimed(item) else item.run()
            } catch (error: Throwable) {
                report(item, error)
            }
        }
        ready.endRunning()
        current.forget()
    }

    /**
     * A direct-style body that is about to wait may find that the loop would come straight back to it. Then it goes on and
     * saves two switches. It must not notice a difference, so an iteration may end here only if its other phases would find
     * nothing to do.
     */
    override fun peekNext(): Runnable? {
        val next = ready.peek() ?: return null
        if (current.isNested || services.isDebug) return null
        return if (leftInIteration > 0 || nothingInBetween()) next else null
    }

    private fun nothingInBetween(): Boolean {
        if (stopping || driver.hasChannels || !remote.isEmpty) return false
        val timer = timers.peek() ?: return true
        return timer.deadlineNanos - clock.nanoTime() > 0
    }

    override fun takeNext() {
        if (leftInIteration == 0) {
            leftInIteration = ready.size
        }
        leftInIteration--
        ready.next()
    }

    private fun runTimed(item: Runnable) {
        val started = System.nanoTime()
        try {
            item.run()
        } finally {
            val took = System.nanoTime() - started
            if (took >= services.slowCallbackDuration.toNanos()) {
                services.warnSlow(item, took)
            }
        }
    }

    /** An error, of whatever class, ends the item and not the loop. */
    private fun report(
        item: Runnable,
        error: Throwable,
    ) {
        val created =
            when (item) {
                is CallbackHandle -> item.created
                is CallbackTimer -> item.created
                else -> null
            }
        services.callExceptionHandler(ErrorContext("Exception in ${describe(item)}", error, item, created))
    }

    /** A `toString` of the user's may throw, too. */
    private fun describe(item: Runnable): String = runCatching { item.toString() }.getOrElse { item.javaClass.name }

    // ---- Running ---------------------------------------------------------------------------------------------------

    override fun runForever() {
        checkCanRun()
        val outer = CurrentLoop.set(this)
        owner = Thread.currentThread()
        try {
            do {
                runOnce()
            } while (!stopping)
        } finally {
            stopping = false
            ready.endRunning()
            owner = null
            CurrentLoop.set(outer)
        }
    }

    private fun checkCanRun() {
        checkOpen()
        check(owner == null) { "this event loop is already running" }
        check(CurrentLoop.get() == null) { "cannot run an event loop while another one is running on this thread" }
    }

    override fun <T> runUntilComplete(stage: CompletionStage<T>): T {
        checkCanRun()
        val future = services.futureOf(stage)
        val stopLoop = Consumer<LoopFuture<T>> { stop() }
        future.addDoneCallback(stopLoop, null)
        try {
            runForever()
        } finally {
            future.removeDoneCallback(stopLoop)
        }
        check(future.isDone) { "Event loop stopped before Future completed." }
        return future.result()
    }

    override fun stop() {
        services.requireOwnThread("stop")
        stopping = true
    }

    override fun isRunning(): Boolean = owner != null

    override fun isClosed(): Boolean = closed

    override fun isCurrent(): Boolean = Thread.currentThread() === owner || CurrentLoop.get() === this

    override fun close() {
        check(owner == null) { "cannot close a running event loop: stop it first" }
        if (closed) {
            return
        }
        closed = true
        ready.clear()
        timers.clear()
        remote.clear()
        val outer = CurrentLoop.set(this)
        try {
            services.close()
        } finally {
            CurrentLoop.set(outer)
            network.close()
            driver.close()
        }
    }

    private fun checkOpen() = check(!closed) { "Event loop is closed" }

    // ---- Callbacks -------------------------------------------------------------------------------------------------

    override fun callSoon(
        callback: Runnable,
        context: Context?,
    ): Handle {
        services.requireOwnThread("callSoon")
        return add(callback, context)
    }

    override fun callSoonThreadsafe(callback: Runnable): Handle = add(callback, null)

    private fun add(
        callback: Runnable,
        context: Context?,
    ): Handle {
        val handle = CallbackHandle(callback, context ?: Context.capture(), creationSite())
        execute(handle)
        return handle
    }

    override fun callAt(
        whenNanos: Long,
        callback: Runnable,
    ): TimerHandle {
        services.requireUsable("callAt")
        val timer = CallbackTimer(whenNanos, callback, Context.capture(), creationSite(), timers)
        timers.add(timer)
        return timer
    }

    private fun creationSite(): Throwable? = if (services.isDebug) Throwable("created here") else null

    override fun execute(callback: Runnable) {
        check(offer(callback)) { "Event loop is closed" }
    }

    override fun schedule(item: Runnable) {
        offer(item)
    }

    override fun offer(item: Runnable): Boolean {
        if (closed) {
            return false
        }
        if (isCurrent()) {
            ready.add(item)
        } else {
            remote.offer(item)
        }
        return true
    }

    override fun runInline(item: Runnable) = current.runInside(item)

    override fun time(): Long = clock.nanoTime()

    // ---- On whose behalf -------------------------------------------------------------------------------------------

    override fun currentTask(): Task<*>? = if (isCurrent()) current.task() else null

    override fun runningTask(): Task<*>? = current.task()

    override fun currentContext(): Context? = current.context()

    // ---- For the API -----------------------------------------------------------------------------------------------

    override fun services(): LoopServices = services

    override fun options(): LoopOptions = options

    override fun watchInterrupt(onFirst: Runnable): InterruptWatch = CtrlC.watch(onFirst)

    override fun toString(): String {
        val state =
            when {
                closed -> "closed"
                owner != null -> "running"
                else -> "stopped"
            }
        return "SelectorEventLoop[$state, ${ready.size} ready, ${timers.size} timers]"
    }

    private companion object {
        const val FOR_EVER = -1L
        const val PATIENCE_NANOS = 500_000_000L
    }
}
