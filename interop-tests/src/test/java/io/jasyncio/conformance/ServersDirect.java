package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.conformance.Site.settle;

import io.jasyncio.EventLoop;
import io.jasyncio.transport.ServerOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** S112, S115 and S116 in direct style. */
class ServersDirect {

    static final String QUEUED = "Java cannot bind without listening: who comes before waits in the system's queue";
    static final String NO_ACCIDENT = "CPython iterates over the sockets that it has not any more; here it is refused";
    static final String TOLD = "a factory that fails is a bug, and nobody would hear of it";
    static final String KNOCKS = "somebody knocks before a socket file is removed: a server that is alive keeps it";

    static final ServerOptions LATER = ServerOptions.DEFAULT.withStartServing(false);

    @Twin("a_server_serves_until_it_is_closed")
    void aServerServesUntilItIsClosed(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        site.show();
        site.server.close();
        site.show();
        site.server.close();
        await(site.close());
        trace.add("its loop", site.server.getLoop() == EventLoop.current());
    }

    @Twin("a_server_may_begin_later")
    void aServerMayBeginLater(Trace trace) throws Exception {
        var site = await(new Site(trace).open(LATER));
        site.show();
        site.server.startServing();
        site.server.startServing();
        site.show();
        var host = await(site.visit());
        host.guest.leave();
        await(site.close());
    }

    @Twin(
            value = "before_it_begins_nobody_comes_in",
            because = QUEUED,
            trace = {
                "connected",
                "begin",
                "connected",
                "first made",
                "second made",
                "first eof",
                "first lost none",
                "second eof",
                "second lost none",
                "over"
            })
    void beforeItBeginsNobodyComesIn(Trace trace) throws Exception {
        var site = await(new Site(trace).open(LATER));
        var guests = new ArrayList<Guest>();
        knock(trace, site, guests);
        await(settle());
        trace.add("begin");
        site.server.startServing();
        knock(trace, site, guests);
        for (var guest : guests) {
            var host = await(site.arrivals.getAsync());
            guest.leave();
            await(host.lost);
        }
        await(site.close());
    }

    static void knock(Trace trace, Site site, List<Guest> guests) {
        try {
            guests.add(Guest.tryToConnect(site.address));
            trace.add("connected");
        } catch (IOException refused) {
            trace.add("refused");
        }
    }

    @Twin(
            value = "a_closed_server_does_not_begin_again",
            because = NO_ACCIDENT,
            trace = {"over", "begin IllegalState", "serving false addresses 0"})
    void aClosedServerDoesNotBeginAgain(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        await(site.close());
        beginAgain(trace, site);
    }

    static void beginAgain(Trace trace, Site site) {
        try {
            site.server.startServing();
        } catch (IllegalStateException refused) {
            trace.add("begin", refused);
        }
        site.show();
    }

    @Twin("whoever_comes_in_one_pass_is_served_in_the_order_of_coming")
    void whoeverComesInOnePassIsServedInTheOrderOfComing(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var guests = List.of(Guest.connect(site.address), Guest.connect(site.address), Guest.connect(site.address));
        var hosts = new ArrayList<Host>();
        for (var guest : guests) {
            hosts.add(await(site.arrivals.getAsync()));
        }
        for (var i = 0; i < 3; i++) {
            trace.add("in order", hosts.get(i).serves(guests.get(i)));
            guests.get(i).leave();
            await(hosts.get(i).lost);
        }
        await(site.close());
    }

    @Twin("whoever_was_not_accepted_when_it_closes_is_turned_away")
    void whoeverWasNotAcceptedWhenItClosesIsTurnedAway(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var guest = Guest.connect(site.address);
        await(site.close());
        trace.add("hears", await(guest.hear()));
    }

    @Twin("whoever_was_accepted_when_it_closes_is_served")
    void whoeverWasAcceptedWhenItClosesIsServed(Trace trace) throws Exception {
        var site = new Site(trace);
        await(site.open(() -> {
            EventLoop.current().callSoon(() -> site.server.close());
            return new Host(site);
        }));
        var host = await(site.visit());
        site.show();
        host.guest.say("hello");
        host.guest.leave();
        await(site.close());
    }

    @Twin(
            value = "a_factory_that_fails_costs_one_connection",
            because = TOLD,
            trace = {"reported Boom", "first made", "first eof", "first lost none", "over"})
    void aFactoryThatFailsCostsOneConnection(Trace trace) throws Exception {
        Told.collectReports(trace);
        var failures = new ArrayDeque<>(List.of(new Boom()));
        var site = new Site(trace);
        await(site.open(() -> {
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            return new Host(site);
        }));
        var guest = Guest.connect(site.address);
        while (!failures.isEmpty()) {
            await(Ending.onePass());
        }
        var host = await(site.visit());
        host.guest.leave();
        guest.leave();
        await(site.close());
    }

    @Twin("a_port_belongs_to_one_server")
    void aPortBelongsToOneServer(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        try {
            await(EventLoop.current().createServer(() -> new Host(site), Site.LOCALHOST, site.server.port()));
        } catch (BindException taken) {
            trace.add("refused");
        }
        var host = await(site.visit());
        host.guest.leave();
        await(site.close());
    }

    @Twin("a_socket_that_it_was_given_is_closed_with_it")
    void aSocketThatItWasGivenIsClosedWithIt(Trace trace) throws Exception {
        var listening = ServerSocketChannel.open().bind(new InetSocketAddress(Site.LOCALHOST, 0));
        var site = await(new Site(trace).open(listening));
        trace.add("the same address", site.address.equals(listening.getLocalAddress()));
        var host = await(site.visit());
        host.guest.leave();
        await(site.close());
        trace.add("open", listening.isOpen());
    }

    @Twin("a_socket_file_goes_with_its_server")
    void aSocketFileGoesWithItsServer(Trace trace) throws Exception {
        try (var folder = new SocketFolder()) {
            var site = await(new Site(trace).openAt(folder.path()));
            trace.add("file", Files.exists(folder.path()));
            var host = await(site.visit());
            site.server.close();
            trace.add("file", Files.exists(folder.path()));
            host.guest.leave();
            await(site.close());
        }
    }

    @Twin("a_socket_file_that_nobody_listens_at_is_replaced")
    void aSocketFileThatNobodyListensAtIsReplaced(Trace trace) throws Exception {
        try (var folder = new SocketFolder()) {
            folder.leaveDeadFile();
            var site = await(new Site(trace).openAt(folder.path()));
            var host = await(site.visit());
            host.guest.leave();
            await(site.close());
        }
    }

    @Twin(
            value = "a_socket_file_of_another_server",
            because = KNOCKS,
            trace = {"refused", "over"})
    void aSocketFileOfAnotherServer(Trace trace) throws Exception {
        try (var folder = new SocketFolder()) {
            var first = await(new Site(trace).openAt(folder.path()));
            try {
                await(new Site(trace).openAt(folder.path()));
            } catch (BindException taken) {
                trace.add("refused");
            }
            await(first.close());
        }
    }
}
