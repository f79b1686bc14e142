package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.conformance.Heard.HERE;
import static io.jasyncio.conformance.Site.settle;

import io.jasyncio.EventLoop;
import io.jasyncio.transport.DatagramOptions;
import io.jasyncio.transport.ExtraInfo;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

/** Datagrams in direct style. */
class DatagramsDirect {

    static final String NO_EMPTY = "Java cannot send an empty datagram from a connected endpoint, and says so";
    static final String BAD_TARGET =
            "a target that cannot be is a mistake of the caller, who is told; the endpoint goes on";
    static final String NO_USE = "a protocol that fails at its beginning has no use for its socket, which is closed";
    static final String ANY = "Java opens a socket for both families where none is said";
    static final String DROPPED = "what is sent after the end is dropped, as from an endpoint that was connected";

    private static Heard open(Trace trace, String name) throws Exception {
        return await(new Heard(trace, name).open());
    }

    private static Heard openTo(Heard peer, Trace trace) throws Exception {
        return await(new Heard(trace, "one").openTo(peer.address));
    }

    private static void close(Heard... endpoints) throws Exception {
        for (var endpoint : endpoints) {
            await(endpoint.close());
        }
    }

    @Twin("a_protocol_knows_its_socket_before_anybody_else")
    void aProtocolKnowsItsSocketBeforeAnybodyElse(Trace trace) throws Exception {
        var opened = await(EventLoop.current()
                .createDatagramEndpoint(
                        () -> {
                            trace.add("factory");
                            return new Heard(trace, "one");
                        },
                        DatagramOptions.DEFAULT.withLocalAddress(HERE)));
        var one = opened.protocol();
        var transport = opened.transport();
        trace.add(
                "opened", transport == one.transport, transport.getProtocol() == one, "closing", transport.isClosing());
        close(one);
    }

    @Twin("a_datagram_comes_with_its_sender")
    void aDatagramComesWithItsSender(Trace trace) throws Exception {
        var one = open(trace, "one");
        var two = open(trace, "two");
        two.onData = () -> two.send("answer", two.sender);
        one.send("question", two.address);
        await(one.hears("answer"));
        trace.add("sender", one.sender.equals(two.address), two.sender.equals(one.address));
        close(one, two);
    }

    @Twin("datagrams_are_not_joined")
    void datagramsAreNotJoined(Trace trace) throws Exception {
        var one = open(trace, "one");
        var two = open(trace, "two");
        one.send("a", two.address);
        one.send("bc", two.address);
        one.transport.sendTo(new byte[5000], two.address);
        one.send("d", two.address);
        await(two.hears("d"));
        close(one, two);
    }

    @Twin("an_empty_datagram_is_a_datagram")
    void anEmptyDatagramIsADatagram(Trace trace) throws Exception {
        var one = open(trace, "one");
        var two = open(trace, "two");
        one.send("", two.address);
        one.send("next", two.address);
        await(two.hears("next"));
        close(one, two);
    }

    @Twin(
            value = "an_empty_datagram_of_a_connected_endpoint",
            because = NO_EMPTY,
            trace = {"two made", "one made", "one error", "two data next", "one lost none", "two lost none"})
    void anEmptyDatagramOfAConnectedEndpoint(Trace trace) throws Exception {
        var two = open(trace, "two");
        var one = openTo(two, trace);
        one.send("", null);
        one.send("next", null);
        await(two.hears("next"));
        close(one, two);
    }

    @Twin("a_connected_endpoint_talks_to_its_peer_alone")
    void aConnectedEndpointTalksToItsPeerAlone(Trace trace) throws Exception {
        var two = open(trace, "two");
        var one = openTo(two, trace);
        one.tryToSend("unnamed", null);
        one.tryToSend("named", two.address);
        one.tryToSend("to itself", one.address);
        await(two.hears("named"));
        close(one, two);
    }

    @Twin("a_connected_endpoint_hears_its_peer_alone")
    void aConnectedEndpointHearsItsPeerAlone(Trace trace) throws Exception {
        var two = open(trace, "two");
        var three = open(trace, "three");
        var one = openTo(two, trace);
        three.send("from a stranger", one.address);
        two.send("from the peer", one.address);
        await(one.hears("from the peer"));
        close(one, two, three);
    }

    @Twin(
            value = "an_endpoint_that_is_not_connected_needs_a_target",
            because = BAD_TARGET,
            trace = {"one made", "sending IllegalArgument", "closing false", "one lost none"})
    void anEndpointThatIsNotConnectedNeedsATarget(Trace trace) throws Exception {
        Told.collectReports(trace);
        var one = open(trace, "one");
        one.tryToSend("to whom", null);
        await(settle());
        trace.add("closing", one.transport.isClosing());
        close(one);
    }

    @Twin(
            value = "an_address_of_another_family_cannot_be_reached",
            because = BAD_TARGET,
            trace = {"one made", "sending IllegalArgument", "closing false", "one lost none"})
    void anAddressOfAnotherFamilyCannotBeReached(Trace trace) throws Exception {
        var one = open(trace, "one");
        one.tryToSend("to whom", new InetSocketAddress("::1", 9));
        trace.add("closing", one.transport.isClosing());
        close(one);
    }

    @Twin("what_is_no_datagram_cannot_be_sent")
    void whatIsNoDatagramCannotBeSent(Trace trace) throws Exception {
        var one = open(trace, "one");
        one.transport.sendTo(new byte[70_000], one.address);
        trace.add("closing", one.transport.isClosing());
        one.send("next", one.address);
        await(one.hears("next"));
        close(one);
    }

    @Twin("that_nobody_listens_is_told_to_a_connected_endpoint")
    void thatNobodyListensIsToldToAConnectedEndpoint(Trace trace) throws Exception {
        try (var silent = Heard.silentSocket()) {
            var one = await(new Heard(trace, "one").openTo(silent.getLocalAddress()));
            one.send("hello", null);
            await(one.hears("error"));
            trace.add("closing", one.transport.isClosing());
            close(one);
        }
    }

    @Twin("that_nobody_listens_is_not_told_to_others")
    void thatNobodyListensIsNotToldToOthers(Trace trace) throws Exception {
        var one = open(trace, "one");
        try (var silent = Heard.silentSocket()) {
            one.send("hello", silent.getLocalAddress());
            one.send("next", one.address);
            await(one.hears("next"));
        }
        close(one);
    }

    @Twin("a_failure_with_a_datagram_is_reported")
    void aFailureWithADatagramIsReported(Trace trace) throws Exception {
        Told.collectReports(trace);
        var one = open(trace, "one");
        one.onData = Told::fail;
        one.send("first", one.address);
        one.send("second", one.address);
        await(one.hears("second"));
        trace.add("closing", one.transport.isClosing());
        close(one);
    }

    @Twin("a_failure_with_an_error_is_reported")
    void aFailureWithAnErrorIsReported(Trace trace) throws Exception {
        Told.collectReports(trace);
        try (var silent = Heard.silentSocket()) {
            var one = await(new Heard(trace, "one").openTo(silent.getLocalAddress()));
            one.onError = Told::fail;
            one.send("hello", null);
            await(one.hears("error"));
            trace.add("closing", one.transport.isClosing());
            close(one);
        }
    }

    @Twin("a_failure_at_the_end_is_reported")
    void aFailureAtTheEndIsReported(Trace trace) throws Exception {
        Told.collectReports(trace);
        var one = open(trace, "one");
        one.onLost = Told::fail;
        var used = one.transport.getExtraInfo(ExtraInfo.CHANNEL);
        close(one);
        trace.add("open", used.isOpen());
    }

    @Twin(
            value = "a_failure_at_the_beginning",
            because = NO_USE,
            trace = {"one made", "reported Boom", "one lost none", "closing true"})
    void aFailureAtTheBeginning(Trace trace) throws Exception {
        Told.collectReports(trace);
        var one = new Heard(trace, "one");
        one.onMade = Told::fail;
        await(one.open());
        trace.add("closing", one.transport.isClosing());
        close(one);
    }

    @Twin("the_end_comes_in_a_later_pass")
    void theEndComesInALaterPass(Trace trace) throws Exception {
        var closed = open(trace, "close");
        closed.transport.close();
        endSeveralTimes(trace, closed);
        var aborted = open(trace, "abort");
        aborted.transport.abort();
        endSeveralTimes(trace, aborted);
    }

    private static void endSeveralTimes(Trace trace, Heard one) throws Exception {
        one.transport.close();
        one.transport.abort();
        trace.add("closing", one.transport.isClosing());
        await(one.lost);
        one.transport.abort();
        await(settle());
    }

    @Twin("a_closed_endpoint_hears_nothing")
    void aClosedEndpointHearsNothing(Trace trace) throws Exception {
        var one = open(trace, "one");
        var two = open(trace, "two");
        two.onData = () -> two.transport.close();
        one.send("first", two.address);
        one.send("second", two.address);
        await(two.lost);
        close(one);
    }

    @Twin("a_closed_endpoint_that_was_connected_sends_nothing")
    void aClosedEndpointThatWasConnectedSendsNothing(Trace trace) throws Exception {
        var two = open(trace, "two");
        var one = openTo(two, trace);
        one.transport.close();
        one.send("late", null);
        await(one.lost);
        one.send("too late", null);
        two.send("to itself", two.address);
        await(two.hears("to itself"));
        close(two);
    }

    @Twin(
            value = "a_closed_endpoint_that_was_not_connected",
            because = DROPPED,
            trace = {"one made", "two made", "one lost none", "two data to itself", "two lost none"})
    void aClosedEndpointThatWasNotConnected(Trace trace) throws Exception {
        var one = open(trace, "one");
        var two = open(trace, "two");
        one.transport.close();
        one.send("late", two.address);
        await(one.lost);
        two.send("to itself", two.address);
        await(two.hears("to itself"));
        close(two);
    }

    @Twin("another_protocol_may_take_over")
    void anotherProtocolMayTakeOver(Trace trace) throws Exception {
        var one = open(trace, "one");
        var second = new Heard(trace, "second");
        one.transport.setProtocol(second);
        trace.add("takes", one.transport.getProtocol() == second);
        one.send("data", one.address);
        await(second.hears("data"));
        one.transport.close();
        await(second.lost);
    }

    @Twin("addresses_are_known_after_the_end")
    void addressesAreKnownAfterTheEnd(Trace trace) throws Exception {
        var two = open(trace, "two");
        var one = openTo(two, trace);
        close(one, two);
        trace.add(
                "one",
                one.address.equals(one.transport.getExtraInfo(ExtraInfo.LOCAL_ADDRESS)),
                two.address.equals(one.transport.getExtraInfo(ExtraInfo.PEER_ADDRESS)));
        trace.add(
                "two",
                two.address.equals(two.transport.getExtraInfo(ExtraInfo.LOCAL_ADDRESS)),
                two.transport.getExtraInfo(ExtraInfo.PEER_ADDRESS));
    }

    @Twin(
            value = "an_endpoint_may_have_any_address",
            because = ANY,
            trace = {"one made", "one lost none"})
    void anEndpointMayHaveAnyAddress(Trace trace) throws Exception {
        var one = await(new Heard(trace, "one").open(DatagramOptions.DEFAULT));
        close(one);
    }

    @Twin("an_address_belongs_to_one_endpoint")
    void anAddressBelongsToOneEndpoint(Trace trace) throws Exception {
        var one = open(trace, "one");
        try {
            await(new Heard(trace, "other").open(DatagramOptions.DEFAULT.withLocalAddress(one.address)));
        } catch (BindException taken) {
            trace.add("refused");
        }
        close(one);
    }

    @Twin("a_socket_that_it_was_given_is_closed_with_it")
    void aSocketThatItWasGivenIsClosedWithIt(Trace trace) throws Exception {
        var given = DatagramChannel.open().bind(HERE);
        var one = await(new Heard(trace, "one").open(DatagramOptions.DEFAULT.withChannel(given)));
        trace.add("the same address", one.address.equals(given.getLocalAddress()));
        one.send("data", one.address);
        await(one.hears("data"));
        close(one);
        await(settle());
        trace.add("open", given.isOpen());
    }
}
