package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import examples.redis.Programs.RealRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bytes to Redis and to this server: the same bytes must come back. */
@Timeout(value = 120, threadMode = SEPARATE_THREAD)
class DifferentialTest {

    private static RealRedis real;
    private static RunningRedis ours;

    @BeforeAll
    static void start() throws Exception {
        real = RealRedis.start();
        ours = new RunningRedis();
    }

    @AfterAll
    static void end() {
        if (real != null) {
            real.close();
            ours.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 2", "2, 3", "3, 4", "2, 5", "3, 6"})
    void randomCommands(int protocol, long seed) throws Exception {
        try (var expected = new Wire(real.port());
                var actual = new Wire(ours)) {
            for (var wire : List.of(expected, actual)) {
                wire.say("HELLO " + protocol);
                wire.say("FLUSHALL");
            }
            var commands = new RandomCommands(seed);
            for (var sent = 0; sent < 3000; ) {
                var pipeline = new ArrayList<List<String>>();
                for (var left = commands.pipeline(); left > 0; left--) {
                    pipeline.add(commands.next());
                }
                var bytes = new StringBuilder();
                pipeline.forEach(words -> bytes.append(RandomCommands.encode(words)));
                expected.send(bytes.toString());
                actual.send(bytes.toString());
                for (var words : pipeline) {
                    assertEquals(expected.hear(), actual.hear(), () -> "reply to " + words);
                }
                sent += pipeline.size();
            }
        }
    }

    /** A message comes to a listener when it will, and the order of names is any: so words are compared, up to a mark. */
    @ParameterizedTest
    @CsvSource({"2, 1", "3, 2", "2, 3", "3, 4"})
    void randomSubscriptions(int protocol, long seed) throws Exception {
        var commands = new RandomSubscriptions(seed);
        try (var expected = Conversation.with(real.port(), protocol);
                var actual = Conversation.with(ours.getPort(), protocol)) {
            for (var i = 0; i < 2000; i++) {
                var own = commands.next(protocol == 3);
                var foreign = commands.nextOfPublisher();
                assertEquals(expected.words(own, foreign), actual.words(own, foreign), () -> own + ", then " + foreign);
            }
        }
    }

    /** A listener and somebody who publishes. */
    private record Conversation(Wire listener, Wire publisher) implements AutoCloseable {

        static Conversation with(int port, int protocol) throws Exception {
            var listener = new Wire(port);
            listener.say("HELLO " + protocol);
            return new Conversation(listener, new Wire(port));
        }

        /** All that is heard of a command of the listener and of one of the publisher. */
        List<String> words(List<String> own, List<String> foreign) throws Exception {
            var heard = new ArrayList<String>();
            listener.send(RandomCommands.encode(own));
            hearUpToMark(heard);
            publisher.send(RandomCommands.encode(foreign));
            heard.add(publisher.hear());
            hearUpToMark(heard);
            return heard.stream()
                    .flatMap(reply -> Stream.of(reply.split(" ", -1)))
                    .sorted()
                    .toList();
        }

        private void hearUpToMark(List<String> heard) throws Exception {
            listener.send("PING mark\r\n");
            for (var reply = listener.hear(); !reply.endsWith("$4 mark"); reply = listener.hear()) {
                heard.add(reply);
            }
        }

        @Override
        public void close() throws Exception {
            listener.close();
            publisher.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*x\r\n",
                "*\r\n",
                "*-0\r\n",
                "*01\r\n",
                "*2147483648\r\n",
                "*1\r\n:4\r\n",
                "*1\r\n\r\n",
                "*1\r\n$-1\r\n",
                "*1\r\n$x\r\n",
                "*1\r\n$01\r\n",
                "*1\r\n$999999999\r\n",
                "\"open\r\n",
                "'open\r\n",
                "'a'b\r\n",
                "\"a\"b\r\n",
                "*0\r\n*-1\r\n\r\nPING\r\nQUIT\r\n",
                "ECHO \"\\x41\\n\\t\\q\\\\\"\r\nECHO 'it\\'s'\r\nQUIT now\r\n"
            })
    void hostileAndInlineFrames(String frame) throws Exception {
        assertEquals(all(new Wire(real.port()), frame), all(new Wire(ours), frame));
    }

    private static List<String> all(Wire wire, String frame) throws Exception {
        try (wire) {
            wire.send("PING\r\n" + frame);
            var replies = new ArrayList<String>();
            do {
                replies.add(wire.hear());
            } while (!replies.contains("end"));
            return replies;
        }
    }
}
