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
import io.jasyncio.kit.VirtualTime;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.Transport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Blocking streams that a thread reads (asyncio has nothing of the kind, since its pipes need not block). */
@ExtendWith(AsyncioExtension.class)
class ThreadedSourceTest {

    @Test
    void linesComeAsTheyAreWritten() throws Exception {
        var input = new SlowInput(true);
        Asyncio.run(() -> {
            var reader = await(Streams.openReadPipe(input));
            var line = reader.readLineAsync();
            assertFalse(line.isDone());
            input.give("one\ntw");
            assertEquals("one", await(line));
            input.give("o\n");
            assertEquals("two", await(reader.readLineAsync()));
            input.end();
            assertNull(await(reader.readLineAsync()));
        });
        assertTrue(input.closed.await(60, TimeUnit.SECONDS));
    }

    @Test
    void aMillionBytesKeepTheirOrder() throws Exception {
        var bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);
        var read = Asyncio.run(() -> {
            var reader = await(Streams.openReadPipe(new ByteArrayInputStream(bytes)));
            return await(reader.readAsync());
        });
        assertArrayEquals(bytes, read);
    }

    /** What is not wanted stays in the stream: only the block that was being read when the pause began is kept. */
    @Test
    void aPausedReaderHoldsOneBlockAtMost() throws Exception {
        var input = new SlowInput(true);
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            var notes = new Notes();
            var transport = await(loop.connectReadPipe(() -> notes, input)).transport();
            transport.pauseReading();
            input.give("one");
            input.give("two");
            // 1. The read that is under way takes its block, and no other follows.
            awaitParked(input);
            for (var pass = 1; pass <= 5; pass++) {
                await(Asyncio.sleep(Duration.ZERO));
            }
            assertEquals(1, input.reads.get());
            assertEquals(List.of("made"), notes.events);
            // 2. Both come, in order.
            transport.resumeReading();
            while (notes.received.length() < 6) {
                await(notes.nextEvent());
            }
            assertEquals("onetwo", notes.received.toString());
            input.end();
            await(notes.lost);
        });
    }

    /** Until the thread waits for work, which means that it has handed its block over. */
    private static void awaitParked(SlowInput input) {
        while (input.reader == null || !isInPipeThread(input.reader)) {
            Thread.onSpinWait();
        }
    }

    private static boolean isInPipeThread(Thread thread) {
        var stack = thread.getStackTrace();
        return thread.getState() == Thread.State.WAITING
                && stack.length > 2
                && List.of(stack).stream()
                        .noneMatch(frame -> frame.getClassName().endsWith("SlowInput"));
    }

    @Test
    void aReadThatMindsInterruptsEndsWithTheTransport() throws Exception {
        var input = new SlowInput(true);
        Asyncio.run(() -> {
            var notes = new Notes();
            var transport = await(EventLoop.current().connectReadPipe(() -> notes, input))
                    .transport();
            while (input.reader == null) {
                await(Asyncio.sleep(Duration.ZERO));
            }
            assertTrue(input.reader.isDaemon());
            assertTrue(input.reader.getName().matches("jasyncio-pipe-\\d+"), input.reader.getName());
            transport.close();
            assertNull(await(notes.lost));
        });
        assertTrue(input.closed.await(60, TimeUnit.SECONDS));
        // The rest is looked after by the leak check: the thread has to be gone.
    }

    /** A terminal, for instance. The thread ends with the read, and what it has read is dropped. */
    @Test
    void aReadThatCannotBeStoppedIsNotWaitedFor() throws Exception {
        var input = new SlowInput(false);
        Asyncio.run(() -> {
            var notes = new Notes();
            var transport = await(EventLoop.current().connectReadPipe(() -> notes, input))
                    .transport();
            while (input.reader == null) {
                await(Asyncio.sleep(Duration.ZERO));
            }
            transport.close();
            assertNull(await(notes.lost));
            assertEquals(List.of("made", "lost"), notes.events);
            input.give("too late");
            input.reader.join();
            await(Asyncio.sleep(Duration.ZERO));
            assertEquals(List.of("made", "lost"), notes.events);
        });
        assertTrue(input.closed.await(60, TimeUnit.SECONDS));
    }

    @Test
    void aLoopThatIsClosedMeanwhileIsNotMissed() throws Exception {
        var input = new SlowInput(false);
        Asyncio.run(() -> {
            await(Streams.openReadPipe(input));
            while (input.reader == null) {
                await(Asyncio.sleep(Duration.ZERO));
            }
        });
        input.give("too late");
        input.reader.join();
        assertTrue(input.closed.await(60, TimeUnit.SECONDS));
    }

    @Test
    void aFailureEndsTheReader() throws Exception {
        var input = new SlowInput(true);
        var broken = new IOException("the disk is on fire");
        Asyncio.run(() -> {
            var reader = await(Streams.openReadPipe(input));
            input.failure = broken;
            input.give("");
            assertSame(broken, assertThrows(IOException.class, () -> await(reader.readLineAsync())));
        });
    }

    @Test
    void aStreamWithABugFailsAsOneThatIsBroken() throws Exception {
        var bug = new IllegalStateException("a bug");
        var input = new InputStream() {
            @Override
            public int read() {
                throw bug;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                throw bug;
            }
        };
        Asyncio.run(() -> {
            var reader = await(Streams.openReadPipe(input));
            var failure = assertThrows(IOException.class, () -> await(reader.readLineAsync()));
            assertSame(bug, failure.getCause());
        });
    }

    @Test
    void aStreamThatWasNeverReadIsClosedToo() throws Exception {
        var input = new SlowInput(true);
        Asyncio.run(() -> {
            var notes = new Notes() {
                @Override
                public void connectionMade(Transport transport) {
                    transport.close();
                }
            };
            await(EventLoop.current().connectReadPipe(() -> notes, input));
            await(notes.lost);
        });
        assertTrue(input.closed.await(60, TimeUnit.SECONDS));
        assertEquals(0, input.reads.get());
    }

    /** While a thread reads for the loop, real time passes for both; a clock that jumps must wait for it. */
    @Test
    void aVirtualClockWaitsForTheThread() throws Exception {
        var input = new ByteArrayInputStream("hello\n".getBytes());
        VirtualTime.run(() -> {
            var reader = await(Streams.openReadPipe(input));
            assertEquals("hello", await(Asyncio.waitFor(reader.readLineAsync(), Duration.ofDays(1))));
            assertTrue(VirtualTime.elapsed().compareTo(Duration.ofDays(1)) < 0);
        });
    }

    @Test
    void aWaitCanBeCutShort() throws Exception {
        var input = new SlowInput(true);
        Asyncio.run(() -> {
            var reader = await(Streams.openReadPipe(input));
            assertThrows(
                    TimeoutException.class, () -> await(Asyncio.waitFor(reader.readLineAsync(), Duration.ofMillis(1))));
            input.give("still here\n");
            assertEquals("still here", await(reader.readLineAsync()));
            input.end();
            assertNull(await(reader.readLineAsync()));
        });
    }
}
