package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
