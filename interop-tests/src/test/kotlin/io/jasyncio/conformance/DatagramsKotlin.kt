package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.await
import io.jasyncio.transport.DatagramOptions
import io.jasyncio.transport.ExtraInfo
import kotlinx.coroutines.CoroutineScope
import java.net.BindException
import java.net.InetSocketAddress
import java.nio.channels.DatagramChannel

/** Datagrams in Kotlin. */
internal class DatagramsKotlin {
    private suspend fun open(
        trace: Trace,
        name: String,
    ): Heard = Heard(trace, name).open().await()

    private suspend fun openTo(
        peer: Heard,
        trace: Trace,
    ): Heard = Heard(trace, "one").openTo(peer.address).await()

    private suspend fun close(vararg endpoints: Heard) = endpoints.forEach { it.close().await() }

    @Twin("a_protocol_knows_its_socket_before_anybody_else")
    suspend fun CoroutineScope.aProtocolKnowsItsSocketBeforeAnybodyElse(trace: Trace) {
        val factory = {
            trace.add("factory")
            Heard(trace, "one")
        }
        val options = DatagramOptions.DEFAULT.withLocalAddress(Heard.HERE)
        val opened = EventLoop.current().createDatagramEndpoint(factory, options).await()
        val one = opened.protocol()
        val transport = opened.transport()
        trace.add("opened", transport === one.transport, transport.protocol === one, "closing", transport.isClosing)
        close(one)
    }

    @Twin("a_datagram_comes_with_its_sender")
    suspend fun CoroutineScope.aDatagramComesWithItsSender(trace: Trace) {
        val one = open(trace, "one")
        val two = open(trace, "two")
        two.onData = Runnable { two.send("answer", two.sender) }
        one.send("question", two.address)
        one.hears("answer").await()
        trace.add("sender", one.sender == two.address, two.sender == one.address)
        close(one, two)
    }

    @Twin("datagrams_are_not_joined")
    suspend fun CoroutineScope.datagramsAreNotJoined(trace: Trace) {
        val one = open(trace, "one")
        val two = open(trace, "two")
        one.send("a", two.address)
        one.send("bc", two.address)
        one.transport.sendTo(ByteArray(5000), two.address)
        one.send("d", two.address)
        two.hears("d").await()
        close(one, two)
    }

    @Twin("an_empty_datagram_is_a_datagram")
    suspend fun CoroutineScope.anEmptyDatagramIsADatagram(trace: Trace) {
        val one = open(trace, "one")
        val two = open(trace, "two")
        one.send("", two.address)
        one.send("next", two.address)
        two.hears("next").await()
        close(one, two)
    }

    @Twin(
        value = "an_empty_datagram_of_a_connected_endpoint",
        because = DatagramsDirect.NO_EMPTY,
        trace = ["two made", "one made", "one error", "two data next", "one lost none", "two lost none"],
    )
    suspend fun CoroutineScope.anEmptyDatagramOfAConnectedEndpoint(trace: Trace) {
        val two = open(trace, "two")
        val one = openTo(two, trace)
        one.send("", null)
        one.send("next", null)
        two.hears("next").await()
        close(one, two)
    }

    @Twin("a_connected_endpoint_talks_to_its_peer_alone")
    suspend fun CoroutineScope.aConnectedEndpointTalksToItsPeerAlone(trace: Trace) {
        val two = open(trace, "two")
        val one = openTo(two, trace)
        one.tryToSend("unnamed", null)
        one.tryToSend("named", two.address)
        one.tryToSend("to itself", one.address)
        two.hears("named").await()
        close(one, two)
    }

    @Twin("a_connected_endpoint_hears_its_peer_alone")
    suspend fun CoroutineScope.aConnectedEndpointHearsItsPeerAlone(trace: Trace) {
        val two = open(trace, "two")
        val three = open(trace, "three")
        val one = openTo(two, trace)
        three.send("from a stranger", one.address)
        two.send("from the peer", one.address)
        one.hears("from the peer").await()
        close(one, two, three)
    }

    @Twin(
        value = "an_endpoint_that_is_not_connected_needs_a_target",
        because = DatagramsDirect.BAD_TARGET,
        trace = ["one made", "sending IllegalArgument", "closing false", "one lost none"],
    )
    suspend fun CoroutineScope.anEndpointThatIsNotConnectedNeedsATarget(trace: Trace) {
        Told.collectReports(trace)
        val one = open(trace, "one")
        one.tryToSend("to whom", null)
        Site.settle().await()
        trace.add("closing", one.transport.isClosing)
        close(one)
    }

    @Twin(
        value = "an_address_of_another_family_cannot_be_reached",
        because = DatagramsDirect.BAD_TARGET,
        trace = ["one made", "sending IllegalArgument", "closing false", "one lost none"],
    )
    suspend fun CoroutineScope.anAddressOfAnotherFamilyCannotBeReached(trace: Trace) {
        val one = open(trace, "one")
        one.tryToSend("to whom", InetSocketAddress("::1", 9))
        trace.add("closing", one.transport.isClosing)
        close(one)
    }

    @Twin("what_is_no_datagram_cannot_be_sent")
    suspend fun CoroutineScope.whatIsNoDatagramCannotBeSent(trace: Trace) {
        val one = open(trace, "one")
        one.transport.sendTo(ByteArray(70_000), one.address)
        trace.add("closing", one.transport.isClosing)
        one.send("next", one.address)
        one.hears("next").await()
        close(one)
    }

    @Twin("that_nobody_listens_is_told_to_a_connected_endpoint")
    suspend fun CoroutineScope.thatNobodyListensIsToldToAConnectedEndpoint(trace: Trace) {
        Heard.silentSocket().use { silent ->
            val one = Heard(trace, "one").openTo(silent.localAddress).await()
            one.send("hello", null)
            one.hears("error").await()
            trace.add("closing", one.transport.isClosing)
            close(one)
        }
    }

    @Twin("that_nobody_listens_is_not_told_to_others")
    suspend fun CoroutineScope.thatNobodyListensIsNotToldToOthers(trace: Trace) {
        val one = open(trace, "one")
        Heard.silentSocket().use { silent ->
            one.send("hello", silent.localAddress)
            one.send("next", one.address)
            one.hears("next").await()
        }
        close(one)
    }

    @Twin("a_failure_with_a_datagram_is_reported")
    suspend fun CoroutineScope.aFailureWithADatagramIsReported(trace: Trace) {
        Told.collectReports(trace)
        val one = open(trace, "one")
        one.onData = Runnable { throw Boom() }
        one.send("first", one.address)
        one.send("second", one.address)
        one.hears("second").await()
        trace.add("closing", one.transport.isClosing)
        close(one)
    }

    @Twin("a_failure_with_an_error_is_reported")
    suspend fun CoroutineScope.aFailureWithAnErrorIsReported(trace: Trace) {
        Told.collectReports(trace)
        Heard.silentSocket().use { silent ->
            val one = Heard(trace, "one").openTo(silent.localAddress).await()
            one.onError = Runnable { throw Boom() }
            one.send("hello", null)
            one.hears("error").await()
            trace.add("closing", one.transport.isClosing)
            close(one)
        }
    }

    @Twin("a_failure_at_the_end_is_reported")
    suspend fun CoroutineScope.aFailureAtTheEndIsReported(trace: Trace) {
        Told.collectReports(trace)
        val one = open(trace, "one")
        one.onLost = Runnable { throw Boom() }
        val used = checkNotNull(one.transport.getExtraInfo(ExtraInfo.CHANNEL))
        close(one)
        trace.add("open", used.isOpen)
    }

    @Twin(
        value = "a_failure_at_the_beginning",
        because = DatagramsDirect.NO_USE,
        trace = ["one made", "reported Boom", "one lost none", "closing true"],
    )
    suspend fun CoroutineScope.aFailureAtTheBeginning(trace: Trace) {
        Told.collectReports(trace)
        val one = Heard(trace, "one")
        one.onMade = Runnable { throw Boom() }
        one.open().await()
        trace.add("closing", one.transport.isClosing)
        close(one)
    }

    @Twin("the_end_comes_in_a_later_pass")
    suspend fun CoroutineScope.theEndComesInALaterPass(trace: Trace) {
        val closed = open(trace, "close")
        closed.transport.close()
        endSeveralTimes(trace, closed)
        val aborted = open(trace, "abort")
        aborted.transport.abort()
        endSeveralTimes(trace, aborted)
    }

    private suspend fun endSeveralTimes(
        trace: Trace,
        one: Heard,
    ) {
        one.transport.close()
        one.transport.abort()
        trace.add("closing", one.transport.isClosing)
        one.lost.await()
        one.transport.abort()
        Site.settle().await()
    }

    @Twin("a_closed_endpoint_hears_nothing")
    suspend fun CoroutineScope.aClosedEndpointHearsNothing(trace: Trace) {
        val one = open(trace, "one")
        val two = open(trace, "two")
        two.onData = Runnable { two.transport.close() }
        one.send("first", two.address)
        one.send("second", two.address)
        two.lost.await()
        close(one)
    }

    @Twin("a_closed_endpoint_that_was_connected_sends_nothing")
    suspend fun CoroutineScope.aClosedEndpointThatWasConnectedSendsNothing(trace: Trace) {
        val two = open(trace, "two")
        val one = openTo(two, trace)
        one.transport.close()
        one.send("late", null)
        one.lost.await()
        one.send("too late", null)
        two.send("to itself", two.address)
        two.hears("to itself").await()
        close(two)
    }

    @Twin(
        value = "a_closed_endpoint_that_was_not_connected",
        because = DatagramsDirect.DROPPED,
        trace = ["one made", "two made", "one lost none", "two data to itself", "two lost none"],
    )
    suspend fun CoroutineScope.aClosedEndpointThatWasNotConnected(trace: Trace) {
        val one = open(trace, "one")
        val two = open(trace, "two")
        one.transport.close()
        one.send("late", two.address)
        one.lost.await()
        two.send("to itself", two.address)
        two.hears("to itself").await()
        close(two)
    }

    @Twin("another_protocol_may_take_over")
    suspend fun CoroutineScope.anotherProtocolMayTakeOver(trace: Trace) {
        val one = open(trace, "one")
        val second = Heard(trace, "second")
        one.transport.protocol = second
        trace.add("takes", one.transport.protocol === second)
        one.send("data", one.address)
        second.hears("data").await()
        one.transport.close()
        second.lost.await()
    }

    @Twin("addresses_are_known_after_the_end")
    suspend fun CoroutineScope.addressesAreKnownAfterTheEnd(trace: Trace) {
        val two = open(trace, "two")
        val one = openTo(two, trace)
        close(one, two)
        val (own, peer) = listOf(ExtraInfo.LOCAL_ADDRESS, ExtraInfo.PEER_ADDRESS)
        trace.add("one", one.address == one.transport.getExtraInfo(own), two.address == one.transport.getExtraInfo(peer))
        trace.add("two", two.address == two.transport.getExtraInfo(own), two.transport.getExtraInfo(peer))
    }

    @Twin(
        value = "an_endpoint_may_have_any_address",
        because = DatagramsDirect.ANY,
        trace = ["one made", "one lost none"],
    )
    suspend fun CoroutineScope.anEndpointMayHaveAnyAddress(trace: Trace) {
        val one = Heard(trace, "one").open(DatagramOptions.DEFAULT).await()
        close(one)
    }

    @Twin("an_address_belongs_to_one_endpoint")
    suspend fun CoroutineScope.anAddressBelongsToOneEndpoint(trace: Trace) {
        val one = open(trace, "one")
        try {
            Heard(trace, "other").open(DatagramOptions.DEFAULT.withLocalAddress(one.address)).await()
        } catch (_: BindException) {
            trace.add("refused")
        }
        close(one)
    }

    @Twin("a_socket_that_it_was_given_is_closed_with_it")
    suspend fun CoroutineScope.aSocketThatItWasGivenIsClosedWithIt(trace: Trace) {
        val given = DatagramChannel.open().bind(Heard.HERE)
        val one = Heard(trace, "one").open(DatagramOptions.DEFAULT.withChannel(given)).await()
        trace.add("the same address", one.address == given.localAddress)
        one.send("data", one.address)
        one.hears("data").await()
        close(one)
        Site.settle().await()
        trace.add("open", given.isOpen)
    }
}
