package io.jasyncio.peers;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.kit.AsyncioExtension;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tests with peers stand on. */
@ExtendWith(AsyncioExtension.class)
class PeerTest {

    @Test
    void aProgramGetsItsInputAndGivesItsOutput() throws Exception {
        var input = new byte[1_000_000];
        input[999_999] = 1;
        assertArrayEquals(input, Peer.of("cat").input(input).run().output());
        assertEquals("", Peer.of("cat").run().text());
    }

    @Test
    void aBadEndSaysWhatThereWasToSee() {
        var failure = assertThrows(
                CompletionException.class,
                () -> Peer.of("sh", "-c", "echo seen; echo told >&2; exit 3").run());
        assertTrue(failure.getCause().getMessage().contains("[standard output]\nseen\n"), failure.toString());
        assertTrue(failure.getCause().getMessage().contains("[standard error]\ntold\n"), failure.toString());
    }

    @Test
    void aTaskCanAwaitALineAndTheEnd() throws Exception {
        Asyncio.run(() -> {
            try (var peer = Peer.of("cat").interactive().start()) {
                peer.type("no\nyes, ");
                var line = peer.line("yes");
                assertFalse(line.isDone());
                peer.type("this\nmore");
                assertEquals("yes, this", await(line));
                peer.endInput();
                assertEquals("no\nyes, this\nmore", await(peer.success()).text());
                assertThrows(AssertionError.class, () -> await(peer.line("more")));
            }
        });
    }

    @Test
    void nothingOutlivesItsTimeLimitOrItsTest() throws Exception {
        try (var peer = Peer.of("sleep", 600).timeLimit(Duration.ofMillis(50)).start()) {
            assertThrows(CompletionException.class, () -> peer.ended().join());
        }
        Peer ended;
        try (var peer = Peer.of("sh", "-c", "sleep 600 & echo started; wait").start()) {
            // What is started after the end would not be found any more.
            peer.line("started").join();
            ended = peer;
        }
        assertFalse(ended.ended().join().exitCode() == 0);
    }
}
