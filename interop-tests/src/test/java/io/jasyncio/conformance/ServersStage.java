package io.jasyncio.conformance;

import static io.jasyncio.conformance.ServersDirect.LATER;
import static io.jasyncio.conformance.Site.settle;

import io.jasyncio.EventLoop;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** S112, S115 and S116 in stage style. */
class ServersStage {

    /** Somebody comes, is served and leaves; then the server ends. */
    private static CompletionStage<Void> visitAndClose(Site site) {
        return site.visit().thenCompose(host -> {
            host.guest.leave();
            return site.close();
        });
    }

    @Twin("a_server_serves_until_it_is_closed")
    CompletionStage<?> aServerServesUntilItIsClosed(Trace trace) {
        return new Site(trace).open().thenCompose(site -> {
            site.show();
            site.server.close();
            site.show();
            site.server.close();
            return site.close().thenRun(() -> trace.add("its loop", site.server.getLoop() == EventLoop.current()));
        });
    }

    @Twin("a_server_may_begin_later")
    CompletionStage<?> aServerMayBeginLater(Trace trace) {
        return new Site(trace).open(LATER).thenCompose(site -> {
            site.show();
            site.server.startServing();
            site.server.startServing();
            site.show();
            return visitAndClose(site);
        });
    }

    @Twin(
            value = "before_it_begins_nobody_comes_in",
            because = ServersDirect.QUEUED,
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
    CompletionStage<?> beforeItBeginsNobodyComesIn(Trace trace) {
        var guests = new ArrayList<Guest>();
        return new Site(trace).open(LATER).thenCompose(site -> {
            ServersDirect.knock(trace, site, guests);
            return settle().thenCompose(then -> {
                        trace.add("begin");
                        site.server.startServing();
                        ServersDirect.knock(trace, site, guests);
                        return site.arrivals.getAsync();
                    })
                    .thenCompose(host -> {
                        guests.get(0).leave();
                        return host.lost;
                    })
                    .thenCompose(then -> site.arrivals.getAsync())
                    .thenCompose(host -> {
                        guests.get(1).leave();
                        return host.lost;
                    })
                    .thenCompose(then -> site.close());
        });
    }

    @Twin(
            value = "a_closed_server_does_not_begin_again",
            because = ServersDirect.NO_ACCIDENT,
            trace = {"over", "begin IllegalState", "serving false addresses 0"})
    CompletionStage<?> aClosedServerDoesNotBeginAgain(Trace trace) {
        return new Site(trace)
                .open()
                .thenCompose(site -> site.close().thenRun(() -> ServersDirect.beginAgain(trace, site)));
    }

    @Twin("whoever_comes_in_one_pass_is_served_in_the_order_of_coming")
    CompletionStage<?> whoeverComesInOnePassIsServedInTheOrderOfComing(Trace trace) {
        var hosts = new ArrayList<Host>();
        return new Site(trace).open().thenCompose(site -> {
            var guests = List.of(Guest.connect(site.address), Guest.connect(site.address), Guest.connect(site.address));
            CompletionStage<Void> end = CompletableFuture.completedFuture(null);
            for (var guest : guests) {
                end = end.thenCompose(then -> site.arrivals.getAsync()).thenAccept(hosts::add);
            }
            for (var guest : guests) {
                end = end.thenCompose(then -> {
                    var host = hosts.remove(0);
                    trace.add("in order", host.serves(guest));
                    guest.leave();
                    return host.lost;
                });
            }
            return end.thenCompose(then -> site.close());
        });
    }

    @Twin("whoever_was_not_accepted_when_it_closes_is_turned_away")
    CompletionStage<?> whoeverWasNotAcceptedWhenItClosesIsTurnedAway(Trace trace) {
        return new Site(trace).open().thenCompose(site -> {
            var guest = Guest.connect(site.address);
            return site.close().thenCompose(then -> guest.hear()).thenAccept(heard -> trace.add("hears", heard));
        });
    }

    @Twin("whoever_was_accepted_when_it_closes_is_served")
    CompletionStage<?> whoeverWasAcceptedWhenItClosesIsServed(Trace trace) {
        var site = new Site(trace);
        return site.open(() -> {
                    EventLoop.current().callSoon(() -> site.server.close());
                    return new Host(site);
                })
                .thenCompose(then -> site.visit())
                .thenCompose(host -> {
                    site.show();
                    host.guest.say("hello");
                    host.guest.leave();
                    return site.close();
                });
    }

    @Twin(
            value = "a_factory_that_fails_costs_one_connection",
            because = ServersDirect.TOLD,
            trace = {"reported Boom", "first made", "first eof", "first lost none", "over"})
    CompletionStage<?> aFactoryThatFailsCostsOneConnection(Trace trace) {
        Told.collectReports(trace);
        var failures = new ArrayDeque<>(List.of(new Boom()));
        var failed = EventLoop.current().<Void>createFuture();
        var site = new Site(trace);
        return site.open(() -> {
                    if (!failures.isEmpty()) {
                        failed.complete(null);
                        throw failures.remove();
                    }
                    return new Host(site);
                })
                .thenCompose(then -> {
                    var guest = Guest.connect(site.address);
                    return failed.thenComposeAsync(too -> visitAndClose(site)).thenRun(guest::leave);
                });
    }

    @Twin("a_port_belongs_to_one_server")
    CompletionStage<?> aPortBelongsToOneServer(Trace trace) {
        return new Site(trace)
                .open()
                .thenCompose(site -> EventLoop.current()
                        .createServer(() -> new Host(site), Site.LOCALHOST, site.server.port())
                        .handle((other, failure) -> {
                            trace.add(Children.original(failure) instanceof BindException ? "refused" : "not refused");
                            return null;
                        })
                        .thenCompose(then -> visitAndClose(site)));
    }

    @Twin("a_socket_that_it_was_given_is_closed_with_it")
    CompletionStage<?> aSocketThatItWasGivenIsClosedWithIt(Trace trace) throws Exception {
        var listening = ServerSocketChannel.open().bind(new InetSocketAddress(Site.LOCALHOST, 0));
        var address = listening.getLocalAddress();
        return new Site(trace).open(listening).thenCompose(site -> {
            trace.add("the same address", site.address.equals(address));
            return visitAndClose(site).thenRun(() -> trace.add("open", listening.isOpen()));
        });
    }

    @Twin("a_socket_file_goes_with_its_server")
    CompletionStage<?> aSocketFileGoesWithItsServer(Trace trace) {
        var folder = new SocketFolder();
        return new Site(trace)
                .openAt(folder.path())
                .thenCompose(site -> {
                    trace.add("file", Files.exists(folder.path()));
                    return site.visit().thenCompose(host -> {
                        site.server.close();
                        trace.add("file", Files.exists(folder.path()));
                        host.guest.leave();
                        return site.close();
                    });
                })
                .thenRun(folder::close);
    }

    @Twin("a_socket_file_that_nobody_listens_at_is_replaced")
    CompletionStage<?> aSocketFileThatNobodyListensAtIsReplaced(Trace trace) {
        var folder = new SocketFolder();
        folder.leaveDeadFile();
        return new Site(trace)
                .openAt(folder.path())
                .thenCompose(ServersStage::visitAndClose)
                .thenRun(folder::close);
    }

    @Twin(
            value = "a_socket_file_of_another_server",
            because = ServersDirect.KNOCKS,
            trace = {"refused", "over"})
    CompletionStage<?> aSocketFileOfAnotherServer(Trace trace) {
        var folder = new SocketFolder();
        return new Site(trace)
                .openAt(folder.path())
                .thenCompose(first -> new Site(trace)
                        .openAt(folder.path())
                        .handle((second, failure) -> {
                            trace.add(Children.original(failure) instanceof BindException ? "refused" : "not refused");
                            return null;
                        })
                        .thenCompose(then -> first.close()))
                .thenRun(folder::close);
    }
}
