package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.get
import kotlinx.coroutines.CoroutineScope
import java.net.BindException
import java.net.InetSocketAddress
import java.nio.channels.ServerSocketChannel
import java.nio.file.Files

/** S112, S115 and S116 in Kotlin. */
internal class ServersKotlin {
    @Twin("a_server_serves_until_it_is_closed")
    suspend fun CoroutineScope.aServerServesUntilItIsClosed(trace: Trace) {
        val site = Site(trace).open().await()
        site.show()
        site.server.close()
        site.show()
        site.server.close()
        site.close().await()
        trace.add("its loop", site.server.loop === EventLoop.current())
    }

    @Twin("a_server_may_begin_later")
    suspend fun CoroutineScope.aServerMayBeginLater(trace: Trace) {
        val site = Site(trace).open(ServersDirect.LATER).await()
        site.show()
        site.server.startServing()
        site.server.startServing()
        site.show()
        site.visit().await().guest.leave()
        site.close().await()
    }

    @Twin(
        value = "before_it_begins_nobody_comes_in",
        because = ServersDirect.QUEUED,
        trace = [
            "connected", "begin", "connected", "first made", "second made", "first eof", "first lost none", "second eof",
            "second lost none", "over",
        ],
    )
    suspend fun CoroutineScope.beforeItBeginsNobodyComesIn(trace: Trace) {
        val site = Site(trace).open(ServersDirect.LATER).await()
        val guests = mutableListOf<Guest>()
        ServersDirect.knock(trace, site, guests)
        Site.settle().await()
        trace.add("begin")
        site.server.startServing()
        ServersDirect.knock(trace, site, guests)
        for (guest in guests) {
            val host = site.arrivals.get()
            guest.leave()
            host.lost.await()
        }
        site.close().await()
    }

    @Twin(
        value = "a_closed_server_does_not_begin_again",
        because = ServersDirect.NO_ACCIDENT,
        trace = ["over", "begin IllegalState", "serving false addresses 0"],
    )
    suspend fun CoroutineScope.aClosedServerDoesNotBeginAgain(trace: Trace) {
        val site = Site(trace).open().await()
        site.close().await()
        ServersDirect.beginAgain(trace, site)
    }

    @Twin("whoever_comes_in_one_pass_is_served_in_the_order_of_coming")
    suspend fun CoroutineScope.whoeverComesInOnePassIsServedInTheOrderOfComing(trace: Trace) {
        val site = Site(trace).open().await()
        val guests = List(3) { Guest.connect(site.address) }
        val hosts = guests.map { site.arrivals.get() }
        for ((guest, host) in guests.zip(hosts)) {
            trace.add("in order", host.serves(guest))
            guest.leave()
            host.lost.await()
        }
        site.close().await()
    }

    @Twin("whoever_was_not_accepted_when_it_closes_is_turned_away")
    suspend fun CoroutineScope.whoeverWasNotAcceptedWhenItClosesIsTurnedAway(trace: Trace) {
        val site = Site(trace).open().await()
        val guest = Guest.connect(site.address)
        site.close().await()
        trace.add("hears", guest.hear().await())
    }

    @Twin("whoever_was_accepted_when_it_closes_is_served")
    suspend fun CoroutineScope.whoeverWasAcceptedWhenItClosesIsServed(trace: Trace) {
        val site = Site(trace)
        val factory = {
            EventLoop.current().callSoon { site.server.close() }
            Host(site)
        }
        site.open(factory).await()
        val host = site.visit().await()
        site.show()
        host.guest.say("hello")
        host.guest.leave()
        site.close().await()
    }

    @Twin(
        value = "a_factory_that_fails_costs_one_connection",
        because = ServersDirect.TOLD,
        trace = ["reported Boom", "first made", "first eof", "first lost none", "over"],
    )
    suspend fun CoroutineScope.aFactoryThatFailsCostsOneConnection(trace: Trace) {
        Told.collectReports(trace)
        val failures = mutableListOf(Boom())
        val site = Site(trace)
        val factory = {
            failures.removeLastOrNull()?.let { throw it }
            Host(site)
        }
        site.open(factory).await()
        val guest = Guest.connect(site.address)
        while (failures.isNotEmpty()) {
            onePass()
        }
        site.visit().await().guest.leave()
        guest.leave()
        site.close().await()
    }

    @Twin("a_port_belongs_to_one_server")
    suspend fun CoroutineScope.aPortBelongsToOneServer(trace: Trace) {
        val site = Site(trace).open().await()
        try {
            EventLoop.current().createServer({ Host(site) }, Site.LOCALHOST, site.server.port()).await()
        } catch (_: BindException) {
            trace.add("refused")
        }
        site.visit().await().guest.leave()
        site.close().await()
    }

    @Twin("a_socket_that_it_was_given_is_closed_with_it")
    suspend fun CoroutineScope.aSocketThatItWasGivenIsClosedWithIt(trace: Trace) {
        val listening = ServerSocketChannel.open().bind(InetSocketAddress(Site.LOCALHOST, 0))
        val site = Site(trace).open(listening).await()
        trace.add("the same address", site.address == listening.localAddress)
        site.visit().await().guest.leave()
        site.close().await()
        trace.add("open", listening.isOpen)
    }

    @Twin("a_socket_file_goes_with_its_server")
    suspend fun CoroutineScope.aSocketFileGoesWithItsServer(trace: Trace) {
        SocketFolder().use { folder ->
            val site = Site(trace).openAt(folder.path()).await()
            trace.add("file", Files.exists(folder.path()))
            val host = site.visit().await()
            site.server.close()
            trace.add("file", Files.exists(folder.path()))
            host.guest.leave()
            site.close().await()
        }
    }

    @Twin("a_socket_file_that_nobody_listens_at_is_replaced")
    suspend fun CoroutineScope.aSocketFileThatNobodyListensAtIsReplaced(trace: Trace) {
        SocketFolder().use { folder ->
            folder.leaveDeadFile()
            val site = Site(trace).openAt(folder.path()).await()
            site.visit().await().guest.leave()
            site.close().await()
        }
    }

    @Twin(
        value = "a_socket_file_of_another_server",
        because = ServersDirect.KNOCKS,
        trace = ["refused", "over"],
    )
    suspend fun CoroutineScope.aSocketFileOfAnotherServer(trace: Trace) {
        SocketFolder().use { folder ->
            val first = Site(trace).openAt(folder.path()).await()
            try {
                Site(trace).openAt(folder.path()).await()
            } catch (_: BindException) {
                trace.add("refused")
            }
            first.close().await()
        }
    }
}
