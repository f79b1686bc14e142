package io.jasyncio.pipe;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.stream.Streams;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Blocking streams that a thread writes. */
@ExtendWith(AsyncioExtension.class)
class ThreadedSinkTest {

    @Test
    void everythingArrivesInOrderAndFlushed() throws Exception {
        var bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);
        var output = new SlowOutput();
        output.allow(Integer.MAX_VALUE);
        Asyncio.run(() -> {
            var writer = await(Streams.openWritePipe(output));
            for (var from = 0; from < bytes.length; from += 1000) {
                writer.write(Arrays.copyOfRange(bytes, from, from + 1000));
                await(writer.drainAsync());
            }
            await(writer.closeAsync());
            assertArrayEquals(bytes, output.flushed());
        });
        assertTrue(output.closed.await(60, TimeUnit.SECONDS));
    }

    /** Bytes in the hands of the thread are not sent yet. */
    @Test
    void theBufferCountsWhatTheStreamHasNotTaken() throws Exception {
        var output = new SlowOutput();
        Asyncio.run(() -> {
            var notes = new Notes();
            var transport = await(EventLoop.current().connectWritePipe(() -> notes, output))
                    .transport();
            transport.write(new byte[30_000]);
            transport.writelines(List.of(new byte[20_000], new byte[20_000]));
            assertEquals(70_000, transport.getWriteBufferSize());
            assertEquals(List.of("made", "pause"), notes.events);
            output.allow(1);
            while (transport.getWriteBufferSize() == 70_000) {
                await(Asyncio.sleep(Duration.ZERO));
            }
            assertEquals(40_000, transport.getWriteBufferSize());
            output.allow(1);
            await(notes.nextEvent());
            assertEquals(List.of("made", "pause", "resume"), notes.events);
            assertEquals(0, transport.getWriteBufferSize());
            transport.close();
            await(notes.lost);
        });
    }

    @Test
    void closeWaitsForTheLastByte() throws Exception {
        var output = new SlowOutput();
        Asyncio.run(() -> {
            var notes = new Notes();
            var transport = await(EventLoop.current().connectWritePipe(() -> notes, output))
                    .transport();
            transport.write(new byte[10]);
            transport.close();
            while (output.writer == null) {
                await(Asyncio.sleep(Duration.ZERO));
            }
            assertFalse(notes.lost.isDone());
            assertEquals(1, output.closed.getCount());
            output.allow(1);
            assertNull(await(notes.lost));
            assertEquals(10, output.flushed().length);
        });
        assertTrue(output.closed.await(60, TimeUnit.SECONDS));
    }

    @Test
    void theEndOfWritingClosesTheStream() throws Exception {
        var output = new SlowOutput();
        output.allow(1);
        Asyncio.run(() -> {
            var writer = await(Streams.openWritePipe(output));
            writer.write("hello");
            writer.writeEof();
            await(writer.waitClosedAsync());
            assertArrayEquals("hello".getBytes(), output.flushed());
        });
        assertTrue(output.closed.await(60, TimeUnit.SECONDS));
    }

    @Test
    void abortStopsAThreadThatWaits() throws Exception {
        var output = new SlowOutput();
        Asyncio.run(() -> {
            var notes = new Notes();
            var transport = await(EventLoop.current().connectWritePipe(() -> notes, output))
                    .transport();
            transport.write(new byte[100_000]);
            while (output.writer == null) {
                await(Asyncio.sleep(Duration.ZERO));
            }
            transport.abort();
            assertNull(await(notes.lost));
            output.writer.join();
            assertEquals(0, output.flushed().length);
        });
        assertTrue(output.closed.await(60, TimeUnit.SECONDS));
    }

    @Test
    void aFailureBreaksThePipeAlsoOneOfTheLastBlock() throws Exception {
        var output = new SlowOutput();
        var broken = new IOException("the disk is full");
        output.failure = broken;
        output.allow(1);
        Asyncio.run(() -> {
            var writer = await(Streams.openWritePipe(output));
            writer.write("hello");
            assertSame(broken, assertThrows(IOException.class, () -> await(writer.closeAsync())));
        });
        assertTrue(output.closed.await(60, TimeUnit.SECONDS));
    }

    @Test
    void aStreamThatWasNeverWrittenIsClosedToo() throws Exception {
        var output = new SlowOutput();
        Asyncio.run(() -> {
            await(await(Streams.openWritePipe(output)).closeAsync());
        });
        assertTrue(output.closed.await(60, TimeUnit.SECONDS));
        assertNull(output.writer);
    }
}
