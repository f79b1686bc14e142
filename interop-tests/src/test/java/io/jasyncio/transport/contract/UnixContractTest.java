package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.EventLoop;
import io.jasyncio.kit.SmallBuffers;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.ServerOptions;
import java.nio.file.Files;

/** Unix domain sockets. */
class UnixContractTest implements HalfCloseContract {

    @Override
    public Fixture fixture() {
        return UnixContractTest::connect;
    }

    private static Link connect(Recorder near, Recorder far) throws Exception {
        var loop = EventLoop.current();
        // In a folder of its own: the name of a socket may have a hundred letters, and those of JUnit's folders are
        // long.
        var folder = Files.createTempDirectory("contract");
        var path = folder.resolve("socket");
        try (var server = await(loop.createUnixServer(() -> far, path, SmallBuffers.of(ServerOptions.DEFAULT)))) {
            await(loop.createUnixConnection(() -> near, path, SmallBuffers.of(ConnectOptions.DEFAULT)));
            await(far.made);
        }
        Files.delete(folder); // fails unless the server has removed its socket
        return new Link(near, far);
    }
}
