package io.jasyncio.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Looking before taking: for parsers. The limit is five bytes. */
class ReaderViewTest extends ReaderFixture {

    private String view() {
        return UTF_8.decode(reader.view()).toString();
    }

    @Test
    void aViewShowsAllThereIsAndTakesNothing() throws Exception {
        assertEquals("", view());
        feed("ab");
        feed("c");
        assertEquals("abc", view());
        assertEquals("abc", text(reader.readAsync(10)));
    }

    @Test
    void aViewCannotBeWrittenTo() {
        feed("abc");
        assertTrue(reader.view().isReadOnly());
    }

    @Test
    void whatIsSkippedIsGone() {
        feed("abc");
        reader.skip(2);
        assertEquals("c", view());
        reader.skip(1);
        assertEquals("", view());
    }

    @Test
    void noMoreCanBeSkippedThanThereIs() {
        feed("abc");
        assertThrows(IllegalArgumentException.class, () -> reader.skip(4));
        assertThrows(IllegalArgumentException.class, () -> reader.skip(-1));
    }

    @Test
    void nothingIsSkippedUnderTheFeetOfARead() {
        feed("abc");
        var read = reader.readExactlyAsync(5);
        assertThrows(IllegalStateException.class, () -> reader.skip(1));
        read.cancel();
        reader.skip(1);
    }

    @Test
    void thereIsMoreAsSoonAsThereIsSomethingThatWasNotShown() throws Exception {
        feed("abc");
        assertTrue(reader.moreAsync().result());
        assertTrue(reader.moreAsync().result());
    }

    @Test
    void whatWasShownIsNotMore() throws Exception {
        feed("abc");
        view();
        var more = reader.moreAsync();
        assertFalse(more.isDone());
        feed("d");
        assertTrue(more.result());
        assertEquals("abcd", view());
    }

    @Test
    void aRestThatWasShownIsNotMoreEither() throws Exception {
        feed("abc");
        view();
        reader.skip(1);
        var more = reader.moreAsync();
        assertFalse(more.isDone());
        feed("d");
        assertTrue(more.result());
        assertEquals("bcd", view());
    }

    @Test
    void atTheEndThereIsNoMore() throws Exception {
        feed("ab");
        view();
        var more = reader.moreAsync();
        reader.feedEof();
        onePass();
        assertFalse(more.result());
        assertEquals("ab", view());
        assertFalse(reader.moreAsync().result());
    }

    @Test
    void whoTakesNothingGetsNoMoreThanTwiceTheLimit() throws Exception {
        feed("12345678901");
        view();
        var overrun = failure(LimitOverrunException.class, reader.moreAsync());
        assertEquals(11, overrun.consumed());
        reader.skip(1);
        assertFalse(reader.moreAsync().isDone());
    }

    @Test
    void skippingLetsTheTransportGoOn() {
        var transport = new FakeTransport();
        reader.setTransport(transport);
        feed("12345678901");
        assertFalse(transport.isReading());
        reader.skip(5);
        assertFalse(transport.isReading());
        reader.skip(1);
        assertTrue(transport.isReading());
    }

    @Test
    void aBrokenStreamHasNoMore() {
        var reset = new IOException("reset");
        feed("abc");
        reader.setException(reset);
        assertSame(reset, failure(IOException.class, reader.moreAsync()));
    }
}
