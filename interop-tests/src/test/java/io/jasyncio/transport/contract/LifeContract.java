package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.SmallBuffers;
import io.jasyncio.transport.BaseProtocol;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.Protocol;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How a connection begins and ends, and what its protocol is told of that (S107-S109). */
interface LifeContract extends Contract {

    @Test
    default void madeDataEofLostInThisOrder() throws Exception {
        connected(link -> {
            link.writing().write("hello".getBytes());
            link.writing().close();
            assertNull(await(link.near().lost));
            assertNull(await(link.far().lost));
            assertEquals("hello", link.far().text());
            assertEquals(List.of("made", "lost"), link.near().events);
            assertEquals(List.of("made", "data", "eof", "lost"), link.far().events);
        });
    }

    @Test
    default void aConnectionWithoutDataHasABeginningAndAnEnd() throws Exception {
        connected(link -> {
            link.writing().close();
            await(link.far().lost);
            assertEquals(List.of("made", "eof", "lost"), link.far().events);
        });
    }

    @Test
    default void theEndIsToldOnceHoweverOftenItIsAskedFor() throws Exception {
        connected(link -> {
            for (var side : List.of(link.near(), link.far())) {
                side.transport.close();
                side.transport.close();
                side.transport.abort();
                side.transport.close();
                assertNull(await(side.lost));
                side.transport.abort();
                side.transport.close();
            }
            settle();
            assertEquals(List.of("made", "lost"), link.near().events);
        });
    }

    @Test
    default void theEndIsNeverToldFromWithinTheCall() throws Exception {
        connected(link -> {
            link.writing().close();
            link.reading().abort();
            assertTrue(link.writing().isClosing());
            assertTrue(link.reading().isClosing());
            assertEquals(List.of("made"), link.near().events);
            assertEquals(List.of("made"), link.far().events);
        });
    }

    @Test
    default void anAbortOvertakesACloseThatWaits() throws Exception {
        connected(link -> {
            fill(link);
            // Whatever the system takes yet, there is more.
            link.writing().write(new byte[SmallBuffers.FAR_MORE]);
            link.writing().close();
            settle();
            assertFalse(link.near().lost.isDone());
            link.writing().abort();
            assertNull(await(link.near().lost));
            assertEquals(0, link.writing().getWriteBufferSize());
        });
    }

    @Test
    default void aProtocolMayEndItsConnectionAsSoonAsItStands() throws Exception {
        program(fixture -> {
            var near = new Recorder();
            near.onMade = transport -> transport.close();
            var link = fixture.connect(near, new Recorder());
            assertNull(await(near.lost));
            assertEquals(List.of("made", "lost"), near.events);
            await(link.far().lost);
            link.end();
        });
    }

    // ---- A protocol that fails -------------------------------------------------------------------------------------

    @Test
    default void aFailureInConnectionMadeIsReportedAndEndsTheConnection(ErrorLog log) throws Exception {
        program(fixture -> {
            var far = new Recorder();
            far.onMade = transport -> fail("no start");
            var link = fixture.connect(new Recorder(), far);
            assertEquals("no start", await(far.lost).getMessage());
            assertEquals(List.of("made", "lost: IllegalStateException"), far.events);
            link.end();
        });
        requireReport(log, "connectionMade", "no start");
    }

    @Test
    default void aFailureWithDataIsReportedAndEndsTheConnection(ErrorLog log) throws Exception {
        connected(link -> {
            link.far().onData = data -> fail("bad data");
            link.writing().write("x".getBytes());
            assertEquals("bad data", await(link.far().lost).getMessage());
            assertEquals(List.of("made", "data", "lost: IllegalStateException"), link.far().events);
        });
        requireReport(log, "dataReceived", "bad data");
    }

    @Test
    default void aFailureAtTheEndOfTheStreamIsReportedAndEndsTheConnection(ErrorLog log) throws Exception {
        connected(link -> {
            link.far().onEof = () -> fail("bad end");
            link.writing().close();
            assertEquals("bad end", await(link.far().lost).getMessage());
            assertEquals(List.of("made", "eof", "lost: IllegalStateException"), link.far().events);
        });
        requireReport(log, "eofReceived", "bad end");
    }

    private static void requireReport(ErrorLog log, String method, String failure) {
        var report = log.take();
        assertTrue(
                report.getMessage().startsWith("Fatal error: protocol." + method + "() call failed."),
                report::getMessage);
        assertEquals(failure, report.getThrown().getMessage());
    }

    /** The other side notices, so what is beneath was closed; the end of each test looks at the channels. */
    @Test
    default void aFailureInConnectionLostIsReportedAndEverythingClosedNevertheless(ErrorLog log) throws Exception {
        connected(link -> {
            link.near().onLost = () -> fail("no end");
            link.writing().close();
            await(link.far().lost);
            settle();
            assertEquals(List.of("made", "lost"), link.near().events);
        });
        assertEquals("no end", log.takeException().getMessage());
    }

    @Test
    default void anErrorThatIsNoExceptionEndsTheConnectionToo(ErrorLog log) throws Exception {
        connected(link -> {
            var error = new StackOverflowError("too deep");
            link.far().onData = data -> {
                throw error;
            };
            link.writing().write("x".getBytes());
            assertSame(error, await(link.far().lost).getCause());
        });
        assertEquals("too deep", log.takeException().getMessage());
    }

    private static void fail(String text) {
        throw new IllegalStateException(text);
    }

    // ---- Facts and misuse ------------------------------------------------------------------------------------------

    @Test
    default void whatIsKnownOfAConnectionStaysKnownAfterItsEnd() throws Exception {
        connected(link -> {
            var transport = link.writing();
            var channel = transport.getExtraInfo(ExtraInfo.CHANNEL);
            var local = transport.getExtraInfo(ExtraInfo.LOCAL_ADDRESS);
            var peer = transport.getExtraInfo(ExtraInfo.PEER_ADDRESS);
            transport.abort();
            await(link.near().lost);
            assertSame(channel, transport.getExtraInfo(ExtraInfo.CHANNEL));
            assertEquals(local, transport.getExtraInfo(ExtraInfo.LOCAL_ADDRESS));
            assertEquals(peer, transport.getExtraInfo(ExtraInfo.PEER_ADDRESS));
        });
    }

    @Test
    default void anotherProtocolMayTakeOver() throws Exception {
        connected(link -> {
            var second = Recorder.of(link.reading());
            link.reading().setProtocol(second);
            assertSame(second, link.reading().getProtocol());
            link.writing().write("x".getBytes());
            await(second.receivedAsync(1));
            link.writing().close();
            await(second.lost);
            assertEquals(List.of("data", "eof", "lost"), second.events);
            assertEquals(List.of("made"), link.far().events);
            second.verify();
            link.far().connectionLost(null);
        });
    }

    @Test
    default void onlyAProtocolForBytesMayTakeOver() throws Exception {
        connected(link -> {
            var datagrams = new BaseProtocol() {};
            assertThrows(IllegalArgumentException.class, () -> link.reading().setProtocol(datagrams));
            assertSame(link.far(), link.reading().getProtocol());
        });
    }

    @Test
    default void callsFromForeignThreadsAreRefused() throws Exception {
        connected(link -> {
            var transport = link.writing();
            refused("write", () -> transport.write(new byte[1]));
            refused("writelines", () -> transport.writelines(List.of(new byte[1])));
            refused("setWriteBufferLimits", () -> transport.setWriteBufferLimits(transport.getWriteBufferLimits()));
            refused("setProtocol", () -> transport.setProtocol(new Protocol() {}));
            refused("close", transport::close);
            refused("abort", transport::abort);
            refused("pauseReading", link.reading()::pauseReading);
            refused("resumeReading", link.reading()::resumeReading);
            assertFalse(transport.isClosing());
        });
    }

    private static void refused(String method, Runnable call) throws Exception {
        var elsewhere =
                CompletableFuture.supplyAsync(() -> assertThrows(IllegalStateException.class, call::run, method));
        var message = await(elsewhere).getMessage();
        assertTrue(message.contains(method + "() was called from thread"), message);
    }

    @Test
    default void aTransportSaysWhatItIs() throws Exception {
        connected(link -> {
            assertTrue(link.writing().toString().endsWith("open]"), link.writing()::toString);
            assertNotNull(link.reading().toString());
            fill(link);
            link.writing().close();
            assertTrue(link.writing().toString().endsWith("closing]"), link.writing()::toString);
            link.writing().abort();
            assertTrue(link.writing().toString().endsWith("closed]"), link.writing()::toString);
        });
    }
}
