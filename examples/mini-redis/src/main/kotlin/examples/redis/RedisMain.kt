// A small Redis on the event loop: the protocol and the store in Java, the connections in Kotlin.
//
// Run it: ./jasyncio run mini-redis --help

package examples.redis

import io.jasyncio.Asyncio
import io.jasyncio.EventLoop
import io.jasyncio.KeyboardInterruptException
import io.jasyncio.LoopOptions
import io.jasyncio.coroutines.*
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import java.io.IOException
import java.io.PrintStream
import kotlin.system.exitProcess
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

private const val DEFAULT_PORT = 6379
private const val DEFAULT_PATIENCE = 5
private const val AFTER_CTRL_C = 130

private const val USAGE = """Usage: ./jasyncio run mini-redis [--port N] [--host H] [--patience N]

Serves redis-cli and other clients of Redis, until Ctrl-C or SIGTERM: then it answers what has come, and ends. A
second signal ends it at once. Nothing is written to a disk.

  --port N       where to listen: 6379 if not given, 0 for any port
  --host H       the address to listen at: 127.0.0.1 if not given. There is no password, so think twice
  --patience N   how many seconds to wait, at the end, for clients that do not read their answers: 5 if not given
  --help         print this text

Exit code: 0 after a signal, and 130 or 143 after a second one; 1 if the port is taken, 2 for a wrong option."""

/** A server that serves whoever comes, until the task is cancelled or the process is told to end. */
private class Serving(
    private val host: String,
    private val port: Int,
    private val patience: Duration,
    private val out: PrintStream,
) {
    /** Whether it was told once more, and did not wait for the answers. */
    var cutOff = false
        private set

    suspend fun run() {
        val loop = EventLoop.current()
        val service = RedisService(patience = patience)
        val running = createTask {
            service.run(host, port) { out.println("mini-redis listens on port $it of $host; Ctrl-C ends it. Try: redis-cli -p $it") }
        }
        val told = createFuture<Unit>()
        val draining = createTask {
            told.await()
            service.drain()
        }
        Termination { loop.callSoonThreadsafe { told.complete(Unit) } }.use { termination ->
            try {
                Asyncio.shield(running).await()
            } finally {
                termination.endsAnyway()
                cutOff = service.draining && !running.isDone
                withContext(NonCancellable) {
                    draining.cancel()
                    if (cutOff) running.cancel() else service.drain()
                    running.await()
                }
                out.println("All requests are answered. Goodbye")
            }
        }
    }
}

/** The server as a command: does what the arguments say and returns the exit code. */
fun redis(arguments: Array<String>, out: PrintStream, err: PrintStream, loops: LoopOptions = LoopOptions.defaults()): Int {
    var serving: Serving? = null
    return try {
        val options = Options.parse(arguments, "--port", "--host", "--patience")
        val port = options.number("--port", 0..65535) ?: DEFAULT_PORT
        val patience = options.number("--patience", 0..3600) ?: DEFAULT_PATIENCE
        if (options.help) {
            out.println(USAGE)
        } else {
            serving = Serving(options["--host"] ?: "127.0.0.1", port, patience.seconds, out)
            runAsyncio(loops) { serving.run() }
        }
        0
    } catch (wrong: IllegalArgumentException) {
        err.println("mini-redis: ${wrong.message}")
        2
    } catch (_: KeyboardInterruptException) {
        if (serving?.cutOff == true) AFTER_CTRL_C else 0 // how a server is ended
    } catch (failure: IOException) {
        err.println("mini-redis: ${failure.message}")
        1
    }
}

fun main(args: Array<String>) {
    val exitCode = redis(args, System.out, System.err)
    if (exitCode != 0) {
        exitProcess(exitCode)
    }
}
