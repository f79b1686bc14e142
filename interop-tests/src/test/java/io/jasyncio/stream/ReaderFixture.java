package io.jasyncio.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.VirtualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** For tests of a reader alone: it is fed by hand. A read that waits ends in the pass after its data has come. */
@ExtendWith(AsyncioExtension.class)
abstract class ReaderFixture {

    static final int LIMIT = 5;

    final EventLoop loop = EventLoop.create(VirtualTime.options());
    final StreamReader reader = new StreamReader(loop, LIMIT);

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    void feed(String data) {
        reader.feedData(data.getBytes(UTF_8));
        onePass();
    }

    void onePass() {
        loop.callSoon(loop::stop);
        loop.runForever();
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** What a read has given, which must end in this pass. */
    String text(LoopFuture<byte[]> read) throws Exception {
        onePass();
        return new String(read.result(), UTF_8);
    }

    <E extends Exception> E failure(Class<E> type, LoopFuture<?> read) {
        onePass();
        return assertThrows(type, read::result);
    }
}
