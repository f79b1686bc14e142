package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.EventLoop;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.transport.Transport;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Pausing and resuming, the end of the stream, and protocols with memory of their own (S108, J4). */
interface ReadingContract extends Contract {

    @Test
    default void aPauseInConnectionMadeHolds() throws Exception {
        program(fixture -> {
            var far = new Recorder();
            far.onMade = Transport::pauseReading;
            var link = fixture.connect(new Recorder(), far);
            link.writing().write("early".getBytes());
            settle();
            assertEquals(List.of("made"), far.events);
            assertFalse(link.reading().isReading());
            link.reading().resumeReading();
            await(far.receivedAsync(5));
            assertEquals("early", far.text());
            link.end();
        });
    }

    @Test
    default void pausingAndResumingTwiceIsLikeOnce() throws Exception {
        connected(link -> {
            var transport = link.reading();
            transport.pauseReading();
            transport.pauseReading();
            assertFalse(transport.isReading());
            transport.resumeReading();
            transport.resumeReading();
            assertTrue(transport.isReading());
            link.writing().write("x".getBytes());
            await(link.far().receivedAsync(1));
        });
    }

    @Test
    default void aTransportThatClosesReadsNoMoreWhateverIsResumed() throws Exception {
        connected(link -> {
            link.writing().write("late".getBytes());
            link.reading().close();
            assertFalse(link.reading().isReading());
            link.reading().resumeReading();
            assertFalse(link.reading().isReading());
            await(link.far().lost);
            assertEquals("", link.far().text());
        });
    }

    @Test
    default void aPauseWithinDataHoldsBackEverythingElse() throws Exception {
        connected(link -> {
            link.far().onData = data -> link.reading().pauseReading();
            link.writing().write(new byte[1_000_000]);
            await(link.far().receivedAsync(1));
            settle();
            var seen = link.far().receivedCount();
            assertTrue(seen < 1_000_000, () -> seen + " bytes came at once");
            // Nothing is lost: as often as it is resumed there is more.
            link.far().onData = data -> {};
            link.reading().resumeReading();
            await(link.far().receivedAsync(1_000_000));
        });
    }

    @Test
    default void theEndOfTheStreamWaitsUntilReadingIsResumed() throws Exception {
        connected(link -> {
            link.reading().pauseReading();
            link.writing().write("all".getBytes());
            link.writing().close();
            settle();
            assertEquals(List.of("made"), link.far().events);
            link.reading().resumeReading();
            await(link.far().lost);
            await(link.near().lost);
            assertEquals(List.of("made", "data", "eof", "lost"), link.far().events);
            assertEquals("all", link.far().text());
        });
    }

    @Test
    default void theEndOfTheStreamIsToldOnceWhateverIsPausedAndResumedAfterwards() throws Exception {
        program(fixture -> {
            var far = new Recorder();
            far.keepsOpen = fixture.endsOneDirection();
            var link = fixture.connect(new Recorder(), far);
            link.writing().close();
            await(far.ended);
            link.reading().pauseReading();
            link.reading().resumeReading();
            settle();
            assertEquals(1, far.events.stream().filter("eof"::equals).count());
            link.end();
        });
    }

    // ---- Protocols with memory of their own ------------------------------------------------------------------------

    @Test
    default void aBufferedProtocolIsToldTheSame() throws Exception {
        program(fixture -> {
            var one = ByteBuffer.allocate(100_000);
            var far = new BufferedRecorder(one::clear);
            var link = fixture.connect(new Recorder(), far);
            link.writing().write("hello".getBytes());
            await(far.receivedAsync(5));
            link.writing().write("more".getBytes());
            link.writing().close();
            await(far.lost);
            assertEquals("hellomore", far.text());
            assertEquals(List.of("made", "data", "eof", "lost"), far.events);
            link.end();
        });
    }

    /** Of each kind of memory, and never more than there is room for. */
    @Test
    default void aBufferedProtocolMayHaveLittleRoom() throws Exception {
        for (var memory : List.of(ByteBuffer.allocate(20), ByteBuffer.allocateDirect(20))) {
            program(fixture -> {
                var sizes = new AtomicInteger();
                var far =
                        new BufferedRecorder(() -> memory.clear().position(3).limit(4 + sizes.getAndIncrement() % 17));
                var link = fixture.connect(new Recorder(), far);
                var data = Traffic.random(7, 5_000);
                link.writing().write(data);
                link.writing().close();
                await(far.lost);
                Traffic.requireEqual(data, far.received());
                link.end();
            });
        }
    }

    @Test
    default void aBufferedProtocolMayPauseAfterEachPiece() throws Exception {
        program(fixture -> {
            var far = new BufferedRecorder(() -> ByteBuffer.allocate(1000));
            far.onData = data -> {
                far.transport.pauseReading();
                EventLoop.current().callSoon(() -> far.transport.resumeReading());
            };
            var link = fixture.connect(new Recorder(), far);
            var data = Traffic.random(8, 50_000);
            link.writing().write(data);
            link.writing().close();
            await(far.lost);
            Traffic.requireEqual(data, far.received());
            link.end();
        });
    }

    @Test
    default void aBufferWithoutRoomIsReportedAndEndsTheConnection(ErrorLog log) throws Exception {
        program(fixture -> {
            var far = new BufferedRecorder(() -> ByteBuffer.allocate(0));
            var link = fixture.connect(new Recorder(), far);
            link.writing().write("x".getBytes());
            assertEquals("getBuffer() returned an empty buffer", await(far.lost).getMessage());
            link.end();
        });
        assertEquals("getBuffer() returned an empty buffer", log.takeException().getMessage());
    }

    /** Each time from one way of handing on bytes to the other one. */
    @Test
    default void protocolsOfBothKindsMayTakeOver() throws Exception {
        connected(link -> {
            var expected = new StringBuilder();
            var takers = new Recorder[6];
            for (var i = 0; i < takers.length; i++) {
                takers[i] = i % 2 == 0 ? new BufferedRecorder(() -> ByteBuffer.allocate(4)) : new Recorder();
                takers[i].connectionMade(link.reading());
                link.reading().setProtocol(takers[i]);
                link.writing().write("piece ".concat(String.valueOf(i)).getBytes());
                await(takers[i].receivedAsync(7));
                expected.append(takers[i].text());
                takers[i].verify();
            }
            assertEquals("piece 0piece 1piece 2piece 3piece 4piece 5", expected.toString());
            link.reading().setProtocol(link.far());
        });
    }
}
