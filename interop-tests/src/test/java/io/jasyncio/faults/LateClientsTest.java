package io.jasyncio.faults;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.Task;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.stream.Server;
import io.jasyncio.stream.StreamHandler;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ServerOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that come while a server ends, or after it (S112): they are served or refused, and never left hanging. */
@ExtendWith(AsyncioExtension.class)
class LateClientsTest {

    private static final StreamHandler ECHO = (reader, writer) -> {
        try (writer) {
            for (var data = await(reader.readAsync(1000)); data.length > 0; data = await(reader.readAsync(1000))) {
                writer.write(data);
            }
        }
    };

    @FunctionalInterface
    private interface Body {
        void run(Server server) throws Exception;
    }

    private static void run(Body body) throws Exception {
        Asyncio.run(() -> {
            try (var server = await(Streams.startServer(ECHO, "127.0.0.1", 0))) {
                body.run(server);
                server.close();
                await(server.waitClosedAsync());
            }
        });
    }

    @Test
    void theServersPortIsFreeAsSoonAsItIsClosed() throws Exception {
        run(server -> {
            var port = server.port();
            server.close();
            assertThrows(ConnectException.class, () -> await(Streams.openConnection("127.0.0.1", port)));
            try (var again = await(Streams.startServer(ECHO, "127.0.0.1", port))) {
                assertEquals(port, again.port());
            }
        });
    }

    /** Whom the system has connected and nobody accepted is told, instead of waiting for ever. */
    @Test
    void aServerThatIsClosedBeforeItAcceptsLeavesNobodyHanging() throws Exception {
        Asyncio.run(() -> {
            var options = ServerOptions.DEFAULT.withStartServing(false);
            try (var server = await(Streams.startServer(ECHO, "127.0.0.1", 0, options));
                    var client = new RawClient(server.port())) {
                server.close();
                assertEquals(0, client.countUntilBroken());
                await(server.waitClosedAsync());
            }
        });
    }

    /** Clients come and go while the server ends: each is served or refused, and nobody hangs. */
    @Test
    void clientsThatComeDuringTheEndAreServedOrRefused() throws Exception {
        run(server -> {
            var port = server.port();
            var tasks = new ArrayList<Task<String>>();
            for (var i = 0; i < 50; i++) {
                tasks.add(createTask(() -> {
                    try (var connection = await(Streams.openConnection("127.0.0.1", port))) {
                        connection.writer().write("x");
                        connection.writer().writeEof();
                        return new String(await(connection.reader().readAsync()));
                    } catch (IOException refused) {
                        return "refused";
                    }
                }));
            }
            await(sleep(Duration.ZERO));
            await(sleep(Duration.ZERO));
            server.close();
            for (var answer : await(gather(tasks))) {
                assertTrue(List.of("x", "refused", "").contains(answer), answer);
            }
        });
    }
}
