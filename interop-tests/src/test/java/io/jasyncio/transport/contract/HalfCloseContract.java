package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a transport has to pass in addition if each side can end its direction alone (S106). TLS cannot. */
interface HalfCloseContract extends DuplexContract {

    @Test
    default void halfOfAConnectionGoesOnWithoutTheOther() throws Exception {
        connected(link -> {
            link.far().keepsOpen = true;
            link.near().keepsOpen = true;
            // 1. There is no more to say here.
            link.writing().write("question".getBytes());
            link.writing().writeEof();
            await(link.far().ended);
            assertEquals("question", link.far().text());
            assertFalse(link.reading().isClosing());
            // 2. The other side answers at leisure, more than all buffers hold.
            var answer = Traffic.random(20, 3_000_000);
            Link.send(link.far(), answer, new Random(21));
            await(link.near().receivedAsync(answer.length));
            // 3. It ends its half too, which alone ends nothing.
            link.reading().writeEof();
            await(link.near().ended);
            settle();
            assertFalse(link.near().lost.isDone());
            assertFalse(link.far().lost.isDone());
            // 4. A regular end.
            link.writing().close();
            link.reading().close();
            await(link.near().lost);
            await(link.far().lost);
            assertEquals(
                    List.of("made", "data", "eof", "lost"),
                    link.near().events.stream()
                            .filter(event -> !event.equals("pause") && !event.equals("resume"))
                            .toList());
            Traffic.requireEqual(answer, link.near().received());
        });
    }

    /** The default answer of a protocol to the end of the stream: what waits is sent before the connection ends. */
    @Test
    default void anEndAnsweredWithAnEndSendsWhatWaits() throws Exception {
        connected(link -> {
            link.near().keepsOpen = true;
            var answer = Traffic.random(22, 3_000_000);
            link.far().onEof = () -> link.reading().write(answer);
            link.writing().writeEof();
            await(link.near().ended);
            Traffic.requireEqual(answer, link.near().received());
            await(link.far().lost);
        });
    }
}
