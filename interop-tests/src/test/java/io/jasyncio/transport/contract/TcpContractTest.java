package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.EventLoop;
import io.jasyncio.kit.SmallBuffers;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.ServerOptions;

/** TCP over IPv4. */
class TcpContractTest implements HalfCloseContract {

    @Override
    public Fixture fixture() {
        return (near, far) -> connect(near, far, "127.0.0.1");
    }

    static Link connect(Recorder near, Recorder far, String host) throws Exception {
        var loop = EventLoop.current();
        try (var server = await(loop.createServer(() -> far, host, 0, SmallBuffers.of(ServerOptions.DEFAULT)))) {
            await(loop.createConnection(() -> near, host, server.port(), SmallBuffers.of(ConnectOptions.DEFAULT)));
            await(far.made);
        }
        return new Link(near, far);
    }
}
