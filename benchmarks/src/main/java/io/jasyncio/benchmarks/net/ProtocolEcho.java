package io.jasyncio.benchmarks.net;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.run;

import io.jasyncio.EventLoop;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.Transport;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;

/** Our callback level: a protocol that writes what it is given, and does not read while its peer does not. */
final class ProtocolEcho implements EchoServer {

    @Override
    public void serve(IntConsumer listening) throws Exception {
        run(() -> {
            var server = await(EventLoop.current().createServer(Echo::new, HOST, 0, EchoTls.serverOptions()));
            listening.accept(server.port());
            await(server.serveForeverAsync());
        });
    }

    private static final class Echo implements Protocol {
        private Transport transport;

        @Override
        public void connectionMade(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            transport.write(data);
        }

        @Override
        public void pauseWriting() {
            transport.pauseReading();
        }

        @Override
        public void resumeWriting() {
            transport.resumeReading();
        }
    }
}
