package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.transport.WriteBufferLimits;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes are neither lost nor reordered nor piled up, however they are written and read. */
interface TrafficContract extends Contract {

    @Test
    default void aMillionBytesInOneWrite() throws Exception {
        connected(link -> {
            var data = Traffic.random(1, 1_000_000);
            link.writing().write(data);
            link.writing().close();
            await(link.far().lost);
            Traffic.requireEqual(data, link.far().received());
        });
    }

    @Test
    default void aMillionBytesInOneWriteFromDirectMemory() throws Exception {
        connected(link -> {
            var data = Traffic.random(2, 1_000_000);
            link.writing()
                    .write(ByteBuffer.allocateDirect(data.length).put(data).flip());
            await(link.far().receivedAsync(data.length));
            Traffic.requireEqual(data, link.far().received());
        });
    }

    @Test
    default void oneByteAtATime() throws Exception {
        connected(link -> {
            var data = Traffic.random(3, 500);
            for (var i = 0; i < data.length; i++) {
                link.writing().write(new byte[] {data[i]});
                await(link.far().receivedAsync(i + 1));
            }
            Traffic.requireEqual(data, link.far().received());
        });
    }

    @Test
    default void manySmallWritesInOnePass() throws Exception {
        connected(link -> {
            var data = Traffic.random(4, 20_000);
            for (var single : data) {
                link.writing().write(new byte[] {single});
            }
            link.writing().close();
            await(link.far().lost);
            Traffic.requireEqual(data, link.far().received());
        });
    }

    /** The failing seed is part of the test's name. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    default void piecesOfAllSizesAndPausesOnBothSides(long seed) throws Exception {
        connected(link -> {
            var random = new Random(seed);
            var data = Traffic.random(seed, 600_000);
            if (random.nextBoolean()) {
                link.writing().setWriteBufferLimits(WriteBufferLimits.ofHigh(random.nextInt(20_000)));
            }
            Traffic.pauseAtRandom(link.far(), random);
            Link.send(link.near(), data, random);
            link.writing().close();
            await(link.far().lost);
            Traffic.requireEqual(data, link.far().received());
        });
    }

    /** Who stops writing when asked to never has more in memory than the limit and a piece. */
    @Test
    default void aPeerThatNeverReadsStopsTheWriter() throws Exception {
        connected(link -> {
            link.reading().pauseReading();
            var written = 0;
            for (var settled = false; !settled; ) {
                while (!link.near().isPausedWriting()) {
                    link.writing().write(new byte[10_000]);
                    written += 10_000;
                    var kept = link.writing().getWriteBufferSize();
                    assertTrue(kept <= WriteBufferLimits.DEFAULT.highBytes() + 10_000, () -> kept + " bytes are kept");
                }
                settle();
                settled = link.near().isPausedWriting();
            }
            assertEquals(0, link.far().receivedCount());
            // What was written is not lost: when the peer reads after all, it gets everything.
            link.reading().resumeReading();
            await(link.far().receivedAsync(written));
        });
    }

    @Test
    default void aWriterAndItsReaderWorkAtTheSameTime() throws Exception {
        connected(link -> {
            var data = Traffic.random(5, 3_000_000);
            var writer = createTask(() -> Link.send(link.near(), data, new Random(5)));
            await(link.far().receivedAsync(data.length));
            await(writer);
            Traffic.requireEqual(data, link.far().received());
        });
    }

    @Test
    default void connectionsAtTheSameTimeDoNotMixTheirBytes() throws Exception {
        program(fixture -> {
            var links = new Link[5];
            for (var i = 0; i < links.length; i++) {
                links[i] = fixture().connect(new Recorder(), new Recorder());
            }
            for (var round = 0; round < 10; round++) {
                for (var i = 0; i < links.length; i++) {
                    links[i].writing().write(Traffic.random(round * 100 + i, 10_000 + i));
                }
            }
            for (var i = 0; i < links.length; i++) {
                await(links[i].far().receivedAsync(10 * (10_000 + i)));
                for (var round : List.of(0, 9)) {
                    var start = round * (10_000 + i);
                    var piece = new byte[10_000 + i];
                    System.arraycopy(links[i].far().received(), start, piece, 0, piece.length);
                    Traffic.requireEqual(Traffic.random(round * 100 + i, piece.length), piece);
                }
                links[i].end();
            }
        });
    }
}
