package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Resources.usingStage;
import static io.jasyncio.conformance.Ending.endedStage;
import static io.jasyncio.conformance.Site.settle;

import io.jasyncio.Task;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** S112 to S114 in stage style. */
class ServerendsStage {

    private static final String INLINE =
            "a function of a stage runs where the stage is completed: in the call that ends the server";

    private static CompletionStage<Void> waitForTheEnd(Trace trace, Site site, String name) {
        return Ending.onCancel(
                site.server.waitClosedAsync().thenRun(() -> trace.add(name, "told")),
                cancelled -> trace.add(name, cancelled));
    }

    private static Task<Void> startWaiting(Trace trace, Site site, String name) {
        return createStageTask(() -> waitForTheEnd(trace, site, name));
    }

    private static CompletionStage<Void> serveForEver(Trace trace, Site site) {
        try {
            return Ending.onCancel(site.server.serveForeverAsync(), cancelled -> trace.add("for ever", cancelled));
        } catch (IllegalStateException refused) {
            trace.add("for ever", refused);
            return CompletableFuture.completedFuture(null);
        }
    }

    private static Task<Void> startServingForEver(Trace trace, Site site) {
        return createStageTask(() -> serveForEver(trace, site));
    }

    @Twin("an_open_server_has_not_ended")
    CompletionStage<?> anOpenServerHasNotEnded(Trace trace) {
        return new Site(trace).open().thenCompose(site -> {
            var waiting = startWaiting(trace, site, "waiting");
            return settle().thenCompose(then -> {
                trace.add("done", waiting.isDone());
                site.server.close();
                return waiting;
            });
        });
    }

    @Twin("a_server_that_is_left_by_all_has_not_ended")
    CompletionStage<?> aServerThatIsLeftByAllHasNotEnded(Trace trace) {
        return new Site(trace).open().thenCompose(site -> {
            var waiting = startWaiting(trace, site, "waiting");
            return site.visit()
                    .thenCompose(Host::dismiss)
                    .thenCompose(then -> settle())
                    .thenCompose(then -> {
                        trace.add("done", waiting.isDone());
                        site.server.close();
                        return waiting;
                    });
        });
    }

    @Twin("the_end_is_that_of_the_last_connection")
    CompletionStage<?> theEndIsThatOfTheLastConnection(Trace trace) {
        return new Site(trace)
                .open()
                .thenCompose(site -> site.visit()
                        .thenCompose(first -> site.visit().thenCompose(second -> {
                            var waiting = startWaiting(trace, site, "waiting");
                            site.server.close();
                            return first.dismiss()
                                    .thenCompose(then -> {
                                        second.guest.say("still here");
                                        return second.words.getAsync();
                                    })
                                    .thenCompose(then -> settle())
                                    .thenCompose(then -> {
                                        trace.add("done", waiting.isDone());
                                        second.guest.leave();
                                        return waiting;
                                    });
                        })));
    }

    @Twin(
            value = "all_who_wait_are_told_in_their_order",
            because = INLINE,
            trace = {"one told", "two told", "three told", "closed", "four told", "passes 0"})
    CompletionStage<?> allWhoWaitAreToldInTheirOrder(Trace trace) {
        return new Site(trace).open().thenCompose(site -> {
            startWaiting(trace, site, "one");
            startWaiting(trace, site, "two");
            startWaiting(trace, site, "three");
            return settle().thenCompose(then -> {
                site.server.close();
                trace.add("closed");
                var passes = Passes.start();
                return waitForTheEnd(trace, site, "four").thenRun(() -> trace.add("passes", passes.stop()));
            });
        });
    }

    @Twin("who_gives_up_waiting_concerns_nobody_else")
    CompletionStage<?> whoGivesUpWaitingConcernsNobodyElse(Trace trace) {
        return new Site(trace).open().thenCompose(site -> {
            var one = startWaiting(trace, site, "one");
            var two = startWaiting(trace, site, "two");
            return settle().thenCompose(then -> {
                        one.cancel();
                        return settle();
                    })
                    .thenCompose(then -> {
                        site.show();
                        trace.add("done", two.isDone());
                        site.server.close();
                        return two;
                    });
        });
    }

    @Twin(
            value = "a_request_in_the_pass_of_the_end_wins",
            because = INLINE,
            trace = {"one told", "two told"})
    CompletionStage<?> aRequestInThePassOfTheEndWins(Trace trace) {
        return new Site(trace).open().thenCompose(site -> {
            var one = startWaiting(trace, site, "one");
            var two = startWaiting(trace, site, "two");
            return settle().thenCompose(then -> {
                site.server.close();
                one.cancel();
                return endedStage(one).thenCompose(too -> endedStage(two));
            });
        });
    }

    @Twin("the_clients_of_an_open_server_are_closed")
    CompletionStage<?> theClientsOfAnOpenServerAreClosed(Trace trace) {
        return new Site(trace)
                .open()
                .thenCompose(site -> site.visit()
                        .thenCompose(host -> {
                            host.write("goodbye");
                            site.server.closeClients();
                            trace.add("closing", host.transport.isClosing());
                            return host.lost.thenCompose(then -> host.guest.hear());
                        })
                        .thenCompose(heard -> {
                            trace.add("hears", heard);
                            site.show();
                            return site.visit();
                        })
                        .thenCompose(host -> {
                            host.guest.leave();
                            return site.close();
                        }));
    }

    @Twin("the_clients_of_a_closed_server_are_closed")
    CompletionStage<?> theClientsOfAClosedServerAreClosed(Trace trace) {
        return new Site(trace)
                .open()
                .thenCompose(site -> site.visit().thenCompose(host -> {
                    site.server.close();
                    site.server.closeClients();
                    return site.server
                            .waitClosedAsync()
                            .thenCompose(then -> host.guest.hear())
                            .thenAccept(heard -> {
                                trace.add("hears", heard);
                                site.server.closeClients();
                            });
                }));
    }

    @Twin("the_clients_of_a_server_are_aborted")
    CompletionStage<?> theClientsOfAServerAreAborted(Trace trace) {
        return new Site(trace)
                .open()
                .thenCompose(site -> site.visit().thenCompose(host -> {
                    site.server.abortClients();
                    trace.add("closing", host.transport.isClosing());
                    return host.lost
                            .thenCompose(then -> {
                                host.guest.leave();
                                site.show();
                                return site.close();
                            })
                            .thenRun(site.server::abortClients);
                }));
    }

    @Twin("leaving_the_block_closes_and_waits")
    CompletionStage<?> leavingTheBlockClosesAndWaits(Trace trace) {
        return new Site(trace)
                .open()
                .thenCompose(site -> site.visit().thenCompose(host -> {
                    var left = usingStage(site.server, entered -> {
                        trace.add("the server", entered == site.server);
                        createStageTask(() -> settle().thenRun(() -> {
                            site.show();
                            host.guest.leave();
                        }));
                        return Ending.known(null);
                    });
                    return left.thenRun(() -> trace.add("left"));
                }));
    }

    @Twin("a_failure_leaves_the_block_when_the_server_has_ended")
    CompletionStage<?> aFailureLeavesTheBlockWhenTheServerHasEnded(Trace trace) {
        return new Site(trace)
                .open()
                .thenCompose(site -> site.visit().thenCompose(host -> {
                    var left = usingStage(site.server, entered -> {
                        host.guest.leave();
                        return Ending.failed(new IllegalArgumentException("inside"));
                    });
                    return left.handle((none, failure) -> {
                        trace.add("left", failure);
                        site.show();
                        return null;
                    });
                }));
    }

    @Twin("serving_for_ever_begins_to_serve")
    CompletionStage<?> servingForEverBeginsToServe(Trace trace) {
        return new Site(trace).open(ServersDirect.LATER).thenCompose(site -> {
            var serving = startServingForEver(trace, site);
            site.show();
            return settle().thenCompose(then -> {
                        site.show();
                        return site.visit();
                    })
                    .thenCompose(host -> host.dismiss())
                    .thenCompose(then -> {
                        serving.cancel();
                        return endedStage(serving);
                    })
                    .thenRun(() -> {
                        trace.add("cancelled", serving.isCancelled());
                        site.show();
                    });
        });
    }

    @Twin("serving_for_ever_is_for_one")
    CompletionStage<?> servingForEverIsForOne(Trace trace) {
        return new Site(trace).open().thenCompose(site -> {
            var serving = startServingForEver(trace, site);
            return settle().thenCompose(then -> startServingForEver(trace, site))
                    .thenCompose(then -> {
                        trace.add("done", serving.isDone(), "serving", site.server.isServing());
                        site.server.close();
                        return endedStage(serving);
                    });
        });
    }

    @Twin("a_closed_server_does_not_serve_for_ever")
    CompletionStage<?> aClosedServerDoesNotServeForEver(Trace trace) {
        return new Site(trace)
                .open()
                .thenCompose(site -> site.close()
                        .thenCompose(then -> startServingForEver(trace, site))
                        .thenRun(site::show));
    }

    @Twin("serving_for_ever_ends_with_the_last_connection_of_a_closed_server")
    CompletionStage<?> servingForEverEndsWithTheLastConnectionOfAClosedServer(Trace trace) {
        return new Site(trace).open().thenCompose(site -> {
            var serving = startServingForEver(trace, site);
            return site.visit().thenCompose(host -> {
                site.server.close();
                return settle().thenCompose(then -> {
                            trace.add("done", serving.isDone(), "closing", host.transport.isClosing());
                            host.guest.leave();
                            return endedStage(serving);
                        })
                        .thenRun(() -> trace.add("cancelled", serving.isCancelled()));
            });
        });
    }

    @Twin("a_request_ends_the_wait_for_the_last_connection")
    CompletionStage<?> aRequestEndsTheWaitForTheLastConnection(Trace trace) {
        return new Site(trace).open().thenCompose(site -> {
            var serving = startServingForEver(trace, site);
            return site.visit().thenCompose(host -> {
                site.server.close();
                return settle().thenCompose(then -> {
                            serving.cancel();
                            return endedStage(serving);
                        })
                        .thenCompose(then -> {
                            trace.add("closing", host.transport.isClosing());
                            host.guest.leave();
                            return site.close();
                        });
            });
        });
    }

    @Twin(
            value = "a_request_while_it_serves_for_ever_closes_the_server",
            because = ServerendsDirect.CLOSES_CLIENTS,
            trace = {
                "first made",
                "first lost none",
                "for ever Cancelled",
                "serving false addresses 0",
                "closing true done true",
                "over"
            })
    CompletionStage<?> aRequestWhileItServesForEverClosesTheServer(Trace trace) {
        return new Site(trace).open().thenCompose(site -> {
            var serving = startServingForEver(trace, site);
            return site.visit().thenCompose(host -> {
                serving.cancel();
                return settle().thenCompose(then -> {
                            site.show();
                            trace.add("closing", host.transport.isClosing(), "done", serving.isDone());
                            host.guest.leave();
                            return endedStage(serving);
                        })
                        .thenCompose(then -> site.close());
            });
        });
    }
}
