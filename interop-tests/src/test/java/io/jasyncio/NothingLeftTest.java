package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.toThread;
import static io.jasyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.ExtendWith;

/** After a program there is nothing left of it: no handle, no timer, no key, no task, no thread. */
@ExtendWith(AsyncioExtension.class)
class NothingLeftTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @OnEachCarrier
    void cancelledWaitsTakeTheirTimersAway(Carrier carrier) throws Exception {
        try (var runner = new Runner(VirtualTime.options(carrier))) {
            runner.run(() -> {
                sleep(HOUR).cancel();
                await(waitFor(sleep(SECOND), HOUR));
                assertThrows(TimeoutException.class, () -> await(waitFor(sleep(HOUR), SECOND)));
                await(Asyncio.wait(java.util.List.of(sleep(SECOND)), HOUR, ReturnWhen.ALL_COMPLETED));
                assertThrows(TimeoutException.class, () -> Asyncio.timeout(SECOND, () -> await(sleep(HOUR))));
                Asyncio.timeout(HOUR, () -> await(sleep(SECOND)));
                var task = createTask(() -> await(sleep(HOUR)));
                await(sleep(SECOND));
                task.cancel();
                await(sleep(Duration.ZERO));
                EventLoop.current().callLater(HOUR, () -> {}).cancel();
                return null;
            });
            assertNothingQueued(runner.getLoop());
        }
    }

    @OnEachCarrier
    void allTasksOfTheProgramEndWithIt(Carrier carrier) throws Exception {
        var loops = new EventLoop[1];
        VirtualTime.run(carrier, () -> {
            loops[0] = EventLoop.current();
            createTask(() -> await(sleep(HOUR)));
            createTask(() -> await(loops[0].createFuture()));
            createStageTask(() -> sleep(HOUR).thenCompose(done -> sleep(HOUR)));
            createTask(() -> {}); // has not started when the program ends
            gather(sleep(HOUR), createTask(() -> await(sleep(HOUR))));
            await(sleep(Duration.ZERO));
        });
        assertTrue(loops[0].isClosed());
        assertTrue(loops[0].allTasks().isEmpty());
        assertNothingQueued(loops[0]);
    }

    /** The thread of the worker is gone as well: the kit looks. */
    @OnEachCarrier
    void workInOtherThreadsIsWaitedFor(Carrier carrier) throws Exception {
        var ran = new boolean[1];
        VirtualTime.run(carrier, () -> {
            toThread(() -> {
                ran[0] = true;
                return null;
            });
        });
        assertTrue(ran[0]);
    }

    @OnEachCarrier
    void aChannelThatIsNotWatchedAnyMoreHasNoKey(Carrier carrier) throws Exception {
        var pipe = Pipe.open();
        try (var source = pipe.source();
                var sink = pipe.sink()) {
            source.configureBlocking(false);
            sink.configureBlocking(false);
            VirtualTime.run(carrier, () -> {
                var loop = EventLoop.current();
                loop.addReader(source, () -> {});
                loop.addWriter(sink, () -> {});
                assertTrue(source.isRegistered());
                loop.removeReader(source);
                loop.removeWriter(sink);
                await(sleep(Duration.ZERO));
                await(sleep(Duration.ZERO));
                assertFalse(source.isRegistered());
                assertFalse(sink.isRegistered());
            });
        }
    }

    @OnEachCarrier
    void aWatchThatWasForgottenEndsWithTheLoop(Carrier carrier) throws Exception {
        var pipe = Pipe.open();
        try (var source = pipe.source();
                var sink = pipe.sink()) {
            source.configureBlocking(false);
            VirtualTime.run(carrier, () -> EventLoop.current().addReader(source, () -> {}));
            assertFalse(source.isRegistered());
            assertTrue(source.isOpen() && sink.isOpen());
        }
    }

    private static void assertNothingQueued(EventLoop loop) {
        var state = loop.isClosed() ? "closed" : "stopped";
        assertEquals("SelectorEventLoop[" + state + ", 0 ready, 0 timers]", loop.toString());
    }
}
