package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a thread that is not the loop's may do with a running loop, and what it is refused. */
@ExtendWith(AsyncioExtension.class)
class ForeignThreadTest {

    interface Call {
        void on(EventLoop loop) throws Exception;
    }

    record Use(String name, Call call) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Use> usesOfTheLoopOnly() {
        return Stream.of(
                new Use("callSoon", loop -> loop.callSoon(() -> {})),
                new Use("callAt", loop -> loop.callLater(Duration.ZERO, () -> {})),
                new Use("callAt", loop -> loop.callAt(0, () -> {})),
                new Use("createTask", loop -> loop.createTask(() -> 1)),
                new Use("createTask", loop -> loop.createTask(() -> {})),
                new Use("createStageTask", loop -> loop.createStageTask(() -> CompletableFuture.completedFuture(1))),
                new Use("runInExecutor", loop -> loop.runInExecutor(null, () -> 1)),
                new Use("addReader", loop -> loop.addReader(Pipe.open().source(), () -> {})),
                new Use("addWriter", loop -> loop.addWriter(Pipe.open().sink(), () -> {})),
                new Use("removeReader", loop -> loop.removeReader(Pipe.open().source())),
                new Use("removeWriter", loop -> loop.removeWriter(Pipe.open().sink())),
                new Use("stop", EventLoop::stop),
                new Use("setDefaultExecutor", loop -> loop.setDefaultExecutor(ForkJoinPool.commonPool())),
                new Use("shutdownDefaultExecutor", loop -> loop.shutdownDefaultExecutor(Duration.ZERO)),
                new Use("setExceptionHandler", loop -> loop.setExceptionHandler(null)),
                new Use("setDebug", loop -> loop.setDebug(false)),
                new Use("allTasks", EventLoop::allTasks));
    }

    @ParameterizedTest
    @MethodSource("usesOfTheLoopOnly")
    void isRefusedWithTheWayToDoIt(Use use) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var refused = await(toThread(() ->
                    assertThrows(IllegalStateException.class, () -> use.call().on(loop))));
            assertTrue(refused.getMessage().contains(use.name() + "()"), refused.getMessage());
            assertTrue(refused.getMessage().contains("jasyncio-worker-"), refused.getMessage());
            assertTrue(refused.getMessage().contains("loop.callSoonThreadsafe("), refused.getMessage());
        });
    }

    @Test
    void mayAskAndHandWorkOver() throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var called = loop.<Boolean>createFuture();
            await(toThread(() -> {
                assertTrue(loop.isRunning());
                assertFalse(loop.isClosed());
                assertFalse(loop.isCurrent());
                loop.time();
                loop.callSoonThreadsafe(() -> called.complete(loop.isCurrent()));
                return null;
            }));
            assertTrue(await(called));
        });
    }

    /** S11: there is no task in that thread, whatever the loop runs meanwhile. */
    @OnEachCarrier
    void hasNoTask(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var loop = EventLoop.current();
            var seen = new CompletableFuture<Boolean>();
            var asks = new Thread(() -> seen.complete(loop.currentTask() == null));
            asks.start();
            asks.join();
            assertTrue(seen.join());
        });
    }

    @OnEachCarrier
    void mayCompleteAFuture(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var future = EventLoop.current().<String>createFuture();
            await(toThread(() -> future.complete("from outside")));
            assertEquals("from outside", await(future));
        });
    }

    /** S125. */
    @OnEachCarrier
    void mayRunATaskAndWaitForIt(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var loop = EventLoop.current();
            var result = toThread(() ->
                    loop.submit(() -> await(sleep(Duration.ZERO, "slept"))).get());
            assertEquals("slept", await(result));
        });
    }

    @OnEachCarrier
    void isGivenTheExceptionItself(Carrier carrier) throws Exception {
        var problem = new Exception("checked");
        VirtualTime.run(carrier, () -> {
            var loop = EventLoop.current();
            var failure = await(toThread(() -> assertThrows(
                    ExecutionException.class,
                    () -> loop.submit(() -> {
                                throw problem;
                            })
                            .get())));
            assertSame(problem, failure.getCause());
        });
    }

    @OnEachCarrier
    void cancelsATaskThatItSubmitted(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var loop = EventLoop.current();
            var started = loop.<Boolean>createFuture();
            var submitted = loop.submit(() -> {
                steps.expect(1);
                started.complete(true);
                try {
                    await(loop.createFuture());
                    steps.unreached();
                } catch (CancellationException cancelled) {
                    steps.expect(2);
                    throw cancelled;
                }
                return null;
            });
            await(started);
            await(toThread(() -> submitted.cancel(false)));
            steps.finish(3);
            assertTrue(submitted.isCancelled());
        });
    }

    @Test
    void cancelBeforeTheStartMeansThatItNeverRuns(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var submitted = EventLoop.current().submit(() -> {
                steps.unreached();
                return 1;
            });
            submitted.cancel(false);
            await(sleep(Duration.ZERO));
            await(sleep(Duration.ZERO));
            steps.finish(1);
        });
    }

    /** A cancel request from outside takes its turn on the loop. */
    @OnEachCarrier
    void cancelsATaskOfTheLoop(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var task = Asyncio.createTask(() -> await(EventLoop.current().createFuture()));
            await(sleep(Duration.ZERO));
            assertTrue(await(toThread(() -> task.cancel())));
            assertThrows(CancellationException.class, () -> await(task));
        });
    }
}
