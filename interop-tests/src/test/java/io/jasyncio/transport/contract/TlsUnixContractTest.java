package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.EventLoop;
import io.jasyncio.kit.SmallBuffers;
import io.jasyncio.tls.Keys;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.ServerOptions;
import java.nio.file.Files;

/** TLS over Unix domain sockets. */
class TlsUnixContractTest implements DuplexContract {

    @Override
    public Fixture fixture() {
        return new Fixture() {

            @Override
            public Link connect(Recorder near, Recorder far) throws Exception {
                var loop = EventLoop.current();
                var folder = Files.createTempDirectory("contract");
                var path = folder.resolve("socket");
                var options = SmallBuffers.of(ServerOptions.DEFAULT).withTls(Keys.server());
                try (var server = await(loop.createUnixServer(() -> far, path, options))) {
                    var tls = SmallBuffers.of(ConnectOptions.DEFAULT).withTls(Keys.client());
                    await(loop.createUnixConnection(() -> near, path, tls));
                    await(far.made);
                }
                Files.delete(folder);
                return new Link(near, far);
            }

            @Override
            public boolean endsOneDirection() {
                return false;
            }
        };
    }
}
