package examples.direct;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.timeout;
import static io.jasyncio.stream.Streams.openConnection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import examples.VirtualTimeProvider;
import examples.direct.Chat.Guest;
import io.jasyncio.LoopOptions;
import io.jasyncio.Runner;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The chat room with guests who do not behave. */
class ChatTest {

    @FunctionalInterface
    private interface Evening {
        void spend(Chat chat, int port) throws Exception;
    }

    private static void open(Evening evening) throws Exception {
        try (var runner = new Runner(LoopOptions.defaults().withProvider(VirtualTimeProvider.realProvider()))) {
            runner.run(() -> timeout(Duration.ofMinutes(1), () -> {
                var chat = new Chat();
                try (var server = chat.open(0)) {
                    evening.spend(chat, server.port());
                }
            }));
        }
    }

    @Test
    void whoDoesNotListenIsShownOutAndTheOthersHearEverything() throws Exception {
        open((chat, port) -> {
            try (var anna = Guest.join(port, "Anna");
                    var ben = Guest.join(port, "Ben");
                    var silent = Guest.join(port, "Silent")) {
                // 1. Silent reads nothing; what is said fills his buffers, then the system's, then the room's.
                var line = "x".repeat(60_000);
                while (chat.guests.containsKey("Silent")) {
                    anna.say(line);
                    assertEquals("Anna: " + line, ben.hear());
                }

                // 2. The others stay, and he hears that it is over.
                ben.say("is he gone?");
                assertEquals("Ben: is he gone?", anna.hear());
                String heard;
                do {
                    heard = silent.hear();
                } while (heard != null && heard.length() > 60_000);
            }
        });
    }

    @Test
    void aNameIsTakenOnceAndFreeAgainWhenItsGuestHasLeft() throws Exception {
        open((chat, port) -> {
            try (var anna = await(openConnection("127.0.0.1", port));
                    var other = await(openConnection("127.0.0.1", port))) {
                anna.writer().write("Anna\n");
                assertEquals("welcome, Anna; guests: 1", await(anna.reader().readLineAsync()));
                other.writer().write("Anna\n");
                assertEquals(
                        "somebody of that name is here", await(other.reader().readLineAsync()));
                assertNull(await(other.reader().readLineAsync()));
                anna.writer().writeEof();
                assertNull(await(anna.reader().readLineAsync()));
                assertFalse(chat.guests.containsKey("Anna"));
            }
        });
    }

    @Test
    void aLineWithoutAnEndEndsThatConnectionAlone() throws Exception {
        open((chat, port) -> {
            try (var anna = Guest.join(port, "Anna");
                    var ben = Guest.join(port, "Ben")) {
                anna.connection().writer().write("x".repeat(1_000_000));
                assertNull(anna.hear());
                assertEquals(Set.of("Ben"), chat.guests.keySet());
                ben.say("still here");
            }
        });
    }
}
