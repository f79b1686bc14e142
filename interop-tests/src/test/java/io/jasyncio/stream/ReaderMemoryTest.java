package io.jasyncio.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a peer can make a reader keep, or work for nothing. */
class ReaderMemoryTest extends ReaderFixture {

    private static final int KIBI = 1024;

    /** Memory that this thread asks for: a figure that is the same on a busy machine. */
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void aLineThatNeverEndsIsDroppedAgainAndAgain() {
        var wide = new StreamReader(loop, 64 * KIBI);
        var transport = new FakeTransport();
        wide.setTransport(transport);
        var piece = new byte[64 * KIBI];
        Arrays.fill(piece, (byte) 'x');
        for (var mebi = 0; mebi < 64; mebi++) {
            var line = wide.readLineAsync();
            while (!line.isDone()) {
                assertTrue(transport.isReading());
                wide.feedData(piece);
                onePass();
            }
            failure(LimitOverrunException.class, line);
            assertEquals(0, wide.view().remaining());
        }
    }

    /** Each byte on its own, as slow as can be: neither an object for each, nor a copy of everything for each. */
    @Test
    void singleBytesCostLittleEach() {
        var wide = new StreamReader(loop, 64 * KIBI);
        var single = new byte[] {'x'};
        var data = ByteBuffer.wrap(single);
        var before = allocated();
        for (var i = 0; i < 128 * KIBI; i++) {
            wide.feedData(data.rewind());
        }
        var perByte = (allocated() - before) / (128.0 * KIBI);
        assertTrue(perByte < 16, () -> perByte + " bytes of memory for each that came");
        assertEquals(128 * KIBI, wide.view().remaining());
    }

    /** A parser that looks after each of them, and takes nothing. */
    @Test
    void lookingAfterEachByteCopiesNothing() {
        var wide = new StreamReader(loop, 64 * KIBI);
        var data = ByteBuffer.wrap(new byte[] {'x'});
        var before = allocated();
        for (var i = 0; i < 64 * KIBI; i++) {
            wide.feedData(data.rewind());
            wide.view();
        }
        var perByte = (allocated() - before) / (64.0 * KIBI);
        assertTrue(perByte < 256, () -> perByte + " bytes of memory for each that came");
    }

    @Test
    void aReaderThatWasReadEmptyKeepsNothing() throws Exception {
        var wide = new StreamReader(loop, 64 * KIBI);
        wide.feedData(new byte[100 * KIBI]);
        assertEquals(100 * KIBI, wide.readAsync(200 * KIBI).result().length);
        assertEquals(0, wide.view().capacity());
    }
}
