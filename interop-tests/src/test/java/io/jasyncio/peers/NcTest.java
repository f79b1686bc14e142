package io.jasyncio.peers;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jasyncio.Asyncio;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.stream.Streams;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Streams with nc, the plainest peer there is; with -N it ends its direction when its input has ended. */
@ExtendWith(AsyncioExtension.class)
class NcTest {

    private final Face face = new DirectFace();

    @TempDir
    private Path folder;

    @Test
    void ourServerServesNc() throws Exception {
        Asyncio.run(() -> {
            try (var server = await(face.serve());
                    var nc = Peer.of("nc", "-N", "127.0.0.1", server.port())
                            .input("lines\nhello\nno end")
                            .start()) {
                assertEquals("HELLO\nNO END\n", await(nc.success()).text());
            }
        });
    }

    @Test
    void aMillionBytesAndTheAnswerAfterThem() throws Exception {
        Asyncio.run(() -> {
            var data = "x".repeat(1_000_000);
            try (var server = await(face.serve());
                    var nc = Peer.of("nc", "-N", "127.0.0.1", server.port())
                            .input("digest\n" + data)
                            .start()) {
                assertEquals(
                        Messages.digest(data.getBytes()) + "\n",
                        await(nc.success()).text());
            }
        });
    }

    @Test
    void ourClientTalksToNc() throws Exception {
        Asyncio.run(() -> {
            try (var nc = Peer.of("nc", "-N", "-l", "-v", "127.0.0.1", 0)
                    .input("from nc")
                    .start()) {
                var listening = await(nc.errorLine("Listening on "));
                var port = Integer.parseInt(listening.substring(listening.lastIndexOf(' ') + 1));
                try (var connection = await(Streams.openConnection("127.0.0.1", port))) {
                    // 1. All that nc has to say, and the end of its direction.
                    assertEquals("from nc", new String(await(connection.reader().readAsync())));
                    // 2. The other direction is open still.
                    connection.writer().write("to nc");
                }
                assertEquals("to nc", await(nc.success()).text());
            }
        });
    }

    @Test
    void ourServerServesNcOnAUnixSocket() throws Exception {
        Asyncio.run(() -> {
            var path = folder.resolve("socket");
            try (var server = await(Streams.startUnixServer(DirectFace::serve, path));
                    var nc = Peer.of("nc", "-N", "-U", path)
                            .input("lines\nhello\n")
                            .start()) {
                assertEquals("HELLO\n", await(nc.success()).text());
            }
        });
    }

    @Test
    void ourClientTalksToNcOnAUnixSocket() throws Exception {
        Asyncio.run(() -> {
            var path = folder.resolve("socket");
            try (var nc =
                    Peer.of("nc", "-N", "-l", "-v", "-U", path).input("from nc").start()) {
                await(nc.errorLine("Listening on "));
                try (var connection = await(Streams.openUnixConnection(path))) {
                    assertEquals("from nc", new String(await(connection.reader().readAsync())));
                    connection.writer().write("to nc");
                }
                assertEquals("to nc", await(nc.success()).text());
            }
        });
    }
}
