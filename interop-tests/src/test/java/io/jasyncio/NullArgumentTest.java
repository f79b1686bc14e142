package io.jasyncio;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.Protocol;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Null where none is allowed is refused at once, and the message names the parameter. */
@ExtendWith(AsyncioExtension.class)
class NullArgumentTest {

    private interface Call {
        void on(EventLoop loop);
    }

    private static DynamicTest names(String parameter, Call call) {
        return DynamicTest.dynamicTest(
                parameter,
                () -> Asyncio.run(() -> {
                    var loop = EventLoop.current();
                    var refused = assertThrows(NullPointerException.class, () -> call.on(loop));
                    assertTrue(refused.getMessage().contains(parameter), refused::getMessage);
                }));
    }

    @TestFactory
    @SuppressWarnings("NullAway")
    Stream<DynamicTest> aParameterThatMustNotBeNullIsNamed() {
        return Stream.of(
                names("callback", loop -> loop.callSoon(null)),
                names("host", loop -> loop.getAddrInfo(null, 80)),
                names("protocolFactory", loop -> loop.createConnection(null, "127.0.0.1", 80, ConnectOptions.DEFAULT)),
                names("options", loop -> loop.createConnection(() -> new Protocol() {}, "127.0.0.1", 80, null)),
                names("channel", loop -> loop.addReader(null, () -> {})));
    }
}
