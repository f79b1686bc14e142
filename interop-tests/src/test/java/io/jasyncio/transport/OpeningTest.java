package io.jasyncio.transport;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopOptions;
import io.jasyncio.Runner;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.stream.StreamPair;
import io.jasyncio.stream.Streams;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was opened for somebody who has gone meanwhile is closed again (S44). */
@ExtendWith(AsyncioExtension.class)
class OpeningTest {

    /** Somebody who listens and closes nothing: read from him to learn of the end of a connection. */
    private static ServerSocketChannel listening() throws Exception {
        return ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
    }

    private static int portOf(ServerSocketChannel server) throws Exception {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** cpython #86296: a time limit around a connect lost the connection that came in the same pass. */
    @Test
    void aConnectionThatComesInThePassOfACancellationIsClosed() throws Exception {
        try (var server = listening()) {
            Asyncio.run(() -> {
                var loop = EventLoop.current();
                var made = new ArrayList<RecordingProtocol>();
                var connecting = loop.createConnection(
                        () -> {
                            var protocol = new RecordingProtocol();
                            made.add(protocol);
                            return protocol;
                        },
                        "127.0.0.1",
                        portOf(server));
                var waiting = loop.createTask(() -> await(connecting));
                // Called in the pass in which the connection stands, before the task runs again.
                connecting.addDoneCallback(ended -> waiting.cancel());
                assertThrows(CancellationException.class, () -> await(waiting));
                assertTrue(connecting.isDone() && !connecting.isCancelled());
                await(made.get(0).lost);
                assertEquals(List.of("made", "lost"), made.get(0).events);
            });
            assertEquals(-1, server.accept().read(ByteBuffer.allocate(1)));
        }
    }

    /** In stage style it is the last stage that is cancelled. */
    @Test
    void theCancellationOfTheOnlyDependentStageGivesTheAttemptUp() throws Exception {
        try (var server = listening()) {
            Asyncio.run(() -> {
                var loop = EventLoop.current();
                var connecting = loop.createConnection(RecordingProtocol::new, "127.0.0.1", portOf(server));
                var streams = Streams.openConnection("127.0.0.1", portOf(server));
                connecting.thenApply(Connection::transport).cancel(false);
                streams.thenApply(StreamPair::writer).cancel(false);
                assertThrows(CancellationException.class, () -> await(connecting));
                assertThrows(CancellationException.class, () -> await(streams));
            });
        }
    }

    @Test
    void aConnectThatIsCancelledMakesNoProtocol() throws Exception {
        try (var server = listening()) {
            Asyncio.run(() -> {
                var loop = EventLoop.current();
                var made = new ArrayList<RecordingProtocol>();
                var connecting = loop.createConnection(
                        () -> {
                            made.add(new RecordingProtocol());
                            return made.get(0);
                        },
                        "127.0.0.1",
                        portOf(server));
                connecting.cancel();
                assertThrows(CancellationException.class, () -> await(connecting));
                Pair.settle();
                assertEquals(List.of(), made);
            });
        }
    }

    @Test
    void aServerThatIsStartedForNobodyIsClosed() throws Exception {
        var local = List.of(InetAddress.getByName("127.0.0.1"));
        try (var runner = new Runner(LoopOptions.defaults().withResolver(LocalPort.naming(local)))) {
            runner.run(() -> {
                var loop = EventLoop.current();
                var starting = loop.createServer(RecordingProtocol::new, LocalPort.NAME, 0);
                var waiting = loop.createTask(() -> await(starting));
                starting.addDoneCallback(ended -> waiting.cancel());
                assertThrows(CancellationException.class, () -> await(waiting));
                assertEquals(List.of(), starting.join().addresses());
            });
        }
    }
}
