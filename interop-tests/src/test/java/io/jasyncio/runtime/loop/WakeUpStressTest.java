package io.jasyncio.runtime.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The wake-up of a sleeping loop is never lost, and what one thread hands over stays in order (S12). */
@ExtendWith(AsyncioExtension.class)
class WakeUpStressTest {

    private static final int THREADS = 4;
    private static final int CALLS = 20_000;

    /** Each thread waits for its call to have run before it makes the next: the loop falls asleep again and again. */
    @Test
    void callsThatAreWaitedForAllRun() throws Exception {
        try (var loop = EventLoop.create()) {
            var ended = new CountDownLatch(THREADS);
            for (var i = 0; i < THREADS; i++) {
                new Thread(() -> {
                            var ran = new Semaphore(0);
                            for (var call = 0; call < CALLS; call++) {
                                loop.callSoonThreadsafe(ran::release);
                                ran.acquireUninterruptibly();
                            }
                            ended.countDown();
                            stopWhenAllEnded(loop, ended);
                        })
                        .start();
            }
            loop.runForever();
            assertEquals(0, ended.getCount());
        }
    }

    /** Nobody waits: the threads race with the loop's going to sleep. */
    @Test
    void callsThatAreNotWaitedForAllRunInOrder() throws Exception {
        try (var loop = EventLoop.create()) {
            var seen = new int[THREADS];
            var ended = new CountDownLatch(THREADS);
            var threads = new ArrayList<Thread>();
            for (var i = 0; i < THREADS; i++) {
                var number = i;
                threads.add(new Thread(() -> {
                    for (var call = 0; call < CALLS; call++) {
                        var expected = call;
                        loop.callSoonThreadsafe(() -> {
                            assertEquals(expected, seen[number]);
                            seen[number]++;
                        });
                    }
                    ended.countDown();
                    stopWhenAllEnded(loop, ended);
                }));
            }
            threads.forEach(Thread::start);
            loop.runForever();
            for (var thread : threads) {
                thread.join();
            }
            // The stop may have overtaken what other threads had put in before it.
            loop.stop();
            loop.runForever();
            assertArrayEquals(new int[] {CALLS, CALLS, CALLS, CALLS}, seen);
        }
    }

    private static void stopWhenAllEnded(EventLoop loop, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            loop.callSoonThreadsafe(loop::stop);
        }
    }
}
