package io.jasyncio.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Lines of text, with a limit of five bytes (S100). */
class StreamReaderLineTest extends ReaderFixture {

    @Test
    void aLineComesWithoutItsEnd() throws Exception {
        feed("one\ntwo\r\n\n\r\nmore");
        assertEquals("one", reader.readLineAsync().result());
        assertEquals("two", reader.readLineAsync().result());
        assertEquals("", reader.readLineAsync().result());
        assertEquals("", reader.readLineAsync().result());
        assertFalse(reader.readLineAsync().isDone());
    }

    @Test
    void aCarriageReturnAloneIsNoEndOfALine() throws Exception {
        feed("a\rb\r\n");
        assertEquals("a\rb", reader.readLineAsync().result());
    }

    @Test
    void theLastLineMayLackItsEnd() throws Exception {
        feed("one\ntw");
        reader.feedEof();
        assertEquals("one", reader.readLineAsync().result());
        assertEquals("tw", reader.readLineAsync().result());
        assertNull(reader.readLineAsync().result());
        assertNull(reader.readLineAsync().result());
        assertTrue(reader.atEof());
    }

    @Test
    void aLetterMayBreakBetweenTwoChunks() throws Exception {
        var line = bytes("äö€\n");
        var wide = new StreamReader(loop, 100);
        var read = wide.readLineAsync();
        for (var single : line) {
            assertFalse(read.isDone());
            wide.feedData(new byte[] {single});
            onePass();
        }
        assertEquals("äö€", read.result());
    }

    @Test
    void malformedBytesAreReplaced() throws Exception {
        reader.feedData(new byte[] {'a', (byte) 0xFF, '\n'});
        assertEquals("a\uFFFD", reader.readLineAsync().result());
    }

    @Test
    void aLineOfExactlyTheLimitPasses() throws Exception {
        feed("12345\n");
        assertEquals("12345", reader.readLineAsync().result());
    }

    @Test
    void aLineThatIsTooLongIsDroppedWithItsEnd() throws Exception {
        feed("123456\nnext\n");
        var overrun = failure(LimitOverrunException.class, reader.readLineAsync());
        assertEquals("Separator is found, but chunk is longer than limit", overrun.getMessage());
        assertEquals("next", reader.readLineAsync().result());
    }

    @Test
    void ofALineThatIsTooLongAndHasNoEndYetAllThatHasComeIsDropped() throws Exception {
        var read = reader.readLineAsync();
        feed("123456");
        var overrun = failure(LimitOverrunException.class, read);
        assertEquals("Separator is not found, and chunk exceed the limit", overrun.getMessage());
        feed("78\nnext\n");
        assertEquals("78", reader.readLineAsync().result());
        assertEquals("next", reader.readLineAsync().result());
    }

    @Test
    void aLineThatIsTooLongIsTooLongAtTheEndOfTheStreamToo() {
        feed("123456");
        reader.feedEof();
        failure(LimitOverrunException.class, reader.readLineAsync());
    }
}
