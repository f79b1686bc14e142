package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.IOException;
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

    @Test
    void nobodyElseGetsIn() throws Exception {
        var redis = new RunningRedis();
        redis.close();
        assertThrows(IOException.class, () -> new Wire(redis));
    }

    @Test
    void whoDoesNotReadIsCutOffWhenThePatienceIsOver() throws Exception {
        try (var redis = new RunningRedis(Limits.DEFAULT, 50);
                var lazy = new Wire(redis)) {
            assertEquals("+OK", lazy.say("SET k '" + "v".repeat(60_000) + "'"));
            var asked = new Thread(() -> {
                try {
                    lazy.send("GET k\r\n".repeat(10_000));
                    lazy.hear(10_000);
                } catch (IOException cutOff) {
                    // As it should be.
                }
            });
            lazy.send("GET k\r\n".repeat(1_000));
            redis.close();
            asked.join();
            assertThrows(IOException.class, () -> lazy.hear(1_000));
        }
    }
}
