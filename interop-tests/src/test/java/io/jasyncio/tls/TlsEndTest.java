package io.jasyncio.tls;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.internal.net.ConnectionOwner;
import io.jasyncio.internal.net.tls.TlsTransport;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.VirtualTime;
import io.jasyncio.transport.Transport;
import io.jasyncio.transport.TruncatedStreamException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a TLS connection ends, with every kind of peer, and how long that takes by the clock of the loop. */
@ExtendWith(AsyncioExtension.class)
class TlsEndTest {

    // ---- The handshake ---------------------------------------------------------------------------------------------

    @Test
    void aHandshakeThatStallsIsGivenUp() throws Exception {
        MemoryLink.run(link -> {
            link.connect(link.tlsClient(Keys.client()).lowerProtocol(), new Talker());
            while (!link.clientOutcome.isKnown) {
                MemoryLink.settle();
            }
            var failure = assertInstanceOf(SSLHandshakeException.class, link.clientOutcome.failure);
            assertTrue(failure.getMessage().contains("60.0 s"), failure.getMessage());
            assertEquals(Duration.ofSeconds(60), VirtualTime.elapsed());
            assertEquals(List.of(), link.client.events);
            assertTrue(link.lowerClient.isClosing());
        });
    }

    @Test
    void aServerDoesNotWaitForAHandshakeForEverEither() throws Exception {
        MemoryLink.run(link -> {
            var options = Keys.server().withHandshakeTimeout(Duration.ofSeconds(3));
            var mute = new Talker();
            link.connect(mute, link.tlsServer(options).lowerProtocol());
            await(mute.lost);
            assertEquals(Duration.ofSeconds(3), VirtualTime.elapsed());
            assertEquals(List.of(), link.server.events);
        });
    }

    @Test
    void anEndOfTheHandshakeIsNotTheEndOfTheClock() throws Exception {
        MemoryLink.connected(link -> {
            await(sleep(Duration.ofHours(1)));
            link.client.transport.write(new byte[1]);
            await(link.server.receivedAsync(1));
            assertEquals(List.of("made"), link.client.events);
        });
    }

    @Test
    void aCloseDuringTheHandshakeEndsIt() throws Exception {
        MemoryLink.run(link -> {
            var client = link.tlsClient(Keys.client());
            link.connect(client.lowerProtocol(), new Talker());
            client.close();
            assertTrue(client.isClosing());
            MemoryLink.settle();
            assertInstanceOf(SSLHandshakeException.class, link.clientOutcome.failure);
            assertEquals(List.of(), link.client.events);
        });
    }

    @Test
    void anAbortBeforeThereIsATransportBeneathIsNotForgotten() throws Exception {
        MemoryLink.run(link -> {
            var client = link.tlsClient(Keys.client());
            client.abort();
            var peer = new Talker();
            link.connect(client.lowerProtocol(), peer);
            await(peer.lost);
            assertInstanceOf(SSLHandshakeException.class, link.clientOutcome.failure);
        });
    }

    @Test
    void whoeverIsRefusedIsNobodyAndThePeerIsToldWhy() throws Exception {
        MemoryLink.run(link -> {
            link.connect(
                    link.tlsClient(Keys.client()).lowerProtocol(),
                    link.tlsServer(Keys.server("other")).lowerProtocol());
            MemoryLink.settle();
            assertInstanceOf(SSLHandshakeException.class, link.clientOutcome.failure);
            assertTrue(link.serverOutcome.failure.getMessage().contains("certificate_unknown"));
            assertEquals(List.of(), link.client.events);
            assertEquals(List.of(), link.server.events);
        });
    }

    @Test
    void whoeverDoesNotSpeakTlsIsRefused() throws Exception {
        MemoryLink.run(link -> {
            var browser = new Talker();
            link.connect(browser, link.tlsServer(Keys.server()).lowerProtocol());
            await(browser.made).write("GET / HTTP/1.1\r\n\r\n".getBytes());
            await(browser.lost);
            assertTrue(link.serverOutcome.failure.getMessage().contains("does the other side speak TLS?"));
            assertEquals(List.of(), link.server.events);
        });
    }

    @Test
    void aServerKnowsItsConnectionFromBeforeTheHandshakeToItsEnd() throws Exception {
        MemoryLink.run(link -> {
            var known = new ArrayList<Transport>();
            var server = TlsTransport.server(link.host, link.server, Keys.server(), new ConnectionOwner() {
                @Override
                public void attach(Transport transport) {
                    known.add(transport);
                }

                @Override
                public void detach(Transport transport) {
                    known.remove(transport);
                }
            });
            assertEquals(List.of(server), known);
            link.connect(link.tlsClient(Keys.client()).lowerProtocol(), server.lowerProtocol());
            await(link.server.made);
            server.close();
            await(link.client.lost);
            await(link.server.lost);
            assertEquals(List.of(), known);
        });
    }

    // ---- The goodbye -----------------------------------------------------------------------------------------------

    @OnEachVersion
    void bothSidesHearOfAnEndAfterAllThatWasWritten(String version) throws Exception {
        var client = Keys.client().withParameters(Keys.protocols(version));
        MemoryLink.connected(client, Keys.server(), link -> {
            link.server.transport.pauseReading();
            link.client.transport.write(new byte[300_000]);
            link.client.transport.close();
            MemoryLink.settle();
            assertFalse(link.client.lost.isDone());
            link.server.transport.resumeReading();
            assertNull(await(link.server.lost));
            assertNull(await(link.client.lost));
            assertEquals(300_000, link.server.received().length);
            assertEquals(List.of("made", "data", "eof", "lost"), link.server.events);
            assertEquals(List.of("made", "pause", "resume", "lost"), link.client.events);
            assertEquals(Duration.ofSeconds(10), VirtualTime.elapsed());
        });
    }

    @Test
    void aPeerThatNeverAnswersTheGoodbyeIsCutOff(ErrorLog log) throws Exception {
        MemoryLink.connected(link -> {
            link.lowerServer.pauseReading();
            link.client.transport.close();
            assertNull(await(link.client.lost));
            assertEquals(Duration.ofSeconds(30), VirtualTime.elapsed());
            assertEquals(List.of("made", "lost"), link.client.events);
        });
        assertEquals(List.of(), log.warnings());
    }

    @Test
    void aPeerThatNeverReadsIsCutOff() throws Exception {
        var options = Keys.client().withShutdownTimeout(Duration.ofSeconds(2));
        MemoryLink.connected(options, Keys.server(), link -> {
            link.lowerServer.pauseReading();
            link.client.transport.write(new byte[1_000_000]);
            link.client.transport.close();
            assertNull(await(link.client.lost));
            assertEquals(Duration.ofSeconds(2), VirtualTime.elapsed());
        });
    }

    /** TLS 1.3 lets a peer leave out its answer, but it does see the end of the stream beneath. */
    @Test
    void aPeerThatAnswersTheEndOfTheStreamAloneCostsNoTime() throws Exception {
        MemoryLink.connected(link -> {
            link.lowerServer.setProtocol(new Talker());
            link.client.transport.close();
            assertNull(await(link.client.lost));
            assertEquals(Duration.ZERO, VirtualTime.elapsed());
            link.server.lost.complete(null);
        });
    }

    @Test
    void aClosedConnectionHandsNothingOn() throws Exception {
        MemoryLink.connected(link -> {
            link.lowerServer.pauseReading();
            link.server.transport.write(Conversation.bytes(300_000));
            link.client.transport.close();
            MemoryLink.settle();
            assertEquals(0, link.client.received().length);
            link.lowerServer.resumeReading();
            assertNull(await(link.client.lost));
            assertEquals(List.of("made", "lost"), link.client.events);
        });
    }

    /** Everything had been sent, and the other side had no reason to be polite any more. */
    @Test
    void aBreakAfterTheGoodbyeIsAnEnd() throws Exception {
        MemoryLink.connected(link -> {
            link.lowerServer.pauseReading();
            link.client.transport.close();
            MemoryLink.settle();
            link.lowerServer.abort();
            assertNull(await(link.client.lost));
        });
    }

    @Test
    void aBreakBeforeEverythingWasSentIsAFailure() throws Exception {
        MemoryLink.connected(link -> {
            link.lowerServer.pauseReading();
            link.client.transport.write(new byte[1_000_000]);
            link.client.transport.close();
            MemoryLink.settle();
            link.lowerServer.abort();
            assertInstanceOf(IOException.class, await(link.client.lost));
        });
    }

    @Test
    void aBreakInTheMiddleIsAFailure() throws Exception {
        MemoryLink.connected(link -> {
            link.lowerServer.pauseReading();
            link.client.transport.write(new byte[10]);
            MemoryLink.settle();
            link.lowerServer.abort();
            assertInstanceOf(IOException.class, await(link.client.lost));
            assertEquals(List.of("made", "lost: SocketException"), link.client.events);
        });
    }

    @Test
    void anEndWithoutAGoodbyeIsATruncation() throws Exception {
        MemoryLink.connected(link -> {
            link.server.transport.write("half of the tru".getBytes());
            link.lowerServer.close();
            assertInstanceOf(TruncatedStreamException.class, await(link.client.lost));
            assertEquals("half of the tru", link.client.text());
            assertEquals(List.of("made", "data", "lost: TruncatedStreamException"), link.client.events);
        });
    }

    @Test
    void anEndWithoutAGoodbyeMayBeTakenForAnEnd() throws Exception {
        MemoryLink.connected(Keys.client().withTruncationAsEof(), Keys.server(), link -> {
            link.server.transport.write("all there is".getBytes());
            link.lowerServer.close();
            assertNull(await(link.client.lost));
            assertEquals("all there is", link.client.text());
            assertEquals(List.of("made", "data", "eof", "lost"), link.client.events);
        });
    }

    @Test
    void anAbortTellsNobodyGoodbye() throws Exception {
        MemoryLink.connected(link -> {
            MemoryLink.settle();
            link.client.transport.abort();
            assertTrue(link.client.transport.isClosing());
            assertEquals(List.of("made"), link.client.events);
            assertNull(await(link.client.lost));
            assertInstanceOf(TruncatedStreamException.class, await(link.server.lost));
        });
    }

    @Test
    void aBrokenRecordEndsThisConnectionAndThePeerIsTold() throws Exception {
        MemoryLink.connected(link -> {
            link.lowerClient.write(
                    new byte[] {23, 3, 3, 0, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
                    });
            assertInstanceOf(SSLException.class, await(link.server.lost));
            assertInstanceOf(SSLException.class, await(link.client.lost));
        });
    }

    // ---- What is not possible --------------------------------------------------------------------------------------

    @Test
    void oneDirectionDoesNotEndOnItsOwn() throws Exception {
        MemoryLink.connected(link -> {
            assertFalse(link.client.transport.canWriteEof());
            assertThrows(UnsupportedOperationException.class, link.client.transport::writeEof);
        });
    }

    @Test
    void aFailureOfTheProtocolIsReportedAndEndsTheConnection(ErrorLog log) throws Exception {
        MemoryLink.connected(link -> {
            link.server.onData = data -> {
                throw new IllegalStateException("bad data");
            };
            link.client.transport.write(new byte[1]);
            assertEquals("bad data", await(link.server.lost).getMessage());
            await(link.client.lost);
        });
        assertTrue(log.take().getMessage().startsWith("Fatal error: protocol.dataReceived() call failed."));
    }

    @Test
    void writesAfterTheEndAreDroppedFromTheFifthOnWithAWarning(ErrorLog log) throws Exception {
        MemoryLink.connected(link -> {
            link.client.transport.close();
            for (var i = 0; i < 6; i++) {
                link.client.transport.write(new byte[1]);
            }
            await(link.server.lost);
            assertEquals(0, link.server.received().length);
        });
        assertEquals(2, log.warnings().size());
    }
}
