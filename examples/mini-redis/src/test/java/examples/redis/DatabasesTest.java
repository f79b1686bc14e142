package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sixteen databases, which know nothing of each other. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class DatabasesTest {

    private final Talk talk = new Talk();

    private void says(String... linesAndReplies) throws RespException {
        for (var i = 0; i < linesAndReplies.length; i += 2) {
            assertEquals(linesAndReplies[i + 1], talk.say(linesAndReplies[i]), linesAndReplies[i]);
        }
    }

    @Test
    void keysAreInTheDatabaseThatIsOpen() throws Exception {
        says("SET k zero", "+OK", "SELECT 15", "+OK", "GET k", "$-1", "SET k last", "+OK", "DBSIZE", ":1");
        says("SELECT 0", "+OK", "GET k", "$4 zero", "DEL k", ":1", "SELECT 15", "+OK", "GET k", "$4 last");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            16                   | ERR DB index is out of range
            -1                   | ERR DB index is out of range
            2147483648           | ERR value is out of range, value must between -2147483648 and 2147483647
            9223372036854775808  | ERR value is not an integer or out of range
            x                    | ERR value is not an integer or out of range
            """)
    void whoNamesNoDatabaseStaysWhereHeIs(String number, String error) throws Exception {
        says("SELECT 3", "+OK", "SET k v", "+OK", "SELECT " + number, "-" + error, "GET k", "$1 v");
    }

    @Test
    void flushIsForOneOrForAll() throws Exception {
        says("SET k v", "+OK", "SELECT 1", "+OK", "SET k v EX 100", "+OK", "SELECT 2", "+OK", "SET k v", "+OK");
        says("FLUSHDB", "+OK", "DBSIZE", ":0", "SELECT 1", "+OK", "DBSIZE", ":1");
        assertEquals("# Keyspace db0:keys=1,expires=0,avg_ttl=0 db1:keys=1,expires=1,avg_ttl=0", keyspace());
        says("FLUSHALL", "+OK", "DBSIZE", ":0", "SELECT 0", "+OK", "DBSIZE", ":0");
        assertEquals("# Keyspace", keyspace());
    }

    private String keyspace() throws RespException {
        return talk.say("INFO keyspace").replaceFirst("\\$\\d+ ", "");
    }

    @Test
    void everyClientHasItsOwnAndResetGoesBackToTheFirst() throws Exception {
        says("SELECT 7", "+OK");
        assertTrue(talk.say("CLIENT INFO").contains(" db=7 "));
        assertEquals(0, talk.server.open("127.0.0.1:50001", "127.0.0.1:6379").database());
        says("RESET", "+RESET");
        assertTrue(talk.say("CLIENT INFO").contains(" db=0 "));
    }

    @Test
    void aWaitIsForAListOfOneDatabase() throws Exception {
        try (var redis = new RunningRedis();
                var waiter = new Wire(redis);
                var pusher = new Wire(redis)) {
            waiter.send("SELECT 1\r\nBLPOP list 0\r\n");
            while (!pusher.say("INFO clients").contains("blocked_clients:1\r\n")) {
                Thread.onSpinWait();
            }
            assertEquals(":1", pusher.say("RPUSH list zero"));
            assertEquals(
                    List.of("+OK", ":1"),
                    pusher.send("SELECT 1\r\nRPUSH list one\r\n").hear(2));
            assertEquals(List.of("+OK", "*2 $4 list $3 one"), waiter.hear(2));
            assertEquals(
                    List.of("+OK", ":1"),
                    pusher.send("SELECT 0\r\nLLEN list\r\n").hear(2));
        }
    }

    @Test
    void channelsAreTheSameInAll() throws Exception {
        try (var redis = new RunningRedis();
                var listener = new Wire(redis);
                var publisher = new Wire(redis)) {
            assertEquals(
                    List.of("+OK", "*3 $9 subscribe $1 a :1"),
                    listener.send("SELECT 5\r\nSUBSCRIBE a\r\n").hear(2));
            assertEquals(":1", publisher.say("PUBLISH a hello"));
            assertEquals("*3 $7 message $1 a $5 hello", listener.hear());
        }
    }
}
