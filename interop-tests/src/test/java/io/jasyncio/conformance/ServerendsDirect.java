package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Resources.using;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Site.settle;

import io.jasyncio.CoroutineAction;
import io.jasyncio.Task;
import java.util.concurrent.CancellationException;

/** S112 to S114 in direct style. */
class ServerendsDirect {

    static final String CLOSES_CLIENTS =
            "cancelling serveForeverAsync closes the connections: one that says nothing must not keep a program from ending";

    private static void waitForTheEnd(Trace trace, Site site, String name) throws Exception {
        try {
            await(site.server.waitClosedAsync());
            trace.add(name, "told");
        } catch (CancellationException cancelled) {
            trace.add(name, cancelled);
            throw cancelled;
        }
    }

    private static Task<Void> startWaiting(Trace trace, Site site, String name) {
        CoroutineAction waiting = () -> waitForTheEnd(trace, site, name);
        return createTask(waiting);
    }

    private static Task<Void> startServingForEver(Trace trace, Site site) {
        CoroutineAction serving = () -> {
            try {
                await(site.server.serveForeverAsync());
            } catch (CancellationException cancelled) {
                trace.add("for ever", cancelled);
                throw cancelled;
            } catch (IllegalStateException refused) {
                trace.add("for ever", refused);
            }
        };
        return createTask(serving);
    }

    @Twin("an_open_server_has_not_ended")
    void anOpenServerHasNotEnded(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var waiting = startWaiting(trace, site, "waiting");
        await(settle());
        trace.add("done", waiting.isDone());
        site.server.close();
        await(waiting);
    }

    @Twin("a_server_that_is_left_by_all_has_not_ended")
    void aServerThatIsLeftByAllHasNotEnded(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var waiting = startWaiting(trace, site, "waiting");
        await(await(site.visit()).dismiss());
        await(settle());
        trace.add("done", waiting.isDone());
        site.server.close();
        await(waiting);
    }

    @Twin("the_end_is_that_of_the_last_connection")
    void theEndIsThatOfTheLastConnection(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var first = await(site.visit());
        var second = await(site.visit());
        var waiting = startWaiting(trace, site, "waiting");
        site.server.close();
        await(first.dismiss());
        second.guest.say("still here");
        await(second.words.getAsync());
        await(settle());
        trace.add("done", waiting.isDone());
        second.guest.leave();
        await(waiting);
    }

    @Twin("all_who_wait_are_told_in_their_order")
    void allWhoWaitAreToldInTheirOrder(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var one = startWaiting(trace, site, "one");
        var two = startWaiting(trace, site, "two");
        var three = startWaiting(trace, site, "three");
        await(settle());
        site.server.close();
        trace.add("closed");
        await(one);
        await(two);
        await(three);
        var passes = Passes.start();
        waitForTheEnd(trace, site, "four");
        trace.add("passes", passes.stop());
    }

    @Twin("who_gives_up_waiting_concerns_nobody_else")
    void whoGivesUpWaitingConcernsNobodyElse(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var one = startWaiting(trace, site, "one");
        var two = startWaiting(trace, site, "two");
        await(settle());
        one.cancel();
        await(settle());
        site.show();
        trace.add("done", two.isDone());
        site.server.close();
        await(two);
    }

    @Twin("a_request_in_the_pass_of_the_end_wins")
    void aRequestInThePassOfTheEndWins(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var one = startWaiting(trace, site, "one");
        var two = startWaiting(trace, site, "two");
        await(settle());
        site.server.close();
        one.cancel();
        ended(one);
        ended(two);
    }

    @Twin("the_clients_of_an_open_server_are_closed")
    void theClientsOfAnOpenServerAreClosed(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var host = await(site.visit());
        host.write("goodbye");
        site.server.closeClients();
        trace.add("closing", host.transport.isClosing());
        await(host.lost);
        trace.add("hears", await(host.guest.hear()));
        site.show();
        await(site.visit()).guest.leave();
        await(site.close());
    }

    @Twin("the_clients_of_a_closed_server_are_closed")
    void theClientsOfAClosedServerAreClosed(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var host = await(site.visit());
        site.server.close();
        site.server.closeClients();
        await(site.server.waitClosedAsync());
        trace.add("hears", await(host.guest.hear()));
        site.server.closeClients();
    }

    @Twin("the_clients_of_a_server_are_aborted")
    void theClientsOfAServerAreAborted(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var host = await(site.visit());
        site.server.abortClients();
        trace.add("closing", host.transport.isClosing());
        await(host.lost);
        host.guest.leave();
        site.show();
        await(site.close());
        site.server.abortClients();
    }

    @Twin("leaving_the_block_closes_and_waits")
    void leavingTheBlockClosesAndWaits(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var host = await(site.visit());
        CoroutineAction leave = () -> {
            await(settle());
            site.show();
            host.guest.leave();
        };
        var leaving = using(site.server, entered -> {
            trace.add("the server", entered == site.server);
            return createTask(leave);
        });
        trace.add("left");
        await(leaving);
    }

    @Twin("a_failure_leaves_the_block_when_the_server_has_ended")
    void aFailureLeavesTheBlockWhenTheServerHasEnded(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var host = await(site.visit());
        try {
            using(site.server, entered -> {
                host.guest.leave();
                throw new IllegalArgumentException("inside");
            });
        } catch (IllegalArgumentException failure) {
            trace.add("left", failure);
        }
        site.show();
    }

    @Twin("serving_for_ever_begins_to_serve")
    void servingForEverBeginsToServe(Trace trace) throws Exception {
        var site = await(new Site(trace).open(ServersDirect.LATER));
        var serving = startServingForEver(trace, site);
        site.show();
        await(settle());
        site.show();
        await(await(site.visit()).dismiss());
        serving.cancel();
        ended(serving);
        trace.add("cancelled", serving.isCancelled());
        site.show();
    }

    @Twin("serving_for_ever_is_for_one")
    void servingForEverIsForOne(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var serving = startServingForEver(trace, site);
        await(settle());
        await(startServingForEver(trace, site));
        trace.add("done", serving.isDone(), "serving", site.server.isServing());
        site.server.close();
        ended(serving);
    }

    @Twin("a_closed_server_does_not_serve_for_ever")
    void aClosedServerDoesNotServeForEver(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        await(site.close());
        await(startServingForEver(trace, site));
        site.show();
    }

    @Twin("serving_for_ever_ends_with_the_last_connection_of_a_closed_server")
    void servingForEverEndsWithTheLastConnectionOfAClosedServer(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var serving = startServingForEver(trace, site);
        var host = await(site.visit());
        site.server.close();
        await(settle());
        trace.add("done", serving.isDone(), "closing", host.transport.isClosing());
        host.guest.leave();
        ended(serving);
        trace.add("cancelled", serving.isCancelled());
    }

    @Twin("a_request_ends_the_wait_for_the_last_connection")
    void aRequestEndsTheWaitForTheLastConnection(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var serving = startServingForEver(trace, site);
        var host = await(site.visit());
        site.server.close();
        await(settle());
        serving.cancel();
        ended(serving);
        trace.add("closing", host.transport.isClosing());
        host.guest.leave();
        await(site.close());
    }

    @Twin(
            value = "a_request_while_it_serves_for_ever_closes_the_server",
            because = CLOSES_CLIENTS,
            trace = {
                "first made",
                "first lost none",
                "for ever Cancelled",
                "serving false addresses 0",
                "closing true done true",
                "over"
            })
    void aRequestWhileItServesForEverClosesTheServer(Trace trace) throws Exception {
        var site = await(new Site(trace).open());
        var serving = startServingForEver(trace, site);
        var host = await(site.visit());
        serving.cancel();
        await(settle());
        site.show();
        trace.add("closing", host.transport.isClosing(), "done", serving.isDone());
        host.guest.leave();
        ended(serving);
        await(site.close());
    }
}
