package io.jasyncio.server;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.Asyncio;
import io.jasyncio.ErrorContext;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.stream.Server;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A server in a process that may have few files open: what {@link AcceptTest} runs. */
final class OutOfFiles {

    private final ArrayDeque<FileInputStream> files = new ArrayDeque<>();
    private final List<String> reports = new ArrayList<>();
    private LoopFuture<String> nextReport;

    private OutOfFiles() {}

    public static void main(String[] arguments) throws Exception {
        Asyncio.run(() -> new OutOfFiles().run());
    }

    private void run() throws Exception {
        var loop = EventLoop.current();
        loop.setExceptionHandler((unused, context) -> {
            reports.add(context.message());
            nextReport.complete(context.message());
        });
        warmUp(loop);
        var server = await(loop.createServer(new Clients.Echo()::protocol, "127.0.0.1", 0));
        var old = Clients.connectToEcho(server);

        var client = useUp(server);
        System.out.println("one report: " + await(nextReport));
        Clients.ask(old);
        System.out.println("the old connection is served");
        for (var pass = 1; pass <= 1_000; pass++) {
            await(Asyncio.sleep(Duration.ZERO));
        }
        System.out.println((reports.size() == 1 ? "one report" : reports) + " after a thousand passes");
        release();
        client.write(ByteBuffer.wrap(new byte[1]));
        var answer = Asyncio.toThread(() -> client.read(ByteBuffer.allocate(1)));
        System.out.println(await(answer) == 1 ? "the new connection is served" : "the new connection has ended");
        client.close();

        var another = useUp(server);
        await(nextReport);
        server.close();
        server.closeClients();
        Clients.end(old);
        await(server.waitClosedAsync());
        System.out.println(
                "closed while it paused, and " + (loop.toString().contains(" 0 timers") ? "no timer left" : loop));
        another.close();
        release();
    }

    /** Loads what is needed later: classes are files, too. */
    private void warmUp(EventLoop loop) throws Exception {
        nextReport = loop.createFuture();
        loop.callExceptionHandler(new ErrorContext("warm-up", new IOException(), this));
        await(nextReport);
        loop.callLater(Duration.ofMillis(1), () -> {}).cancel();
        await(Asyncio.toThread(() -> 1));
        reports.clear();
    }

    /** Connects with the last file descriptor, so that there is none left to accept with. */
    private SocketChannel useUp(Server server) throws IOException {
        nextReport = EventLoop.current().createFuture();
        try {
            while (true) {
                files.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException tooMany) {
            files.remove().close();
        }
        return SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()));
    }

    private void release() throws IOException {
        for (var file : files) {
            file.close();
        }
        files.clear();
    }
}
