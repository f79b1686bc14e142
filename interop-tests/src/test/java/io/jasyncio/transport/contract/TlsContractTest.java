package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.EventLoop;
import io.jasyncio.kit.SmallBuffers;
import io.jasyncio.tls.Keys;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.ServerOptions;

/** TLS over TCP. */
class TlsContractTest implements DuplexContract {

    @Override
    public Fixture fixture() {
        return new Fixture() {

            @Override
            public Link connect(Recorder near, Recorder far) throws Exception {
                var loop = EventLoop.current();
                var options = SmallBuffers.of(ServerOptions.DEFAULT).withTls(Keys.server());
                try (var server = await(loop.createServer(() -> far, "127.0.0.1", 0, options))) {
                    var tls = SmallBuffers.of(ConnectOptions.DEFAULT).withTls(Keys.client());
                    await(loop.createConnection(() -> near, "127.0.0.1", server.port(), tls));
                    await(far.made);
                }
                return new Link(near, far);
            }

            @Override
            public boolean endsOneDirection() {
                return false;
            }
        };
    }
}
