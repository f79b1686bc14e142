package io.jasyncio.stream;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** How much a reader keeps (S97), who may read (S101), and what ends it (S102). The limit is five bytes. */
class StreamReaderFlowTest extends ReaderFixture {

    private final FakeTransport transport = new FakeTransport();

    @Test
    void readingPausesAboveTwiceTheLimitAndResumesAtTheLimit() {
        reader.setTransport(transport);
        feed("1234567890");
        assertEquals(List.of(), transport.calls);
        feed("x");
        assertEquals(List.of("pause"), transport.calls);
        reader.readAsync(5);
        assertEquals(List.of("pause"), transport.calls);
        reader.readAsync(1);
        assertEquals(List.of("pause", "resume"), transport.calls);
    }

    @Test
    void whoWaitsForMoreThanThatIsNotKeptWaitingForEver() throws Exception {
        reader.setTransport(transport);
        feed("12345678901");
        var read = reader.readExactlyAsync(20);
        assertEquals(List.of("pause", "resume"), transport.calls);
        feed("2345678");
        feed("9012345678901");
        assertEquals("12345678901234567890", text(read));
        assertEquals(List.of("pause", "resume", "pause"), transport.calls);
    }

    @Test
    void aReadOfEverythingIsNeverPaused() throws Exception {
        reader.setTransport(transport);
        var read = reader.readAsync();
        feed("x".repeat(100));
        assertEquals(List.of(), transport.calls);
        read.cancel();
        feed("y");
        assertEquals(List.of("pause"), transport.calls);
    }

    @Test
    void aTransportIsSetOnce() {
        reader.setTransport(transport);
        assertThrows(IllegalStateException.class, () -> reader.setTransport(transport));
    }

    @Test
    void aSecondReadIsRefusedWhileOneWaits() throws Exception {
        feed("ab");
        var first = reader.readExactlyAsync(3);
        var refused = assertThrows(IllegalStateException.class, () -> reader.readAsync(1));
        assertTrue(refused.getMessage().startsWith("another read of this stream is waiting"), refused::getMessage);
        feed("c");
        assertEquals("abc", text(first));
    }

    @Test
    void aCancelledReadTakesNothing() throws Exception {
        feed("ab");
        var cancelled = reader.readExactlyAsync(3);
        cancelled.cancel();
        feed("c");
        assertEquals("abc", text(reader.readExactlyAsync(3)));
    }

    /** The bytes have come, the read has ended, but the task is cancelled before its next step. */
    @OnEachCarrier
    void aTaskThatIsCancelledInTheVeryPassOfTheDataLosesNone(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var stream = new StreamReader(EventLoop.current(), 100);
            var task = createTask(() -> await(stream.readLineAsync()));
            await(sleep(Duration.ZERO));
            stream.feedData(bytes("one\ntwo\n"));
            task.cancel();
            assertThrows(CancellationException.class, () -> await(task));
            stream.feedData(bytes("three\n"));
            assertEquals("one", await(stream.readLineAsync()));
            assertEquals("two", await(stream.readLineAsync()));
            assertEquals("three", await(stream.readLineAsync()));
        });
    }

    @Test
    void whatBreaksTheStreamReachesWhoWaits() {
        var reset = new IOException("reset");
        var read = reader.readAsync(1);
        reader.setException(reset);
        assertSame(reset, failure(IOException.class, read));
    }

    @Test
    void aBrokenStreamFailsEvenIfThereIsDataLeft() {
        var reset = new IOException("reset");
        feed("abc\n");
        reader.setException(reset);
        assertSame(reset, reader.exception());
        assertSame(reset, failure(IOException.class, reader.readAsync(1)));
        assertSame(reset, failure(IOException.class, reader.readLineAsync()));
    }

    /** CPython 3.13 waits for ever here. */
    @Test
    void tooLittleDataAndThenAResetInTheSamePassIsAReset() {
        var reset = new IOException("reset");
        var read = reader.readExactlyAsync(3);
        feed("ab");
        reader.setException(reset);
        assertSame(reset, failure(IOException.class, read));
    }

    @Test
    void theStreamIsAtItsEndWhenItHasEndedAndEverythingWasRead() {
        assertFalse(reader.atEof());
        feed("a");
        reader.feedEof();
        reader.feedEof();
        assertFalse(reader.atEof());
        reader.readAsync(1);
        assertTrue(reader.atEof());
    }

    @Test
    void dataAfterTheEndIsAMistake() {
        reader.feedEof();
        assertThrows(IllegalStateException.class, () -> feed("a"));
    }
}
