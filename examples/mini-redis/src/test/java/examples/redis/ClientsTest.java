package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections: how bytes come and go, those of hostile clients too. */
@Timeout(value = 120, threadMode = SEPARATE_THREAD)
class ClientsTest {

    private final RunningRedis redis = new RunningRedis();

    @AfterEach
    void end() {
        redis.close();
    }

    @Test
    void pipelineIsAnsweredInOrder() throws Exception {
        try (var wire = new Wire(redis)) {
            wire.send("*1\r\n$4\r\nPING\r\n".repeat(1000) + "SET k v\r\nGET k\r\n");
            for (var i = 0; i < 1000; i++) {
                assertEquals("+PONG", wire.hear());
            }
            assertEquals(List.of("+OK", "$1 v"), wire.hear(2));
        }
    }

    @Test
    void commandMayComeByteByByte() throws Exception {
        try (var wire = new Wire(redis)) {
            wire.socket.setTcpNoDelay(true);
            for (var letter : "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\na\r\nb\r\nGET k\r\n".toCharArray()) {
                wire.send(String.valueOf(letter));
            }
            assertEquals(List.of("+OK", "$4 a\r\nb"), wire.hear(2));
        }
    }

    @Test
    void longValuesComeBackAsTheyWere() throws Exception {
        var bytes = new byte[5_000_000];
        new Random(1).nextBytes(bytes);
        var value = Text.of(bytes, 0, bytes.length);
        try (var wire = new Wire(redis)) {
            wire.send("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5000000\r\n" + value + "\r\n");
            assertEquals("+OK", wire.hear());
            assertEquals("$5000000 " + value, wire.say("GET k"));
        }
    }

    @Test
    void quitIsAnsweredAndWhatFollowsIsNot() throws Exception {
        try (var wire = new Wire(redis)) {
            assertEquals(
                    List.of("+PONG", "+OK", "end"),
                    wire.send("PING\r\nQUIT\r\nPING\r\n").hear(3));
        }
    }

    @Test
    void halfACommandIsForgottenWithItsClient() throws Exception {
        try (var wire = new Wire(redis)) {
            wire.send("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\nab");
            wire.socket.shutdownOutput();
            assertEquals("end", wire.hear());
        }
        try (var wire = new Wire(redis)) {
            assertEquals("$-1", wire.say("GET k"));
        }
    }

    @Test
    void answersComeThoughTheClientHasEndedItsDirection() throws Exception {
        try (var wire = new Wire(redis)) {
            wire.send("SET k v\r\nGET k\r\n");
            wire.socket.shutdownOutput();
            assertEquals(List.of("+OK", "$1 v", "end"), wire.hear(3));
        }
    }

    // ---- Hostile clients -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            *x                  | invalid multibulk length
            *2000000            | invalid multibulk length
            *1,:1               | expected '$', got ':'
            *1,$-1              | invalid bulk length
            *1,$99999999        | invalid bulk length
            "open               | unbalanced quotes in request
            """)
    void brokenFrameEndsThatConnectionAlone(String frame, String error) throws Exception {
        try (var good = new Wire(redis);
                var bad = new Wire(redis)) {
            good.send("SET k v");
            bad.send("PING\r\n" + frame.replace(",", "\r\n") + "\r\nPING\r\n");
            assertEquals(List.of("+PONG", "-ERR Protocol error: " + error, "end"), bad.hear(3));
            assertEquals("+OK", good.send("\r\n").hear());
        }
    }

    @Test
    void lineWithoutEndIsRefused() throws Exception {
        try (var wire = new Wire(redis)) {
            wire.send("x".repeat(70_000));
            assertEquals(List.of("-ERR Protocol error: too big inline request", "end"), wire.hear(2));
        }
    }

    /** What is unread at a close makes a system throw away what it has not delivered yet. */
    @Test
    void errorIsHeardThoughMuchMoreWasSent() throws Exception {
        for (var round = 0; round < 20; round++) {
            try (var wire = new Wire(redis)) {
                wire.send("*1\r\n$-5\r\n" + "y".repeat(500_000));
                assertEquals(List.of("-ERR Protocol error: invalid bulk length", "end"), wire.hear(2));
            }
        }
    }

    @Test
    void neverEndingGarbageIsCutOff() throws Exception {
        try (var wire = new Wire(redis)) {
            wire.send("*x\r\n");
            var garbage = "z".repeat(100_000);
            assertThrows(IOException.class, () -> {
                while (true) {
                    wire.send(garbage);
                }
            });
        }
    }

    @Test
    void listenerThatBreaksTheProtocolHearsNoMore() throws Exception {
        try (var bad = new Wire(redis);
                var publisher = new Wire(redis)) {
            bad.say("SUBSCRIBE a");
            bad.send("*x\r\n");
            assertEquals("-ERR Protocol error: invalid multibulk length", bad.hear());
            assertEquals(":0", publisher.say("PUBLISH a hello"));
            assertEquals("end", bad.hear());
        }
    }

    @Test
    void clientThatDoesNotReadItsRepliesIsNotServedOn() throws Exception {
        // 1. The server stops when the systems between are full.
        try (var lazy = new Lazy(redis.getPort())) {
            assertTrue(lazy.served() < Lazy.QUESTIONS, "it has served " + lazy.served());
            // 2. Once it reads, it gets everything.
            assertEquals(Lazy.QUESTIONS, lazy.hearAll());
        }
    }
}
