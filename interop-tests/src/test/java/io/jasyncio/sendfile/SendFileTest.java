package io.jasyncio.sendfile;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.transport.SendfileNotAvailableException;
import io.jasyncio.transport.WriteBufferLimits;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are sent over each kind of transport, by the system alone or piece by piece (asyncio's {@code loop.sendfile}). */
@ExtendWith(AsyncioExtension.class)
class SendFileTest {

    /** More than such buffers of the system as {@link Road} chooses and some pieces of ours together. */
    private static final int SIZE = 8_000_000;

    private final byte[] bytes = new byte[SIZE];
    private FileChannel file;
    private Path path;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        new Random(1).nextBytes(bytes);
        path = Files.write(folder.resolve("file"), bytes);
        file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @AfterEach
    void close() throws IOException {
        file.close();
    }

    private LoopFuture<Long> send(Receiver near, long position, long count) {
        return EventLoop.current().sendFile(near.transport, file, position, count);
    }

    /** A file that goes as far as it can while nobody reads. */
    private LoopFuture<Long> sendUntilStuck(Receiver near, Receiver far) throws Exception {
        far.transport.pauseReading();
        var sending = send(near, 0, -1);
        for (var pass = 1; pass <= 50; pass++) {
            await(Asyncio.sleep(Duration.ZERO));
        }
        assertFalse(sending.isDone());
        return sending;
    }

    private byte[] part(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    // ---- What is sent ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Road.class)
    void theFileComesAfterWhatWasWrittenAndBeforeWhatIsWrittenNext(Road road) throws Exception {
        road.travel((near, far) -> {
            var before = new byte[1_000_000];
            near.transport.write(before);
            assertEquals(SIZE, await(send(near, 0, -1)));
            near.transport.write("after".getBytes());
            var all = await(far.receivedAsync(before.length + SIZE + 5));
            assertArrayEquals(before, Arrays.copyOf(all, before.length));
            assertArrayEquals(bytes, Arrays.copyOfRange(all, before.length, before.length + SIZE));
            assertEquals("after", new String(all, before.length + SIZE, 5));
        });
    }

    /** cpython #150107: an offset of 0 meant the position, which an earlier read had moved. */
    @ParameterizedTest
    @EnumSource(Road.class)
    void aPartBeginsWhereItIsToldAndNotAtTheFilesPosition(Road road) throws Exception {
        road.travel((near, far) -> {
            file.position(100);
            assertEquals(10, await(send(near, 0, 10)));
            assertEquals(20, await(send(near, 1000, 20)));
            var all = await(far.receivedAsync(30));
            assertArrayEquals(part(0, 10), Arrays.copyOf(all, 10));
            assertArrayEquals(part(1000, 1020), Arrays.copyOfRange(all, 10, 30));
            assertEquals(100, file.position());
        });
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void theEndOfTheFileEndsAPartThatIsLonger(Road road) throws Exception {
        road.travel((near, far) -> {
            assertEquals(10, await(send(near, SIZE - 10, Long.MAX_VALUE)));
            assertEquals(0, await(send(near, SIZE, 10)));
            assertEquals(0, await(send(near, SIZE + 10L, -1)));
            assertEquals(0, await(send(near, 0, 0)));
            assertArrayEquals(part(SIZE - 10, SIZE), await(far.receivedAsync(10)));
        });
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void theOtherDirectionGoesOnMeanwhile(Road road) throws Exception {
        road.travel((near, far) -> {
            var sending = sendUntilStuck(near, far);
            if (road != Road.PIPE && road != Road.THREADS) {
                far.transport.write("hello".getBytes());
                assertEquals("hello", new String(await(near.receivedAsync(5))));
            }
            far.transport.resumeReading();
            assertEquals(SIZE, await(sending));
            assertArrayEquals(bytes, await(far.receivedAsync(SIZE)));
        });
    }

    // ---- Who may write ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Road.class)
    void nobodyWritesInBetween(Road road) throws Exception {
        road.travel((near, far) -> {
            var sending = sendUntilStuck(near, far);
            assertThrows(IllegalStateException.class, () -> near.transport.write(new byte[1]));
            assertThrows(IllegalStateException.class, () -> near.transport.writelines(List.of(new byte[1])));
            assertThrows(IllegalStateException.class, () -> send(near, 0, 10));
            if (near.transport.canWriteEof()) {
                assertThrows(IllegalStateException.class, near.transport::writeEof);
            }
            far.transport.resumeReading();
            await(sending);
            near.transport.write("after".getBytes());
            var all = await(far.receivedAsync(SIZE + 5));
            assertArrayEquals(bytes, Arrays.copyOf(all, SIZE));
        });
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void theProtocolAndTheLimitsAreTheSameAfterwards(Road road) throws Exception {
        road.travel((near, far) -> {
            var limits = new WriteBufferLimits(1000, 5000);
            near.transport.setWriteBufferLimits(limits);
            var sending = sendUntilStuck(near, far);
            far.transport.resumeReading();
            await(sending);
            assertSame(near, near.transport.getProtocol());
            assertEquals(limits, near.transport.getWriteBufferLimits());
            assertEquals(near.pauses, near.resumes);
        });
    }

    /** However slow the other side reads, of a large file no more than a piece is in memory. */
    @ParameterizedTest
    @EnumSource(Road.class)
    void memoryIsBounded(Road road) throws Exception {
        road.travel((near, far) -> {
            var sending = sendUntilStuck(near, far);
            assertTrue(near.transport.getWriteBufferSize() <= 300_000, () -> "" + near.transport.getWriteBufferSize());
            far.transport.resumeReading();
            assertEquals(SIZE, await(sending));
        });
    }

    // ---- When it ends early ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Road.class)
    void cancellationStopsAndLeavesTheConnectionUsable(Road road) throws Exception {
        road.travel((near, far) -> {
            var sending = sendUntilStuck(near, far);
            sending.cancel(true);
            assertThrows(CancellationException.class, () -> await(sending));
            var end = "the end".getBytes();
            near.transport.write(end);
            near.transport.close();
            far.transport.resumeReading();
            await(far.lost);
            var all = far.received();
            var sent = all.length - end.length;
            assertTrue(sent < SIZE);
            assertArrayEquals(part(0, sent), Arrays.copyOf(all, sent));
            assertArrayEquals(end, Arrays.copyOfRange(all, sent, all.length));
            assertTrue(file.isOpen());
        });
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void aConnectionThatIsLostFailsIt(Road road) throws Exception {
        road.travel((near, far) -> {
            var sending = sendUntilStuck(near, far);
            near.transport.abort();
            assertThrows(IOException.class, () -> await(sending));
            await(near.lost);
            assertTrue(file.isOpen());
        });
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void aFileThatSomebodyClosesFailsItAndNotTheConnection(Road road) throws Exception {
        road.travel((near, far) -> {
            var sending = sendUntilStuck(near, far);
            file.close();
            far.transport.resumeReading();
            assertThrows(ClosedChannelException.class, () -> await(sending));
            assertFalse(near.transport.isClosing());
            near.transport.write(new byte[SIZE]);
            await(far.receivedAsync(SIZE));
            assertThrows(ClosedChannelException.class, () -> await(send(near, 0, -1)));
        });
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void aFileThatBecomesShorterEndsEarlier(Road road) throws Exception {
        road.travel((near, far) -> {
            var sending = sendUntilStuck(near, far);
            file.truncate(SIZE - 1_000_000);
            far.transport.resumeReading();
            assertEquals(SIZE - 1_000_000, await(sending));
            assertArrayEquals(part(0, SIZE - 1_000_000), await(far.receivedAsync(SIZE - 1_000_000)));
        });
    }

    /** A close flushes what the system sends by itself; a file that goes piece by piece fails where it is. */
    @ParameterizedTest
    @EnumSource(Road.class)
    void aCloseIsNeverMistakenForTheEndOfTheFile(Road road) throws Exception {
        road.travel((near, far) -> {
            var sending = sendUntilStuck(near, far);
            near.transport.close();
            far.transport.resumeReading();
            if (road.isNative) {
                assertEquals(SIZE, await(sending));
            } else {
                assertThrows(IOException.class, () -> await(sending));
            }
            await(far.lost);
            var all = far.received();
            assertArrayEquals(part(0, all.length), all);
        });
    }

    // ---- What is refused -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Road.class)
    void withoutTheFallbackOnlyTheSystemMayDoIt(Road road) throws Exception {
        road.travel((near, far) -> {
            var sending = EventLoop.current().sendFile(near.transport, file, 0, 10, false);
            if (road.isNative) {
                assertEquals(10, await(sending));
            } else {
                assertThrows(SendfileNotAvailableException.class, () -> await(sending));
                near.transport.write(part(0, 10));
            }
            assertArrayEquals(part(0, 10), await(far.receivedAsync(10)));
        });
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void misuseIsToldAtTheCall(Road road) throws Exception {
        road.travel((near, far) -> {
            assertThrows(IllegalArgumentException.class, () -> send(near, -1, 10));
            near.transport.close();
            assertThrows(IllegalStateException.class, () -> send(near, 0, 10));
        });
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void aFileThatCannotBeReadIsToldOf(Road road) throws Exception {
        road.travel((near, far) -> {
            try (var writeOnly = FileChannel.open(path, StandardOpenOption.WRITE)) {
                var loop = EventLoop.current();
                assertThrows(
                        NonReadableChannelException.class,
                        () -> await(loop.sendFile(near.transport, writeOnly, 0, 10)));
            }
            assertEquals(10, await(send(near, 0, 10)));
        });
    }

    /** Left alone, the mark of an interrupt would have the JDK close the file, which belongs to the caller (J2). */
    @ParameterizedTest
    @EnumSource(Road.class)
    void anInterruptOfTheLoopsThreadDoesNotCloseTheFile(Road road, ErrorLog errors) throws Exception {
        road.travel((near, far) -> {
            var loop = EventLoop.current();
            var begun = loop.<LoopFuture<Long>>createFuture();
            loop.callSoon(() -> {
                Thread.currentThread().interrupt();
                begun.complete(send(near, 0, -1));
            });
            assertEquals(SIZE, await(await(begun)));
            assertTrue(file.isOpen());
            await(far.receivedAsync(SIZE));
        });
        assertTrue(
                errors.warnings().stream().anyMatch(text -> text.contains("interrupted")), errors.warnings()::toString);
    }
}
