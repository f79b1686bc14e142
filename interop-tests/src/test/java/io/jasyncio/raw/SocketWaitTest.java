package io.jasyncio.raw;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.SmallBuffers;
import io.jasyncio.transport.Protocol;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may wait for a bare channel, and what is left when the wait is over. */
@ExtendWith(AsyncioExtension.class)
class SocketWaitTest {

    // ---- Cancelled waits -------------------------------------------------------------------------------------------

    @Test
    void aCancelledReadLeavesTheBytesToTheNextOne() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open()) {
                var buffer = ByteBuffer.allocate(10);
                var first = loop.sockRecv(pair.near(), buffer);
                first.cancel(true);
                var second = loop.sockRecv(pair.near(), buffer);
                pair.far().write(ByteBuffer.allocate(3));
                assertEquals(3, await(second));
                assertEquals(3, buffer.position());
                assertTrue(first.isCancelled());
            }
        });
    }

    /** The poll has put it on the ready queue, and it is cancelled before its turn: the channel is not touched (cpython #74250). */
    @Test
    void aReadThatIsCancelledWhenItIsReadyTouchesNothing() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open();
                    var other = SocketPair.open()) {
                // 1. Both channels are found ready by the same poll; the callback of the first cancels the read of the
                // second.
                var buffer = ByteBuffer.allocate(10);
                var reading = loop.sockRecv(other.near(), buffer);
                var called = loop.<Boolean>createFuture();
                loop.addReader(pair.near(), () -> {
                    reading.cancel(true);
                    called.complete(loop.removeReader(pair.near()));
                });
                pair.far().write(ByteBuffer.allocate(1));
                other.far().write(ByteBuffer.allocate(3));
                assertTrue(await(called));
                // 2. What was not read is still there. (Were they found in the other order, it has been read.)
                assertEquals(reading.isCancelled() ? 0 : 3, buffer.position());
                if (reading.isCancelled()) {
                    assertEquals(3, await(loop.sockRecv(other.near(), buffer)));
                }
            }
        });
    }

    /** cpython #131728: the next socket gets the same descriptor, and a waiter that was left would be woken for it. */
    @Test
    void aSocketThatIsClosedAfterACancelledWaitCausesNoStaleWakeUp() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            for (var round = 1; round <= 20; round++) {
                try (var pair = SocketPair.open()) {
                    assertThrows(
                            TimeoutException.class,
                            () -> await(Asyncio.waitFor(
                                    loop.sockRecv(pair.near(), ByteBuffer.allocate(10)), Duration.ofNanos(1))));
                }
                try (var pair = SocketPair.open()) {
                    var receiving = loop.sockRecv(pair.near(), ByteBuffer.allocate(10));
                    pair.far().write(ByteBuffer.allocate(round));
                    assertEquals(Math.min(round, 10), await(receiving));
                }
            }
        });
    }

    @Test
    void aCancelledSendTellsByItsBufferWhatWentOut() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open()) {
                var data = ByteBuffer.allocate(SmallBuffers.FAR_MORE);
                var sending = loop.sockSendAll(pair.near(), data);
                assertFalse(sending.isDone());
                sending.cancel(true);
                var sent = data.position();
                assertTrue(sent > 0);
                await(Asyncio.sleep(Duration.ZERO));
                assertEquals(sent, data.position());
                pair.near().shutdownOutput();
                var received = ByteBuffer.allocate(SmallBuffers.FAR_MORE);
                while (await(loop.sockRecv(pair.far(), received)) >= 0) {}
                assertEquals(sent, received.position());
            }
        });
    }

    @Test
    void aCancelledAcceptLosesNoConnection() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var listening = SocketPair.listen();
                    var client = SocketPair.unconnected()) {
                var first = loop.sockAccept(listening);
                first.cancel(true);
                await(loop.sockConnect(client, listening.getLocalAddress()));
                try (var accepted = await(loop.sockAccept(listening))) {
                    assertEquals(client.getLocalAddress(), accepted.getRemoteAddress());
                }
            }
        });
    }

    /** It was accepted, and whoever wanted it is cancelled in the same iteration: it is closed, as nobody knows of it. */
    @Test
    void aConnectionThatNobodyTakesIsClosed() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var listening = SocketPair.listen();
                    var client = SocketPair.unconnected()) {
                var accepting = loop.sockAccept(listening);
                var waiting = new ArrayList<Task<SocketChannel>>();
                accepting.addDoneCallback(done -> waiting.get(0).cancel(true));
                waiting.add(loop.createTask(() -> await(accepting)));
                await(Asyncio.sleep(Duration.ZERO));
                await(loop.sockConnect(client, listening.getLocalAddress()));
                assertThrows(CancellationException.class, () -> await(waiting.get(0)));
                assertFalse(accepting.result().isOpen());
                assertEquals(-1, await(loop.sockRecv(client, ByteBuffer.allocate(1))));
            }
        });
    }

    @Test
    void anAttemptToConnectCanBeGivenUp() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var listening = SocketPair.listen();
                    var client = SocketPair.unconnected()) {
                var connecting = loop.sockConnect(client, listening.getLocalAddress());
                connecting.cancel(true);
                await(Asyncio.sleep(Duration.ZERO));
                assertTrue(client.isOpen());
            }
        });
    }

    // ---- Who may wait ----------------------------------------------------------------------------------------------

    /** asyncio replaces the first one silently, and that one waits for ever. */
    @Test
    void oneOperationAtATimeWaitsInEachDirection() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open()) {
                var reading = loop.sockRecv(pair.near(), ByteBuffer.allocate(10));
                var writing = loop.sockSendAll(pair.near(), ByteBuffer.allocate(SmallBuffers.FAR_MORE));
                assertThrows(IllegalStateException.class, () -> loop.sockRecv(pair.near(), ByteBuffer.allocate(10)));
                assertThrows(IllegalStateException.class, () -> loop.sockSendAll(pair.near(), ByteBuffer.allocate(10)));
                assertThrows(IllegalStateException.class, () -> loop.addReader(pair.near(), () -> {}));
                assertThrows(IllegalStateException.class, () -> loop.addWriter(pair.near(), () -> {}));
                assertFalse(loop.removeReader(pair.near()));
                assertFalse(loop.removeWriter(pair.near()));
                pair.far().write(ByteBuffer.allocate(1));
                assertEquals(1, await(reading));
                while (!writing.isDone()) {
                    pair.drain();
                    await(Asyncio.sleep(Duration.ZERO));
                }
                await(writing);
            }
        });
    }

    @Test
    void anOperationDoesNotTakeTheChannelFromACallback() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open()) {
                var called = loop.<Boolean>createFuture();
                loop.addReader(pair.near(), () -> called.complete(true));
                assertThrows(IllegalStateException.class, () -> loop.sockRecv(pair.near(), ByteBuffer.allocate(10)));
                pair.far().write(ByteBuffer.allocate(1));
                assertTrue(await(called));
                assertTrue(loop.removeReader(pair.near()));
                assertEquals(1, await(loop.sockRecv(pair.near(), ByteBuffer.allocate(10))));
            }
        });
    }

    @Test
    void theChannelOfATransportIsNotForOthers() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            var pair = SocketPair.open();
            var transport = await(loop.connectAcceptedChannel(() -> new Protocol() {}, pair.near(), null))
                    .transport();
            var buffer = ByteBuffer.allocate(10);
            assertThrows(IllegalArgumentException.class, () -> loop.sockRecv(pair.near(), buffer));
            assertThrows(IllegalArgumentException.class, () -> loop.sockSendAll(pair.near(), buffer));
            assertThrows(IllegalArgumentException.class, () -> loop.addReader(pair.near(), () -> {}));
            assertThrows(IllegalArgumentException.class, () -> loop.removeReader(pair.near()));
            assertThrows(IllegalArgumentException.class, () -> loop.removeWriter(pair.near()));
            assertTrue(transport.isReading());
            transport.close();
            pair.far().close();
        });
    }

    @Test
    void aTransportDoesNotTakeTheChannelFromWhoeverWaits() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open()) {
                var receiving = loop.sockRecv(pair.near(), ByteBuffer.allocate(10));
                assertThrows(
                        IllegalStateException.class,
                        () -> loop.connectAcceptedChannel(() -> new Protocol() {}, pair.near(), null));
                pair.far().write(ByteBuffer.allocate(3));
                assertEquals(3, await(receiving));
            }
        });
    }

    @Test
    void aTransportTakesOverAfterAnOperation() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            var pair = SocketPair.open();
            var greeting = ByteBuffer.allocate(5);
            var receiving = loop.sockRecv(pair.near(), greeting);
            pair.far().write(ByteBuffer.wrap("hello".getBytes()));
            await(receiving);
            var all = loop.<String>createFuture();
            await(loop.connectAcceptedChannel(
                    () -> new Protocol() {
                        @Override
                        public void dataReceived(ByteBuffer data) {
                            all.complete("the rest: " + data.remaining());
                        }
                    },
                    pair.near(),
                    null));
            pair.far().write(ByteBuffer.allocate(7));
            assertEquals("the rest: 7", await(all));
            assertFalse(greeting.hasRemaining());
            pair.far().close();
        });
    }
}
