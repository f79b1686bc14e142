package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.conformance.HandledSite.lineOf;
import static io.jasyncio.conformance.Site.settle;

import io.jasyncio.Runner;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** S110 and S112 in stage style. */
class ServerhandlersStage {

    private static BiFunction<StreamReader, StreamWriter, CompletionStage<byte[]>> readToTheEnd(
            Trace trace, HandledSite site) {
        return (reader, writer) -> {
            site.begun.putNowait(writer);
            site.tasks.putNowait(Objects.requireNonNull(currentTask()));
            return Ending.onCancel(reader.readAsync(), cancelled -> trace.add("handler", cancelled));
        };
    }

    /** Somebody comes and hears what there is to be heard; then the server ends. */
    private static CompletionStage<Void> hearAndClose(Trace trace, HandledSite site, Guest guest) {
        return guest.hear().thenCompose(heard -> {
            trace.add("hears", heard);
            return site.close();
        });
    }

    @Twin("a_handler_that_fails_has_its_connection_closed")
    CompletionStage<?> aHandlerThatFailsHasItsConnectionClosed(Trace trace) {
        var opening = new HandledSite(trace)
                .openStage((reader, writer) -> lineOf(reader).thenAccept(line -> {
                    trace.add("handler got", line);
                    writer.write("so far");
                    if (line.equals("fail")) {
                        throw new Boom();
                    }
                    writer.close();
                }));
        return opening.thenCompose(site -> {
            var first = Guest.connect(site.address);
            var second = Guest.connect(site.address);
            first.say("fail\n");
            return first.hear()
                    .thenCompose(heard -> {
                        trace.add("first hears", heard);
                        second.say("go on\n");
                        return second.hear();
                    })
                    .thenCompose(heard -> {
                        trace.add("second hears", heard);
                        return site.close();
                    });
        });
    }

    @Twin("a_handler_that_fails_before_it_waits")
    CompletionStage<?> aHandlerThatFailsBeforeItWaits(Trace trace) {
        var opening = new HandledSite(trace).openStage((reader, writer) -> {
            trace.add("handler");
            throw new Boom();
        });
        return opening.thenCompose(site -> hearAndClose(trace, site, Guest.connect(site.address)));
    }

    @Twin("a_handler_that_fails_after_its_connection_has_ended")
    CompletionStage<?> aHandlerThatFailsAfterItsConnectionHasEnded(Trace trace) {
        var opening = new HandledSite(trace).openStage((reader, writer) -> {
            writer.close();
            return writer.waitClosedAsync().thenRun(() -> {
                trace.add("handler");
                throw new Boom();
            });
        });
        return opening.thenCompose(site -> {
            var guest = Guest.connect(site.address);
            return site.reported.getAsync().thenCompose(then -> hearAndClose(trace, site, guest));
        });
    }

    @Twin("a_handler_that_is_cancelled_has_its_connection_closed")
    CompletionStage<?> aHandlerThatIsCancelledHasItsConnectionClosed(Trace trace) {
        var site = new HandledSite(trace);
        return site.openStage(readToTheEnd(trace, site)).thenCompose(then -> {
            var guest = Guest.connect(site.address);
            return site.tasks.getAsync().thenCompose(task -> {
                task.cancel();
                return hearAndClose(trace, site, guest);
            });
        });
    }

    @Twin("a_handler_that_returns_leaves_its_connection_open")
    CompletionStage<?> aHandlerThatReturnsLeavesItsConnectionOpen(Trace trace) {
        var site = new HandledSite(trace);
        var opening = site.openStage((reader, writer) -> {
            writer.write("one ");
            site.begun.putNowait(writer);
            return Ending.known(null);
        });
        return opening.thenCompose(then -> {
            var guest = Guest.connect(site.address);
            return site.begun
                    .getAsync()
                    .thenCompose(writer -> settle().thenCompose(too -> {
                        trace.add("closing", writer.isClosing());
                        writer.write("two");
                        writer.close();
                        return hearAndClose(trace, site, guest);
                    }));
        });
    }

    @Twin("a_handler_goes_on_when_its_server_is_closed")
    CompletionStage<?> aHandlerGoesOnWhenItsServerIsClosed(Trace trace) {
        var site = new HandledSite(trace);
        var opening = site.openStage((reader, writer) -> {
            site.begun.putNowait(writer);
            return lineOf(reader).thenAccept(line -> {
                trace.add("handler got", line);
                writer.close();
            });
        });
        return opening.thenCompose(then -> {
            var guest = Guest.connect(site.address);
            return site.begun
                    .getAsync()
                    .thenCompose(begun -> {
                        site.server.close();
                        trace.add("closed");
                        return settle();
                    })
                    .thenCompose(too -> {
                        guest.say("still here\n");
                        return site.close();
                    })
                    .thenRun(guest::leave);
        });
    }

    @Twin("a_handler_may_close_its_server")
    CompletionStage<?> aHandlerMayCloseItsServer(Trace trace) {
        var site = new HandledSite(trace);
        var opening = site.openStage((reader, writer) -> lineOf(reader)
                .thenCompose(line -> {
                    trace.add("handler got", line);
                    site.server.close();
                    trace.add("serving", site.server.isServing());
                    return lineOf(reader);
                })
                .thenAccept(line -> {
                    trace.add("handler got", line);
                    writer.close();
                }));
        return opening.thenCompose(then -> {
            var guest = Guest.connect(site.address);
            guest.say("close\nand go on\n");
            return site.over().thenRun(guest::leave);
        });
    }

    @Twin("a_handler_whose_client_is_closed_reads_the_end")
    CompletionStage<?> aHandlerWhoseClientIsClosedReadsTheEnd(Trace trace) {
        var site = new HandledSite(trace);
        var opening = site.openStage((reader, writer) -> {
            site.begun.putNowait(writer);
            return lineOf(reader)
                    .thenCompose(line -> {
                        trace.add("handler got", line);
                        trace.add("closing", writer.isClosing());
                        return writer.waitClosedAsync();
                    })
                    .thenRun(() -> {
                        trace.add("handler ends");
                        site.ended.putNowait(writer);
                    });
        });
        return opening.thenCompose(then -> {
            var guest = Guest.connect(site.address);
            return site.begun
                    .getAsync()
                    .thenCompose(begun -> {
                        site.server.closeClients();
                        return site.ended.getAsync();
                    })
                    .thenCompose(too -> hearAndClose(trace, site, guest));
        });
    }

    @Twin("a_handler_whose_client_has_left_may_answer")
    CompletionStage<?> aHandlerWhoseClientHasLeftMayAnswer(Trace trace) {
        var opening = new HandledSite(trace)
                .openStage((reader, writer) -> lineOf(reader)
                        .thenCompose(line -> {
                            trace.add("handler got", line);
                            return lineOf(reader);
                        })
                        .thenAccept(line -> {
                            trace.add("handler got", line);
                            writer.write("answer");
                            writer.close();
                        }));
        return opening.thenCompose(site -> {
            var guest = Guest.connect(site.address);
            guest.say("question\n");
            guest.end();
            return hearAndClose(trace, site, guest);
        });
    }

    @Twin("a_connection_that_breaks_is_a_failure_of_the_handler_that_reads")
    CompletionStage<?> aConnectionThatBreaksIsAFailureOfTheHandlerThatReads(Trace trace) {
        var site = new HandledSite(trace);
        var opening = site.openStage((reader, writer) -> {
            site.begun.putNowait(writer);
            trace.add("handler");
            return reader.readAsync();
        });
        return opening.thenCompose(then -> {
            var guest = Guest.connect(site.address);
            return site.begun
                    .getAsync()
                    .thenCompose(begun -> {
                        guest.breakOff();
                        return site.reported.getAsync();
                    })
                    .thenCompose(reported -> site.close());
        });
    }

    @Twin(value = "a_handler_is_cancelled_when_the_program_ends", plain = true)
    void aHandlerIsCancelledWhenTheProgramEnds(Trace trace) throws Exception {
        var guests = new ArrayList<Guest>();
        try (var runner = new Runner(trace.options())) {
            runner.runStage(() -> {
                var site = new HandledSite(trace);
                return site.openStage(readToTheEnd(trace, site))
                        .thenCompose(then -> {
                            guests.add(Guest.connect(site.address));
                            return site.begun.getAsync();
                        })
                        .thenRun(() -> {
                            site.server.close();
                            trace.add("main ends");
                        });
            });
            trace.add("ended");
        }
        guests.get(0).leave();
    }
}
