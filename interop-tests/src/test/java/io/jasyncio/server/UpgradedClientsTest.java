package io.jasyncio.server;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jasyncio.Asyncio;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.stream.StreamHandler;
import io.jasyncio.stream.Streams;
import io.jasyncio.tls.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server keeps account of connections that it accepted without TLS, and that have TLS now. */
@ExtendWith(AsyncioExtension.class)
class UpgradedClientsTest {

    private static final StreamHandler GREETS_IN_PRIVATE = (reader, writer) -> {
        await(writer.startTlsAsync(Keys.server()));
        writer.write("private\n");
        await(reader.readAsync());
        writer.close();
    };

    /** Ended without TLS's own goodbye, it would look to the client as if somebody had cut it off. */
    @Test
    void closedClientsAreToldSoInTls() throws Exception {
        Asyncio.run(() -> {
            var server = await(Streams.startServer(GREETS_IN_PRIVATE, "127.0.0.1", 0));
            var streams = Clients.connect(server);
            await(streams.writer().startTlsAsync(Keys.client()));
            assertEquals("private", await(streams.reader().readLineAsync()));
            server.close();
            server.closeClients();
            assertNull(await(streams.reader().readLineAsync()));
            Clients.endOwn(streams);
            await(server.waitClosedAsync());
        });
    }
}
