package io.jasyncio.runtime.io;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Context;
import io.jasyncio.ContextVar;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code addReader} and {@code addWriter} on a pipe: who is called back, when, and until when. */
@ExtendWith(AsyncioExtension.class)
class ChannelsTest {

    private static final Duration TICK = Duration.ZERO;

    private Pipe.SourceChannel source;
    private Pipe.SinkChannel sink;

    @BeforeEach
    void openPipe() throws IOException {
        var pipe = Pipe.open();
        source = pipe.source();
        sink = pipe.sink();
        source.configureBlocking(false);
        sink.configureBlocking(false);
    }

    @AfterEach
    void closePipe() throws IOException {
        source.close();
        sink.close();
    }

    private void makeReadable() throws IOException {
        assertEquals(1, sink.write(ByteBuffer.allocate(1)));
    }

    private int readAll() {
        try {
            return source.read(ByteBuffer.allocate(100));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** S2: one iteration, three kinds of work, in this order. */
    @Test
    void theOrderIsSoonThenChannelThenTimer() throws Exception {
        var order = new ArrayList<String>();
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var done = loop.<Boolean>createFuture();
            loop.callAt(loop.time(), () -> {
                order.add("timer");
                done.complete(true);
            });
            loop.addReader(source, () -> {
                order.add("channel");
                loop.removeReader(source);
            });
            makeReadable();
            loop.callSoon(() -> order.add("soon"));
            await(done);
        });
        assertEquals(List.of("soon", "channel", "timer"), order);
    }

    @Test
    void aReaderIsCalledAsLongAsThereIsSomethingToRead(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var calls = new int[1];
            loop.addReader(source, () -> {
                if (++calls[0] == 3) {
                    readAll();
                }
                steps.expect(calls[0]);
            });
            makeReadable();
            for (var i = 0; i < 6; i++) {
                await(sleep(TICK));
            }
            makeReadable();
            await(sleep(TICK));
            await(sleep(TICK));
            assertTrue(calls[0] > 3);
            assertTrue(loop.removeReader(source));
            steps.finish(calls[0] + 1);
        });
    }

    @Test
    void aWriterIsCalledAsLongAsThereIsRoom() throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var called = loop.<Boolean>createFuture();
            loop.addWriter(sink, () -> {
                loop.removeWriter(sink);
                called.complete(true);
            });
            assertTrue(await(called));
            while (sink.write(ByteBuffer.allocate(4096)) > 0) {
                // until the pipe is full
            }
            loop.addWriter(sink, () -> {
                throw new AssertionError("there is no room");
            });
            await(sleep(TICK));
            await(sleep(TICK));
            assertTrue(loop.removeWriter(sink));
        });
    }

    @Test
    void addingAgainReplacesTheCallback(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            loop.addReader(source, steps::unreached);
            loop.addReader(source, () -> {
                loop.removeReader(source);
                steps.finish(1);
            });
            makeReadable();
            await(sleep(TICK));
            await(sleep(TICK));
            assertFalse(loop.removeReader(source));
        });
    }

    /** The readiness was seen already, but the callback was taken away before its turn came. */
    @Test
    void aCallbackThatIsRemovedInItsOwnIterationDoesNotRun(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            loop.addReader(source, steps::unreached);
            makeReadable();
            loop.callSoon(() -> {
                steps.expect(1);
                assertTrue(loop.removeReader(source));
            });
            await(sleep(TICK));
            await(sleep(TICK));
            steps.finish(2);
        });
    }

    @Test
    void aCallbackThatIsReplacedInItsOwnIterationDoesNotRun(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            loop.addReader(source, steps::unreached);
            makeReadable();
            loop.callSoon(() -> {
                steps.expect(1);
                loop.addReader(source, () -> {
                    loop.removeReader(source);
                    steps.expect(2);
                });
            });
            await(sleep(TICK));
            await(sleep(TICK));
            await(sleep(TICK));
            steps.finish(3);
        });
    }

    /** J3: the selector keeps a cancelled key until it selects again; the loop must not trip over it. */
    @Test
    void removedAndAddedAgainInOneIteration(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            for (var i = 0; i < 5; i++) {
                loop.addReader(source, steps::unreached);
                assertTrue(loop.removeReader(source));
            }
            loop.addReader(source, () -> {
                readAll();
                steps.expect(1);
            });
            makeReadable();
            await(sleep(TICK));
            await(sleep(TICK));
            assertTrue(loop.removeReader(source));
            steps.finish(2);
        });
    }

    @Test
    void removingSaysWhetherThereWasOne() throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            assertFalse(loop.removeReader(source));
            assertFalse(loop.removeWriter(sink));
            loop.addReader(source, () -> {});
            loop.addWriter(sink, () -> {});
            assertFalse(loop.removeWriter(source));
            assertTrue(loop.removeReader(source));
            assertFalse(loop.removeReader(source));
            assertTrue(loop.removeWriter(sink));
            assertFalse(loop.removeWriter(sink));
        });
    }

    @Test
    void aBlockingChannelIsRefused() throws Exception {
        source.configureBlocking(true);
        VirtualTime.run(() -> {
            var refused = assertThrows(
                    IllegalArgumentException.class, () -> EventLoop.current().addReader(source, () -> {}));
            assertTrue(refused.getMessage().contains("configureBlocking(false)"), refused.getMessage());
        });
    }

    @Test
    void aClosedChannelIsRefused() throws Exception {
        source.close();
        VirtualTime.run(() -> {
            var refused = assertThrows(
                    IllegalArgumentException.class, () -> EventLoop.current().addReader(source, () -> {}));
            assertTrue(refused.getMessage().contains("closed"), refused.getMessage());
        });
    }

    /** A careless program; the loop must neither fail nor spin nor believe that it still watches something. */
    @Test
    void aChannelThatIsClosedWhileItIsWatchedDoesNoHarm(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            loop.addReader(source, steps::unreached);
            source.close();
            steps.expect(1);
            await(sleep(TICK));
            await(sleep(TICK));
            loop.removeReader(source);
            await(sleep(Duration.ofSeconds(1)));
            steps.finish(2);
        });
    }

    /** It is removed too late or never: virtual time jumps nevertheless, since nothing is watched any more. */
    @Test
    void aClosedChannelDoesNotHoldUpTheClock() throws Exception {
        VirtualTime.run(() -> {
            EventLoop.current().addReader(source, () -> {});
            source.close();
            await(sleep(Duration.ofHours(1)));
        });
    }

    /** {@code read} gives −1 for ever, and the reader is called for ever, as by any poller; it is for it to go. */
    @Test
    void theEndOfTheStreamIsReadable(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            loop.addReader(source, () -> {
                assertEquals(-1, readAll());
                loop.removeReader(source);
                steps.expect(1);
            });
            sink.close();
            await(sleep(TICK));
            await(sleep(TICK));
            steps.finish(2);
        });
    }

    /** S126: in a copy of the context of the call. */
    @Test
    void aCallbackRunsInTheContextInWhichItWasAdded() throws Exception {
        var user = new ContextVar<>("user", "nobody");
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var seen = loop.<String>createFuture();
            user.set("who added it");
            loop.addReader(source, () -> {
                loop.removeReader(source);
                seen.complete(user.get());
                user.set("changed inside");
            });
            user.set("later");
            makeReadable();
            assertEquals("who added it", await(seen));
            assertEquals("later", user.get());
            assertSame(Context.current(), io.jasyncio.Asyncio.currentTask().getContext());
        });
    }

    /** S127. */
    @Test
    void aCallbackThatFailsIsReportedAndStaysAdded(ErrorLog errors) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            loop.addReader(source, () -> {
                readAll();
                throw new IllegalStateException("in a reader");
            });
            makeReadable();
            await(sleep(TICK));
            await(sleep(TICK));
            assertTrue(loop.removeReader(source));
        });
        var record = errors.take();
        assertTrue(record.getMessage().startsWith("Exception in callback "), record.getMessage());
        assertEquals("in a reader", record.getThrown().getMessage());
    }

    /** Waits in the selector, really: nothing is ready and there is no timer. */
    @Test
    void anotherThreadMakesAChannelReady() throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var read = loop.<Integer>createFuture();
            loop.addReader(source, () -> {
                loop.removeReader(source);
                read.complete(readAll());
            });
            var writer = new Thread(() -> {
                try {
                    makeReadable();
                } catch (IOException failed) {
                    read.completeExceptionally(failed);
                }
            });
            writer.start();
            assertEquals(1, await(read));
            writer.join();
        });
    }
}
