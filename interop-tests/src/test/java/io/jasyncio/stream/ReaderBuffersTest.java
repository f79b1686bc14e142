package io.jasyncio.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.internal.net.BufferPool;
import io.jasyncio.internal.net.TransportHost;
import io.jasyncio.spi.LoopRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Which of the loop's buffers a reader keeps, and when it gives them back. */
class ReaderBuffersTest extends ReaderFixture {

    private static final int MUCH = 100_000;

    private final BufferPool pool = new TransportHost((LoopRuntime) loop).buffers();
    private final StreamReader wide = new StreamReader(loop, MUCH);

    /** As a transport does that has so many bytes: 0, 1, 2 ... */
    private void come(StreamReader reader, int first, int count) {
        var room = reader.room(pool);
        for (var i = first; i < first + count; i++) {
            room.put((byte) i);
        }
        reader.filled(room, count);
    }

    private static byte[] bytes(int first, int count) {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    private static byte[] bytes(ByteBuffer view) {
        var bytes = new byte[view.remaining()];
        view.get(bytes);
        return bytes;
    }

    @Test
    void muchStaysWhereItWasReadUntilItIsSkipped() {
        come(wide, 0, MUCH);
        assertEquals(1, pool.inUse());
        assertTrue(wide.view().isDirect());
        assertArrayEquals(bytes(0, MUCH), bytes(wide.view()));
        wide.skip(MUCH - 1);
        assertEquals(1, pool.inUse());
        wide.skip(1);
        assertEquals(0, pool.inUse());
    }

    @Test
    void muchStaysUntilItIsRead() throws Exception {
        come(wide, 0, MUCH);
        assertArrayEquals(bytes(0, 10), wide.readExactlyAsync(10).result());
        assertEquals(1, pool.inUse());
        assertArrayEquals(bytes(10, MUCH - 10), wide.readAsync(MUCH).result());
        assertEquals(0, pool.inUse());
    }

    @Test
    void littleIsCopiedIfNobodyWaits() {
        come(wide, 0, 1000);
        assertEquals(0, pool.inUse());
        assertFalse(wide.view().isDirect());
        assertArrayEquals(bytes(0, 1000), bytes(wide.view()));
    }

    @Test
    void littleStaysForWhoWaitsAlready() throws Exception {
        var more = wide.moreAsync();
        come(wide, 0, 1000);
        onePass();
        assertTrue(more.result());
        assertTrue(wide.view().isDirect());
        wide.skip(1000);
        assertEquals(0, pool.inUse());
    }

    @Test
    void littleDoesNotStayForOneWhomItIsNotEnoughFor() {
        var line = wide.readLineAsync();
        come(wide, 20, 100);
        onePass();
        assertFalse(line.isDone());
        assertEquals(0, pool.inUse());
    }

    @Test
    void theNextReadGoesBehindWhatIsThere() {
        come(wide, 0, 60_000);
        come(wide, 60_000, 40_000);
        assertEquals(1, pool.inUse());
        assertArrayEquals(bytes(0, MUCH), bytes(wide.view()));
    }

    /** Else a parser that always leaves the beginning of a message would have it copied with all that follows. */
    @Test
    void aSmallRestMovesToTheFrontOfItsBuffer() {
        come(wide, 0, MUCH);
        wide.skip(MUCH - 100);
        come(wide, MUCH, MUCH);
        assertEquals(1, pool.inUse());
        assertTrue(wide.view().isDirect());
        assertArrayEquals(bytes(MUCH - 100, MUCH + 100), bytes(wide.view()));
    }

    @Test
    void aViewIsOneBufferEvenOfSeveralPieces() {
        come(wide, 0, BufferPool.BUFFER_BYTES);
        come(wide, BufferPool.BUFFER_BYTES, 50_000);
        wide.feedData(bytes(BufferPool.BUFFER_BYTES + 50_000, 10));
        assertArrayEquals(bytes(0, BufferPool.BUFFER_BYTES + 50_010), bytes(wide.view()));
        assertEquals(0, pool.inUse());
    }

    /** As many as there may be are with readers that do not read: others copy, and nothing is lost. */
    @Test
    void slowReadersDoNotUseUpTheMemory() throws Exception {
        var slow = new ArrayList<StreamReader>();
        for (var i = 0; i < 200; i++) {
            var reader = new StreamReader(loop, MUCH);
            come(reader, i, MUCH);
            slow.add(reader);
        }
        assertTrue(pool.inUse() < 64, () -> pool.inUse() + " buffers");
        for (var i = 0; i < 200; i++) {
            assertArrayEquals(bytes(i, MUCH), slow.get(i).readAsync(MUCH).result());
        }
        assertEquals(0, pool.inUse());
    }

    @Test
    void oneReaderDoesNotTakeThemAll() {
        var all = wide.readAsync();
        for (var i = 0; i < 30; i++) {
            come(wide, 0, wide.room(pool).remaining());
        }
        assertFalse(all.isDone());
        assertTrue(pool.inUse() <= 4, () -> pool.inUse() + " buffers");
    }

    @Test
    void theEndOfTheConnectionLeavesTheBytesAndNotTheBuffers() throws Exception {
        come(wide, 0, MUCH);
        wide.feedEof();
        assertEquals(0, pool.inUse());
        assertArrayEquals(bytes(0, MUCH), wide.readAsync().result());
    }

    @Test
    void soDoesItsBreaking() {
        come(wide, 0, MUCH);
        wide.setException(new IOException("reset"));
        assertEquals(0, pool.inUse());
    }

    @Test
    void whatTlsTakesOverLeavesNoBufferBehind() {
        come(wide, 0, MUCH);
        assertArrayEquals(bytes(0, MUCH), bytes(wide.takeUnread()));
        assertEquals(0, pool.inUse());
        assertFalse(wide.view().hasRemaining());
    }
}
