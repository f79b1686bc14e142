package io.jasyncio.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.LoopFuture;
import io.jasyncio.transport.TruncatedStreamException;
import org.junit.jupiter.api.Test;

/** A stream that ends without its end: what has come is given out first, and then the failure where the end would be. */
class ReaderEndTest extends ReaderFixture {

    private final TruncatedStreamException truncated = new TruncatedStreamException("truncated");

    private void truncate(String data) {
        feed(data);
        reader.failAtEnd(truncated);
    }

    private void assertTruncated(LoopFuture<?> read) {
        assertSame(truncated, failure(TruncatedStreamException.class, read));
    }

    @Test
    void whatHasComeIsReadFirst() throws Exception {
        truncate("abc\nd");
        assertEquals("abc", reader.readLineAsync().result());
        assertEquals("d", text(reader.readAsync(10)));
        assertTruncated(reader.readAsync(10));
        assertTruncated(reader.readAsync(10));
        assertTrue(reader.atEof());
    }

    @Test
    void theFailureReachesWhoWaits() {
        var read = reader.readAsync(10);
        reader.failAtEnd(truncated);
        assertTruncated(read);
    }

    @Test
    void aLastLineWithoutAnEndIsNotALine() throws Exception {
        truncate("ab");
        assertTruncated(reader.readLineAsync());
        assertEquals("ab", text(reader.readAsync(10)));
    }

    @Test
    void everythingIsNotThere() throws Exception {
        truncate("ab");
        assertTruncated(reader.readAsync());
        assertEquals("ab", text(reader.readAsync(10)));
    }

    @Test
    void tooFewBytesAreNotJustIncomplete() throws Exception {
        truncate("ab");
        assertTruncated(reader.readExactlyAsync(3));
        assertTruncated(reader.readUntilAsync(bytes(";")));
        assertEquals("ab", text(reader.readExactlyAsync(2)));
    }

    @Test
    void aParserSeesWhatIsThereAndThenTheFailure() throws Exception {
        truncate("ab");
        assertTrue(reader.moreAsync().result());
        assertEquals(2, reader.view().remaining());
        assertTruncated(reader.moreAsync());
        assertFalse(reader.atEof());
    }
}
