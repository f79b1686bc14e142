package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.ErrorLog;
import io.jasyncio.transport.WriteBufferLimits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is sent, what is kept, and who is told (S103, S105-S107). */
interface WritingContract extends Contract {

    @Test
    default void whatIsWrittenIsSentWithoutAsking() throws Exception {
        connected(link -> {
            link.writing().write(new byte[1000]);
            await(link.far().receivedAsync(1000));
            link.writing().write(new byte[0]);
            link.writing().write("x".getBytes());
            await(link.far().receivedAsync(1001));
            // A thread beneath says so on a way of its own, which may be the longer one.
            while (link.writing().getWriteBufferSize() > 0) {
                await(sleep(Duration.ZERO));
            }
        });
    }

    @Test
    default void theDefaultLimitsAreThoseOfAsyncio() throws Exception {
        connected(link -> assertEquals(WriteBufferLimits.DEFAULT, link.writing().getWriteBufferLimits()));
    }

    @Test
    default void aProtocolIsPausedStrictlyAboveTheUpperLimitAndResumedAtTheLowerOne() throws Exception {
        connected(link -> {
            var near = link.near();
            // 1. At the limit.
            var written = fillToTheLimit(link);
            assertFalse(near.isPausedWriting());
            // 2. Above it, once.
            link.writing().write(new byte[1]);
            link.writing().write(new byte[1]);
            assertEquals(List.of("made", "pause"), near.events);
            // 3. The recorder itself looks at the size when it is resumed.
            link.reading().resumeReading();
            await(link.far().receivedAsync(written + 2));
            await(near.writableAsync());
            assertEquals(List.of("made", "pause", "resume"), near.events);
        });
    }

    /** Leaves as many bytes waiting as may be: one more, and the protocol is paused. Returns how many were written. */
    private int fillToTheLimit(Link link) throws Exception {
        link.writing().setWriteBufferLimits(WriteBufferLimits.ofHigh(1_000_000_000));
        var written = fill(link);
        link.writing()
                .setWriteBufferLimits(new WriteBufferLimits(0, link.writing().getWriteBufferSize()));
        return written;
    }

    @Test
    default void anUpperLimitOfZeroPausesOnAnyByteThatMustWait() throws Exception {
        connected(link -> {
            link.writing().setWriteBufferLimits(WriteBufferLimits.ofHigh(0));
            fill(link);
            assertTrue(link.near().isPausedWriting());
            link.reading().resumeReading();
            await(link.near().writableAsync());
            assertEquals(0, link.writing().getWriteBufferSize());
        });
    }

    @Test
    default void newLimitsCountAtOnce() throws Exception {
        connected(link -> {
            link.writing().setWriteBufferLimits(WriteBufferLimits.ofHigh(1_000_000_000));
            fill(link);
            assertFalse(link.near().isPausedWriting());
            link.writing().setWriteBufferLimits(WriteBufferLimits.ofHigh(0));
            assertTrue(link.near().isPausedWriting());
            assertEquals(WriteBufferLimits.ofHigh(0), link.writing().getWriteBufferLimits());
        });
    }

    @Test
    default void writelinesPausesToo() throws Exception {
        connected(link -> {
            var written = fill(link);
            link.writing().writelines(List.of(new byte[40_000], new byte[40_000]));
            assertTrue(link.near().isPausedWriting());
            link.reading().resumeReading();
            await(link.far().receivedAsync(written + 80_000));
        });
    }

    @Test
    default void writelinesWithANullChunkIsRefusedAndSendsNothing() throws Exception {
        connected(link -> {
            var chunks = Arrays.asList(new byte[300_000], null);
            assertThrows(NullPointerException.class, () -> link.writing().writelines(chunks));
            link.writing().write("all".getBytes());
            await(link.far().receivedAsync(3));
            assertEquals("all", new String(link.far().received()));
        });
    }

    @Test
    default void writelinesSendsAllChunksInOrderAndSkipsEmptyOnes() throws Exception {
        connected(link -> {
            var chunks = new ArrayList<byte[]>();
            for (var i = 0; i < 2_000; i++) {
                chunks.add(Traffic.random(i, i % 300));
            }
            link.writing().writelines(List.of());
            link.writing().writelines(List.of(new byte[0]));
            link.writing().writelines(chunks);
            link.writing().close();
            await(link.far().lost);
            var all = ByteBuffer.allocate(
                    chunks.stream().mapToInt(chunk -> chunk.length).sum());
            chunks.forEach(all::put);
            Traffic.requireEqual(all.array(), link.far().received());
        });
    }

    @Test
    default void aWriteTakesACopyOfWhatMustWait() throws Exception {
        connected(link -> {
            var written = fill(link);
            var array = "array".getBytes();
            var line = "line".getBytes();
            var buffer = ByteBuffer.allocateDirect(6).put("direct".getBytes()).flip();
            link.writing().write(array);
            link.writing().write(buffer);
            link.writing().writelines(List.of(line));
            assertFalse(buffer.hasRemaining());
            Arrays.fill(array, (byte) 'x');
            Arrays.fill(line, (byte) 'x');
            buffer.clear().put("xxxxxx".getBytes());
            link.reading().resumeReading();
            await(link.far().receivedAsync(written + 15));
            assertEquals("arraydirectline", link.far().text().substring(written));
        });
    }

    @Test
    default void aWriteTakesWhatIsBetweenPositionAndLimit() throws Exception {
        connected(link -> {
            var whole = ByteBuffer.wrap("<hello>".getBytes());
            for (var buffer : List.of(whole.duplicate(), whole.asReadOnlyBuffer(), whole.slice())) {
                buffer.position(1).limit(6);
                link.writing().write(buffer);
                assertEquals(6, buffer.position());
            }
            await(link.far().receivedAsync(15));
            assertEquals("hellohellohello", link.far().text());
        });
    }

    // ---- The end ---------------------------------------------------------------------------------------------------

    @Test
    default void closeSendsWhatWaits() throws Exception {
        connected(link -> {
            var written = fill(link);
            link.writing().close();
            assertFalse(link.near().lost.isDone());
            link.reading().resumeReading();
            assertNull(await(link.near().lost));
            await(link.far().lost);
            assertEquals(written, link.far().receivedCount());
        });
    }

    @Test
    default void abortDropsWhatWaits() throws Exception {
        connected(link -> {
            fill(link);
            link.writing().abort();
            assertEquals(0, link.writing().getWriteBufferSize());
            assertNull(await(link.near().lost));
        });
    }

    @Test
    default void writesAfterTheEndAreDroppedFromTheFifthOnWithAWarning(ErrorLog log) throws Exception {
        connected(link -> {
            link.writing().abort();
            for (var i = 0; i < 4; i++) {
                link.writing().write(new byte[1]);
            }
            link.writing().write(new byte[0]);
            assertEquals(0, countOfDropped(log));
            link.writing().write(new byte[1]);
            link.writing().write(new byte[1]);
            assertEquals(2, countOfDropped(log));
            assertEquals(0, link.writing().getWriteBufferSize());
        });
    }

    private static long countOfDropped(ErrorLog log) {
        return log.warnings().stream()
                .filter(line -> line.startsWith("write to a connection that is lost"))
                .count();
    }

    @Test
    default void writeEofComesAfterWhatWaitsAndIsFinal() throws Exception {
        program(fixture -> {
            var link = fixture.connect(new Recorder(), new Recorder());
            assertEquals(fixture.endsOneDirection(), link.writing().canWriteEof());
            if (fixture.endsOneDirection()) {
                var written = fill(link);
                link.far().keepsOpen = true;
                // 1. As often as one likes.
                link.writing().writeEof();
                link.writing().writeEof();
                // 2. Everything comes, and then the end.
                link.reading().resumeReading();
                await(link.far().ended);
                assertEquals(written, link.far().receivedCount());
                // 3. No more, whether the transport is open still or not.
                assertThrows(IllegalStateException.class, () -> link.writing().write(new byte[1]));
                link.writing().close();
                assertThrows(IllegalStateException.class, () -> link.writing().writelines(List.of(new byte[1])));
            } else {
                assertThrows(
                        UnsupportedOperationException.class,
                        () -> link.writing().writeEof());
            }
            link.end();
        });
    }

    // ---- A protocol that fails -------------------------------------------------------------------------------------

    @Test
    default void aFailureInPauseWritingIsReportedAndNotTheWritersProblem(ErrorLog log) throws Exception {
        connected(link -> {
            link.near().onPause = () -> {
                throw new IllegalStateException("no pause");
            };
            var written = fillToTheLimit(link);
            link.writing().write(new byte[1]);
            assertFalse(link.writing().isClosing());
            link.reading().resumeReading();
            await(link.far().receivedAsync(written + 1));
        });
        assertEquals("no pause", log.takeException().getMessage());
    }

    @Test
    default void aFailureInResumeWritingIsReportedAndTheRestIsSent(ErrorLog log) throws Exception {
        connected(link -> {
            link.near().onResume = () -> {
                throw new IllegalStateException("no resume");
            };
            var written = fillToTheLimit(link);
            link.writing().write(new byte[1]);
            link.reading().resumeReading();
            await(link.far().receivedAsync(written + 1));
            await(link.near().writableAsync());
        });
        assertEquals("no resume", log.takeException().getMessage());
    }
}
