package io.jasyncio.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Reads that count bytes (S98). The limit, which is five bytes here, does not matter to them. */
class StreamReaderReadTest extends ReaderFixture {

    @Test
    void aReadOfBufferedDataHasEndedAtOnce() throws Exception {
        feed("abc");
        var read = reader.readAsync(10);
        assertTrue(read.isDone());
        assertEquals("abc", text(read));
    }

    @Test
    void aReadGivesNoMoreThanItWasAskedFor() throws Exception {
        feed("abcdef");
        assertEquals("abcd", text(reader.readAsync(4)));
        assertEquals("ef", text(reader.readAsync(4)));
    }

    @Test
    void aReadWaitsForTheFirstByteAndForNoMore() throws Exception {
        var read = reader.readAsync(10);
        assertFalse(read.isDone());
        feed("a");
        assertEquals("a", text(read));
    }

    @Test
    void aReadOfNothingEndsAtOnce() throws Exception {
        assertEquals("", text(reader.readAsync(0)));
    }

    @Test
    void aReadAtTheEndGivesNothing() throws Exception {
        feed("a");
        reader.feedEof();
        assertEquals("a", text(reader.readAsync(10)));
        assertEquals("", text(reader.readAsync(10)));
        assertEquals("", text(reader.readAsync(10)));
    }

    @Test
    void theEndReachesAReadThatWaits() throws Exception {
        var read = reader.readAsync(10);
        reader.feedEof();
        assertEquals("", text(read));
    }

    @Test
    void aReadOfEverythingEndsWithTheStream() throws Exception {
        feed("abc");
        var read = reader.readAsync();
        feed("d".repeat(4 * LIMIT));
        assertFalse(read.isDone());
        reader.feedEof();
        assertEquals("abc" + "d".repeat(4 * LIMIT), text(read));
        assertEquals("", text(reader.readAsync()));
    }

    @Test
    void readExactlyWaitsForAllOfIt() throws Exception {
        var read = reader.readExactlyAsync(3 * LIMIT);
        for (var i = 0; i < 3 * LIMIT; i++) {
            assertFalse(read.isDone());
            feed("x");
        }
        feed("rest");
        assertEquals("x".repeat(3 * LIMIT), text(read));
        assertEquals("rest", text(reader.readAsync(10)));
    }

    @Test
    void readExactlyOfNothingEndsAtOnce() throws Exception {
        assertEquals("", text(reader.readExactlyAsync(0)));
    }

    @Test
    void readExactlyHandsOverWhatThereWasWhenTheStreamEndsTooEarly() {
        feed("abc");
        var read = reader.readExactlyAsync(4);
        reader.feedEof();
        var incomplete = failure(IncompleteReadException.class, read);
        assertArrayEquals(bytes("abc"), incomplete.partial());
        assertEquals(OptionalInt.of(4), incomplete.expected());
        assertTrue(reader.atEof());
    }

    @Test
    void aNegativeCountIsRefusedAtTheCall() {
        assertEquals(
                "bytes must not be negative: -1",
                assertThrows(IllegalArgumentException.class, () -> reader.readExactlyAsync(-1))
                        .getMessage());
        assertEquals(
                "maxBytes must not be negative: -1",
                assertThrows(IllegalArgumentException.class, () -> reader.readAsync(-1))
                        .getMessage());
    }

    @Test
    void aLimitMustBePositive() {
        assertThrows(IllegalArgumentException.class, () -> new StreamReader(loop, 0));
    }

    /** Chunks of all sizes through reads of all sizes: the buffer moves, grows and shrinks, and loses nothing. */
    @Test
    void whatGoesInComesOutInOrder() throws Exception {
        var fed = new StringBuilder();
        var taken = new StringBuilder();
        for (var round = 1; round < 3000; round++) {
            var chunk = String.valueOf((char) ('a' + round % 26)).repeat(round * 7919 % 701);
            feed(chunk);
            fed.append(chunk);
            while (fed.length() - taken.length() > 4000) {
                taken.append(text(reader.readAsync(1 + round * 31 % 977)));
            }
        }
        reader.feedEof();
        taken.append(text(reader.readAsync()));
        assertEquals(fed.toString(), taken.toString());
    }
}
