package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each command, without connections. */
class CommandsTest {

    private static final String WRONG_TYPE = "-WRONGTYPE Operation against a key holding the wrong kind of value";

    private final Talk talk = new Talk();

    /** Says lines and compares the replies: {@code "GET k" -> "$1 v"}. */
    private void says(String... linesAndReplies) throws RespException {
        for (var i = 0; i < linesAndReplies.length; i += 2) {
            assertEquals(linesAndReplies[i + 1], talk.say(linesAndReplies[i]), linesAndReplies[i]);
        }
    }

    // ---- Strings ---------------------------------------------------------------------------------------------------

    @Test
    void setAndGet() throws Exception {
        says("GET k", "$-1", "SET k v", "+OK", "get k", "$1 v", "SET k ''", "+OK", "GeT k", "$0");
    }

    @Test
    void setWithConditions() throws Exception {
        says("SET k 1 XX", "$-1", "SET k 1 NX", "+OK", "SET k 2 NX", "$-1", "GET k", "$1 1");
        says("SET k 3 xx", "+OK", "SET k 4 XX GET", "$1 3", "SET k 5 NX GET", "$1 4", "GET k", "$1 4");
        says("SET new 1 GET", "$-1", "GET new", "$1 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NX XX                   | ERR syntax error
            EX                      | ERR syntax error
            EX 1 PX 1               | ERR syntax error
            EX 1 KEEPTTL            | ERR syntax error
            KEEPTTL EX 1            | ERR syntax error
            SOON                    | ERR syntax error
            EX x                    | ERR value is not an integer or out of range
            EX 1.5                  | ERR value is not an integer or out of range
            EX 0                    | ERR invalid expire time in 'set' command
            PX -1                   | ERR invalid expire time in 'set' command
            EX 9223372036854775807  | ERR invalid expire time in 'set' command
            PX 9223372036854775807  | ERR invalid expire time in 'set' command
            """)
    void setRefusesWhatIsNoOption(String options, String error) throws Exception {
        says("SET k v " + options, "-" + error, "GET k", "$-1");
    }

    @Test
    void numbersAreCounted() throws Exception {
        says("INCR n", ":1", "INCRBY n 41", ":42", "DECR n", ":41", "DECRBY n -1", ":42", "GET n", "$2 42");
        says("SET n 9223372036854775807", "+OK", "INCR n", "-ERR increment or decrement would overflow");
        says("SET n -9223372036854775808", "+OK", "DECR n", "-ERR increment or decrement would overflow");
        says("INCR n", ":-9223372036854775807", "DECRBY n -9223372036854775808", "-ERR decrement would overflow");
        for (var noNumber : new String[] {"x", "1.0", "+1", "01", "-0", "''", "9223372036854775808"}) {
            says("SET n " + noNumber, "+OK", "INCR n", "-ERR value is not an integer or out of range");
        }
        says("INCRBY none x", "-ERR value is not an integer or out of range", "EXISTS none", ":0");
    }

    @Test
    void manyAtOnce() throws Exception {
        says("SET a 1", "+OK", "RPUSH l 1", ":1", "MGET a l none a", "*4 $1 1 $-1 $-1 $1 1");
    }

    // ---- Lists -----------------------------------------------------------------------------------------------------

    @Test
    void listHasTwoEnds() throws Exception {
        says("RPUSH l b c", ":2", "LPUSH l a z", ":4", "LLEN l", ":4");
        says("LRANGE l 0 -1", "*4 $1 z $1 a $1 b $1 c", "LPOP l", "$1 z", "RPOP l", "$1 c");
        says("LPOP l 5", "*2 $1 a $1 b", "LPOP l", "$-1", "RPOP l 1", "*-1", "EXISTS l", ":0", "LLEN l", ":0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0        | *1 $1 a
            1 2        | *2 $1 b $1 c
            -2 -1      | *2 $1 c $1 d
            -100 100   | *4 $1 a $1 b $1 c $1 d
            2 1        | *0
            4 9        | *0
            x 1        | -ERR value is not an integer or out of range
            """)
    void partOfAList(String range, String reply) throws Exception {
        says("RPUSH l a b c d", ":4", "LRANGE l " + range, reply);
    }

    @Test
    void popTakesACount() throws Exception {
        says("RPUSH l a b c", ":3", "LPOP l 0", "*0", "RPOP l 2", "*2 $1 c $1 b");
        says("LPOP l -1", "-ERR value is out of range, must be positive");
        says("LPOP l x", "-ERR value is out of range, must be positive");
        says("LPOP l 1 2", "-ERR wrong number of arguments for 'lpop' command");
    }

    @Test
    void longListsGrowAndShrinkInOrder() throws Exception {
        for (var i = 0; i < 1000; i++) {
            talk.say("RPUSH l " + i);
            talk.say("LPUSH l -" + i);
        }
        for (var i = 999; i >= 0; i--) {
            assertEquals("-" + i, talk.say("LPOP l").split(" ")[1]);
            assertEquals("" + i, talk.say("RPOP l").split(" ")[1]);
        }
        says("EXISTS l", ":0");
    }

    @Test
    void blockingPopTakesFromTheFirstListThatHasAny() throws Exception {
        says("RPUSH b 1 2", ":2", "BLPOP a b 0", "*2 $1 b $1 1", "BRPOP b 0", "*2 $1 b $1 2");
        assertEquals(Outcome.DONE, talk.outcome());
        says("BLPOP a b 1.5", "");
        assertEquals(Outcome.BLOCK, talk.outcome());
        assertEquals(1500, talk.session.blockingPop().timeoutMillis());
        assertEquals("[a, b]", talk.session.blockingPop().keys().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "-1, timeout is negative",
        "x, timeout is not a float or out of range",
        "nan, timeout is not a float or out of range",
        "'', timeout is not a float or out of range",
        "inf, timeout is out of range",
        "1e300, timeout is out of range"
    })
    void blockingPopRefusesTheTimeout(String timeout, String error) throws Exception {
        says("BLPOP k '" + timeout + "'", "-ERR " + error);
    }

    @Test
    void shortTimeoutIsNotForEver() throws Exception {
        talk.say("BLPOP k 0.00001");
        assertEquals(1, talk.session.blockingPop().timeoutMillis());
    }

    @Test
    void kindsAreNotMixed() throws Exception {
        says("SET s v", "+OK", "RPUSH l v", ":1");
        for (var line : new String[] {
            "GET l", "INCR l", "SET l v GET", "LPUSH s v", "LPOP s", "RPOP s 1", "LLEN s", "LRANGE s 0 1", "BLPOP s 1"
        }) {
            says(line, WRONG_TYPE);
        }
        says("GET s", "$1 v", "LRANGE l 0 -1", "*1 $1 v", "SET l v", "+OK", "TYPE l", "+string");
    }

    // ---- Keys ------------------------------------------------------------------------------------------------------

    @Test
    void keysAreCountedAndRemoved() throws Exception {
        says("SET a 1", "+OK", "RPUSH b 1", ":1", "EXISTS a b a none", ":3", "DBSIZE", ":2", "DEL a a none b", ":2");
        says("DBSIZE", ":0", "SET a 1", "+OK", "TYPE a", "+string", "TYPE none", "+none");
        says("FLUSHALL soon", "-ERR syntax error", "FLUSHALL ASYNC", "+OK", "EXISTS a", ":0");
    }

    // ---- Errors ----------------------------------------------------------------------------------------------------

    @Test
    void unknownCommandIsRepeatedInPart() throws Exception {
        says("foo", "-ERR unknown command 'foo', with args beginning with:");
        says("foo bar baz", "-ERR unknown command 'foo', with args beginning with: 'bar' 'baz'");
        var reply = talk.say("x".repeat(500) + " " + "y".repeat(100) + " " + "z".repeat(100) + " more");
        assertEquals(
                "-ERR unknown command '" + "x".repeat(128) + "', with args beginning with: '" + "y".repeat(100) + "' '"
                        + "z".repeat(25) + "'",
                reply);
        says("\"a\\r\\nb\"", "-ERR unknown command 'a  b', with args beginning with:");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, get",
        "GET a b, get",
        "SET k, set",
        "DEL, del",
        "ECHO, echo",
        "PING a b, ping",
        "LPUSH k, lpush",
        "BLPOP k, blpop",
        "SUBSCRIBE, subscribe",
        "PUBLISH a, publish",
        "CLIENT, client",
        "CLIENT SETNAME, client|setname",
        "CONFIG GET, config|get",
        "RESET x, reset",
        "EXPIRE k, expire"
    })
    void wrongNumberOfArguments(String line, String command) throws Exception {
        says(line, "-ERR wrong number of arguments for '" + command + "' command");
    }

    @Test
    void oneFailureDoesNotHurtTheNextInABatch() throws Exception {
        var batch = Text.bytes("SET k v\r\nfoo\r\nLPUSH k 1\r\nGET k\r\n");
        assertEquals(
                "+OK -ERR unknown command 'foo', with args beginning with:  " + WRONG_TYPE + " $1 v",
                Talk.text(talk.send(batch)));
    }

    @Test
    void everyNameIsFoundInAnyCase() throws Exception {
        var count = Integer.parseInt(talk.say("COMMAND COUNT").substring(1));
        assertTrue(count > 40, "only " + count);
        says("pInG", "+PONG", "p\1ng", "-ERR unknown command 'p\1ng', with args beginning with:");
    }
}
