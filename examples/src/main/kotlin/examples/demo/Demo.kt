// A service in two languages on one loop, and clients on another. The protocol is Kotlin (LedgerService), the business is
// Java in direct style (Ledger, Journal), the clients are Kotlin (Load).
//
// Run it: ./jasyncio demo ledger --help

package examples.demo

import io.jasyncio.KeyboardInterruptException
import io.jasyncio.LoopOptions
import io.jasyncio.coroutines.*
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import java.io.IOException
import java.io.PrintStream
import kotlin.system.exitProcess

/** Serves the clients of [Load] and prints what they say. */
fun runDemo(options: DemoOptions, out: PrintStream, inPlace: Boolean, loops: LoopOptions = LoopOptions.defaults()) =
    runAsyncio(loops) {
        val service = LedgerService()
        val server = service.start(port = 0)
        try {
            out.println("A ledger on port ${server.port()}, in Kotlin and Java; ${options.clients} clients on a loop of their own")
            val port = server.port()
            val lines = toThread {
                runAsyncio(loops) {
                    val load = Load(options, port, Progress(out, inPlace, options.requests))
                    load.run().lines() + "" + load.checkSum()
                }
            }
            lines.forEach(out::println)
        } finally {
            withContext(NonCancellable) { service.drain(server) }
        }
    }

/** Serves whoever comes, until Ctrl-C. */
fun serve(port: Int, out: PrintStream, loops: LoopOptions = LoopOptions.defaults()): Unit =
    runAsyncio(loops) {
        val service = LedgerService()
        val server = service.start(port)
        out.println("A ledger on port ${server.port()} of 127.0.0.1; Ctrl-C ends it. Try: nc 127.0.0.1 ${server.port()}")
        try {
            server.serveForever()
        } finally {
            withContext(NonCancellable) { service.drain(server) }
            out.println("All requests are answered. Goodbye")
        }
    }

/** The demo as a command: does what the arguments say and returns the exit code. */
fun demo(arguments: Array<String>, out: PrintStream, err: PrintStream): Int {
    val options =
        try {
            DemoOptions.parse(*arguments)
        } catch (wrong: IllegalArgumentException) {
            err.println("demo: ${wrong.message}")
            return 2
        }
    val servePort = options.servePort
    return try {
        when {
            options.help -> out.println(DemoOptions.USAGE)
            servePort.isPresent -> serve(servePort.asInt, out)
            else -> runDemo(options, out, Progress.onTerminal())
        }
        0
    } catch (_: KeyboardInterruptException) {
        if (servePort.isPresent) {
            0 // how a service is ended
        } else {
            err.println("\ndemo: interrupted")
            130
        }
    } catch (failure: IOException) {
        err.println("demo: ${failure.message}")
        1
    }
}

fun main(args: Array<String>) {
    val exitCode = demo(args, System.out, System.err)
    if (exitCode != 0) {
        exitProcess(exitCode)
    }
}
