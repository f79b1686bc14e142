package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that live for a time, by a clock that the test turns. */
class ExpiryTest {

    private static final long START = 1_700_000_000_000L;

    private long now = START;
    private final Talk talk = new Talk(() -> now);

    private void says(String... linesAndReplies) throws RespException {
        for (var i = 0; i < linesAndReplies.length; i += 2) {
            assertEquals(linesAndReplies[i + 1], talk.say(linesAndReplies[i]), linesAndReplies[i]);
        }
    }

    @Test
    void keyIsThereUntilItsTimeAndNotAtIt() throws Exception {
        says("SET k v EX 10", "+OK");
        now += 9_999;
        says("GET k", "$1 v", "EXISTS k", ":1", "PTTL k", ":1");
        now += 1;
        says("GET k", "$-1", "EXISTS k", ":0", "TTL k", ":-2", "DEL k", ":0", "DBSIZE", ":0");
        assertEquals(1, talk.store.expiredCount());
    }

    @ParameterizedTest
    @CsvSource({
        "SET k v EX 10, 10000",
        "SET k v PX 10, 10",
        "SET k v EXAT 1700000010, 10000",
        "SET k v PXAT 1700000000010, 10",
        "EXPIRE k 10, 10000",
        "PEXPIRE k 10, 10",
        "EXPIREAT k 1700000010, 10000",
        "PEXPIREAT k 1700000000010, 10"
    })
    void timesAreGivenInFourWays(String line, long millis) throws Exception {
        talk.say("SET k v");
        talk.say(line);
        says("PTTL k", ":" + millis);
    }

    @Test
    void timeToLiveIsRoundedToTheNearestSecond() throws Exception {
        says("SET k v PX 1500", "+OK", "TTL k", ":2", "PEXPIRE k 1499", ":1", "TTL k", ":1");
        says("PEXPIRE k 400", ":1", "TTL k", ":0", "TTL none", ":-2", "SET k v", "+OK", "TTL k", ":-1");
    }

    @Test
    void whatWritesKeepsTheTimeOrEndsIt() throws Exception {
        // 1. A new value ends it, unless it is told not to.
        says("SET k 1 EX 10", "+OK", "SET k 2 KEEPTTL", "+OK", "TTL k", ":10", "SET k 3", "+OK", "TTL k", ":-1");
        // 2. A change of the value keeps it.
        says("SET k 1 EX 10", "+OK", "INCR k", ":2", "TTL k", ":10");
        says("RPUSH l 1", ":1", "EXPIRE l 10", ":1", "RPUSH l 2", ":2", "LPOP l", "$1 1", "TTL l", ":10");
        // 3. A list that was emptied is another one afterwards.
        says("LPOP l", "$1 2", "RPUSH l 3", ":1", "TTL l", ":-1");
        // 4. PERSIST ends it.
        says("PERSIST k", ":1", "PERSIST k", ":0", "PERSIST none", ":0", "TTL k", ":-1");
    }

    @Test
    void timeThatHasPassedRemovesTheKey() throws Exception {
        for (var line : new String[] {"EXPIRE k -1", "EXPIRE k 0", "EXPIREAT k 1", "PEXPIREAT k " + START}) {
            says("SET k v", "+OK", line, ":1", "DBSIZE", ":0", line, ":0");
        }
        says("SET k v EXAT 1", "+OK", "EXISTS k", ":0");
    }

    @Test
    void conditions() throws Exception {
        says("SET k v", "+OK", "EXPIRE k 10 XX", ":0", "EXPIRE k 10 GT", ":0", "EXPIRE k 10 NX", ":1");
        says("EXPIRE k 20 NX", ":0", "EXPIRE k 10 GT", ":0", "EXPIRE k 11 GT", ":1", "EXPIRE k 11 LT", ":0");
        says("EXPIRE k 9 LT", ":1", "EXPIRE k 20 XX", ":1", "TTL k", ":20", "SET k v", "+OK", "EXPIRE k 9 LT", ":1");
        says("EXPIRE k 1 NX GT", "-ERR NX and XX, GT or LT options at the same time are not compatible");
        says("EXPIRE k 1 GT LT", "-ERR GT and LT options at the same time are not compatible");
        says("EXPIRE k 1 SOON", "-ERR Unsupported option SOON");
        says("EXPIRE k 9223372036854775807", "-ERR invalid expire time in 'expire' command");
        says("PEXPIRE k 9223372036854775807", "-ERR invalid expire time in 'pexpire' command");
    }

    @Test
    void farFutureIsNoProblem() throws Exception {
        says("SET k v", "+OK", "EXPIRE k 9000000000000", ":1", "TTL k", ":9000000000000");
    }

    // ---- Sweeps ----------------------------------------------------------------------------------------------------

    @Test
    void sweepsFreeWhatNobodyAsksFor() throws Exception {
        // 1. Every other key expires after a second, some stay, some expire later.
        for (var i = 0; i < 10_000; i++) {
            talk.say("SET k" + i + " v" + (i % 2 == 0 ? " PX 1000" : i % 3 == 0 ? " EX 100" : ""));
        }
        talk.store.sweep();
        assertEquals(10_000, talk.store.size());

        // 2. A few sweeps after it all of them are gone, and nothing else.
        now += 1000;
        for (var i = 0; i < 500; i++) {
            talk.store.sweep();
        }
        assertEquals(5_000, talk.store.size());
        assertEquals(1_667, talk.store.expiringSize());
        assertEquals(5_000, talk.store.expiredCount());
        says("GET k1", "$1 v", "TTL k3", ":99");
    }

    @Test
    void oneSweepHasABound() throws Exception {
        for (var i = 0; i < 10_000; i++) {
            talk.say("SET k" + i + " v PX 1");
        }
        now += 1;
        talk.store.sweep();
        assertTrue(talk.store.expiredCount() >= 4_000, "it freed but " + talk.store.expiredCount());
        assertTrue(talk.store.expiredCount() < 5_000, "it freed " + talk.store.expiredCount() + " in one go");
    }

    @Test
    void keysThatAreSetAgainAndAgainHoldOnePlace() throws Exception {
        for (var i = 0; i < 1000; i++) {
            talk.say("SET k v EX 1000");
        }
        assertEquals(1, talk.store.expiringSize());
        talk.say("FLUSHALL");
        assertEquals(0, talk.store.expiringSize());
        says("SET k v EX 1", "+OK", "TTL k", ":1");
    }
}
