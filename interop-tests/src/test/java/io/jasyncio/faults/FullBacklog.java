package io.jasyncio.faults;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A listener that accepts nobody. */
final class FullBacklog {

    private FullBacklog() {}

    /** Connects to a listener until the system takes no more for it, so that one more stays on its way. */
    static List<SocketChannel> fill(ServerSocketChannel listener) throws Exception {
        var waiting = new ArrayList<SocketChannel>();
        for (var connected = true; connected; ) {
            var channel = SocketChannel.open();
            waiting.add(channel);
            channel.configureBlocking(false);
            connected = channel.connect(listener.getLocalAddress());
            for (var look = 0; look < 20 && !connected; look++) {
                await(sleep(Duration.ofMillis(5)));
                connected = channel.finishConnect();
            }
            assertTrue(waiting.size() < 100, "the backlog is never full here");
        }
        return waiting;
    }
}
