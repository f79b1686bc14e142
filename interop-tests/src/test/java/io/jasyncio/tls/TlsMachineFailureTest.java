package io.jasyncio.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.transport.TruncatedStreamException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What the state machine of TLS does about peers that do not keep to it. */
class TlsMachineFailureTest {

    private static final int HANDSHAKE = 22;
    private static final int DATA = 23;

    // ---- The end ---------------------------------------------------------------------------------------------------

    @OnEachVersion
    void anEndWithoutNoticeIsATruncationAfterAllThatCame(String version) {
        var both = Conversation.of(version).established();
        both.server().write(Conversation.bytes(5_000));
        both.client().connectionEnds = true;
        both.settle();
        assertEquals(5_000, both.client().received().length);
        assertEquals(List.of("done", "data", "failed"), both.client().events);
        assertInstanceOf(TruncatedStreamException.class, both.client().failure);
    }

    @OnEachVersion
    void anEndWithinARecordIsATruncation(String version) {
        var both = Conversation.of(version).established();
        both.server().write(Conversation.bytes(5_000));
        var record = both.client().incoming.removeLast();
        both.client().incoming.add(Arrays.copyOf(record, record.length - 3));
        both.client().connectionEnds = true;
        both.settle();
        assertEquals(0, both.client().received().length);
        assertInstanceOf(TruncatedStreamException.class, both.client().failure);
    }

    @OnEachVersion
    void anEndWithoutNoticeMayBeTakenForAnEnd(String version) {
        var server = new Side(Conversation.server(Keys.context("server"), version), false);
        var client = new Side(Conversation.client(Keys.context(null), "localhost", version), true);
        var both = Conversation.of(client, server).established();
        server.write(Conversation.bytes(5_000));
        client.connectionEnds = true;
        both.settle();
        assertEquals(List.of("done", "data", "peer ended"), client.events);
    }

    @OnEachVersion
    void afterOurOwnEndNobodyMissesTheirs(String version) {
        var both = Conversation.of(version).established();
        both.client().machine.close();
        both.client().connectionEnds = true;
        both.settle();
        assertEquals(List.of("done", "ended", "peer ended"), both.client().events);
    }

    @OnEachVersion
    void anEndDuringTheHandshakeIsAFailure(String version) {
        var both = Conversation.of(version).start();
        both.server().connectionEnds = true;
        both.server().step(30);
        both.server().incoming.clear();
        both.settle();
        assertInstanceOf(SSLHandshakeException.class, both.server().failure);
        assertEquals(List.of("failed"), both.server().events);
    }

    @OnEachVersion
    void anAbandonedMachineSaysNothingMore(String version) {
        var both = Conversation.of(version);
        both.server().tasksWait = true;
        both.start();
        both.server().step(Conversation.ALL);
        assertFalse(both.server().tasks.isEmpty());
        both.server().machine.abandon();
        both.settle();
        assertEquals(List.of(), both.server().events);
    }

    // ---- Whom it talks to ------------------------------------------------------------------------------------------

    private static void refuses(Conversation both, String inTheMessage) {
        both.start().settle();
        assertFalse(both.client().machine.isEstablished());
        assertInstanceOf(SSLHandshakeException.class, both.client().failure);
        var message = both.client().failure.getMessage();
        assertTrue(message.contains(inTheMessage), message);
        assertNotNull(both.server().failure, "the alert");
        assertEquals(List.of("failed"), both.client().events);
    }

    @OnEachVersion
    void aClientRefusesACertificateOfAnotherHost(String version) {
        var client = Conversation.client(Keys.context(null), "localhost", version);
        refuses(Conversation.of(client, Conversation.server(Keys.context("other"), version)), "localhost");
    }

    @OnEachVersion
    void aClientRefusesAnExpiredCertificate(String version) {
        var client = Conversation.client(Keys.context(null), "localhost", version);
        refuses(
                Conversation.of(client, Conversation.server(Keys.context("expired"), version)),
                "validity check failed");
    }

    @OnEachVersion
    void aClientRefusesACertificateThatAStrangerHasSigned(String version) {
        var client = Conversation.client(Keys.context(null), "localhost", version);
        refuses(Conversation.of(client, Conversation.server(Keys.context("stranger"), version)), "PKIX path");
    }

    @OnEachVersion
    void anAddressIsAsGoodAsAName(String version) {
        for (var address : List.of("127.0.0.1", "::1")) {
            var client = Conversation.client(Keys.context(null), address, version);
            Conversation.of(client, Conversation.server(Keys.context("server"), version))
                    .established();
        }
    }

    @OnEachVersion
    void aClientWithACertificateIsKnown(String version) throws Exception {
        var client = Conversation.client(Keys.context("client"), "localhost", version);
        var server = Conversation.server(Keys.context("server"), version);
        server.setNeedClientAuth(true);
        Conversation.of(client, server).established();
        assertEquals("CN=client", server.getSession().getPeerPrincipal().getName());
    }

    /** With TLS 1.3 the client is done before the server has looked at its certificate, and hears of it afterwards. */
    @OnEachVersion
    void aClientWithoutACertificateIsRefusedWhereOneIsNeeded(String version) {
        var client = Conversation.client(Keys.context(null), "localhost", version);
        var server = Conversation.server(Keys.context("server"), version);
        server.setNeedClientAuth(true);
        var both = Conversation.of(client, server).start().settle();
        assertEquals(List.of("failed"), both.server().events);
        assertEquals(version.equals("TLSv1.3") ? List.of("done", "failed") : List.of("failed"), both.client().events);
    }

    @OnEachVersion
    void bothFailWithoutAProtocolThatBothSpeak(String version) {
        var client = Conversation.client(Keys.context(null), "localhost", version);
        var server = Conversation.server(Keys.context("server"), version);
        Conversation.adjust(client, parameters -> parameters.setApplicationProtocols(new String[] {"h2"}));
        Conversation.adjust(server, parameters -> parameters.setApplicationProtocols(new String[] {"echo"}));
        var both = Conversation.of(client, server).start().settle();
        assertEquals(List.of("failed"), both.client().events);
        assertEquals(List.of("failed"), both.server().events);
    }

    @Test
    void aServerWithoutAKeyFails() {
        var client = Conversation.client(Keys.context(null), "localhost", "TLSv1.3");
        var both = Conversation.of(client, Conversation.server(Keys.context(null), "TLSv1.3"));
        both.start().settle();
        assertEquals(List.of("failed"), both.server().events);
        assertEquals(List.of("failed"), both.client().events);
    }

    // ---- Garbage ---------------------------------------------------------------------------------------------------

    private static Side serverThatReceives(byte[]... pieces) {
        var both = Conversation.of("TLSv1.3", "TLSv1.2");
        both.server().machine.start();
        both.server().incoming.addAll(List.of(pieces));
        both.settle();
        return both.server();
    }

    @Test
    void whoDoesNotSpeakTlsIsTold() {
        var server = serverThatReceives("GET / HTTP/1.1\r\n\r\n".getBytes());
        assertTrue(server.failure.getMessage().contains("does the other side speak TLS?"), server.failure.getMessage());
    }

    @Test
    void aRecordThatNeverEndsIsNotWaitedFor() {
        var server = serverThatReceives(new byte[] {HANDSHAKE, 3, 1, (byte) 0xff, (byte) 0xff});
        assertTrue(server.failure.getMessage().contains("65540 bytes"), server.failure.getMessage());
    }

    /** A message of 16 MB in many records, each of which is in order. */
    @Test
    void aHandshakeMessageThatNeverEndsIsNotWaitedFor() {
        var records = new byte[10][];
        for (var i = 0; i < records.length; i++) {
            records[i] = new byte[5 + 16_000];
            ByteBuffer.wrap(records[i])
                    .put((byte) HANDSHAKE)
                    .putShort((short) 0x0301)
                    .putShort((short) 16_000);
        }
        ByteBuffer.wrap(records[0], 5, 4).putInt(0x01ffffff);
        var server = serverThatReceives(records);
        assertEquals(List.of("failed"), server.events);
    }

    /** Each of them is allowed; a stream of them would have the loop do nothing else. */
    @Test
    void recordsWithoutDataAreNotTakenForEver() throws Exception {
        var both = Conversation.of("TLSv1.3").established();
        for (var i = 0; i < 101 && both.server().failure == null; i++) {
            both.client().engine.beginHandshake();
            both.client().write(new byte[0]);
            var record = ByteBuffer.allocate(17_000);
            both.client().engine.wrap(ByteBuffer.allocate(0), record);
            both.server().machine.receive(record.flip());
        }
        assertTrue(
                both.server().failure.getMessage().contains("without data"),
                both.server().failure.getMessage());
    }

    @OnEachVersion
    void whatCameBeforeABrokenRecordCounts(String version) {
        var both = Conversation.of(version).established();
        both.server().write(Conversation.bytes(100));
        both.server().write(Conversation.bytes(200));
        var broken = both.client().incoming.removeLast();
        broken[broken.length - 1] ^= 1;
        var good = both.client().incoming.removeLast();
        var together = Arrays.copyOf(good, good.length + broken.length);
        System.arraycopy(broken, 0, together, good.length, broken.length);
        both.client().incoming.add(together);
        both.settle();
        assertArrayEquals(Conversation.bytes(100), both.client().received());
        assertEquals(List.of("done", "data", "failed"), both.client().events);
        assertNotNull(both.server().failure, "the alert");
    }

    @OnEachVersion
    void whatCameBeforeSomethingThatIsNoRecordCounts(String version) {
        var both = Conversation.of(version).established();
        both.server().write(Conversation.bytes(100));
        var good = both.client().incoming.removeLast();
        both.client().incoming.add(Arrays.copyOf(good, good.length + 5));
        both.settle();
        assertArrayEquals(Conversation.bytes(100), both.client().received());
        assertEquals(List.of("done", "data", "failed"), both.client().events);
    }

    @Test
    void renegotiationIsRefused() throws Exception {
        var both = Conversation.of("TLSv1.2").established();
        both.client().engine.beginHandshake();
        var hello = ByteBuffer.allocate(20_000);
        both.client().engine.wrap(ByteBuffer.allocate(0), hello);
        both.client().sendRecords(hello.flip());
        both.server().step(Conversation.ALL);
        assertTrue(
                both.server().failure.getMessage().contains("renegotiate"),
                both.server().failure.getMessage());
    }

    /** Whatever is damaged on the way: no wrong byte is ever handed on, nothing hangs, and little is kept. */
    @OnEachVersion
    void damagedConversationsEndWell(String version) {
        var random = new Random(4);
        var data = Conversation.bytes(3_000);
        var failed = 0;
        for (var round = 0; round < 150; round++) {
            var both = Conversation.of(version).start();
            both.client().write(data);
            var when = random.nextInt(12);
            for (var step = 0; step < 60; step++) {
                if (step == when) {
                    damage(random, both.client());
                    damage(random, both.server());
                }
                both.client().step(400);
                both.server().step(400);
            }
            both.settle(400);
            var received = both.server().received();
            assertArrayEquals(Arrays.copyOf(data, received.length), received);
            assertTrue(both.server().mostKept < 20_000 && both.client().mostKept < 20_000);
            failed += both.client().failure != null || both.server().failure != null ? 1 : 0;
        }
        assertTrue(failed > 100, failed + " of 150 failed");
    }

    private static void damage(Random random, Side side) {
        var next = side.incoming.peek();
        if (next != null) {
            next[random.nextInt(next.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    @Test
    void nothingIsTakenAfterAFailure() {
        var server = serverThatReceives(new byte[] {DATA + 2, 0, 0, 0, 0}, new byte[100]);
        server.write(new byte[10]);
        server.machine.close();
        server.machine.resume();
        assertEquals(List.of("failed"), server.events);
        assertEquals(0, server.machine.keptBytes());
        assertNull(server.failure.getCause());
    }
}
