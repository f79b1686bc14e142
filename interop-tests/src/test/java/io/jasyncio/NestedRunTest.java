package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A loop cannot run inside of a loop (S10, S133); beside it, on another thread, it can. */
@ExtendWith(AsyncioExtension.class)
class NestedRunTest {

    @OnEachCarrier
    void runInsideOfRun(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var outer = EventLoop.current();
            var refused = assertThrows(IllegalStateException.class, () -> Asyncio.run(() -> 1));
            assertTrue(refused.getMessage().contains("runs an event loop already"), refused.getMessage());
            assertThrows(
                    IllegalStateException.class, () -> Asyncio.runStage(() -> CompletableFuture.completedFuture(1)));
            assertSame(outer, EventLoop.current());
        });
    }

    @OnEachCarrier
    void aRunningLoopDoesNotRunAgain(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var loop = EventLoop.current();
            var future = loop.<Integer>createFuture();
            var refused = assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(future));
            assertEquals("this event loop is already running", refused.getMessage());
            assertThrows(IllegalStateException.class, loop::runForever);
            assertEquals(0, future.getNumberOfDependents());
            assertTrue(loop.isRunning());
        });
    }

    @OnEachCarrier
    void anotherLoopDoesNotRunOnTheSameThread(Carrier carrier) throws Exception {
        try (var other = EventLoop.create()) {
            VirtualTime.run(carrier, () -> {
                var refused = assertThrows(IllegalStateException.class, other::runForever);
                assertEquals(
                        "cannot run an event loop while another one is running on this thread", refused.getMessage());
            });
        }
    }

    @OnEachCarrier
    void anotherLoopRunsInAnotherThread(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var outer = EventLoop.current();
            var inner = await(toThread(() -> Asyncio.run(EventLoop::current)));
            assertNotSame(outer, inner);
            assertTrue(inner.isClosed());
        });
    }

    @Test
    void aClosedRunnerRunsNothing() throws Exception {
        var runner = new Runner();
        runner.run(() -> 1);
        runner.close();
        runner.close();
        assertEquals(
                "this runner is closed",
                assertThrows(IllegalStateException.class, () -> runner.run(() -> 1))
                        .getMessage());
        assertThrows(IllegalStateException.class, runner::getLoop);
    }

    @Test
    void aRunnerThatNeverRanHasNothingToClose() {
        new Runner().close();
    }

    /** S7. */
    @Test
    void aLoopThatIsStoppedEarlySaysSo() {
        try (var loop = EventLoop.create(VirtualTime.options())) {
            loop.callSoon(loop::stop);
            var stopped = assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(loop.createFuture()));
            assertEquals("Event loop stopped before Future completed.", stopped.getMessage());
        }
    }

    /** Virtual time finds the dead-lock that real time would sit in for ever. */
    @Test
    void aProgramThatCanNeverEndIsToldSo() {
        var stuck = assertThrows(
                IllegalStateException.class,
                () -> VirtualTime.run(() -> await(EventLoop.current().createFuture())));
        assertTrue(stuck.getMessage().contains("can never happen"), stuck.getMessage());
    }
}
