package io.jasyncio.datagram;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.transport.DatagramOptions;
import io.jasyncio.transport.DatagramTransport;
import io.jasyncio.transport.WriteBufferLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Datagrams that the system does not take at once. */
@ExtendWith(AsyncioExtension.class)
class DatagramFlowTest {

    private static final int EACH = DatagramTransport.DATAGRAM_OVERHEAD;

    private static Mailbox open(StubbornLoop loop) throws Exception {
        return Mailbox.open(DatagramOptions.DEFAULT.withChannel(loop.channel));
    }

    private static void pass() throws Exception {
        await(Asyncio.sleep(Duration.ZERO));
    }

    @Test
    void theyWaitInTheirOrder() {
        StubbornLoop.run(loop -> {
            var box = open(loop);
            loop.channel.takes = 1;
            box.send("one", StubbornChannel.HERE);
            assertFalse(loop.isWatched());
            box.send("two", StubbornChannel.HERE);
            box.send("three", StubbornChannel.HERE);
            assertTrue(loop.isWatched());
            // 1. The channel would take one, but two others wait.
            loop.channel.takes = 1;
            box.send("four", StubbornChannel.HERE);
            assertEquals(List.of("one"), loop.channel.sent);
            loop.take(2);
            pass();
            assertEquals(List.of("one", "two", "three"), loop.channel.sent);
            assertTrue(loop.isWatched());
            loop.take(5);
            pass();
            assertEquals(List.of("one", "two", "three", "four"), loop.channel.sent);
            assertFalse(loop.isWatched());
            box.close();
        });
    }

    @Test
    void whatWaitsIsACopy() {
        StubbornLoop.run(loop -> {
            var box = open(loop);
            var bytes = "one".getBytes();
            box.transport.sendTo(bytes, StubbornChannel.HERE);
            bytes[0] = 'x';
            loop.take(1);
            pass();
            assertEquals(List.of("one"), loop.channel.sent);
            box.close();
        });
    }

    /** Each costs something besides its bytes, on the way in and on the way out alike (cpython #135444). */
    @Test
    void theSizeComesBackToNothing() {
        StubbornLoop.run(loop -> {
            var box = open(loop);
            for (var i = 0; i < 10; i++) {
                box.transport.sendTo(new byte[100], StubbornChannel.HERE);
            }
            assertEquals(10 * (100 + EACH), box.transport.getWriteBufferSize());
            loop.take(3);
            pass();
            assertEquals(7 * (100 + EACH), box.transport.getWriteBufferSize());
            loop.take(7);
            pass();
            assertEquals(0, box.transport.getWriteBufferSize());
            box.close();
        });
    }

    @Test
    void aProtocolIsPausedAndResumedAsWithStreams() {
        StubbornLoop.run(loop -> {
            var box = open(loop);
            box.transport.setWriteBufferLimits(new WriteBufferLimits(101 + 2 * EACH, 200 + 2 * EACH));
            box.transport.sendTo(new byte[100], StubbornChannel.HERE);
            box.transport.sendTo(new byte[100], StubbornChannel.HERE);
            assertEquals(List.of("made"), box.events);
            box.transport.sendTo(new byte[1], StubbornChannel.HERE);
            assertEquals(List.of("made", "pause"), box.events);
            loop.take(1);
            pass();
            assertEquals(List.of("made", "pause", "resume"), box.events);
            box.transport.abort();
            await(box.lost);
        });
    }

    @Test
    void closeSendsWhatWaits() {
        StubbornLoop.run(loop -> {
            var box = open(loop);
            box.send("one", StubbornChannel.HERE);
            box.send("two", StubbornChannel.HERE);
            box.transport.close();
            pass();
            assertFalse(box.lost.isDone());
            loop.take(1);
            pass();
            assertFalse(box.lost.isDone());
            loop.take(1);
            assertNull(await(box.lost));
            assertEquals(List.of("one", "two"), loop.channel.sent);
            pass();
            assertFalse(loop.channel.isOpen());
        });
    }

    @Test
    void abortDropsWhatWaits() {
        StubbornLoop.run(loop -> {
            var box = open(loop);
            box.send("one", StubbornChannel.HERE);
            box.transport.abort();
            assertEquals(0, box.transport.getWriteBufferSize());
            assertFalse(loop.isWatched());
            assertNull(await(box.lost));
            assertEquals(List.of(), loop.channel.sent);
        });
    }

    /** The one that failed is gone, and those behind it are sent. */
    @Test
    void aFailureIsOfOneDatagramAlone() {
        StubbornLoop.run(loop -> {
            var box = open(loop);
            box.send("one", StubbornChannel.HERE);
            box.send("two", StubbornChannel.HERE);
            box.send("three", StubbornChannel.HERE);
            loop.channel.failure = new IOException("not this one");
            loop.take(3);
            pass();
            assertEquals(List.of("made", "error"), box.events);
            assertEquals(List.of("two", "three"), loop.channel.sent);
            assertEquals(0, box.transport.getWriteBufferSize());
            box.close();
        });
    }

    @Test
    void manyThatWaitDoNotKeepTheLoopFromOthers() {
        StubbornLoop.run(loop -> {
            var box = open(loop);
            for (var i = 0; i < 100; i++) {
                box.send("" + i, StubbornChannel.HERE);
            }
            loop.take(1000);
            pass();
            assertEquals(64, loop.channel.sent.size());
            loop.take(1000);
            pass();
            assertEquals(100, loop.channel.sent.size());
            box.close();
        });
    }
}
