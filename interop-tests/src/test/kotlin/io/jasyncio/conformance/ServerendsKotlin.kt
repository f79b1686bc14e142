package io.jasyncio.conformance

import io.jasyncio.Task
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.get
import io.jasyncio.coroutines.serveForever
import io.jasyncio.coroutines.use
import io.jasyncio.coroutines.waitClosed
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope

/** S112 to S114 in Kotlin. */
internal class ServerendsKotlin {
    private suspend fun waitForTheEnd(
        trace: Trace,
        site: Site,
        name: String,
    ) {
        try {
            site.server.waitClosed()
            trace.add(name, "told")
        } catch (cancelled: CancellationException) {
            trace.add(name, cancelled)
            throw cancelled
        }
    }

    private fun startWaiting(
        trace: Trace,
        site: Site,
        name: String,
    ): Task<Unit> = createTask { waitForTheEnd(trace, site, name) }

    private fun startServingForEver(
        trace: Trace,
        site: Site,
    ): Task<Unit> =
        createTask {
            try {
                site.server.serveForever()
            } catch (cancelled: CancellationException) {
                trace.add("for ever", cancelled)
                throw cancelled
            } catch (refused: IllegalStateException) {
                trace.add("for ever", refused)
            }
        }

    private suspend fun Site.opened() = open().await()

    private suspend fun Site.visited() = visit().await()

    @Twin("an_open_server_has_not_ended")
    suspend fun CoroutineScope.anOpenServerHasNotEnded(trace: Trace) {
        val site = Site(trace).opened()
        val waiting = startWaiting(trace, site, "waiting")
        Site.settle().await()
        trace.add("done", waiting.isDone)
        site.server.close()
        waiting.await()
    }

    @Twin("a_server_that_is_left_by_all_has_not_ended")
    suspend fun CoroutineScope.aServerThatIsLeftByAllHasNotEnded(trace: Trace) {
        val site = Site(trace).opened()
        val waiting = startWaiting(trace, site, "waiting")
        site.visited().dismiss().await()
        Site.settle().await()
        trace.add("done", waiting.isDone)
        site.server.close()
        waiting.await()
    }

    @Twin("the_end_is_that_of_the_last_connection")
    suspend fun CoroutineScope.theEndIsThatOfTheLastConnection(trace: Trace) {
        val site = Site(trace).opened()
        val first = site.visited()
        val second = site.visited()
        val waiting = startWaiting(trace, site, "waiting")
        site.server.close()
        first.dismiss().await()
        second.guest.say("still here")
        second.words.get()
        Site.settle().await()
        trace.add("done", waiting.isDone)
        second.guest.leave()
        waiting.await()
    }

    @Twin("all_who_wait_are_told_in_their_order")
    suspend fun CoroutineScope.allWhoWaitAreToldInTheirOrder(trace: Trace) {
        val site = Site(trace).opened()
        val tasks = listOf("one", "two", "three").map { startWaiting(trace, site, it) }
        Site.settle().await()
        site.server.close()
        trace.add("closed")
        tasks.forEach { it.await() }
        val passes = Passes.start()
        waitForTheEnd(trace, site, "four")
        trace.add("passes", passes.stop())
    }

    @Twin("who_gives_up_waiting_concerns_nobody_else")
    suspend fun CoroutineScope.whoGivesUpWaitingConcernsNobodyElse(trace: Trace) {
        val site = Site(trace).opened()
        val one = startWaiting(trace, site, "one")
        val two = startWaiting(trace, site, "two")
        Site.settle().await()
        one.cancel()
        Site.settle().await()
        site.show()
        trace.add("done", two.isDone)
        site.server.close()
        two.await()
    }

    @Twin("a_request_in_the_pass_of_the_end_wins")
    suspend fun CoroutineScope.aRequestInThePassOfTheEndWins(trace: Trace) {
        val site = Site(trace).opened()
        val one = startWaiting(trace, site, "one")
        val two = startWaiting(trace, site, "two")
        Site.settle().await()
        site.server.close()
        one.cancel()
        ended(one)
        ended(two)
    }

    @Twin("the_clients_of_an_open_server_are_closed")
    suspend fun CoroutineScope.theClientsOfAnOpenServerAreClosed(trace: Trace) {
        val site = Site(trace).opened()
        val host = site.visited()
        host.write("goodbye")
        site.server.closeClients()
        trace.add("closing", host.transport.isClosing)
        host.lost.await()
        trace.add("hears", host.guest.hear().await())
        site.show()
        site.visited().guest.leave()
        site.close().await()
    }

    @Twin("the_clients_of_a_closed_server_are_closed")
    suspend fun CoroutineScope.theClientsOfAClosedServerAreClosed(trace: Trace) {
        val site = Site(trace).opened()
        val host = site.visited()
        site.server.close()
        site.server.closeClients()
        site.server.waitClosed()
        trace.add("hears", host.guest.hear().await())
        site.server.closeClients()
    }

    @Twin("the_clients_of_a_server_are_aborted")
    suspend fun CoroutineScope.theClientsOfAServerAreAborted(trace: Trace) {
        val site = Site(trace).opened()
        val host = site.visited()
        site.server.abortClients()
        trace.add("closing", host.transport.isClosing)
        host.lost.await()
        host.guest.leave()
        site.show()
        site.close().await()
        site.server.abortClients()
    }

    @Twin("leaving_the_block_closes_and_waits")
    suspend fun CoroutineScope.leavingTheBlockClosesAndWaits(trace: Trace) {
        val site = Site(trace).opened()
        val host = site.visited()
        val leaving =
            site.server.use { entered ->
                trace.add("the server", entered === site.server)
                createTask {
                    Site.settle().await()
                    site.show()
                    host.guest.leave()
                }
            }
        trace.add("left")
        leaving.await()
    }

    @Twin("a_failure_leaves_the_block_when_the_server_has_ended")
    suspend fun CoroutineScope.aFailureLeavesTheBlockWhenTheServerHasEnded(trace: Trace) {
        val site = Site(trace).opened()
        val host = site.visited()
        try {
            site.server.use {
                host.guest.leave()
                throw IllegalArgumentException("inside")
            }
        } catch (failure: IllegalArgumentException) {
            trace.add("left", failure)
        }
        site.show()
    }

    @Twin("serving_for_ever_begins_to_serve")
    suspend fun CoroutineScope.servingForEverBeginsToServe(trace: Trace) {
        val site = Site(trace).open(ServersDirect.LATER).await()
        val serving = startServingForEver(trace, site)
        site.show()
        Site.settle().await()
        site.show()
        site.visited().dismiss().await()
        serving.cancel()
        ended(serving)
        trace.add("cancelled", serving.isCancelled)
        site.show()
    }

    @Twin("serving_for_ever_is_for_one")
    suspend fun CoroutineScope.servingForEverIsForOne(trace: Trace) {
        val site = Site(trace).opened()
        val serving = startServingForEver(trace, site)
        Site.settle().await()
        startServingForEver(trace, site).await()
        trace.add("done", serving.isDone, "serving", site.server.isServing)
        site.server.close()
        ended(serving)
    }

    @Twin("a_closed_server_does_not_serve_for_ever")
    suspend fun CoroutineScope.aClosedServerDoesNotServeForEver(trace: Trace) {
        val site = Site(trace).opened()
        site.close().await()
        startServingForEver(trace, site).await()
        site.show()
    }

    @Twin("serving_for_ever_ends_with_the_last_connection_of_a_closed_server")
    suspend fun CoroutineScope.servingForEverEndsWithTheLastConnectionOfAClosedServer(trace: Trace) {
        val site = Site(trace).opened()
        val serving = startServingForEver(trace, site)
        val host = site.visited()
        site.server.close()
        Site.settle().await()
        trace.add("done", serving.isDone, "closing", host.transport.isClosing)
        host.guest.leave()
        ended(serving)
        trace.add("cancelled", serving.isCancelled)
    }

    @Twin(
        value = "a_request_ends_the_wait_for_the_last_connection",
        because = "a coroutine that is cancelled ends when what it has begun has ended: it closes the connections",
        trace = ["first made", "first lost none", "for ever Cancelled", "closing true", "over"],
    )
    suspend fun CoroutineScope.aRequestEndsTheWaitForTheLastConnection(trace: Trace) {
        val site = Site(trace).opened()
        val serving = startServingForEver(trace, site)
        val host = site.visited()
        site.server.close()
        Site.settle().await()
        serving.cancel()
        ended(serving)
        trace.add("closing", host.transport.isClosing)
        host.guest.leave()
        site.close().await()
    }

    @Twin(
        value = "a_request_while_it_serves_for_ever_closes_the_server",
        because = ServerendsDirect.CLOSES_CLIENTS,
        trace = [
            "first made", "first lost none", "for ever Cancelled", "serving false addresses 0", "closing true done true",
            "over",
        ],
    )
    suspend fun CoroutineScope.aRequestWhileItServesForEverClosesTheServer(trace: Trace) {
        val site = Site(trace).opened()
        val serving = startServingForEver(trace, site)
        val host = site.visited()
        serving.cancel()
        Site.settle().await()
        site.show()
        trace.add("closing", host.transport.isClosing, "done", serving.isDone)
        host.guest.leave()
        ended(serving)
        site.close().await()
    }
}
