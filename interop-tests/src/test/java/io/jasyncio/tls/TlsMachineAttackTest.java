package io.jasyncio.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A peer that keeps to every rule of TLS, and wants the loop to work, or its memory to fill, for nothing. */
class TlsMachineAttackTest {

    private static final byte HANDSHAKE = 22;
    private static final byte[] NOTHING = {};

    private Conversation both;
    private Side attacker;
    private Side victim;

    @BeforeEach
    void converse() {
        both = Conversation.of("TLSv1.3");
        attacker = both.client();
        victim = both.server();
    }

    /** Cuts what the client says first into records of one byte each. */
    private void sendHelloByteByByte(byte[] hello) {
        for (var i = 0; i < hello.length && victim.failure == null; i++) {
            victim.machine.receive(ByteBuffer.wrap(new byte[] {HANDSHAKE, 3, 3, 0, 1, hello[i]}));
        }
    }

    private void attackerTakesNewKeys() throws SSLException {
        attacker.engine.beginHandshake();
        var record = ByteBuffer.allocate(17_000);
        attacker.engine.wrap(ByteBuffer.wrap(NOTHING), record);
        victim.machine.receive(record.flip());
        // Its answer stays on the way: whoever asks for the next keys at once has not waited for it either.
        attacker.incoming.clear();
    }

    private void attackerWritesAByte() {
        attacker.write(new byte[1]);
        both.settle();
    }

    private void assertFailed(String inTheMessage) {
        assertTrue(
                victim.failure != null && victim.failure.getMessage().contains(inTheMessage),
                () -> "" + victim.failure);
    }

    // ---- The handshake ---------------------------------------------------------------------------------------------

    @Test
    void aHelloMayComeInRecordsOfAByteEach() {
        victim.machine.start();
        attacker.machine.start();
        var record = victim.incoming.poll();
        var hello = new byte[record.length - 5];
        System.arraycopy(record, 5, hello, 0, hello.length);
        assertTrue(hello.length < 2000, hello.length + " bytes");
        sendHelloByteByByte(hello);
        both.settle();
        assertTrue(victim.machine.isEstablished(), () -> "" + victim.failure);
    }

    /** Thirty thousand bytes are a message that engines take, and copy from the beginning with every record that adds to it. */
    @Test
    void aHandshakeOfCountlessRecordsEnds() {
        victim.machine.start();
        var hello = new byte[30_000];
        ByteBuffer.wrap(hello).putInt(0x01000000 | hello.length - 4);
        sendHelloByteByByte(hello);
        assertFailed("more than 2000 records");
    }

    // ---- Afterwards ------------------------------------------------------------------------------------------------

    @Test
    void aByteNowAndThenDoesNotPayForAStreamOfNewKeys() throws Exception {
        both.established();
        for (var round = 0; round < 3 && victim.failure == null; round++) {
            for (var i = 0; i < 60 && victim.failure == null; i++) {
                attackerTakesNewKeys();
            }
            if (victim.failure == null) {
                attackerWritesAByte();
            }
        }
        assertFailed("without data");
        assertEquals(1, victim.received().length);
    }

    /** Each request for new keys is answered, and the answers wait with us. */
    @Test
    void aPeerThatAsksForNewKeysAndReadsNothingIsLeftAlone() throws Exception {
        both.established();
        victim.isFull = true;
        for (var i = 0; i < 200 && victim.failure == null; i++) {
            attackerTakesNewKeys();
            attackerWritesAByte();
        }
        assertFailed("100 answers that the other side does not read");
        assertTrue(victim.sentBytes < 10_000, victim.sentBytes + " bytes");
    }

    @Test
    void aPeerThatReadsMayAskForNewKeysAsOftenAsItLikes() throws Exception {
        both.established();
        for (var i = 0; i < 300; i++) {
            victim.isFull = i % 50 != 0;
            attackerTakesNewKeys();
            attackerWritesAByte();
        }
        assertNull(victim.failure);
        assertEquals(300, victim.received().length);
    }

    // ---- No attack, but as bad -------------------------------------------------------------------------------------

    /** Whatever the engine holds of a record must not wait for the next one, which may never come. */
    @OnEachVersion
    void nothingStaysInAnEngineThatTakesMoreThanThereIsRoomFor(String version) {
        var server = new TakingEngine(Conversation.server(Keys.context("server"), version));
        var client = Conversation.client(Keys.context(null), "localhost", version);
        both = Conversation.of(client, server).established();
        both.server().machine.pause();
        // The last of them goes beyond a buffer of 128 KiB.
        for (var i = 0; i < 14; i++) {
            both.client().write(Conversation.bytes(10_000));
        }
        var records = new byte[200_000];
        var length = 0;
        for (byte[] piece; (piece = both.server().incoming.poll()) != null; length += piece.length) {
            System.arraycopy(piece, 0, records, length, piece.length);
        }
        both.server().machine.receive(ByteBuffer.wrap(records, 0, length));
        both.server().machine.resume();
        var expected = ByteBuffer.allocate(140_000);
        while (expected.hasRemaining()) {
            expected.put(Conversation.bytes(10_000));
        }
        assertArrayEquals(expected.array(), both.server().received());
    }
}
