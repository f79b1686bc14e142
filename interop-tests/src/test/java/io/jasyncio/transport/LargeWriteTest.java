package io.jasyncio.transport;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.VirtualTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With a reader as fast as the writer, a large write must not keep all others waiting. */
@ExtendWith(AsyncioExtension.class)
class LargeWriteTest {

    private static final int SIZE = 10_000_000;

    static Stream<Consumer<Transport>> writes() {
        return Stream.of(
                transport -> transport.write(new byte[SIZE]),
                transport -> transport.writelines(List.of(new byte[SIZE])),
                transport -> transport.writelines(List.of(new byte[SIZE / 2], new byte[SIZE / 2])));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void onlyAPartIsSentAtOnceAndTheRestInTurns(Consumer<Transport> write) throws Exception {
        VirtualTime.run(() -> {
            var port = new BrokenPort();
            var protocol = new RecordingProtocol();
            var transport = port.open(protocol);
            await(protocol.made);
            write.accept(transport);
            assertTrue(port.taken < SIZE / 2, () -> port.taken + " bytes at once");
            assertEquals(SIZE - port.taken, transport.getWriteBufferSize());
            transport.close();
            await(protocol.lost);
            assertEquals(SIZE, port.taken);
        });
    }
}
