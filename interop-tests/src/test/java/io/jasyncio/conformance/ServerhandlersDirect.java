package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.conformance.HandledSite.lineOf;
import static io.jasyncio.conformance.Site.settle;

import io.jasyncio.CoroutineAction;
import io.jasyncio.Runner;
import io.jasyncio.stream.StreamHandler;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/** S110 and S112 in direct style. */
class ServerhandlersDirect {

    private static StreamHandler readToTheEnd(Trace trace, HandledSite site) {
        return (reader, writer) -> {
            site.begun.putNowait(writer);
            site.tasks.putNowait(Objects.requireNonNull(currentTask()));
            try {
                await(reader.readAsync());
            } catch (CancellationException cancelled) {
                trace.add("handler", cancelled);
                throw cancelled;
            }
        };
    }

    @Twin("a_handler_that_fails_has_its_connection_closed")
    void aHandlerThatFailsHasItsConnectionClosed(Trace trace) throws Exception {
        var site = new HandledSite(trace);
        await(site.open((reader, writer) -> {
            var line = await(lineOf(reader));
            trace.add("handler got", line);
            writer.write("so far");
            if (line.equals("fail")) {
                throw new Boom();
            }
            writer.close();
        }));
        var first = Guest.connect(site.address);
        var second = Guest.connect(site.address);
        first.say("fail\n");
        trace.add("first hears", await(first.hear()));
        second.say("go on\n");
        trace.add("second hears", await(second.hear()));
        await(site.close());
    }

    @Twin("a_handler_that_fails_before_it_waits")
    void aHandlerThatFailsBeforeItWaits(Trace trace) throws Exception {
        var site = new HandledSite(trace);
        await(site.open((reader, writer) -> {
            trace.add("handler");
            throw new Boom();
        }));
        var guest = Guest.connect(site.address);
        trace.add("hears", await(guest.hear()));
        await(site.close());
    }

    @Twin("a_handler_that_fails_after_its_connection_has_ended")
    void aHandlerThatFailsAfterItsConnectionHasEnded(Trace trace) throws Exception {
        var site = new HandledSite(trace);
        await(site.open((reader, writer) -> {
            writer.close();
            await(writer.waitClosedAsync());
            trace.add("handler");
            throw new Boom();
        }));
        var guest = Guest.connect(site.address);
        await(site.reported.getAsync());
        trace.add("hears", await(guest.hear()));
        await(site.close());
    }

    @Twin("a_handler_that_is_cancelled_has_its_connection_closed")
    void aHandlerThatIsCancelledHasItsConnectionClosed(Trace trace) throws Exception {
        var site = new HandledSite(trace);
        await(site.open(readToTheEnd(trace, site)));
        var guest = Guest.connect(site.address);
        await(site.tasks.getAsync()).cancel();
        trace.add("hears", await(guest.hear()));
        await(site.close());
    }

    @Twin("a_handler_that_returns_leaves_its_connection_open")
    void aHandlerThatReturnsLeavesItsConnectionOpen(Trace trace) throws Exception {
        var site = new HandledSite(trace);
        await(site.open((reader, writer) -> {
            writer.write("one ");
            site.begun.putNowait(writer);
        }));
        var guest = Guest.connect(site.address);
        var writer = await(site.begun.getAsync());
        await(settle());
        trace.add("closing", writer.isClosing());
        writer.write("two");
        writer.close();
        trace.add("hears", await(guest.hear()));
        await(site.close());
    }

    @Twin("a_handler_goes_on_when_its_server_is_closed")
    void aHandlerGoesOnWhenItsServerIsClosed(Trace trace) throws Exception {
        var site = new HandledSite(trace);
        await(site.open((reader, writer) -> {
            site.begun.putNowait(writer);
            trace.add("handler got", await(lineOf(reader)));
            writer.close();
        }));
        var guest = Guest.connect(site.address);
        await(site.begun.getAsync());
        site.server.close();
        trace.add("closed");
        await(settle());
        guest.say("still here\n");
        await(site.close());
        guest.leave();
    }

    @Twin("a_handler_may_close_its_server")
    void aHandlerMayCloseItsServer(Trace trace) throws Exception {
        var site = new HandledSite(trace);
        await(site.open((reader, writer) -> {
            trace.add("handler got", await(lineOf(reader)));
            site.server.close();
            trace.add("serving", site.server.isServing());
            trace.add("handler got", await(lineOf(reader)));
            writer.close();
        }));
        var guest = Guest.connect(site.address);
        guest.say("close\nand go on\n");
        await(site.over());
        guest.leave();
    }

    @Twin("a_handler_whose_client_is_closed_reads_the_end")
    void aHandlerWhoseClientIsClosedReadsTheEnd(Trace trace) throws Exception {
        var site = new HandledSite(trace);
        await(site.open((reader, writer) -> {
            site.begun.putNowait(writer);
            trace.add("handler got", await(lineOf(reader)));
            trace.add("closing", writer.isClosing());
            await(writer.waitClosedAsync());
            trace.add("handler ends");
            site.ended.putNowait(writer);
        }));
        var guest = Guest.connect(site.address);
        await(site.begun.getAsync());
        site.server.closeClients();
        await(site.ended.getAsync());
        trace.add("hears", await(guest.hear()));
        await(site.close());
    }

    @Twin("a_handler_whose_client_has_left_may_answer")
    void aHandlerWhoseClientHasLeftMayAnswer(Trace trace) throws Exception {
        var site = new HandledSite(trace);
        await(site.open((reader, writer) -> {
            trace.add("handler got", await(lineOf(reader)));
            trace.add("handler got", await(lineOf(reader)));
            writer.write("answer");
            writer.close();
        }));
        var guest = Guest.connect(site.address);
        guest.say("question\n");
        guest.end();
        trace.add("hears", await(guest.hear()));
        await(site.close());
    }

    @Twin("a_connection_that_breaks_is_a_failure_of_the_handler_that_reads")
    void aConnectionThatBreaksIsAFailureOfTheHandlerThatReads(Trace trace) throws Exception {
        var site = new HandledSite(trace);
        await(site.open((reader, writer) -> {
            site.begun.putNowait(writer);
            trace.add("handler");
            await(reader.readAsync());
        }));
        var guest = Guest.connect(site.address);
        await(site.begun.getAsync());
        guest.breakOff();
        await(site.reported.getAsync());
        await(site.close());
    }

    @Twin(value = "a_handler_is_cancelled_when_the_program_ends", plain = true)
    void aHandlerIsCancelledWhenTheProgramEnds(Trace trace) throws Exception {
        var guests = new ArrayList<Guest>();
        CoroutineAction main = () -> {
            var site = new HandledSite(trace);
            await(site.open(readToTheEnd(trace, site)));
            guests.add(Guest.connect(site.address));
            await(site.begun.getAsync());
            site.server.close();
            trace.add("main ends");
        };
        try (var runner = new Runner(trace.options())) {
            runner.run(main);
            trace.add("ended");
        }
        guests.get(0).leave();
    }
}
