package io.jasyncio.stream;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jasyncio.Asyncio;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Streams of sockets that somebody else has bound and connected. */
@ExtendWith(AsyncioExtension.class)
class GivenSocketTest {

    @FunctionalInterface
    private interface Start {
        LoopFuture<Server> on(ServerSocketChannel listening);
    }

    private static void answersOneLine(Start start) throws Exception {
        Asyncio.run(() -> {
            var listening = ServerSocketChannel.open();
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var connected = SocketChannel.open(listening.getLocalAddress());
            var server = await(start.on(listening));
            var client = await(Streams.openConnection(connected));
            client.writer().write("hello\n");
            assertEquals("hello", await(client.reader().readLineAsync()));
            client.writer().close();
            await(client.writer().waitClosedAsync());
            assertFalse(connected.isOpen());
            server.close();
            await(server.waitClosedAsync());
            assertFalse(listening.isOpen());
        });
    }

    @Test
    void aHandlerInDirectStyleServesABoundSocket() throws Exception {
        answersOneLine(listening -> Streams.startServer(
                (reader, writer) -> {
                    try (writer) {
                        writer.write(await(reader.readLineAsync()) + "\n");
                    }
                },
                listening));
    }

    @Test
    void aHandlerInStageStyleServesABoundSocket() throws Exception {
        answersOneLine(listening -> Streams.startStageServer(
                (reader, writer) -> reader.readLineAsync().thenAccept(line -> {
                    writer.write(line + "\n");
                    writer.close();
                }),
                listening));
    }
}
