package io.jasyncio.stream;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a writer has to wait, and what for (S104, S107). The transport is none; its protocol's events come by hand. */
@ExtendWith(AsyncioExtension.class)
class StreamWriterTest {

    private final FakeTransport transport = new FakeTransport();

    @FunctionalInterface
    private interface Body {
        void run(StreamWriter writer, FlowControl flow, StreamReader reader) throws Exception;
    }

    private void run(Body body) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var reader = new StreamReader(loop, 100);
            var flow = new FlowControl(loop);
            body.run(new StreamWriter(transport, flow, reader), flow, reader);
        });
    }

    @Test
    void writesGoStraightToTheTransport() throws Exception {
        run((writer, flow, reader) -> {
            writer.write("ä");
            writer.write(new byte[] {'b'});
            writer.write(ByteBuffer.wrap(new byte[] {'x', 'c', 'x'}, 1, 1));
            writer.writelines(List.of(new byte[] {'d'}, new byte[] {'e'}));
            writer.writeEof();
            writer.close();
        });
        assertEquals(List.of("write ä", "write b", "write c", "write d", "write e", "eof", "close"), transport.calls);
    }

    @Test
    void aDrainThatNeedNotWaitHasEndedAtOnce() throws Exception {
        run((writer, flow, reader) -> assertTrue(writer.drainAsync().isDone()));
    }

    @Test
    void anyNumberMayWaitForADrain(Steps steps) throws Exception {
        run((writer, flow, reader) -> {
            flow.pauseWriting();
            var first = createTask(() -> {
                await(writer.drainAsync());
                steps.expect(2);
            });
            var second = createTask(() -> {
                await(writer.drainAsync());
                steps.expect(3);
            });
            await(sleep(Duration.ZERO));
            steps.expect(1);
            flow.resumeWriting();
            await(gather(first, second));
            steps.finish(4);
        });
    }

    @Test
    void aCancelledDrainLeavesTheOthersAlone() throws Exception {
        run((writer, flow, reader) -> {
            flow.pauseWriting();
            var cancelled = writer.drainAsync();
            var other = writer.drainAsync();
            cancelled.cancel();
            assertFalse(other.isDone());
            flow.resumeWriting();
            await(other);
            assertTrue(cancelled.isCancelled());
        });
    }

    @Test
    void aDrainFailsWithWhatBrokeTheReader() throws Exception {
        var reset = new IOException("reset");
        run((writer, flow, reader) -> {
            reader.setException(reset);
            assertSame(reset, assertThrows(IOException.class, () -> await(writer.drainAsync())));
        });
    }

    @Test
    void whoWaitsForADrainIsToldWhyTheConnectionIsLost() throws Exception {
        var reset = new IOException("reset");
        run((writer, flow, reader) -> {
            flow.pauseWriting();
            var drain = writer.drainAsync();
            flow.connectionLost(reset);
            assertSame(reset, assertThrows(IOException.class, () -> await(drain)));
        });
    }

    @Test
    void aRegularEndEndsTheDrainsThatWait() throws Exception {
        run((writer, flow, reader) -> {
            flow.pauseWriting();
            var drain = writer.drainAsync();
            flow.connectionLost(null);
            await(drain);
        });
    }

    @Test
    void afterTheEndADrainFails() throws Exception {
        run((writer, flow, reader) -> {
            flow.connectionLost(null);
            var lost = assertThrows(SocketException.class, () -> await(writer.drainAsync()));
            assertEquals("Connection lost", lost.getMessage());
        });
    }

    /** A loop of writes and drains would otherwise never see that the connection has ended. */
    @Test
    void whileTheConnectionIsClosingADrainLetsTheLoopRun() throws Exception {
        run((writer, flow, reader) -> {
            writer.close();
            EventLoop.current().callSoon(() -> flow.connectionLost(null));
            assertThrows(SocketException.class, () -> await(writer.drainAsync()));
        });
    }

    @Test
    void waitClosedEndsWithTheConnection() throws Exception {
        run((writer, flow, reader) -> {
            var closed = writer.waitClosedAsync();
            assertFalse(closed.isDone());
            flow.connectionLost(null);
            await(closed);
            await(writer.waitClosedAsync());
        });
    }

    @Test
    void waitClosedSaysWhatBrokeTheConnection() throws Exception {
        var reset = new IOException("reset");
        run((writer, flow, reader) -> {
            flow.connectionLost(reset);
            assertSame(reset, assertThrows(IOException.class, () -> await(writer.waitClosedAsync())));
        });
    }

    /** In CPython the one that is cancelled takes the others with it. */
    @Test
    void whoStopsWaitingForTheEndLeavesTheOthersAlone() throws Exception {
        run((writer, flow, reader) -> {
            var impatient = createTask(() -> await(writer.waitClosedAsync()));
            var patient = createTask(() -> await(writer.waitClosedAsync()));
            await(sleep(Duration.ZERO));
            impatient.cancel();
            assertThrows(CancellationException.class, () -> await(impatient));
            assertFalse(patient.isDone());
            flow.connectionLost(null);
            await(patient);
        });
    }

    /** No report of a failure that nobody looked at: a broken connection is an everyday event. */
    @Test
    void nobodyHasToWaitForTheEnd() throws Exception {
        run((writer, flow, reader) -> flow.connectionLost(new IOException("reset")));
    }
}
