// A small Redis on the event loop: the protocol and the store in Java, the connections in Kotlin.
//
// Run it: ./jasyncio run mini-redis --help

package examples.redis

import io.jasyncio.Asyncio
import io.jasyncio.KeyboardInterruptException
import io.jasyncio.LoopOptions
import io.jasyncio.coroutines.*
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import java.io.IOException
import java.io.PrintStream
import kotlin.system.exitProcess

private const val DEFAULT_PORT = 6379

private const val USAGE = """Usage: ./jasyncio run mini-redis [--port N] [--host H]

Serves redis-cli and other clients of Redis, until Ctrl-C. Nothing is written to a disk.

  --port N   where to listen: 6379 if not given, 0 for any port
  --host H   the address to listen at: 127.0.0.1 if not given. There is no password, so think twice
  --help     print this text

Exit code: 0 after Ctrl-C, 1 if the port is taken, 2 for a wrong option."""

/** Serves whoever comes, until the task is cancelled. */
private suspend fun serveUntilCancelled(host: String, port: Int, out: PrintStream) {
    val service = RedisService()
    val running = createTask {
        service.run(host, port) { out.println("mini-redis listens on port $it of $host; Ctrl-C ends it. Try: redis-cli -p $it") }
    }
    try {
        Asyncio.shield(running).await()
    } finally {
        withContext(NonCancellable) {
            service.drain()
            running.await()
        }
        out.println("All requests are answered. Goodbye")
    }
}

/** The server as a command: does what the arguments say and returns the exit code. */
fun redis(arguments: Array<String>, out: PrintStream, err: PrintStream, loops: LoopOptions = LoopOptions.defaults()): Int =
    try {
        val options = Options.parse(arguments, "--port", "--host")
        val port = options.number("--port", 0..65535) ?: DEFAULT_PORT
        if (options.help) {
            out.println(USAGE)
        } else {
            runAsyncio(loops) { serveUntilCancelled(options["--host"] ?: "127.0.0.1", port, out) }
        }
        0
    } catch (wrong: IllegalArgumentException) {
        err.println("mini-redis: ${wrong.message}")
        2
    } catch (_: KeyboardInterruptException) {
        0 // how a server is ended
    } catch (failure: IOException) {
        err.println("mini-redis: ${failure.message}")
        1
    }

fun main(args: Array<String>) {
    val exitCode = redis(args, System.out, System.err)
    if (exitCode != 0) {
        exitProcess(exitCode)
    }
}
