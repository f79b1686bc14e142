package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a direct-style body may do that has to do with threads: block, hold monitors, be interrupted. */
@ExtendWith(AsyncioExtension.class)
class DirectStyleThreadsTest {

    private static final Duration TICK = Duration.ZERO;

    private final Object monitor = new Object();

    /** It may stop the loop meanwhile (hand-off) or not (a virtual thread of the loop's); it is right in both cases. */
    @OnEachCarrier
    void aBodyMaySleepInItsOwnWay(Carrier carrier) throws Exception {
        try (var runner = new Runner(LoopOptions.defaults().withCarrier(carrier))) {
            runner.run(() -> {
                var loop = EventLoop.current();
                var self = Asyncio.currentTask();
                Thread.sleep(2);
                assertSame(loop, EventLoop.current());
                assertSame(self, Asyncio.currentTask());
                assertEquals("after", await(sleep(TICK, "after")));
                return null;
            });
        }
    }

    @OnEachCarrier
    void aBodyMaySleepUnderVirtualTime(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var other = createTask(() -> await(sleep(Duration.ofSeconds(1), "other")));
            Thread.sleep(2);
            assertEquals("other", await(other));
            assertEquals(Duration.ofSeconds(1), VirtualTime.elapsed());
        });
    }

    /** A plain future has no loop that could refuse: whoever blocks on it waits for another thread. */
    @OnEachCarrier
    void aBodyMayBlockOnAnotherThread(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var foreign = new CompletableFuture<String>();
            var completer = new Thread(() -> foreign.complete("from outside"));
            completer.start();
            assertEquals("from outside", foreign.join());
            completer.join();
            await(sleep(TICK));
        });
    }

    @OnEachCarrier
    void anEagerBodyMayBlockToo(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var task = createTask(
                    () -> {
                        Thread.sleep(2);
                        return await(sleep(TICK, "slept"));
                    },
                    TaskOptions.DEFAULT.eager());
            assertEquals("slept", await(task));
        });
    }

    /** Others run meanwhile, as long as they do not want the same monitor. */
    @OnEachCarrier
    void aMonitorMayBeHeldAcrossAnAwait(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var other = createTask(() -> {
                steps.expect(2);
                await(sleep(TICK));
                steps.expect(4);
            });
            synchronized (monitor) {
                steps.expect(1);
                await(sleep(TICK));
                steps.expect(3);
                assertTrue(Thread.holdsLock(monitor));
                await(other);
                steps.expect(5);
            }
            assertFalse(Thread.holdsLock(monitor));
            steps.finish(6);
        });
    }

    /** Reentrant, also by way of a wait in between: the thread of a body is its own for as long as it lives. */
    @OnEachCarrier
    void aLockBelongsToTheBodyThatTookIt(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var lock = new ReentrantLock();
            var tooEarly = createTask(() -> lock.tryLock());
            lock.lock();
            await(sleep(TICK));
            assertTrue(lock.isHeldByCurrentThread());
            assertFalse(tooEarly.result());
            var inTime = createTask(() -> lock.tryLock());
            lock.unlock();
            await(sleep(TICK));
            assertTrue(inTime.result());
        });
    }

    @OnEachCarrier
    void aThreadLocalBelongsToTheBody(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var local = new ThreadLocal<String>();
            local.set("mine");
            var other = createTask(() -> {
                var seen = local.get();
                local.set("other");
                await(sleep(TICK));
                local.remove();
                return String.valueOf(seen);
            });
            await(sleep(TICK));
            assertEquals("mine", local.get());
            assertEquals("null", await(other));
            assertEquals("mine", local.get());
        });
    }

    /** J2: the loop notices, says so and goes on; it neither ends nor spins. */
    @OnEachCarrier
    void anInterruptOfTheLoopThreadDoesNoHarm(Carrier carrier, ErrorLog errors) throws Exception {
        var thread = Thread.currentThread();
        VirtualTime.run(carrier, () -> {
            var loop = EventLoop.current();
            var future = loop.<String>createFuture();
            Asyncio.toThread(() -> {
                thread.interrupt();
                loop.callSoonThreadsafe(() -> future.complete("undisturbed"));
                return null;
            });
            assertEquals("undisturbed", await(future));
            await(sleep(Duration.ofSeconds(1)));
        });
        Thread.interrupted(); // set still, if the loop never had to wait after it
        assertTrue(errors.warnings().stream().allMatch(text -> text.contains("interrupted")), "" + errors.warnings());
    }

    /** An interrupt of its own thread is the body's own business, and an await is not ended by it. */
    @OnEachCarrier
    void anInterruptOfABodyDoesNotEndAnAwait(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            Thread.currentThread().interrupt();
            assertEquals(1, await(sleep(Duration.ofSeconds(1), 1)));
            assertEquals(2, await(sleep(TICK, 2)));
            Thread.interrupted();
        });
        assertFalse(Thread.interrupted());
    }

    /** A virtual thread cannot carry another one, so a loop on it chooses a carrier that goes. */
    @Test
    void aProgramMayRunOnAVirtualThread() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads need JDK 21");
        var result = new CompletableFuture<String>();
        var program = (Runnable) () -> {
            try {
                result.complete(VirtualTime.run(() -> {
                    var loop = EventLoop.current();
                    assertTrue(loop.isCurrent());
                    await(sleep(Duration.ofSeconds(1)));
                    assertSame(loop, EventLoop.current());
                    return await(createTask(() -> await(sleep(TICK, "on a virtual thread"))));
                }));
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        };
        startVirtualThread(program);
        assertEquals("on a virtual thread", result.get());
    }

    /**
     * The JDK lets a virtual thread inherit the scheduler of the one that starts it. For a body of the loop's that would be
     * the loop, but such a thread is no body: it must run elsewhere, and leave the body alone.
     */
    @OnEachCarrier
    void aVirtualThreadThatABodyStartsIsNotOnTheLoop(Carrier carrier) throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads need JDK 21");
        VirtualTime.run(carrier, () -> {
            var loop = EventLoop.current();
            var seen = new CompletableFuture<Boolean>();
            var thread = startVirtualThread(() -> {
                LockSupport.parkNanos(1);
                seen.complete(loop.isCurrent());
            });
            assertFalse(await(seen));
            thread.join();
            assertSame(loop, EventLoop.current());
            assertEquals(1, await(sleep(TICK, 1)));
        });
    }

    @OnEachCarrier
    void manyVirtualThreadsThatBodiesStartDoNotConfuseThem(Carrier carrier) throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads need JDK 21");
        VirtualTime.run(carrier, () -> {
            var bodies = new ArrayList<Task<Integer>>();
            for (var i = 0; i < 10; i++) {
                var number = i;
                bodies.add(createTask(() -> {
                    var sum = 0;
                    for (var round = 0; round < 10; round++) {
                        var answer = new CompletableFuture<Integer>();
                        startVirtualThread(() -> {
                            LockSupport.parkNanos(1);
                            answer.complete(number);
                        });
                        sum += await(answer);
                    }
                    return sum;
                }));
            }
            assertEquals(
                    450,
                    await(gather(bodies)).stream().mapToInt(Integer::intValue).sum());
        });
    }

    private static Thread startVirtualThread(Runnable work) throws ReflectiveOperationException {
        return (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
    }
}
