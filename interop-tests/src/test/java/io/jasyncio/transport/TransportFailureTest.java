package io.jasyncio.transport;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.VirtualTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A transport that fails in the middle by an error of the machine, such as a lack of memory. The connection ends with that: what is
 * written next would follow a gap, and what cannot be read would be reported as ready for ever (S109).
 */
@ExtendWith(AsyncioExtension.class)
class TransportFailureTest {

    private static final byte[] MUCH = new byte[1_000_000];

    private final BrokenPort port = new BrokenPort();

    private static void assertLost(RecordingProtocol protocol, ErrorLog log, String report) throws Exception {
        assertInstanceOf(InternalError.class, await(protocol.lost).getCause());
        assertTrue(log.take().getMessage().startsWith(report));
        assertEquals("lost: RuntimeException", protocol.events.get(protocol.events.size() - 1));
    }

    static Stream<Consumer<Transport>> writes() {
        return Stream.of(
                transport -> transport.write(MUCH),
                transport -> transport.writelines(List.of(MUCH)),
                transport -> transport.writelines(List.of(new byte[100_000], new byte[100_000], new byte[1])));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aWriteThatFailsHalfWayEndsTheConnection(Consumer<Transport> write, ErrorLog log) throws Exception {
        VirtualTime.run(() -> {
            var protocol = new RecordingProtocol();
            var transport = port.open(protocol);
            await(protocol.made);
            port.writesLeft = 1;
            write.accept(transport);
            var taken = port.taken;
            assertTrue(taken > 0);
            assertTrue(transport.isClosing());
            transport.write("after".getBytes());
            assertEquals(taken, port.taken);
            assertLost(protocol, log, "Fatal write error on broken transport");
        });
    }

    @Test
    void aWriteThatFailsLaterEndsTheConnection(ErrorLog log) throws Exception {
        VirtualTime.run(() -> {
            // 1. More than a transport sends at once: the rest is for the next pass, which fails.
            var protocol = new RecordingProtocol();
            var transport = port.open(protocol);
            await(protocol.made);
            transport.write(new byte[3_000_000]);
            assertTrue(transport.getWriteBufferSize() > 0);
            port.writesLeft = 0;
            assertLost(protocol, log, "Fatal write error on broken transport");
        });
    }

    @Test
    void aReadThatFailsEndsTheConnection(ErrorLog log) throws Exception {
        VirtualTime.run(() -> {
            var protocol = new RecordingProtocol();
            port.open(protocol).start(port::becomeReadable);
            assertLost(protocol, log, "Fatal error: protocol.dataReceived() call failed.");
        });
    }
}
