package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.EventLoop;
import io.jasyncio.internal.net.MemoryPort;
import io.jasyncio.internal.net.StreamTransport;
import io.jasyncio.internal.net.TransportHost;
import io.jasyncio.spi.LoopRuntime;

/** Two ends in one process, without the selector. */
class MemoryContractTest implements HalfCloseContract {

    @Override
    public Fixture fixture() {
        return (near, far) -> connect(near, far, 50_000);
    }

    static Link connect(Recorder near, Recorder far, int capacityBytes) throws Exception {
        var loop = (LoopRuntime) EventLoop.current();
        var host = new TransportHost(loop);
        var port = MemoryPort.pair(loop, capacityBytes);
        new StreamTransport(host, port, near, null).start(() -> {});
        new StreamTransport(host, port.peer(), far, null).start(() -> {});
        await(near.made);
        await(far.made);
        return new Link(near, far);
    }
}
