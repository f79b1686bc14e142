package io.jasyncio.server;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.Asyncio;
import io.jasyncio.ErrorContext;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.LoopOptions;
import io.jasyncio.Runner;
import io.jasyncio.kit.ClassPath;
import io.jasyncio.kit.CountedClock;
import io.jasyncio.stream.Server;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server in a process that may have few files open: what {@link AcceptTest} runs. */
final class OutOfFiles {

    /** More than one: the JVM has a file open for a moment now and then, and gives back what one of them is accepted with. */
    private static final int CLIENTS = 5;

    /** What the loop says, when, and how often it had looked at its clock by then. */
    private record Report(String message, long nanos, int looks) {

        String since(Report before) {
            var elapsed = Duration.ofNanos(nanos - before.nanos);
            var slept = looks - before.looks < CountedClock.FEW;
            return (elapsed.toSeconds() > 0 ? "after a second at the earliest" : "after " + elapsed)
                    + (slept ? ", in which it slept" : ", in which it looked " + (looks - before.looks) + " times");
        }
    }

    private final CountedClock clock;
    private final List<FileInputStream> files = new ArrayList<>();
    private LoopFuture<Report> nextReport;

    private OutOfFiles(CountedClock clock) {
        this.clock = clock;
    }

    public static void main(String[] arguments) throws Exception {
        var clock = new CountedClock();
        try (var runner = new Runner(LoopOptions.defaults().withClock(clock))) {
            runner.run(() -> new OutOfFiles(clock).run());
        }
    }

    private void run() throws Exception {
        var loop = EventLoop.current();
        nextReport = loop.createFuture();
        loop.setExceptionHandler((unused, context) ->
                nextReport.complete(new Report(context.message(), System.nanoTime(), clock.looks())));
        warmUp(loop);
        var server = await(loop.createServer(new Clients.Echo()::protocol, "127.0.0.1", 0));
        var old = Clients.connectToEcho(server);

        var waiting = useUp(server);
        var first = await(nextReport);
        System.out.println("a report: " + first.message());
        nextReport = loop.createFuture();
        Clients.ask(old);
        System.out.println("the old connection is served");
        System.out.println("another report " + await(nextReport).since(first));
        release();
        for (var client : waiting) {
            client.write(ByteBuffer.wrap(new byte[1]));
            var answer = Asyncio.toThread(() -> client.read(ByteBuffer.allocate(1)));
            System.out.println(await(answer) == 1 ? "one who waited is served" : "one who waited was sent away");
            client.close();
        }

        var others = useUp(server);
        await(nextReport);
        server.close();
        server.closeClients();
        Clients.end(old);
        await(server.waitClosedAsync());
        System.out.println(
                "closed while it paused, and " + (loop.toString().contains(" 0 timers") ? "no timer left" : loop));
        for (var client : others) {
            client.close();
        }
        release();
    }

    /** Loads what is needed later: classes are files, too. Those of a jar are not, as it is open already. */
    private void warmUp(EventLoop loop) throws Exception {
        ClassPath.loadFolders("io.jasyncio.");
        loop.callExceptionHandler(new ErrorContext("warm-up", new IOException(), this));
        var report = await(nextReport);
        report.since(report);
        loop.callLater(Duration.ofMillis(1), () -> {}).cancel();
        await(Asyncio.toThread(() -> 1));
    }

    /** Connects clients, and takes all files before the loop has had a chance to accept them. */
    private List<SocketChannel> useUp(Server server) throws IOException {
        nextReport = EventLoop.current().createFuture();
        var clients = new ArrayList<SocketChannel>();
        for (var i = 0; i < CLIENTS; i++) {
            clients.add(SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port())));
        }
        try {
            while (true) {
                files.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException tooMany) {
            return clients;
        }
    }

    private void release() throws IOException {
        for (var file : files) {
            file.close();
        }
        files.clear();
    }
}
