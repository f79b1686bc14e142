package io.jasyncio.server;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.ServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many who come at once do not keep all others waiting (S115). */
@ExtendWith(AsyncioExtension.class)
class TurnsTest {

    private int pass;

    @Test
    void noMoreThanTheBacklogAreAcceptedInOnePass() throws Exception {
        Asyncio.run(() -> {
            // 1. Two clients wait for a server that takes one at a time.
            var accepted = new ArrayList<Integer>();
            var options = ServerOptions.DEFAULT.withBacklog(1).withStartServing(false);
            var server = await(EventLoop.current()
                    .createServer(
                            () -> {
                                accepted.add(pass);
                                return new Protocol() {};
                            },
                            "127.0.0.1",
                            0,
                            options));
            var first = Clients.connect(server);
            var second = Clients.connect(server);

            // 2. Each is accepted in a pass of its own.
            server.startServing();
            while (accepted.size() < 2) {
                pass++;
                await(sleep(Duration.ZERO));
            }
            assertEquals(1, accepted.get(1) - accepted.get(0));
            server.close();
            Clients.endOwn(first);
            Clients.endOwn(second);
            await(server.waitClosedAsync());
        });
    }
}
