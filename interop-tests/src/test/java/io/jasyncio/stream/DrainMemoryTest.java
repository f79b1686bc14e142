package io.jasyncio.stream;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.VirtualTime;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is left of waits that were given up. */
@ExtendWith(AsyncioExtension.class)
class DrainMemoryTest {

    /** With a peer that never reads and a time limit for each drain, they would become more and more. */
    @Test
    void aDrainThatWasCancelledIsForgotten() throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var flow = new FlowControl(loop);
            var writer = new StreamWriter(new FakeTransport(), flow, null);
            flow.pauseWriting();
            var cancelled = cancelled(writer.drainAsync());
            System.gc();
            assertNull(cancelled.get());
            flow.resumeWriting();
        });
    }

    private static WeakReference<LoopFuture<?>> cancelled(LoopFuture<?> drain) {
        drain.cancel();
        return new WeakReference<>(drain);
    }
}
