package io.jasyncio.coroutines

import io.jasyncio.LoopFuture
import io.jasyncio.Task
import io.jasyncio.TaskOptions
import io.jasyncio.spi.LoopRuntime
import io.jasyncio.stream.Server
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import java.util.function.BiFunction
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration.Companion.seconds

/**
 * The connections of one [serve]: as the function that a server calls for each of them, and as what [serve] waits for. Loop
 * only.
 */
internal class Serving(
    private val loop: LoopRuntime,
    caller: CoroutineContext,
    private val handler: suspend CoroutineScope.(StreamReader, StreamWriter) -> Unit,
) : BiFunction<StreamReader, StreamWriter, Task<*>> {
    /** All that the caller's coroutines hand on but their job and their dispatcher: a task has both for itself. */
    private val context = caller.minusKey(Job).minusKey(ContinuationInterceptor)
    private val tasks = LinkedHashSet<Task<*>>()

    /** Completed when the last task has ended; null while nobody waits. */
    private var allEnded: LoopFuture<Unit>? = null
    private var stopping = false

    // ---- A connection ----------------------------------------------------------------------------------------------

    override fun apply(
        reader: StreamReader,
        writer: StreamWriter,
    ): Task<*> {
        val task = loop.startTask(TaskOptions.DEFAULT, context) { handle(reader, writer) }
        tasks.add(task)
        task.addDoneCallback(::ended)
        if (stopping) {
            // Accepted before the server was closed, and told only now. It never runs, and the server closes its connection.
            task.cancel()
        }
        return task
    }

    /** In a scope of its own, so that also what the handler has launched has ended before its connection does. */
    private suspend fun handle(
        reader: StreamReader,
        writer: StreamWriter,
    ) {
        try {
            coroutineScope { handler(reader, writer) }
        } finally {
            writer.close()
        }
    }

    private fun ended(task: LoopFuture<*>) {
        tasks.remove(task)
        if (tasks.isEmpty()) {
            allEnded?.complete(Unit)
        }
    }

    // ---- All of them -----------------------------------------------------------------------------------------------

    /**
     * Serves until the server is closed or this is cancelled.
     *
     * @param listen opens a server that does not accept yet: if it did, it could have connections already when nobody takes it
     */
    suspend fun run(
        onServing: suspend (Server) -> Unit,
        listen: () -> LoopFuture<Server>,
    ) {
        val server = listen().await()
        try {
            server.startServing()
            onServing(server)
            server.waitClosed()
            awaitTasks()
        } finally {
            stopping = true
            withContext(NonCancellable) { stop(server) }
        }
    }

    private suspend fun stop(server: Server) {
        server.close()
        tasks.toList().forEach { it.cancel() }
        awaitTasks()
        withTimeoutOrNull(PATIENCE) { server.waitClosed() } ?: server.abortClients()
        server.waitClosed()
    }

    private suspend fun awaitTasks() {
        while (tasks.isNotEmpty()) {
            val ended = loop.createFuture<Unit>()
            allEnded = ended
            ended.await()
        }
    }

    private companion object {
        val PATIENCE = 5.seconds
    }
}
