package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.EventLoop;
import io.jasyncio.internal.net.MemoryPort;
import io.jasyncio.internal.net.StreamTransport;
import io.jasyncio.internal.net.TransportHost;
import io.jasyncio.internal.net.tls.TlsTransport;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.tls.Keys;

/** TLS between two ends in one process, without the selector. */
class TlsMemoryContractTest implements DuplexContract {

    @Override
    public Fixture fixture() {
        return new Fixture() {

            @Override
            public Link connect(Recorder near, Recorder far) throws Exception {
                var loop = (LoopRuntime) EventLoop.current();
                var host = new TransportHost(loop);
                var port = MemoryPort.pair(loop, 50_000);
                var client = TlsTransport.client(host, near, Keys.client(), null, -1);
                var server = TlsTransport.server(host, far, Keys.server(), null);
                new StreamTransport(host, port, client.lowerProtocol(), null).start(() -> {});
                new StreamTransport(host, port.peer(), server.lowerProtocol(), null).start(() -> {});
                await(near.made);
                await(far.made);
                return new Link(near, far);
            }

            @Override
            public boolean endsOneDirection() {
                return false;
            }
        };
    }
}
