package examples.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of the server: orderly for everybody who lets it be. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class DrainTest {

    @Test
    void idleClientsAndListenersSeeTheEnd() throws Exception {
        try (var redis = new RunningRedis();
                var idle = new Wire(redis);
                var listener = new Wire(redis)) {
            assertEquals("+PONG", idle.say("PING"));
            assertEquals("*3 $9 subscribe $1 a :1", listener.say("SUBSCRIBE a"));
            redis.stop();
            assertEquals("end", idle.hear());
            assertEquals("end", listener.hear());
        }
    }

    @Test
    void blockedClientsGetNilAndTheirFurtherCommandsAreAnswered() throws Exception {
        try (var redis = new RunningRedis();
                var two = Wire.speaking(2, redis);
                var three = Wire.speaking(3, redis);
                var observer = new Wire(redis)) {
            two.send("BLPOP a 0\r\nPING\r\nBLPOP b 0\r\n");
            three.send("BLPOP a 0\r\n");
            while (!observer.say("INFO clients").contains("blocked_clients:2")) {
                Thread.onSpinWait();
            }
            redis.stop();
            assertEquals(List.of("*-1", "+PONG", "*-1", "end"), two.hear(4));
            assertEquals(List.of("_", "end"), three.hear(2));
        }
    }

    /** The loop reads a few of them in a pass. */
    @Test
    void everybodyIsAnsweredWhoHasSentSomethingBefore() throws Exception {
        try (var redis = new RunningRedis()) {
            var wires = new ArrayList<Wire>();
            for (var i = 0; i < 200; i++) {
                wires.add(Wire.speaking(2, redis));
            }
            redis.hold(() -> {
                wires.forEach(wire -> wire.sendNow("PING\r\n"));
                redis.stop();
            });
            for (var wire : wires) {
                assertEquals(List.of("+PONG", "end"), wire.hear(2));
                wire.close();
            }
        }
    }

    /** As much as the system takes is more than is read in one piece. */
    @Test
    void longPipelineIsAnsweredToItsEnd() throws Exception {
        try (var redis = new RunningRedis();
                var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", redis.getPort()))) {
            // 1. It is sent while the loop stands still, and the end begins then, too.
            channel.configureBlocking(false);
            var requests = ByteBuffer.wrap(Text.bytes("PING\r\n".repeat(40_000)));
            redis.hold(() -> {
                fill(channel, requests);
                redis.stop();
            });

            // 2. Everything comes back. Half a command at the end is forgotten.
            channel.configureBlocking(true);
            var replies = Channels.newInputStream(channel).readAllBytes();
            assertEquals("+PONG\r\n".length() * (requests.position() / "PING\r\n".length()), replies.length);
            assertArrayEquals(Text.bytes("+PONG\r\n".repeat(replies.length / "+PONG\r\n".length())), replies);
        }
    }

    private static void fill(SocketChannel channel, ByteBuffer requests) {
        try {
            while (requests.hasRemaining() && channel.write(requests) > 0) {
                Thread.onSpinWait();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void nobodyElseGetsIn() throws Exception {
        var redis = new RunningRedis();
        redis.close();
        assertThrows(IOException.class, () -> new Wire(redis));
    }

    @Test
    void whoDoesNotReadIsCutOffWhenThePatienceIsOver() throws Exception {
        try (var redis = new RunningRedis(Limits.DEFAULT, 50);
                var lazy = new Lazy(redis.getPort())) {
            redis.close();
            assertTrue(lazy.hearAll() < Lazy.QUESTIONS);
        }
    }
}
