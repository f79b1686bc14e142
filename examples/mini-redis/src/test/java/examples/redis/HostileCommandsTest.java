package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are made to take all of the time or all of the memory. */
@Timeout(value = 120, threadMode = SEPARATE_THREAD)
class HostileCommandsTest {

    private static final int MOST_ARGUMENTS = Limits.DEFAULT.arguments();

    private long now = 1_700_000_000_000L;
    private final Talk talk = new Talk(() -> now);

    private static byte[] manyArguments(String command, int arguments) {
        return Text.bytes("*" + MOST_ARGUMENTS + "\r\n" + RandomCommands.bulks(List.of(command.split(" ")))
                + "$0\r\n\r\n".repeat(arguments));
    }

    private String sends(String command) throws RespException {
        var words = command.split(" ").length;
        return Talk.text(talk.send(manyArguments(command, MOST_ARGUMENTS - words)));
    }

    // ---- Very much of something ------------------------------------------------------------------------------------

    @Test
    void aMillionArgumentsAreACommandAsAnyOther() throws Exception {
        assertEquals(":0", sends("EXISTS"));
        assertEquals(":" + (MOST_ARGUMENTS - 2), sends("LPUSH list"));
        assertEquals(":" + 2 * (MOST_ARGUMENTS - 2), sends("RPUSH list"));
        assertEquals("*1 $0", talk.say("LRANGE list 1048570 1048570"));
        assertTrue(sends("").startsWith("-ERR unknown command '', with args beginning with: '' ''"));
        assertEquals(":1", sends("DEL list"));
        assertEquals(":0", talk.say("DBSIZE"));
    }

    /** Were they a list in their slot of the table, this would take as many steps as the square of their number. */
    @Test
    void keysOfTheSameHashAreFoundAsFastAsOthers() throws Exception {
        var pairs = 17;
        assertEquals(new Key(Text.bytes("Aa")).hashCode(), new Key(Text.bytes("BB")).hashCode());
        for (var number = 0; number < 1 << pairs; number++) {
            var key = new StringBuilder();
            for (var bit = 0; bit < pairs; bit++) {
                key.append((number >> bit & 1) == 0 ? "Aa" : "BB");
            }
            talk.send(Text.bytes("SET " + key + " " + number + "\n"));
        }
        assertEquals(":" + (1 << pairs), talk.say("DBSIZE"));
        assertEquals("$1 1", talk.say("GET BB" + "Aa".repeat(pairs - 1)));
    }

    @Test
    void keysThatExpireTogetherAreFreedBitByBit() throws Exception {
        for (var i = 0; i < 50_000; i++) {
            talk.send(Text.bytes("SET " + i + " v PX 1\n"));
        }
        now += 1;
        // Each time it is worth while to go on, and others may have their turn first.
        for (var before = 50_000; talk.store.sweep(); before = talk.store.size()) {
            assertTrue(talk.store.size() < before && talk.store.size() >= before - 5_000);
        }
        assertTrue(talk.store.size() < 5_000);
        assertFalse(talk.store.sweep());
        assertEquals(0, talk.store.size());
    }

    // ---- Very large numbers ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXPIRE k 9223372036854775807", "EXPIRE k -9223372036854775808", "EXPIRE k 9223372036854775",
                "PEXPIRE k 9223372036854775807", "EXPIREAT k 9223372036854775807", "EXPIREAT k -9223372036854775808",
                "SET k 2 EX 9223372036854775807", "SET k 2 EX 9223372036854775", "SET k 2 PX 9223372036854775807",
                "SET k 2 EXAT 9223372036854775807"
            })
    void timeThatIsTooFarAwayChangesNothing(String line) throws Exception {
        talk.say("SET k 1");
        assertTrue(talk.say(line).startsWith("-ERR invalid expire time in '"), line);
        assertEquals("$1 1", talk.say("GET k"));
        assertEquals(":-1", talk.say("PTTL k"));
    }

    @ParameterizedTest
    @CsvSource({
        "PEXPIREAT k 9223372036854775807, PTTL k, :9223370336854775807",
        "PEXPIRE k -9223372036854775808, EXISTS k, :0",
        "SET k 2 PXAT 9223372036854775807, TTL k, :9223370336854776",
        "DECRBY k -9223372036854775807, GET k, -ERR increment",
    })
    void timeAtTheEdgeIsExact(String line, String question, String answer) throws Exception {
        talk.say("SET k 1");
        var first = talk.say(line);
        assertEquals(answer, answer.startsWith("-") ? first.substring(0, answer.length()) : talk.say(question));
    }

    @Test
    void rangesAtTheEdgesAreEmptyOrWhole() throws Exception {
        talk.say("RPUSH l a b");
        assertEquals("*2 $1 a $1 b", talk.say("LRANGE l -9223372036854775808 9223372036854775807"));
        assertEquals("*0", talk.say("LRANGE l 9223372036854775807 -9223372036854775808"));
        assertEquals("*0", talk.say("LRANGE l 9223372036854775807 9223372036854775807"));
        assertEquals("*2 $1 a $1 b", talk.say("LPOP l 9223372036854775807"));
    }

    // ---- Connections -----------------------------------------------------------------------------------------------

    /** Four gigabytes are asked for, in thirty kilobytes. */
    @Test
    void replyThatIsTooLongCutsItsClientOff() throws Exception {
        try (var redis = new RunningRedis();
                var greedy = new Wire(redis);
                var other = new Wire(redis)) {
            other.send("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1000000\r\n" + "v".repeat(1_000_000) + "\r\n");
            assertEquals("+OK", other.hear());
            greedy.send("MGET" + " k".repeat(4000) + "\r\nSET k cut\r\n");
            try {
                assertEquals("end", greedy.hear());
            } catch (IOException reset) {
                // So it may be told, too.
            }
            // What it had sent behind it was not done any more.
            assertEquals("$1000000 " + "v".repeat(1_000_000), other.say("GET k"));
        }
    }

    @Test
    void waitThatEndsInManyYearsIsAWait() throws Exception {
        try (var redis = new RunningRedis();
                var waiter = new Wire(redis);
                var other = new Wire(redis)) {
            waiter.send("BLPOP list 9000000000000\r\n");
            while (!other.say("INFO clients").contains("blocked_clients:1\r\n")) {
                Thread.onSpinWait();
            }
            assertEquals(":1", other.say("RPUSH list a"));
            assertEquals("*2 $4 list $1 a", waiter.hear());
        }
    }

    /** A page in a browser can have this sent to any port of this machine; the commands would be in the body. */
    @ParameterizedTest
    @ValueSource(strings = {"POST / HTTP/1.1", "GET / HTTP/1.1\r\nHost: 127.0.0.1", "PUT / HTTP/1.1\r\nhost: x"})
    void browserIsNoClient(String request) throws Exception {
        try (var redis = new RunningRedis();
                var browser = new Wire(redis);
                var other = new Wire(redis)) {
            browser.send(request + "\r\nContent-Length: 9\r\n\r\nSET k bad\r\n");
            var heard = browser.hear();
            assertTrue(
                    heard.equals("end")
                            || heard.startsWith("-ERR ") && browser.hear().equals("end"),
                    heard);
            assertEquals("$-1", other.say("GET k"));
        }
    }
}
