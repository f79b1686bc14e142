package io.jasyncio.conformance

import io.jasyncio.Runner
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.currentTask
import io.jasyncio.coroutines.get
import io.jasyncio.coroutines.read
import io.jasyncio.coroutines.readLine
import io.jasyncio.coroutines.runMain
import io.jasyncio.coroutines.startServer
import io.jasyncio.coroutines.waitClosed
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import java.util.concurrent.CompletableFuture

/** S110 and S112 in Kotlin. */
internal class ServerhandlersKotlin {
    private suspend fun HandledSite.serve(handler: suspend (StreamReader, StreamWriter) -> Unit): HandledSite {
        val server = startServer(Site.LOCALHOST, 0) { reader, writer -> handler(reader, writer) }
        return opened(CompletableFuture.completedFuture(server)).await()
    }

    private suspend fun lineOf(reader: StreamReader) = reader.readLine() ?: "nothing"

    private suspend fun HandledSite.serveToTheEnd(trace: Trace) =
        serve { reader, writer ->
            begun.putNowait(writer)
            tasks.putNowait(checkNotNull(currentTask()))
            try {
                reader.read()
            } catch (cancelled: CancellationException) {
                trace.add("handler", cancelled)
                throw cancelled
            }
        }

    @Twin("a_handler_that_fails_has_its_connection_closed")
    suspend fun CoroutineScope.aHandlerThatFailsHasItsConnectionClosed(trace: Trace) {
        val site = HandledSite(trace)
        site.serve { reader, writer ->
            val line = lineOf(reader)
            trace.add("handler got", line)
            writer.write("so far")
            if (line == "fail") {
                throw Boom()
            }
            writer.close()
        }
        val first = Guest.connect(site.address)
        val second = Guest.connect(site.address)
        first.say("fail\n")
        trace.add("first hears", first.hear().await())
        second.say("go on\n")
        trace.add("second hears", second.hear().await())
        site.close().await()
    }

    @Twin("a_handler_that_fails_before_it_waits")
    suspend fun CoroutineScope.aHandlerThatFailsBeforeItWaits(trace: Trace) {
        val site = HandledSite(trace)
        site.serve { _, _ ->
            trace.add("handler")
            throw Boom()
        }
        val guest = Guest.connect(site.address)
        trace.add("hears", guest.hear().await())
        site.close().await()
    }

    @Twin("a_handler_that_fails_after_its_connection_has_ended")
    suspend fun CoroutineScope.aHandlerThatFailsAfterItsConnectionHasEnded(trace: Trace) {
        val site = HandledSite(trace)
        site.serve { _, writer ->
            writer.close()
            writer.waitClosed()
            trace.add("handler")
            throw Boom()
        }
        val guest = Guest.connect(site.address)
        site.reported.get()
        trace.add("hears", guest.hear().await())
        site.close().await()
    }

    @Twin("a_handler_that_is_cancelled_has_its_connection_closed")
    suspend fun CoroutineScope.aHandlerThatIsCancelledHasItsConnectionClosed(trace: Trace) {
        val site = HandledSite(trace)
        site.serveToTheEnd(trace)
        val guest = Guest.connect(site.address)
        site.tasks.get().cancel()
        trace.add("hears", guest.hear().await())
        site.close().await()
    }

    @Twin("a_handler_that_returns_leaves_its_connection_open")
    suspend fun CoroutineScope.aHandlerThatReturnsLeavesItsConnectionOpen(trace: Trace) {
        val site = HandledSite(trace)
        site.serve { _, writer ->
            writer.write("one ")
            site.begun.putNowait(writer)
        }
        val guest = Guest.connect(site.address)
        val writer = site.begun.get()
        Site.settle().await()
        trace.add("closing", writer.isClosing)
        writer.write("two")
        writer.close()
        trace.add("hears", guest.hear().await())
        site.close().await()
    }

    @Twin("a_handler_goes_on_when_its_server_is_closed")
    suspend fun CoroutineScope.aHandlerGoesOnWhenItsServerIsClosed(trace: Trace) {
        val site = HandledSite(trace)
        site.serve { reader, writer ->
            site.begun.putNowait(writer)
            trace.add("handler got", lineOf(reader))
            writer.close()
        }
        val guest = Guest.connect(site.address)
        site.begun.get()
        site.server.close()
        trace.add("closed")
        Site.settle().await()
        guest.say("still here\n")
        site.close().await()
        guest.leave()
    }

    @Twin("a_handler_may_close_its_server")
    suspend fun CoroutineScope.aHandlerMayCloseItsServer(trace: Trace) {
        val site = HandledSite(trace)
        site.serve { reader, writer ->
            trace.add("handler got", lineOf(reader))
            site.server.close()
            trace.add("serving", site.server.isServing)
            trace.add("handler got", lineOf(reader))
            writer.close()
        }
        val guest = Guest.connect(site.address)
        guest.say("close\nand go on\n")
        site.over().await()
        guest.leave()
    }

    @Twin("a_handler_whose_client_is_closed_reads_the_end")
    suspend fun CoroutineScope.aHandlerWhoseClientIsClosedReadsTheEnd(trace: Trace) {
        val site = HandledSite(trace)
        site.serve { reader, writer ->
            site.begun.putNowait(writer)
            trace.add("handler got", lineOf(reader))
            trace.add("closing", writer.isClosing)
            writer.waitClosed()
            trace.add("handler ends")
            site.ended.putNowait(writer)
        }
        val guest = Guest.connect(site.address)
        site.begun.get()
        site.server.closeClients()
        site.ended.get()
        trace.add("hears", guest.hear().await())
        site.close().await()
    }

    @Twin("a_handler_whose_client_has_left_may_answer")
    suspend fun CoroutineScope.aHandlerWhoseClientHasLeftMayAnswer(trace: Trace) {
        val site = HandledSite(trace)
        site.serve { reader, writer ->
            trace.add("handler got", lineOf(reader))
            trace.add("handler got", lineOf(reader))
            writer.write("answer")
            writer.close()
        }
        val guest = Guest.connect(site.address)
        guest.say("question\n")
        guest.end()
        trace.add("hears", guest.hear().await())
        site.close().await()
    }

    @Twin("a_connection_that_breaks_is_a_failure_of_the_handler_that_reads")
    suspend fun CoroutineScope.aConnectionThatBreaksIsAFailureOfTheHandlerThatReads(trace: Trace) {
        val site = HandledSite(trace)
        site.serve { reader, writer ->
            site.begun.putNowait(writer)
            trace.add("handler")
            reader.read()
        }
        val guest = Guest.connect(site.address)
        site.begun.get()
        guest.breakOff()
        site.reported.get()
        site.close().await()
    }

    @Twin(value = "a_handler_is_cancelled_when_the_program_ends", plain = true)
    fun aHandlerIsCancelledWhenTheProgramEnds(trace: Trace) {
        val guests = mutableListOf<Guest>()
        Runner(trace.options()).use { runner ->
            runner.runMain {
                val site = HandledSite(trace)
                site.serveToTheEnd(trace)
                guests += Guest.connect(site.address)
                site.begun.get()
                site.server.close()
                trace.add("main ends")
            }
            trace.add("ended")
        }
        guests.single().leave()
    }
}
