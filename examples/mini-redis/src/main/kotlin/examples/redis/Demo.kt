// A small Redis, and clients that keep it busy for a few seconds and take the time.
//
// Run it: ./jasyncio demo

package examples.redis

import io.jasyncio.KeyboardInterruptException
import io.jasyncio.LoopOptions
import io.jasyncio.coroutines.*
import java.io.IOException
import java.io.PrintStream
import kotlin.system.exitProcess
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

private const val DEMO_USAGE = """Usage: ./jasyncio demo [--clients N] [--millis N]
       ./jasyncio demo ledger [ARGUMENT...]

Starts mini-redis on a free port of this machine, and keeps it busy with clients that send SET and GET, one command at
a time and sixteen at a time. Prints how many commands it answered in a second, and how long the answers took.

  --clients N   how many clients there are: 1 to 10000, 50 if not given
  --millis N    how long each of the four rounds takes, in milliseconds: 10 to 60000, 1000 if not given
  --help        print this text

"demo ledger" is another one, a service with a protocol of its own; "demo ledger --help" tells more of it.

Exit code: 0; 1 if an answer was wrong or there is no connection; 2 for a wrong option; 130 after Ctrl-C."""

/** Runs the server on the loop of this thread, and the clients on another loop in another thread of the same JVM. */
fun runDemo(clients: Int, round: Duration, out: PrintStream, loops: LoopOptions = LoopOptions.defaults()) =
    runAsyncio(loops) {
        val service = RedisService()
        service.run("127.0.0.1", 0) { port ->
            out.println(
                "mini-redis on port $port, and $clients clients on a loop of their own, in one JVM (Java ${Runtime.version().feature()})",
            )
            out.println()
            toThread { runAsyncio(loops) { DemoLoad(port, clients, round, out).run() } }
            out.println()
            out.println("The times are those from the first byte of a request to the last byte of its answer; with a pipeline, of all 16.")
            service.drain()
        }
    }

/** The demo as a command: does what the arguments say and returns the exit code. */
fun demo(arguments: Array<String>, out: PrintStream, err: PrintStream): Int =
    try {
        val options = Options.parse(arguments, "--clients", "--millis")
        val clients = options.number("--clients", 1..10_000) ?: 50
        val round = options.number("--millis", 10..60_000) ?: 1000
        if (options.help) out.println(DEMO_USAGE) else runDemo(clients, round.milliseconds, out)
        0
    } catch (wrong: IllegalArgumentException) {
        err.println("demo: ${wrong.message}")
        2
    } catch (_: KeyboardInterruptException) {
        err.println("\ndemo: interrupted")
        130
    } catch (failure: IOException) {
        err.println("demo: ${failure.message}")
        1
    }

fun main(args: Array<String>) {
    val exitCode = demo(args, System.out, System.err)
    if (exitCode != 0) {
        exitProcess(exitCode)
    }
}
