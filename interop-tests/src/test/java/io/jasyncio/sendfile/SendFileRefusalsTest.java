package io.jasyncio.sendfile;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.SmallBuffers;
import io.jasyncio.tls.Keys;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What else is refused while a file is sent, since the file would never come to its end, or would not come alone. */
@ExtendWith(AsyncioExtension.class)
class SendFileRefusalsTest {

    private static final int SIZE = SmallBuffers.FAR_MORE;

    private FileChannel file;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        file = FileChannel.open(Files.write(folder.resolve("file"), new byte[SIZE]));
    }

    @AfterEach
    void close() throws IOException {
        file.close();
    }

    private LoopFuture<Long> begin(Receiver near, Receiver far) {
        far.transport.pauseReading();
        return EventLoop.current().sendFile(near.transport, file, 0, -1);
    }

    /** Piece by piece a file goes with the help of a protocol of its own. */
    @ParameterizedTest
    @EnumSource(
            value = Road.class,
            names = {"TLS", "THREADS"})
    void anotherProtocol(Road road) throws Exception {
        road.travel((near, far) -> {
            var sending = begin(near, far);
            assertThrows(IllegalStateException.class, () -> near.transport.setProtocol(near));
            far.transport.resumeReading();
            assertEquals(SIZE, await(sending));
            near.transport.setProtocol(near);
            assertSame(near, near.transport.getProtocol());
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Road.class,
            names = {"TCP", "UNIX", "TLS"})
    void aHandshake(Road road) throws Exception {
        road.travel((near, far) -> {
            var sending = begin(near, far);
            assertThrows(
                    IllegalStateException.class,
                    () -> EventLoop.current().startTls(near.transport, near, Keys.client(), false));
            far.transport.resumeReading();
            assertEquals(SIZE, await(sending));
            assertEquals(SIZE, await(far.receivedAsync(SIZE)).length);
        });
    }
}
