package io.jasyncio.transport;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.runtime.loop.SelectorEventLoop;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writing to a socket: what is sent, what is kept, and who is told (S103, S105, S106). */
@ExtendWith(AsyncioExtension.class)
class WriteTransportTest {

    @Test
    void aWriteGoesOutAtOnceWhileNothingWaits() throws Exception {
        Pair.run(pair -> {
            pair.near().transport.write(new byte[1000]);
            assertEquals(0, pair.near().transport.getWriteBufferSize());
            await(pair.far().receivedAsync(1000));
        });
    }

    @Test
    void aProtocolIsPausedStrictlyAboveTheUpperLimitAndResumedAtTheLowerOne() throws Exception {
        Pair.run(pair -> {
            var near = pair.near();
            var written = pair.fill();
            var waiting = near.transport.getWriteBufferSize();
            near.transport.setWriteBufferLimits(new WriteBufferLimits(0, waiting));
            assertFalse(near.events.contains("pause"));
            near.transport.write(new byte[1]);
            assertEquals(List.of("made", "pause"), near.events);
            near.transport.write(new byte[1]);
            assertEquals(List.of("made", "pause"), near.events);

            var left = new ArrayList<Integer>();
            near.onResume = () -> left.add(near.transport.getWriteBufferSize());
            pair.far().transport.resumeReading();
            await(pair.far().receivedAsync(written + 2));
            assertEquals(List.of("made", "pause", "resume"), near.events);
            assertEquals(List.of(0), left);
        });
    }

    @Test
    void anUpperLimitOfZeroPausesOnAnyByteThatMustWait() throws Exception {
        Pair.run(pair -> {
            pair.near().transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(0));
            pair.near().transport.write(new byte[10]);
            assertFalse(pair.events().contains("pause"));
            pair.fill();
            assertTrue(pair.events().contains("pause"));
        });
    }

    @Test
    void newLimitsCountAtOnce() throws Exception {
        Pair.run(pair -> {
            pair.near().transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(10_000_000));
            pair.fill();
            assertFalse(pair.events().contains("pause"));
            pair.near().transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(0));
            assertTrue(pair.events().contains("pause"));
        });
    }

    /** CPython 3.13.0 forgets that, and buffers without end. */
    @Test
    void writelinesPausesToo() throws Exception {
        Pair.run(pair -> {
            pair.fill();
            pair.near().transport.writelines(List.of(new byte[40_000], new byte[40_000]));
            assertTrue(pair.events().contains("pause"));
        });
    }

    @Test
    void writelinesSendsAllChunksInOrderAndSkipsEmptyOnes() throws Exception {
        Pair.run(pair -> {
            pair.near()
                    .transport
                    .writelines(List.of("ab".getBytes(), new byte[0], "cd".getBytes(), new byte[0], "e".getBytes()));
            pair.near().transport.writelines(List.of(new byte[0]));
            pair.near().transport.close();
            await(pair.far().lost);
            assertEquals("abcde", pair.far().received.toString());
            await(pair.near().lost);
        });
    }

    @Test
    void whatMustWaitIsNotTheCallersArrayAnyMore() throws Exception {
        Pair.run(pair -> {
            var written = pair.fill();
            var array = "array".getBytes();
            var buffer = ByteBuffer.allocateDirect(6).put("direct".getBytes()).flip();
            pair.near().transport.write(array);
            pair.near().transport.write(buffer);
            assertFalse(buffer.hasRemaining());
            Arrays.fill(array, (byte) 'x');
            buffer.clear().put("xxxxxx".getBytes());
            pair.far().transport.resumeReading();
            await(pair.far().receivedAsync(written + 11));
            assertEquals("arraydirect", pair.far().received.substring(written));
        });
    }

    /** Otherwise the loop would never sleep again (J4). */
    @Test
    void theChannelIsWatchedForWritingOnlyWhileSomethingWaits() throws Exception {
        Pair.run(pair -> {
            var channel = pair.near().transport.getExtraInfo(ExtraInfo.CHANNEL);
            var watch = ((SelectorEventLoop) EventLoop.current()).getDriver().watchOrNull(channel);
            assertNull(watch.getWriter());
            var written = pair.fill();
            assertFalse(watch.getWriter() == null);
            pair.far().transport.resumeReading();
            await(pair.far().receivedAsync(written));
            Pair.settle();
            assertNull(watch.getWriter());
        });
    }

    @Test
    void writeEofComesAfterWhatWaitsAndLeavesTheOtherDirectionOpen() throws Exception {
        Pair.run(pair -> {
            pair.far().keepsOpen = true;
            var written = pair.fill();
            pair.near().transport.writeEof();
            pair.near().transport.writeEof();
            pair.far().transport.resumeReading();
            await(pair.far().ended);
            assertEquals(written, pair.far().received.length());
            pair.far().transport.write("late".getBytes());
            await(pair.near().receivedAsync(4));
        });
    }

    @Test
    void aWriteAfterWriteEofIsAMistakeAfterCloseToo() throws Exception {
        Pair.run(pair -> {
            pair.near().transport.writeEof();
            assertThrows(
                    IllegalStateException.class, () -> pair.near().transport.write(new byte[1]));
            pair.near().transport.close();
            assertThrows(
                    IllegalStateException.class, () -> pair.near().transport.writelines(List.of(new byte[1])));
        });
    }

    @Test
    void writesAfterTheEndAreDroppedFromTheFifthOnWithAWarning(ErrorLog log) throws Exception {
        Pair.run(pair -> {
            pair.near().transport.abort();
            for (var i = 0; i < 4; i++) {
                pair.near().transport.write(new byte[1]);
            }
            pair.near().transport.write(new byte[0]);
            assertEquals(0, countOfDropped(log));
            pair.near().transport.write(new byte[1]);
            pair.near().transport.write(new byte[1]);
            assertEquals(2, countOfDropped(log));
        });
    }

    private static long countOfDropped(ErrorLog log) {
        return log.warnings().stream()
                .filter(line -> line.startsWith("write to a connection that is lost"))
                .count();
    }

    @Test
    void aProtocolThatFailsToPauseIsReportedAndNotTheWritersProblem(ErrorLog log) throws Exception {
        Pair.run(pair -> {
            pair.near().onPause = () -> {
                throw new IllegalStateException("no pause");
            };
            pair.near().transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(0));
            pair.fill();
            assertEquals("no pause", log.takeException().getMessage());
            assertFalse(pair.near().transport.isClosing());
        });
    }

    @Test
    void aNullAmongTheChunksIsRefusedAndNothingIsSent() throws Exception {
        Pair.run(pair -> {
            var chunks = Arrays.asList("no".getBytes(), null);
            assertThrows(NullPointerException.class, () -> pair.near().transport.writelines(chunks));
            pair.near().transport.write("yes".getBytes());
            await(pair.far().receivedAsync(3));
            assertEquals("yes", pair.far().received.toString());
        });
    }

    @Test
    void limitsOfNullAreRefusedAndTheOldOnesStay() throws Exception {
        Pair.run(pair -> {
            var transport = pair.near().transport;
            assertThrows(NullPointerException.class, () -> transport.setWriteBufferLimits(null));
            assertEquals(WriteBufferLimits.DEFAULT, transport.getWriteBufferLimits());
            pair.fill();
        });
    }
}
