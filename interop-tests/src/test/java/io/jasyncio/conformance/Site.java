package io.jasyncio.conformance;

import io.jasyncio.EventLoop;
import io.jasyncio.queue.AsyncQueue;
import io.jasyncio.stream.Server;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.ServerOptions;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A server and those who serve its connections, in the scenarios of servers. */
final class Site {

    static final String LOCALHOST = "127.0.0.1";

    final Trace trace;

    /** The hosts, as soon as each has its connection. */
    final AsyncQueue<Host> arrivals = new AsyncQueue<>();

    Server server;
    SocketAddress address;
    private final Queue<String> names = new ArrayDeque<>(List.of("first", "second", "third"));

    Site(Trace trace) {
        this.trace = trace;
    }

    /** Some passes in which everything happens that is under way. */
    static CompletionStage<Void> settle() {
        CompletionStage<Void> settled = Ending.onePass();
        for (var pass = 2; pass <= 10; pass++) {
            settled = settled.thenCompose(then -> Ending.onePass());
        }
        return settled;
    }

    CompletionStage<Site> open() {
        return open(ServerOptions.DEFAULT);
    }

    CompletionStage<Site> open(ServerOptions options) {
        return opened(EventLoop.current().createServer(() -> new Host(this), LOCALHOST, 0, options));
    }

    CompletionStage<Site> open(Supplier<Protocol> factory) {
        return opened(EventLoop.current().createServer(factory, LOCALHOST, 0));
    }

    CompletionStage<Site> open(ServerSocketChannel listening) {
        return opened(EventLoop.current().createServer(() -> new Host(this), listening, ServerOptions.DEFAULT));
    }

    CompletionStage<Site> openAt(Path path) {
        return opened(EventLoop.current().createUnixServer(() -> new Host(this), path, ServerOptions.DEFAULT));
    }

    private CompletionStage<Site> opened(CompletionStage<Server> opening) {
        return opening.thenApply(opened -> {
            server = opened;
            address = opened.addresses().get(0);
            return this;
        });
    }

    /** Somebody comes and is served. */
    CompletionStage<Host> visit() {
        var guest = Guest.connect(address);
        return arrivals.getAsync().thenApply(host -> {
            host.guest = guest;
            return host;
        });
    }

    /** Closes the server, and ends with it. */
    CompletionStage<Void> close() {
        server.close();
        return server.waitClosedAsync().thenRun(() -> trace.add("over"));
    }

    void show() {
        trace.add("serving", server.isServing(), "addresses", server.addresses().size());
    }

    String nextName() {
        return names.remove();
    }
}
