package examples.redis

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.*
import java.util.concurrent.CompletableFuture
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.SECONDS
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.milliseconds

/**
 * A server on a loop in a thread of its own, for tests that talk to it as strangers do. To close it drains it, and fails if
 * anything on its loop has failed.
 */
class RunningRedis
@JvmOverloads
constructor(limits: Limits = Limits.DEFAULT, patienceMillis: Long = 5000) : AutoCloseable {
    private val started = CompletableFuture<Unit>()
    private val failures = LinkedBlockingQueue<String>()
    private lateinit var loop: EventLoop
    private var stopped = false
    private lateinit var stopping: CompletableFuture<Unit>

    /** Where it listens. */
    var port = 0
        private set

    private val thread =
        thread(name = "mini-redis") {
            try {
                runAsyncio { run(RedisService(limits, patienceMillis.milliseconds)) }
            } catch (failure: Throwable) {
                failures += failure.toString()
                started.completeExceptionally(failure)
            }
        }

    init {
        started.get(30, SECONDS)
    }

    private suspend fun run(service: RedisService) {
        loop = EventLoop.current()
        loop.setExceptionHandler { _, context -> failures += "${context.message()}: ${context.exception()}" }
        stopping = createFuture()
        val running =
            createTask {
                service.run("127.0.0.1", 0) {
                    port = it
                    started.complete(Unit)
                }
            }
        stopping.await()
        service.drain()
        running.await()
    }

    /** Begins to drain it, and does not wait. */
    fun stop() {
        if (!stopped) {
            stopped = true
            loop.callSoonThreadsafe { stopping.complete(Unit) }
        }
    }

    /** Lets something happen while the server's loop stands still. */
    fun hold(action: Runnable) {
        val held = CompletableFuture<Unit>()
        val released = CompletableFuture<Unit>()
        loop.callSoonThreadsafe {
            held.complete(Unit)
            released.get(30, SECONDS)
        }
        held.get(30, SECONDS)
        try {
            action.run()
        } finally {
            released.complete(Unit)
        }
    }

    override fun close() {
        stop()
        thread.join(30_000)
        check(!thread.isAlive) { "the server does not end" }
        check(failures.isEmpty()) { "on the server's loop: $failures" }
    }
}
