package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands about the connection and the server, which clients send before they do anything else. */
class ConnectionCommandsTest {

    private final Talk talk = new Talk();

    private void says(String... linesAndReplies) throws RespException {
        for (var i = 0; i < linesAndReplies.length; i += 2) {
            assertEquals(linesAndReplies[i + 1], talk.say(linesAndReplies[i]), linesAndReplies[i]);
        }
    }

    @Test
    void smallTalk() throws Exception {
        says("PING", "+PONG", "PING hello", "$5 hello", "ECHO 'two words'", "$9 two words");
        says(
                "AUTH default any",
                "+OK",
                "AUTH me any",
                "-WRONGPASS invalid username-password pair or user is disabled.");
        assertTrue(talk.say("AUTH any").startsWith("-ERR AUTH <password> called without any password configured"));
        says("QUIT", "+OK");
        assertEquals(Outcome.CLOSE, talk.outcome());
    }

    // ---- HELLO -----------------------------------------------------------------------------------------------------

    private static String hello(String start, int protocol) {
        return start + " $6 server $5 redis $7 version $6 7.0.15 $5 proto :" + protocol
                + " $2 id :1 $4 mode $10 standalone $4 role $6 master $7 modules *0";
    }

    @Test
    void protocolIsAgreedOn() throws Exception {
        says("HELLO", hello("*14", 2), "GET none", "$-1", "HELLO 3", hello("%7", 3), "GET none", "_");
        says("HELLO", hello("%7", 3), "LPOP none 1", "_", "CLIENT GETNAME", "_", "HELLO 2", hello("*14", 2));
        says("HELLO 4", "-NOPROTO unsupported protocol version", "HELLO 3 SETNAME bob AUTH default x", hello("%7", 3));
        says("CLIENT GETNAME", "$3 bob", "RESET", "+RESET", "CLIENT GETNAME", "$-1");
        assertEquals(Outcome.DONE, talk.outcome());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HELLO x               | ERR Protocol version is not an integer or out of range
            HELLO 3 NONSENSE      | ERR Syntax error in HELLO option 'NONSENSE'
            HELLO 3 AUTH default  | ERR Syntax error in HELLO option 'AUTH'
            HELLO 3 AUTH me x     | WRONGPASS invalid username-password pair or user is disabled.
            HELLO 3 SETNAME       | ERR Syntax error in HELLO option 'SETNAME'
            HELLO 3 SETNAME 'a b' | ERR Client names cannot contain spaces, newlines or special characters.
            """)
    void helloThatFailsChangesNothing(String line, String error) throws Exception {
        says(line, "-" + error, "GET none", "$-1", "CLIENT GETNAME", "$-1");
    }

    // ---- Pub/sub ---------------------------------------------------------------------------------------------------

    @Test
    void pubSubIsLeftToTheConnection() throws Exception {
        says("SUBSCRIBE a b", "");
        assertEquals(Outcome.SUBSCRIBE, talk.outcome());
        says("UNSUBSCRIBE", "");
        assertEquals(Outcome.UNSUBSCRIBE, talk.outcome());
        says("PSUBSCRIBE a* b", "");
        assertEquals(Outcome.PATTERN_SUBSCRIBE, talk.outcome());
        says("PUNSUBSCRIBE", "");
        assertEquals(Outcome.PATTERN_UNSUBSCRIBE, talk.outcome());
        says("PUBLISH a hello", "");
        assertEquals(Outcome.PUBLISH, talk.outcome());
        says("PUBSUB channels a*", "", "PUBSUB NUMSUB", "", "pubsub numpat", "");
        assertEquals(Outcome.PUBSUB, talk.outcome());
        says("RESET", "+RESET");
        assertEquals(Outcome.RESET, talk.outcome());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            PUBSUB              ; ERR wrong number of arguments for 'pubsub' command
            PUBSUB DANCE        ; ERR unknown subcommand 'DANCE'. Try PUBSUB HELP.
            PUBSUB NUMPAT a     ; ERR wrong number of arguments for 'pubsub|numpat' command
            PUBSUB Channels a b ; ERR unknown subcommand or wrong number of arguments for 'Channels'. Try PUBSUB HELP.
            PSUBSCRIBE          ; ERR wrong number of arguments for 'psubscribe' command
            """)
    void pubSubThatIsWrongIsRefused(String line, String error) throws Exception {
        says(line, "-" + error);
        assertEquals(Outcome.DONE, talk.outcome());
    }

    @Test
    void longNamesOfChannelsAreRefused() throws Exception {
        var longest = "x".repeat(4096);
        says("SUBSCRIBE " + longest, "", "PSUBSCRIBE " + longest, "", "PUBLISH " + longest + " hello", "");
        for (var line : List.of("SUBSCRIBE a X", "PSUBSCRIBE a X", "PUBLISH X hello", "PUBSUB CHANNELS X")) {
            says(line.replace("X", longest + "x"), "-ERR names of channels and patterns have at most 4096 bytes");
        }
    }

    @Test
    void resp2ListenerMaySayLittle() throws Exception {
        talk.session.subscriptions(1, 0);
        says("PING", "*2 $4 pong $0", "PING x", "*2 $4 pong $1 x");
        says(
                "GET a",
                "-ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are"
                        + " allowed in this context");
        says("GET", "-ERR wrong number of arguments for 'get' command", "UNSUBSCRIBE", "");
    }

    @Test
    void resp3ListenerMaySayEverything() throws Exception {
        talk.inResp3();
        talk.session.subscriptions(0, 1);
        says("PING", "+PONG", "SET a 1", "+OK", "GET a", "$1 1");
    }

    // ---- CLIENT ----------------------------------------------------------------------------------------------------

    @Test
    void clientsHaveNamesAndNumbers() throws Exception {
        says("CLIENT ID", ":1", "CLIENT GETNAME", "$-1", "CLIENT SETNAME bob", "+OK", "CLIENT GETNAME", "$3 bob");
        says("CLIENT SETNAME 'a b'", "-ERR Client names cannot contain spaces, newlines or special characters.");
        says("CLIENT SETNAME ''", "+OK", "CLIENT GETNAME", "$-1");
        says("CLIENT SETINFO lib-name Lettuce", "+OK", "CLIENT SETINFO LIB-VER 7.7.0", "+OK");
        says("CLIENT SETINFO color red", "-ERR Unrecognized option 'color'");
        says("CLIENT NO-EVICT on", "+OK", "CLIENT NO-EVICT maybe", "-ERR syntax error");
        says("CLIENT DANCE", "-ERR unknown subcommand 'DANCE'. Try CLIENT HELP.");
        says("CLIENT MAINT_NOTIFICATIONS on", "-ERR unknown subcommand 'MAINT_NOTIFICATIONS'. Try CLIENT HELP.");
    }

    @Test
    void clientsAreListed() throws Exception {
        talk.say("CLIENT SETNAME bob");
        talk.server.open("127.0.0.1:50001", "127.0.0.1:6379");
        var list = talk.say("CLIENT LIST").split("\n");
        assertEquals(2, list.length);
        assertTrue(list[0].contains("id=1 addr=127.0.0.1:50000 laddr=127.0.0.1:6379 name=bob"), list[0]);
        assertTrue(list[1].contains("id=2 addr=127.0.0.1:50001"), list[1]);
        assertTrue(talk.inResp3().say("CLIENT LIST").startsWith("="));
        assertTrue(talk.say("CLIENT INFO").contains("cmd=client"));
    }

    // ---- INFO, CONFIG, COMMAND -------------------------------------------------------------------------------------

    @Test
    void infoHasSections() throws Exception {
        talk.say("SET k v EX 10");
        assertLinesMatch(
                List.of(
                        "\\$\\d+",
                        "# Stats",
                        "total_connections_received:1",
                        "total_commands_processed:2",
                        "expired_keys:0",
                        "",
                        "# Keyspace",
                        "db0:keys=1,expires=1,avg_ttl=0",
                        ""),
                new String(talk.send(Text.bytes("INFO keyspace STATS\n")))
                        .lines()
                        .toList());
        var all = talk.say("INFO");
        for (var word : List.of("# Server", "redis_version:7.0.15", "connected_clients:1", "# Memory", "role:master")) {
            assertTrue(all.contains(word), () -> "INFO says nothing of " + word + ": " + all);
        }
        says("INFO nothing", "$0");
    }

    @Test
    void settingsAreThoseThatClientsAskFor() throws Exception {
        says("CONFIG GET save", "*2 $4 save $0", "CONFIG GET appendonly", "*2 $10 appendonly $2 no");
        says("CONFIG GET databases", "*2 $9 databases $2 16");
        says("CONFIG GET none", "*0", "CONFIG RESETSTAT", "+OK");
        says("CONFIG SET a b", "-ERR Unknown option or number of arguments for CONFIG SET - 'a'");
        says("CONFIG DANCE", "-ERR unknown subcommand 'DANCE'. Try CONFIG HELP.");
    }

    @Test
    void commandsAreNotDescribed() throws Exception {
        says("COMMAND", "*0", "COMMAND DOCS", "*0", "COMMAND INFO get set", "*2 $-1 $-1");
        says("COMMAND DANCE", "-ERR unknown subcommand 'DANCE'. Try COMMAND HELP.");
        talk.inResp3();
        says("COMMAND DOCS", "%0");
    }
}
