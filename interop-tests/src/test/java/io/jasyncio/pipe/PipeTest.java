package io.jasyncio.pipe;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pipes that the selector watches (asyncio's {@code connect_read_pipe} and {@code connect_write_pipe}). */
@ExtendWith(AsyncioExtension.class)
class PipeTest {

    @Test
    void aReaderAndAWriterMeet() throws Exception {
        var bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);
        Asyncio.run(() -> {
            var pipe = Pipe.open();
            var reader = await(Streams.openReadPipe(pipe.source()));
            var writer = await(Streams.openWritePipe(pipe.sink()));
            writer.write(bytes);
            var all = reader.readAsync();
            await(writer.closeAsync());
            assertArrayEquals(bytes, await(all));
            assertFalse(pipe.sink().isOpen());
        });
    }

    @Test
    void writingPausesUntilThePipeIsRead() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            var pipe = Pipe.open();
            var near = new Notes();
            var transport =
                    await(loop.connectWritePipe(() -> near, pipe.sink())).transport();
            transport.write(new byte[1_000_000]);
            assertEquals(List.of("made", "pause"), near.events);
            assertTrue(transport.getWriteBufferSize() > 500_000);
            var far = new Notes();
            await(loop.connectReadPipe(() -> far, pipe.source()));
            transport.close();
            assertNull(await(near.lost));
            assertEquals(List.of("made", "pause", "resume", "lost"), near.events);
            assertNull(await(far.lost));
            assertEquals(1_000_000, far.received.length());
        });
    }

    /** Nothing can come of it any more, so that it closes itself, whatever the protocol answers. */
    @Test
    void thePipeIsClosedAtItsEnd() throws Exception {
        Asyncio.run(() -> {
            var pipe = Pipe.open();
            var notes = new Notes();
            notes.keepsOpen = true;
            await(EventLoop.current().connectReadPipe(() -> notes, pipe.source()));
            pipe.sink().write(ByteBuffer.wrap(new byte[1]));
            pipe.sink().close();
            assertNull(await(notes.lost));
            assertEquals(List.of("made", "data", "eof", "lost"), notes.events);
            await(Asyncio.sleep(Duration.ZERO));
            assertFalse(pipe.source().isOpen());
        });
    }

    @Test
    void theEndOfWritingIsTheEndOfThePipe() throws Exception {
        Asyncio.run(() -> {
            var pipe = Pipe.open();
            var notes = new Notes();
            var transport = await(EventLoop.current().connectWritePipe(() -> notes, pipe.sink()))
                    .transport();
            assertTrue(transport.canWriteEof());
            transport.write(new byte[] {1, 2, 3});
            transport.writeEof();
            assertThrows(IllegalStateException.class, () -> transport.write(new byte[1]));
            assertNull(await(notes.lost));
            var read = ByteBuffer.allocate(10);
            assertEquals(3, pipe.source().read(read));
            assertEquals(-1, pipe.source().read(read));
            pipe.source().close();
        });
    }

    @Test
    void abortDropsWhatWaits() throws Exception {
        Asyncio.run(() -> {
            var pipe = Pipe.open();
            var notes = new Notes();
            var transport = await(EventLoop.current().connectWritePipe(() -> notes, pipe.sink()))
                    .transport();
            transport.write(new byte[1_000_000]);
            transport.abort();
            assertEquals(0, transport.getWriteBufferSize());
            assertNull(await(notes.lost));
            pipe.source().close();
        });
    }

    /** No selector tells that the reader has gone: it is seen at the next write. */
    @Test
    void aPipeThatNobodyReadsBreaksAtTheNextWrite() throws Exception {
        Asyncio.run(() -> {
            var pipe = Pipe.open();
            var writer = await(Streams.openWritePipe(pipe.sink()));
            pipe.source().close();
            writer.write("hello");
            assertThrows(IOException.class, () -> await(writer.waitClosedAsync()));
            assertFalse(pipe.sink().isOpen());
        });
    }

    @Test
    void readingCanBePaused() throws Exception {
        Asyncio.run(() -> {
            var pipe = Pipe.open();
            var notes = new Notes();
            var transport = await(EventLoop.current().connectReadPipe(() -> notes, pipe.source()))
                    .transport();
            transport.pauseReading();
            assertFalse(transport.isReading());
            pipe.sink().write(ByteBuffer.wrap(new byte[10]));
            pipe.sink().close();
            for (var pass = 1; pass <= 5; pass++) {
                await(Asyncio.sleep(Duration.ZERO));
            }
            assertEquals(List.of("made"), notes.events);
            transport.resumeReading();
            await(notes.lost);
            assertEquals(List.of("made", "data", "eof", "lost"), notes.events);
        });
    }

    @Test
    void theOtherDirectionIsRefused() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            var pipe = Pipe.open();
            var source = await(loop.connectReadPipe(Notes::new, pipe.source())).transport();
            var sink = await(loop.connectWritePipe(Notes::new, pipe.sink())).transport();
            assertFalse(((Transport) source).canWriteEof());
            assertFalse(((Transport) sink).isReading());
            assertThrows(UnsupportedOperationException.class, () -> ((Transport) source).write(new byte[1]));
            assertThrows(UnsupportedOperationException.class, () -> ((Transport) source).writeEof());
            assertSame(pipe.source(), source.getExtraInfo(ExtraInfo.CHANNEL));
            assertNull(source.getExtraInfo(ExtraInfo.PEER_ADDRESS));
            assertNotNull(sink.toString());
            source.close();
            sink.close();
        });
    }

    @Test
    void aPipeBelongsToOneTransport() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            var pipe = Pipe.open();
            var first = await(loop.connectReadPipe(Notes::new, pipe.source())).transport();
            assertThrows(IllegalArgumentException.class, () -> await(loop.connectReadPipe(Notes::new, pipe.source())));
            assertThrows(IllegalArgumentException.class, () -> loop.addReader(pipe.source(), () -> {}));
            assertFalse(first.isClosing());
            first.close();
            pipe.sink().close();
        });
    }

    @Test
    void aFactoryThatFailsClosesThePipe() throws Exception {
        Asyncio.run(() -> {
            var pipe = Pipe.open();
            var failed = EventLoop.current()
                    .<Notes>connectReadPipe(
                            () -> {
                                throw new IllegalStateException("no protocol");
                            },
                            pipe.source());
            assertThrows(IllegalStateException.class, () -> await(failed));
            assertFalse(pipe.source().isOpen());
            pipe.sink().close();
        });
    }

    @Test
    void aConnectionThatNobodyTakesIsClosed() throws Exception {
        Asyncio.run(() -> {
            var pipe = Pipe.open();
            var opening = Streams.openReadPipe(pipe.source());
            opening.cancel(true);
            while (pipe.source().isOpen()) {
                await(Asyncio.sleep(Duration.ZERO));
            }
            pipe.sink().close();
        });
    }

    @Test
    void aPipeThatNobodyClosedIsToldOfWhenTheLoopEnds(ErrorLog errors) throws Exception {
        var pipe = Asyncio.run(() -> {
            var left = Pipe.open();
            await(Streams.openReadPipe(left.source()));
            return left;
        });
        assertFalse(pipe.source().isOpen());
        assertTrue(
                errors.warnings().stream().anyMatch(text -> text.startsWith("unclosed PipeTransport")),
                errors.warnings()::toString);
        pipe.sink().close();
    }
}
