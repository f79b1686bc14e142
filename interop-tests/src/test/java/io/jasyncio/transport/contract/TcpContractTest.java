package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.EventLoop;

/** TCP over IPv4. */
class TcpContractTest implements HalfCloseContract {

    @Override
    public Fixture fixture() {
        return (near, far) -> connect(near, far, "127.0.0.1");
    }

    static Link connect(Recorder near, Recorder far, String host) throws Exception {
        var loop = EventLoop.current();
        try (var server = await(loop.createServer(() -> far, host, 0))) {
            await(loop.createConnection(() -> near, host, server.port()));
            await(far.made);
        }
        return new Link(near, far);
    }
}
