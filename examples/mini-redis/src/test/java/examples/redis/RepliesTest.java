package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies as bytes, in both protocols. */
class RepliesTest {

    private final Replies replies = new Replies();

    private String written(int protocol, Consumer<Replies> reply) {
        var bytes = new ByteArrayOutputStream();
        replies.begin(Talk.into(bytes), protocol);
        reply.accept(replies);
        replies.flush();
        return Text.of(bytes.toByteArray(), 0, bytes.size());
    }

    private void assertWritten(String resp2, String resp3, Consumer<Replies> reply) {
        assertEquals(resp2, written(2, reply));
        assertEquals(resp3, written(3, reply));
    }

    @Test
    void whatIsTheSameInBothProtocols() {
        assertWritten("+OK\r\n", "+OK\r\n", Replies::ok);
        assertWritten("+PONG\r\n", "+PONG\r\n", replies -> replies.simple("PONG"));
        assertWritten("-ERR a  b\r\n", "-ERR a  b\r\n", replies -> replies.error("ERR a\r\nb"));
        assertWritten("$3\r\na\r\n\r\n", "$3\r\na\r\n\r\n", replies -> replies.bulk("a\r\n"));
        assertWritten("*12\r\n", "*12\r\n", replies -> replies.array(12));
    }

    @Test
    void whatIsDifferent() {
        assertWritten("$-1\r\n", "_\r\n", Replies::nil);
        assertWritten("$-1\r\n", "_\r\n", replies -> replies.bulkOrNil(null));
        assertWritten("*-1\r\n", "_\r\n", Replies::nilArray);
        assertWritten("*4\r\n", "%2\r\n", replies -> replies.map(2));
        assertWritten("*3\r\n", ">3\r\n", replies -> replies.push(3));
        assertWritten("$4\r\ntext\r\n", "=8\r\ntxt:text\r\n", replies -> replies.verbatim("text"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, -1, -10, 12345678, Long.MAX_VALUE, Long.MIN_VALUE})
    void numbers(long number) {
        assertEquals(":" + number + "\r\n", written(2, replies -> replies.integer(number)));
    }

    @Test
    void protocolChangesInTheMiddle() {
        assertEquals("$-1\r\n_\r\n", written(2, replies -> {
            replies.nil();
            replies.protocol(3);
            replies.nil();
        }));
    }

    @Test
    void longRepliesComeWholeAndInOrder() {
        var expected = new StringBuilder();
        for (var length : new int[] {1, 20_000, 3, 200_000, 15_000, 15_000, 15_000, 15_000, 15_000, 7, 16_384}) {
            expected.append("$")
                    .append(length)
                    .append("\r\n")
                    .append("x".repeat(length))
                    .append("\r\n");
        }
        var written = written(2, replies -> {
            for (var length : new int[] {1, 20_000, 3, 200_000, 15_000, 15_000, 15_000, 15_000, 15_000, 7, 16_384}) {
                replies.bulk("x".repeat(length));
            }
            assertEquals(expected.length(), replies.size());
        });
        assertEquals(expected.toString(), written);
    }

    @Test
    void valueIsNotCopiedForASinkThatKeepsIt() {
        var value = new byte[50_000];
        var seen = new byte[1][];
        replies.begin(
                buffer -> {
                    if (buffer.remaining() == value.length) {
                        seen[0] = buffer.array();
                    }
                },
                2);
        replies.bulk(value);
        assertSame(value, seen[0]);
    }

    @Test
    void sinkThatFailsLeavesNothingForTheNextClient() {
        replies.begin(
                buffer -> {
                    throw new IllegalStateException("closed");
                },
                2);
        replies.ok();
        assertThrows(IllegalStateException.class, replies::flush);
        assertEquals("+PONG\r\n", written(2, replies -> replies.simple("PONG")));
    }
}
