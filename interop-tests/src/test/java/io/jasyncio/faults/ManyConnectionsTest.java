package io.jasyncio.faults;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ChildJvm;
import io.jasyncio.peers.Peer;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.stream.Streams;
import io.jasyncio.sync.AsyncSemaphore;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.ServerOptions;
import io.jasyncio.transport.Transport;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ten thousand connections that are open at once, on one loop. The clients are another process, with files of its own. */
@ExtendWith(AsyncioExtension.class)
class ManyConnectionsTest {

    private static final int COUNT = 10_000;

    /** Each connection is an open file on each side, and a JVM has some hundred others. */
    private static final long FILES = 12_000;

    /**
     * How many are on their way: as many as the server's backlog takes. The system connects them without asking the server, so only
     * an answer says that one has left the backlog. Whom it has no room for tries again after a second, then two, then four, and
     * on a busy machine not all come to an end in time.
     */
    private static final int AT_ONCE = 500;

    private int open;
    private int most;

    @Test
    void tenThousandConnectionsAreServedAtOnce() throws Exception {
        assumeTrue(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        && system.getMaxFileDescriptorCount() >= FILES,
                "fewer than " + FILES + " files may be open here (ulimit -n)");
        Asyncio.run(() -> {
            var options = ServerOptions.DEFAULT.withBacklog(AT_ONCE);
            try (var server = await(Streams.startStageServer(this::serve, "127.0.0.1", 0, options, 1000));
                    var clients = Peer.of(ChildJvm.of(Clients.class, Integer.toString(server.port()))
                            .option("-Xmx512m"))) {
                await(clients.line("all open"));
                assertEquals(COUNT, most);
                assertEquals(
                        "all open\nall answered twice\n",
                        await(clients.success()).text());
                server.close();
                await(server.waitClosedAsync());
                assertEquals(0, open);
            }
        });
    }

    /** Answers each line with the same line, and counts who is there. */
    private CompletionStage<Void> serve(StreamReader reader, StreamWriter writer) {
        open++;
        most = Math.max(most, open);
        return Lines.echo(reader, writer, EventLoop.current().createFuture()).whenComplete((done, failure) -> open--);
    }

    /** Opens all connections and asks each once; then asks all of them again. */
    static final class Clients {

        public static void main(String[] arguments) throws Exception {
            Asyncio.run(() -> {
                var clients = new ArrayList<Client>();
                var permits = new AsyncSemaphore(AT_ONCE);
                var opening = new ArrayList<CompletionStage<?>>();
                for (var i = 0; i < COUNT; i++) {
                    await(permits.acquireAsync());
                    var client = new Client("client " + i);
                    clients.add(client);
                    var connecting = EventLoop.current()
                            .createConnection(
                                    () -> client, "127.0.0.1", Integer.parseInt(arguments[0]), ConnectOptions.DEFAULT);
                    opening.add(connecting
                            .thenCompose(connection -> client.ask())
                            .whenComplete((answered, failure) -> permits.release()));
                }
                for (var open : opening) {
                    await(open);
                }
                System.out.println("all open");
                askAll(clients);
                System.out.println("all answered twice");
                clients.forEach(client -> client.transport.close());
                for (var client : clients) {
                    await(client.lost);
                }
            });
        }

        private static void askAll(ArrayList<Client> clients) throws Exception {
            for (var client : clients) {
                client.ask();
            }
            for (var client : clients) {
                await(client.answered);
            }
        }
    }

    private static final class Client implements Protocol {

        private final String line;
        private final StringBuilder answer = new StringBuilder();
        private final LoopFuture<Void> lost = EventLoop.current().createFuture();
        private LoopFuture<Void> answered = EventLoop.current().createFuture();
        private Transport transport;

        private Client(String name) {
            line = name + "\n";
        }

        private LoopFuture<Void> ask() {
            answered = EventLoop.current().createFuture();
            transport.write(line.getBytes());
            return answered;
        }

        @Override
        public void connectionMade(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            while (data.hasRemaining()) {
                answer.append((char) data.get());
            }
            if (answer.toString().equals(line)) {
                answer.setLength(0);
                answered.complete(null);
            }
        }

        @Override
        public void connectionLost(Exception exception) {
            lost.complete(null);
            answered.completeExceptionally(new IllegalStateException(line + " is lost", exception));
        }
    }
}
