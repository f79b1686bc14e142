package io.jasyncio.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state machine of TLS by itself: what goes in at one side comes out at the other. */
class TlsMachineTest {

    /** The header, 2^14 bytes, and what TLS 1.2 may add. */
    private static final int MOST_OF_A_RECORD = 5 + 16_384 + 2_048;

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, 1048576, false", "TLSv1.2, 1, false", "TLSv1.2, 7, true", "TLSv1.2, 1000, true",
        "TLSv1.3, 1048576, false", "TLSv1.3, 1, false", "TLSv1.3, 7, true", "TLSv1.3, 1000, true"
    })
    void everythingArrivesWhateverThePieces(String version, int piece, boolean tasksWait) {
        var both = Conversation.of(version);
        var client = both.client();
        var server = both.server();
        client.tasksWait = tasksWait;
        server.tasksWait = tasksWait;
        both.start().settle(piece);

        var data = Conversation.bytes(piece < 100 ? 40_000 : 1_000_000);
        client.write(data);
        server.write(data);
        both.settle(piece);
        assertArrayEquals(data, server.received());
        assertArrayEquals(data, client.received());
        assertTrue(server.mostKept <= MOST_OF_A_RECORD, () -> server.mostKept + " bytes were kept");

        client.machine.close();
        both.settle(piece);
        server.machine.close();
        both.settle(piece);
        assertEquals(List.of("done", "data", "ended", "peer ended"), client.events);
        assertEquals(List.of("done", "data", "peer ended", "ended"), server.events);
        assertEquals(0, server.machine.keptBytes());
    }

    @OnEachVersion
    void whatIsWrittenBeforeTheHandshakeWaitsAndThenComesFirst(String version) {
        var both = Conversation.of(version);
        both.client().tasksWait = true;
        both.client().write(Conversation.bytes(200_000));
        both.client().machine.close();
        assertEquals(200_000, both.client().machine.waitingBytes());

        both.start().settle(500);
        assertArrayEquals(Conversation.bytes(200_000), both.server().received());
        assertEquals(0, both.client().machine.waitingBytes());
        assertEquals(List.of("done", "data", "peer ended"), both.server().events);
    }

    @OnEachVersion
    void whatIsWrittenWhenTheHandshakeIsDoneComesBehindWhatWasWrittenBefore(String version) {
        var both = Conversation.of(version);
        both.client().write("early ".getBytes());
        both.client().onDone = () -> both.client().write("late".getBytes());
        both.established();
        assertEquals("early late", new String(both.server().received()));
    }

    /** As a protocol does that is asked to pause, and has one thing more to say. */
    @OnEachVersion
    void aWriteFromWithinAWriteComesBehindIt(String version) {
        var both = Conversation.of(version).established();
        var again = new boolean[] {true};
        both.client().route = records -> {
            both.server().incoming.add(copy(records));
            if (again[0]) {
                again[0] = false;
                both.client().write("behind".getBytes());
                both.client().machine.close();
            }
        };
        both.client().write(Conversation.bytes(1_000_000));
        both.settle();
        var received = both.server().received();
        assertEquals("behind", new String(received, 1_000_000, received.length - 1_000_000));
        assertEquals(List.of("done", "data", "peer ended"), both.server().events);
    }

    private static byte[] copy(ByteBuffer records) {
        var copy = new byte[records.remaining()];
        records.get(copy);
        return copy;
    }

    @OnEachVersion
    void anEchoFromWithinTheDataAndAnEndFromWithinTheData(String version) {
        var both = Conversation.of(version).established();
        both.server().onData = data -> both.server().machine.write(data);
        both.client().write(Conversation.bytes(500_000));
        both.settle(5_000);
        assertArrayEquals(Conversation.bytes(500_000), both.client().received());

        both.server().onData = data -> both.server().machine.close();
        both.client().write(new byte[10]);
        both.settle(5_000);
        assertTrue(both.client().events.contains("peer ended"));
    }

    @OnEachVersion
    void aPausedSideKeepsLittleAndLosesNothing(String version) {
        var both = Conversation.of(version).established();
        var server = both.server();
        server.machine.pause();
        both.client().write(Conversation.bytes(3_000_000));
        both.client().machine.close();
        server.connectionEnds = true;
        both.settle(100_000);
        assertEquals(0, server.received().length);
        assertFalse(server.wantsRecords);
        assertTrue(server.mostKept <= 100_000, () -> server.mostKept + " bytes were kept");

        server.onData = data -> server.machine.pause();
        while (server.received().length < 3_000_000) {
            server.machine.resume();
            both.settle(100_000);
        }
        assertTrue(server.mostKept <= 100_000 + MOST_OF_A_RECORD, () -> server.mostKept + " bytes were kept");
        server.machine.resume();
        both.settle(100_000);
        assertArrayEquals(Conversation.bytes(3_000_000), server.received());
        assertEquals("peer ended", server.events.get(server.events.size() - 1));
        assertNull(server.failure);
    }

    /** A closed connection must not stand still because somebody had paused it before. */
    @OnEachVersion
    void aPauseDoesNotKeepAnEndFromComing(String version) {
        var both = Conversation.of(version).established();
        both.client().machine.pause();
        both.server().write(Conversation.bytes(100_000));
        both.server().machine.close();
        both.settle();
        both.client().machine.close();
        both.settle();
        assertEquals(List.of("done", "ended", "peer ended"), both.client().events);
    }

    @OnEachVersion
    void afterItsOwnEndASideDropsWhatStillComes(String version) {
        var both = Conversation.of(version).established();
        both.client().machine.close();
        both.server().write(Conversation.bytes(300_000));
        both.server().machine.close();
        both.settle(5_000);
        assertEquals(0, both.client().received().length);
        assertEquals(List.of("done", "ended", "peer ended"), both.client().events);
    }

    /** TLS 1.2 leaves no choice: after the other side's end the engine sends its own and takes nothing more. */
    @OnEachVersion
    void onlyTls13SendsDataAfterTheOtherSidesEnd(String version) {
        var both = Conversation.of(version).established();
        both.server().onEnd = () -> {
            both.server().write(Conversation.bytes(10_000));
            both.server().machine.close();
        };
        var before = both.server().sentBytes;
        both.client().machine.close();
        both.settle();
        assertEquals(version.equals("TLSv1.3"), both.server().sentBytes - before > 10_000);
        assertTrue(both.client().events.contains("peer ended"));
    }

    /** What starts TLS in the middle of a connection has read the beginning of it already. */
    @Test
    void theFirstRecordsMayBeThereBeforeTheStart() {
        var both = Conversation.of("TLSv1.3");
        both.client().machine.start();
        var hello = both.server().incoming.poll();
        both.server().machine.start();
        both.server().machine.receive(ByteBuffer.wrap(hello));
        both.settle();
        assertTrue(both.server().machine.isEstablished());
    }

    @OnEachVersion
    void tlsGoesThroughTls(String version) {
        var outer = Conversation.of(version).established();
        var inner = Conversation.of(version);
        inner.client().route = outer.client().machine::write;
        inner.server().route = outer.server().machine::write;
        outer.client().onData = inner.client().machine::receive;
        outer.server().onData = inner.server().machine::receive;
        inner.server().onData = inner.server().machine::write;
        inner.start();
        outer.settle(3_000);
        inner.client().write(Conversation.bytes(200_000));
        outer.settle(3_000);
        assertArrayEquals(Conversation.bytes(200_000), inner.server().received());
        assertArrayEquals(Conversation.bytes(200_000), inner.client().received());
    }

    @Test
    void newKeysInTheMiddleAreNoNews() throws Exception {
        var both = Conversation.of("TLSv1.3").established();
        for (var i = 0; i < 20; i++) {
            var side = i % 2 == 0 ? both.client() : both.server();
            side.engine.beginHandshake();
            side.write(Conversation.bytes(50_000));
            both.settle(3_000);
        }
        assertEquals(500_000, both.client().received().length);
        assertEquals(500_000, both.server().received().length);
        assertEquals(List.of("done", "data"), both.client().events);
    }
}
