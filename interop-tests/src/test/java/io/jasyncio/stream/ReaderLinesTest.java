package io.jasyncio.stream;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A reader is the sequence of its lines. */
@ExtendWith(AsyncioExtension.class)
class ReaderLinesTest {

    private static StreamReader reader(String data) {
        var reader = new StreamReader(EventLoop.current(), 10);
        feed(reader, data);
        return reader;
    }

    private static void feed(StreamReader reader, String data) {
        reader.feedData(data.getBytes(StandardCharsets.UTF_8));
    }

    @OnEachCarrier
    void aPlainLoopGoesThroughTheLinesAndWaitsForThem(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var reader = reader("one\ntwo\r\nthr");
            var seen = new ArrayList<String>();
            var task = createTask(() -> {
                for (var line : reader.each()) {
                    seen.add(line);
                }
            });
            await(sleep(Duration.ZERO));
            assertEquals(List.of("one", "two"), seen);
            feed(reader, "ee\n\nlast");
            reader.feedEof();
            await(task);
            assertEquals(List.of("one", "two", "three", "", "last"), seen);
        });
    }

    @Test
    void operatorsWorkOnLines() throws Exception {
        VirtualTime.run(() -> {
            var reader = reader("1\n2\n3\n");
            reader.feedEof();
            assertEquals(
                    List.of(2, 4, 6),
                    await(reader.map(line -> 2 * Integer.parseInt(line)).toListAsync()));
        });
    }

    @Test
    void anEndedStreamHasNoLines() throws Exception {
        VirtualTime.run(() -> {
            var reader = reader("");
            reader.feedEof();
            assertFalse(await(reader.asyncIterator().hasNextAsync()));
        });
    }

    @Test
    void askingTwiceTakesOneLine() throws Exception {
        VirtualTime.run(() -> {
            var lines = reader("one\ntwo\n").asyncIterator();
            assertTrue(await(lines.hasNextAsync()));
            assertTrue(await(lines.hasNextAsync()));
            assertEquals("one", lines.next());
            assertThrows(NoSuchElementException.class, lines::next);
        });
    }

    @Test
    void aLineThatWasFoundAndNotTakenGoesBack() throws Exception {
        VirtualTime.run(() -> {
            var reader = reader("one\ntwo\n");
            var lines = reader.asyncIterator();
            assertTrue(await(lines.hasNextAsync()));
            await(lines.closeAsync());
            assertFalse(await(lines.hasNextAsync()));
            assertEquals("one", await(reader.readLineAsync()));
            assertEquals("two", await(reader.readLineAsync()));
        });
    }

    @OnEachCarrier
    void aLineThatCameWithACancellationIsStillThere(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var reader = reader("");
            var lines = reader.asyncIterator();
            var task = createTask(() -> await(lines.hasNextAsync()));
            await(sleep(Duration.ZERO));
            feed(reader, "one\n");
            task.cancel();
            assertThrows(CancellationException.class, () -> await(task));
            assertTrue(await(lines.hasNextAsync()));
            assertEquals("one", lines.next());
        });
    }

    @Test
    void afterALineThatIsTooLongTheNextOneComes() throws Exception {
        VirtualTime.run(() -> {
            var lines = reader("01234567890\nnext\n").asyncIterator();
            assertThrows(LimitOverrunException.class, () -> await(lines.hasNextAsync()));
            assertTrue(await(lines.hasNextAsync()));
            assertEquals("next", lines.next());
        });
    }

    @Test
    void piecesComeUntilTheEnd() throws Exception {
        VirtualTime.run(() -> {
            var reader = reader("abcde");
            var seen = new ArrayList<String>();
            var all = reader.chunks(3).forEachAsync(piece -> seen.add(new String(piece, StandardCharsets.UTF_8)));
            await(sleep(Duration.ZERO));
            assertEquals(List.of("abc", "de"), seen);
            feed(reader, "f");
            reader.feedEof();
            await(all);
            assertEquals(List.of("abc", "de", "f"), seen);
        });
    }

    @Test
    void aPieceThatWasFoundAndNotTakenGoesBack() throws Exception {
        VirtualTime.run(() -> {
            var reader = reader("abcde");
            var pieces = reader.chunks(3).asyncIterator();
            assertTrue(await(pieces.hasNextAsync()));
            await(pieces.closeAsync());
            assertEquals("abcde", new String(await(reader.readExactlyAsync(5)), StandardCharsets.UTF_8));
        });
    }

    @Test
    void piecesOfNothingAreRefused() throws Exception {
        VirtualTime.run(() ->
                assertThrows(IllegalArgumentException.class, () -> reader("").chunks(0)));
    }
}
