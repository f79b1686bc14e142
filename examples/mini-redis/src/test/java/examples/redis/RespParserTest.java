package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes in, requests out. */
class RespParserTest {

    private static final Limits SMALL = new Limits(64, 10, 100, 300, 256, 1000, 1000, 1000);

    private final byte[] scratch = new byte[Limits.DEFAULT.turnBytes()];

    private RespParser parser() {
        return new RespParser(Limits.DEFAULT, scratch);
    }

    /** Feeds bytes in one turn, and gives the requests, each as the list of its arguments. */
    private static List<List<String>> feed(RespParser parser, byte[] bytes) throws RespException {
        var requests = new ArrayList<List<String>>();
        for (var source = ByteBuffer.wrap(bytes); source.hasRemaining(); parser.rest()) {
            parser.feed(source);
            while (parser.next()) {
                var request = parser.request();
                requests.add(IntStream.range(0, request.count())
                        .mapToObj(request::text)
                        .toList());
            }
        }
        return requests;
    }

    private List<List<String>> parse(String text) throws RespException {
        return feed(parser(), Text.bytes(text));
    }

    private static String error(Limits limits, String text) {
        var parser = new RespParser(limits, new byte[limits.turnBytes()]);
        return assertThrows(RespException.class, () -> feed(parser, Text.bytes(text)))
                .getMessage();
    }

    // ---- What is a request -----------------------------------------------------------------------------------------

    @Test
    void arrayOfBulksIsARequest() throws Exception {
        assertEquals(List.of(List.of("GET", "a b")), parse("*2\r\n$3\r\nGET\r\n$3\r\na b\r\n"));
        assertEquals(List.of(List.of("SET", "", "\r\n")), parse("*3\r\n$3\r\nSET\r\n$0\r\n\r\n$2\r\n\r\n\r\n"));
    }

    @Test
    void lineIsARequest() throws Exception {
        assertEquals(
                List.of(List.of("PING"), List.of("GET", "key"), List.of("x")), parse("PING\r\n  GET   key \nx\r\n"));
    }

    @Test
    void emptyLinesAndEmptyArraysAreNoRequests() throws Exception {
        assertEquals(List.of(List.of("PING")), parse("\r\n\n  \r\n*0\r\n*-1\r\n*-9\r\nPING\r\n"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            "two words"      , two words
            'two words'      , two words
            a"b c"           , ab c
            "a\\"b"          , a"b
            "\\x41\\x4g\\q"  , Ax4gq
            'it\\'s'         , it's
            'a\\n'           , a\\n
            """)
    void wordsMayBeQuoted(String line, String word) throws Exception {
        assertEquals(List.of(List.of("ECHO", word)), parse("ECHO " + line + "\r\n"));
    }

    @Test
    void requestsFollowEachOtherInAnyMixture() throws Exception {
        assertEquals(
                List.of(List.of("A"), List.of("B", "1"), List.of("C")),
                parse("*1\r\n$1\r\nA\r\nB 1\r\n*1\r\n$1\r\nC\r\n"));
    }

    // ---- Pieces ----------------------------------------------------------------------------------------------------

    private static final String TRAFFIC = "*3\r\n$3\r\nSET\r\n$5\r\nkey:1\r\n$12\r\nhello\r\nworld\r\n"
            + "PING 'in line'\r\n\r\n*0\r\n*2\r\n$3\r\nGET\r\n$0\r\n\r\n*1\r\n$4\r\nPING\r\n";

    @Test
    void requestsAreTheSameWhereverTheBytesAreSplit() throws Exception {
        var whole = parse(TRAFFIC);
        var bytes = Text.bytes(TRAFFIC);
        for (var at = 1; at < bytes.length; at++) {
            var parser = parser();
            var requests = feed(parser, Text.bytes(TRAFFIC.substring(0, at)));
            requests.addAll(feed(parser, Text.bytes(TRAFFIC.substring(at))));
            assertEquals(whole, requests, "split at " + at);
            assertTrue(parser.isEmpty());
            assertEquals(0, parser.heldBytes());
        }
    }

    @Test
    void requestsAreTheSameByteByByte() throws Exception {
        var parser = parser();
        var requests = new ArrayList<List<String>>();
        for (var letter : Text.bytes(TRAFFIC)) {
            requests.addAll(feed(parser, new byte[] {letter}));
        }
        assertEquals(parse(TRAFFIC), requests);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void requestsAreTheSameInRandomPieces(long seed) throws Exception {
        var random = new Random(seed);
        var traffic = new StringBuilder();
        for (var i = 0; i < 300; i++) {
            var arguments = random.nextInt(1, 6);
            traffic.append('*').append(arguments).append("\r\n");
            for (var j = 0; j < arguments; j++) {
                var length = random.nextInt(10) == 0 ? random.nextInt(100_000) : random.nextInt(30);
                traffic.append('$').append(length).append("\r\n");
                random.ints(length, 0, 256).forEach(letter -> traffic.append((char) letter));
                traffic.append("\r\n");
            }
        }
        var bytes = Text.bytes(traffic.toString());
        var whole = parse(traffic.toString());
        assertEquals(300, whole.size());

        var parser = parser();
        var requests = new ArrayList<List<String>>();
        for (var from = 0; from < bytes.length; ) {
            var to = Math.min(from + random.nextInt(1, random.nextBoolean() ? 100 : 50_000), bytes.length);
            requests.addAll(feed(parser, Arrays.copyOfRange(bytes, from, to)));
            from = to;
        }
        assertEquals(whole, requests);
        assertEquals(0, parser.heldBytes());
    }

    /** Were it read again from its start with each piece, this would be 10^14 steps. */
    @Test
    void longArgumentByteByByteTakesLinearTime() throws Exception {
        var length = Limits.DEFAULT.bulkBytes();
        var parser = parser();
        feed(parser, Text.bytes("*2\r\n$4\r\nECHO\r\n$" + length + "\r\n"));
        var letter = ByteBuffer.wrap(new byte[] {'x'});
        for (var i = 0; i < length; i++) {
            parser.feed(letter.rewind());
            assertFalse(parser.next());
            parser.rest();
        }
        assertTrue(parser.heldBytes() <= 2 * length + 100);
        parser.feed(ByteBuffer.wrap(Text.bytes("\r\n")));
        assertTrue(parser.next());
        assertEquals(length, parser.request().length(1));
        parser.rest();
        assertEquals(0, parser.heldBytes());
    }

    // ---- Memory ----------------------------------------------------------------------------------------------------

    @Test
    void announcedLengthTakesNoMemory() throws Exception {
        var parser = parser();
        feed(parser, Text.bytes("*1000000\r\n$16000000\r\nx"));
        assertTrue(parser.heldBytes() < 100, "it holds " + parser.heldBytes());
    }

    @Test
    void halfARequestAfterALongOneHoldsLittle() throws Exception {
        var parser = parser();
        feed(parser, Text.bytes("*1\r\n$100000\r\n" + "x".repeat(100_000) + "\r\nPIN"));
        assertEquals(3, parser.heldBytes());
        assertEquals(List.of(List.of("PING")), feed(parser, Text.bytes("G\r\n")));
    }

    @Test
    void argumentsThatWereManyAreForgottenWithTheirRequest() throws Exception {
        var parser = parser();
        // 1. Most of a request is there: it is known where its arguments are.
        feed(parser, Text.bytes("*100001\r\n" + "$0\r\n\r\n".repeat(100_000)));
        assertTrue(parser.request().room() >= 100_000);
        // 2. The rest comes.
        assertEquals(100_001, feed(parser, Text.bytes("$1\r\nx\r\n")).get(0).size());
        assertTrue(
                parser.request().room() < 100,
                "there is room for " + parser.request().room());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void randomBytesEndOrAreRequestsAndHoldNoMoreThanTheLimit(long seed) {
        var random = new Random(seed);
        var alphabet = Text.bytes("*$\r\n0123456789-ab\"'\\ \r\n\r\n$*");
        for (var round = 0; round < 2000; round++) {
            var parser = new RespParser(SMALL, new byte[SMALL.turnBytes()]);
            var bytes = new byte[random.nextInt(2000)];
            for (var i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(alphabet.length)];
            }
            try {
                feed(parser, bytes);
            } catch (RespException refused) {
                assertFalse(refused.getMessage().isEmpty());
            }
            assertTrue(
                    parser.heldBytes() <= SMALL.requestBytes() + SMALL.turnBytes(), "it holds " + parser.heldBytes());
        }
    }

    // ---- Hostile frames --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            *a\\n          | invalid multibulk length
            *\\n           | invalid multibulk length
            *+1\\n         | invalid multibulk length
            *-0\\n         | invalid multibulk length
            *01\\n         | invalid multibulk length
            *11\\n         | invalid multibulk length
            *99999999999999999999\\n   | invalid multibulk length
            *1\\n:4\\n     | expected '$', got ':'
            *1\\n$-1\\n    | invalid bulk length
            *1\\n$101\\n   | invalid bulk length
            *1\\n$ 1\\n    | invalid bulk length
            *1\\n$1\\nxyz  | invalid bulk length
            *1\\n$1\\nx\\ry   | invalid bulk length
            "open\\n       | unbalanced quotes in request
            'a'b\\n        | unbalanced quotes in request
            "a\\\\n        | unbalanced quotes in request
            """)
    void brokenFrameIsRefused(String frame, String message) {
        assertEquals(message, error(SMALL, frame.replace("\\n", "\r\n").replace("\\r", "\r")));
    }

    @Test
    void tooMuchIsRefusedAsSoonAsItIsAnnouncedOrHasCome() {
        // 1. A line without an end.
        assertEquals("too big inline request", error(SMALL, "x".repeat(65)));
        assertEquals("too big inline request", error(SMALL, "x".repeat(65) + "\r\n"));
        // 2. A header without an end.
        assertEquals("invalid multibulk length", error(SMALL, "*" + "1".repeat(40)));
        assertEquals("invalid bulk length", error(SMALL, "*1\r\n$" + "1".repeat(40)));
        // 3. Arguments that are too much together.
        var bulk = "$100\r\n" + "x".repeat(100) + "\r\n";
        assertEquals("too big request", error(SMALL, "*4\r\n" + bulk + bulk + "$100\r\n"));
    }

    @Test
    void limitsThemselvesAreAllowed() throws Exception {
        var parser = new RespParser(SMALL, new byte[SMALL.turnBytes()]);
        assertEquals(1, feed(parser, Text.bytes("x".repeat(63) + "\r\n")).size());
        var ten = "*10\r\n" + "$1\r\nx\r\n".repeat(10);
        assertEquals(10, feed(parser, Text.bytes(ten)).get(0).size());
        assertEquals(
                1,
                feed(parser, Text.bytes("*1\r\n$100\r\n" + "x".repeat(100) + "\r\n"))
                        .size());
    }
}
