package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A body that awaits a fresh task, or itself only yields, goes on without leaving its stack where the loop would come
 * straight back to it. Nobody may be able to tell.
 */
@ExtendWith(AsyncioExtension.class)
class DirectStyleInPlaceTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    @OnEachCarrier
    void theChildIsTheCurrentTaskWhileItRuns(Carrier carrier) throws Exception {
        var name = new ContextVar<>("name", "nobody");
        VirtualTime.run(carrier, () -> {
            var parent = Asyncio.currentTask();
            name.set("parent");
            var child = createTask(() -> {
                name.set("child");
                var inside = Asyncio.currentTask();
                await(sleep(SECOND));
                assertSame(inside, Asyncio.currentTask());
                assertEquals("child", name.get());
                return inside;
            });
            assertSame(child, await(child));
            assertSame(parent, Asyncio.currentTask());
            assertEquals("parent", name.get());
        });
    }

    @OnEachCarrier
    void othersRunWhileTheChildWaits(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var child = createTask(() -> {
                steps.expect(1);
                await(sleep(SECOND));
                steps.expect(4);
            });
            var other = createTask(() -> {
                steps.expect(2);
                await(sleep(TICK));
                steps.expect(3);
            });
            await(child);
            await(other);
            steps.finish(5);
        });
    }

    @OnEachCarrier
    void theParentsCancellationGoesToTheChildThatWaits(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var parent = createTask(() -> {
                try {
                    await(createTask(() -> {
                        try {
                            await(sleep(SECOND.multipliedBy(9)));
                        } catch (CancellationException cancelled) {
                            steps.expect(2);
                            await(sleep(SECOND));
                            steps.expect(3);
                            throw cancelled;
                        }
                    }));
                } catch (CancellationException cancelled) {
                    steps.expect(4);
                    throw cancelled;
                }
            });
            await(sleep(SECOND));
            parent.cancel();
            steps.expect(1);
            assertThrows(CancellationException.class, () -> await(parent));
            steps.finish(5);
        });
    }

    @OnEachCarrier
    void aDeadlineOfTheParentReachesTheChild(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            assertThrows(
                    java.util.concurrent.TimeoutException.class,
                    () -> Asyncio.timeout(SECOND, () -> await(createTask(() -> await(sleep(SECOND.multipliedBy(9)))))));
            assertEquals(SECOND, VirtualTime.elapsed());
        });
    }

    @OnEachCarrier
    void theChildsExceptionIsTheOriginal(Carrier carrier) throws Exception {
        var problem = new IOException("in the child");
        VirtualTime.run(carrier, () -> {
            var child = createTask(() -> {
                throw problem;
            });
            assertSame(problem, assertThrows(IOException.class, () -> await(child)));
        });
    }

    /** The third one goes on while the first two, which share a stack, wait for each other. */
    @OnEachCarrier
    void severalChildrenOneInTheOther(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var grandchild = createTask(() -> {
                steps.expect(1);
                await(sleep(SECOND));
                steps.expect(2);
                return "deep";
            });
            var child = createTask(() -> await(grandchild) + "er");
            assertEquals("deeper", await(child));
            assertEquals("deep", grandchild.result());
            steps.finish(3);
        });
    }

    @OnEachCarrier
    void aChildThatSomebodyElseAwaitsTooEndsForBoth(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var child = createTask(() -> await(sleep(SECOND, 5)));
            var other = createTask(() -> await(child));
            assertEquals(5, await(child));
            assertEquals(5, await(other));
        });
    }

    @OnEachCarrier
    void aChildBlocksInItsOwnWay(Carrier carrier) throws Exception {
        try (var runner = new Runner(LoopOptions.defaults().withCarrier(carrier))) {
            assertEquals(
                    "slept",
                    runner.run(() -> await(createTask(() -> {
                        var self = Asyncio.currentTask();
                        Thread.sleep(2);
                        assertSame(self, Asyncio.currentTask());
                        return await(sleep(TICK, "slept"));
                    }))));
        }
    }

    @OnEachCarrier
    void bothUnwindWhenTheLoopIsClosed(Carrier carrier, Steps steps, ErrorLog errors) {
        var loop = EventLoop.create(VirtualTime.options(carrier));
        var outer = loop.submit(() -> {
            try {
                await(createTask(() -> {
                    try {
                        await(loop.createFuture());
                    } finally {
                        steps.expect(1);
                    }
                }));
            } finally {
                steps.expect(2);
            }
            return null;
        });
        for (var i = 0; i < 3; i++) {
            loop.stop();
            loop.runForever();
        }
        loop.close();
        steps.finish(3);
        assertThrows(ExecutionException.class, outer::get);
        assertEquals(
                2,
                errors.takeMessages().stream()
                        .filter(text -> text.contains("destroyed"))
                        .count());
    }

    @OnEachCarrier
    void aDeepRowOfTasksThatStartEachOther(Carrier carrier) throws Exception {
        var depth = carrier == Carrier.PLATFORM_HANDOFF ? 500 : 20_000;
        VirtualTime.run(carrier, () -> {
            assertEquals(depth, descend(depth));
        });
    }

    private static int descend(int levels) throws Exception {
        return levels == 0 ? await(sleep(SECOND, 0)) : 1 + await(createTask(() -> descend(levels - 1)));
    }

    /** S3: however often a body yields, timers, channels and other threads get their turn. */
    @OnEachCarrier
    void aBodyThatOnlyYieldsStarvesNobody(Carrier carrier) throws Exception {
        var pipe = Pipe.open();
        try (var source = pipe.source();
                var sink = pipe.sink();
                var runner = new Runner(LoopOptions.defaults().withCarrier(carrier))) {
            source.configureBlocking(false);
            runner.run(() -> {
                var loop = EventLoop.current();
                var timer = new AtomicBoolean();
                var channel = new AtomicBoolean();
                var thread = new AtomicBoolean();
                loop.callLater(Duration.ofMillis(1), () -> timer.set(true));
                loop.addReader(source, () -> {
                    channel.set(true);
                    loop.removeReader(source);
                });
                sink.write(ByteBuffer.wrap(new byte[1]));
                var other = new Thread(() -> loop.callSoonThreadsafe(() -> thread.set(true)));
                other.start();
                while (!(timer.get() && channel.get() && thread.get())) {
                    await(sleep(TICK));
                }
                other.join();
                return null;
            });
        }
    }

    /** S6: the body yields in place, but the loop has to stop after this iteration. */
    @OnEachCarrier
    void stopIsHeeded(Carrier carrier) {
        try (var loop = EventLoop.create(VirtualTime.options(carrier))) {
            var yielding = loop.createTask(() -> {
                loop.stop();
                for (var i = 0; i < 3; i++) {
                    await(sleep(TICK));
                }
            });
            loop.runForever();
            assertFalse(yielding.isDone());
            for (var i = 0; i < 3; i++) {
                loop.stop();
                loop.runForever();
            }
            assertTrue(yielding.isDone());
        }
    }
}
