package io.jasyncio.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Reads up to a separator, with a limit of five bytes (S99). */
class StreamReaderUntilTest extends ReaderFixture {

    @Test
    void theSeparatorComesWithTheData() throws Exception {
        feed("ab;cd;e");
        assertEquals("ab;", text(reader.readUntilAsync(bytes(";"))));
        assertEquals("cd;", text(reader.readUntilAsync(bytes(";"))));
        assertEquals("e", text(reader.readAsync(10)));
    }

    @Test
    void aLongSeparatorIsFoundWhereverTheChunksBreak() throws Exception {
        for (var split = 1; split < 6; split++) {
            var data = "abEND-";
            var read = reader.readUntilAsync(bytes("END"));
            feed(data.substring(0, split));
            assertEquals(split >= 5, read.isDone());
            feed(data.substring(split));
            assertEquals("abEND", text(read));
            assertEquals("-", text(reader.readAsync(10)));
        }
    }

    @Test
    void aFalseBeginningOfASeparatorIsData() throws Exception {
        feed("EENDxx");
        assertEquals("EEND", text(reader.readUntilAsync(bytes("END"))));
    }

    @Test
    void theSeparatorThatEndsFirstWins() throws Exception {
        feed("abcd\r\n");
        assertEquals("abc", text(reader.readUntilAsync(bytes("abcd\r"), bytes("c"))));
        feed("xy;\r\n");
        assertEquals("d\r\n", text(reader.readUntilAsync(bytes("\n"), bytes("\r\n"))));
        assertEquals("xy;", text(reader.readUntilAsync(bytes("\r\n"), bytes(";"))));
    }

    @Test
    void theLimitDoesNotCountTheSeparator() throws Exception {
        feed("12345;");
        assertEquals("12345;", text(reader.readUntilAsync(bytes(";"))));
    }

    @Test
    void aSeparatorTooFarAwayLeavesEverythingWhereItIs() throws Exception {
        feed("123456;");
        var overrun = failure(LimitOverrunException.class, reader.readUntilAsync(bytes(";")));
        assertEquals("Separator is found, but chunk is longer than limit", overrun.getMessage());
        assertEquals(6, overrun.consumed());
        assertEquals("123456", text(reader.readExactlyAsync(overrun.consumed())));
        assertEquals(";", text(reader.readUntilAsync(bytes(";"))));
    }

    @Test
    void noSeparatorWithinTheLimitLeavesEverythingWhereItIs() throws Exception {
        var read = reader.readUntilAsync(bytes("END"));
        feed("1234567");
        assertFalse(read.isDone());
        feed("8");
        var overrun = failure(LimitOverrunException.class, read);
        assertEquals("Separator is not found, and chunk exceed the limit", overrun.getMessage());
        assertEquals(6, overrun.consumed());
        assertEquals("12345678", text(reader.readAsync(10)));
    }

    @Test
    void theEndOfTheStreamHandsOverWhatThereWas() {
        feed("abEN");
        reader.feedEof();
        var incomplete = failure(IncompleteReadException.class, reader.readUntilAsync(bytes("END")));
        assertArrayEquals(bytes("abEN"), incomplete.partial());
        assertEquals(OptionalInt.empty(), incomplete.expected());
        assertTrue(reader.atEof());
    }

    @Test
    void aSeparatorCountsEvenIfItCameWithTheEnd() throws Exception {
        feed("ab;c");
        reader.feedEof();
        assertEquals("ab;", text(reader.readUntilAsync(bytes(";"))));
    }

    @Test
    void thereMustBeASeparatorAndNoneMayBeEmpty() {
        assertThrows(IllegalArgumentException.class, () -> reader.readUntilAsync());
        var empty = assertThrows(IllegalArgumentException.class, () -> reader.readUntilAsync(bytes("a"), new byte[0]));
        assertTrue(empty.getMessage().contains("separators[1]"), empty::getMessage);
    }

    @Test
    void aSeparatorThatTheCallerChangesAfterwardsStaysAsItWas() throws Exception {
        var separator = bytes(";");
        var read = reader.readUntilAsync(separator);
        separator[0] = 'x';
        feed("ax;");
        assertEquals("ax;", text(read));
    }
}
