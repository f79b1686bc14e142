package io.jasyncio.conformance;

import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.queue.AsyncQueue;
import io.jasyncio.stream.Server;
import io.jasyncio.stream.StreamHandler;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** A server of streams whose connections are served by one handler. */
final class HandledSite {

    /** What handlers put there to say that they have begun. */
    final AsyncQueue<StreamWriter> begun = new AsyncQueue<>();

    /** The same for their tasks. */
    final AsyncQueue<Task<?>> tasks = new AsyncQueue<>();

    /** The same for their end. */
    final AsyncQueue<StreamWriter> ended = new AsyncQueue<>();

    /** The failures that were reported. */
    final AsyncQueue<Throwable> reported = new AsyncQueue<>();

    Server server;
    SocketAddress address;
    private final Trace trace;

    HandledSite(Trace trace) {
        this.trace = trace;
    }

    CompletionStage<HandledSite> open(StreamHandler handler) {
        return opened(Streams.startServer(handler, Site.LOCALHOST, 0));
    }

    CompletionStage<HandledSite> openStage(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends CompletionStage<?>> handler) {
        return opened(Streams.startStageServer(handler, Site.LOCALHOST, 0));
    }

    /** Waits for the server, whoever opens it. */
    CompletionStage<HandledSite> opened(CompletionStage<Server> opening) {
        EventLoop.current().setExceptionHandler((loop, context) -> {
            var failure = Objects.requireNonNull(context.exception());
            var name = failure instanceof IOException ? "a break" : failure;
            trace.add("reported", name, "with", context.message(), "transport", context.source() instanceof Transport);
            reported.putNowait(failure);
        });
        return opening.thenApply(opened -> {
            server = opened;
            address = opened.addresses().get(0);
            return this;
        });
    }

    /** A line in the words of the traces. */
    static CompletionStage<String> lineOf(StreamReader reader) {
        return reader.readLineAsync().thenApply(line -> line == null ? "nothing" : line);
    }

    /** Closes the server, and ends with it. */
    CompletionStage<Void> close() {
        server.close();
        return over();
    }

    /** Ends with the server. */
    CompletionStage<Void> over() {
        return server.waitClosedAsync().thenRun(() -> trace.add("over"));
    }
}
