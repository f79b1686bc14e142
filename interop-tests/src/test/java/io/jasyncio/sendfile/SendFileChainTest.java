package io.jasyncio.sendfile;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.SmallBuffers;
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

/** Files in stage style: whoever hangs on the end of a file may write at once, and send the next one, however it ended. */
@ExtendWith(AsyncioExtension.class)
class SendFileChainTest {

    private static final int SIZE = SmallBuffers.FAR_MORE;

    private FileChannel file;
    private FileChannel small;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        file = FileChannel.open(Files.write(folder.resolve("file"), new byte[SIZE]));
        small = FileChannel.open(Files.write(folder.resolve("small"), "file".getBytes()));
    }

    @AfterEach
    void close() throws IOException {
        file.close();
        small.close();
    }

    /** Sends as much as goes, while nobody reads, and the rest of what is to be said after it. */
    private LoopFuture<Long> begin(Receiver near, Receiver far) {
        far.transport.pauseReading();
        return EventLoop.current().sendFile(near.transport, file, 0, -1);
    }

    /** Text, and a file after it. */
    private LoopFuture<Long> sayAfter(Receiver near) {
        near.transport.write("and ".getBytes());
        return EventLoop.current().sendFile(near.transport, small, 0, -1);
    }

    private static void assertEndsWithBoth(Receiver near, Receiver far) throws Exception {
        near.transport.close();
        far.transport.resumeReading();
        await(far.lost);
        var text = new String(far.received());
        assertEquals("and file", text.substring(text.length() - 8));
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void afterAFileThatWasSent(Road road) throws Exception {
        road.travel((near, far) -> {
            var next = begin(near, far).thenCompose(sent -> sayAfter(near));
            far.transport.resumeReading();
            assertEquals(4, await(next));
            assertEndsWithBoth(near, far);
        });
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void afterAFileThatWasCancelled(Road road) throws Exception {
        road.travel((near, far) -> {
            var sending = begin(near, far);
            var next = sending.exceptionallyCompose(cancelled -> sayAfter(near));
            sending.cancel();
            far.transport.resumeReading();
            assertEquals(4, await(next));
            assertEndsWithBoth(near, far);
        });
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void afterAFileThatCouldNotBeRead(Road road) throws Exception {
        road.travel((near, far) -> {
            var next = begin(near, far).exceptionallyCompose(unreadable -> sayAfter(near));
            file.close();
            far.transport.resumeReading();
            assertEquals(4, await(next));
            assertEndsWithBoth(near, far);
        });
    }
}
