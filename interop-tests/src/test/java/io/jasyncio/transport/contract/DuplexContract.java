package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a transport has to pass in addition if both sides can write. */
interface DuplexContract extends StreamContract {

    @Test
    default void bothDirectionsAtTheSameTime() throws Exception {
        connected(link -> {
            var there = Traffic.random(10, 1_500_000);
            var back = Traffic.random(11, 1_500_000);
            Traffic.pauseAtRandom(link.near(), new Random(12));
            Traffic.pauseAtRandom(link.far(), new Random(13));
            await(gather(
                    createTask(() -> Link.send(link.near(), there, new Random(14))),
                    createTask(() -> Link.send(link.far(), back, new Random(15)))));
            await(link.far().receivedAsync(there.length));
            await(link.near().receivedAsync(back.length));
            Traffic.requireEqual(there, link.far().received());
            Traffic.requireEqual(back, link.near().received());
        });
    }

    @Test
    default void anAnswerMayBeWrittenWithinData() throws Exception {
        connected(link -> {
            link.far().onData = link.reading()::write;
            for (var round = 1; round <= 100; round++) {
                link.writing().write("ping".getBytes());
                await(link.near().receivedAsync(4 * round));
            }
            assertEquals("ping".repeat(100), link.near().text());
        });
    }

    @Test
    default void halfOfAConnectionGoesOnWithoutTheOther() throws Exception {
        connected(link -> {
            assumeTrue(link.writing().canWriteEof(), "this transport ends in both directions at once");
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
            assertEquals(List.of("made", "data", "eof", "lost"), link.near().events.stream()
                    .filter(event -> !event.equals("pause") && !event.equals("resume"))
                    .toList());
            Traffic.requireEqual(answer, link.near().received());
        });
    }

    /** The default answer of a protocol to the end of the stream: what waits is sent before the connection ends. */
    @Test
    default void anEndAnsweredWithAnEndSendsWhatWaits() throws Exception {
        connected(link -> {
            assumeTrue(link.writing().canWriteEof(), "this transport ends in both directions at once");
            link.near().keepsOpen = true;
            var answer = Traffic.random(22, 3_000_000);
            link.far().onEof = () -> link.reading().write(answer);
            link.writing().writeEof();
            await(link.near().ended);
            Traffic.requireEqual(answer, link.near().received());
            await(link.far().lost);
        });
    }

    @Test
    default void aPauseOfOneDirectionLeavesTheOtherAlone() throws Exception {
        connected(link -> {
            fill(link);
            link.reading().write("from a side that does not read".getBytes());
            await(link.near().receivedAsync(30));
            assertTrue(link.writing().isReading());
        });
    }

    /** Both are told, each once, and nobody waits for the other. */
    @Test
    default void bothSidesMayEndAtTheSameTime() throws Exception {
        connected(link -> {
            link.writing().write("unread".getBytes());
            link.writing().close();
            link.reading().close();
            await(link.near().lost);
            await(link.far().lost);
        });
    }

    /** The other side has gone; whether that is an end or a failure depends on what was on its way. */
    @Test
    default void aSideThatGoesAwayInTheMiddleEndsTheOtherOne() throws Exception {
        connected(link -> {
            fill(link);
            link.reading().abort();
            await(link.far().lost);
            await(link.near().lost);
            assertEquals(0, link.writing().getWriteBufferSize());
        });
    }
}
