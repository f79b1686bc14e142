package io.jasyncio.names;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.HostResolver;
import io.jasyncio.LoopFuture;
import io.jasyncio.LoopOptions;
import io.jasyncio.Runner;
import io.jasyncio.VirtualClock;
import io.jasyncio.kit.AsyncioExtension;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lookups block, and so have threads of their own: nobody starves them, and they starve nobody (cpython #112169). */
@ExtendWith(AsyncioExtension.class)
class ResolverThreadsTest {

    /** A name server that answers when it is told to. */
    private static final class Server implements HostResolver {

        private final CountDownLatch mayAnswer = new CountDownLatch(1);
        private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
        private final CountDownLatch fourAsked = new CountDownLatch(4);

        @Override
        public List<InetAddress> resolve(String host) {
            asked.add(host);
            threads.add(Thread.currentThread());
            fourAsked.countDown();
            try {
                mayAnswer.await();
            } catch (InterruptedException end) {
                throw new IllegalStateException(end);
            }
            return List.of(InetAddress.getLoopbackAddress());
        }

        void run(CoroutineAction body) throws Exception {
            try (var runner = new Runner(LoopOptions.defaults().withResolver(this))) {
                runner.run(body);
            } finally {
                mayAnswer.countDown();
            }
        }

        /** Keeps all four threads busy. */
        List<LoopFuture<List<InetSocketAddress>>> fill() throws Exception {
            var lookups = new ArrayList<LoopFuture<List<InetSocketAddress>>>();
            for (var i = 1; i <= 4; i++) {
                lookups.add(EventLoop.current().getAddrInfo("host" + i, 80));
            }
            await(Asyncio.toThread(() -> {
                fourAsked.await();
                return null;
            }));
            return lookups;
        }
    }

    @Test
    void lookupsRunInDaemonsOfTheirOwn() throws Exception {
        var server = new Server();
        server.run(() -> {
            server.fill();
            for (var thread : server.threads) {
                assertTrue(thread.getName().matches("jasyncio-resolver-[1-4]"), thread.getName());
                assertTrue(thread.isDaemon());
            }
            server.mayAnswer.countDown();
        });
    }

    @Test
    void lookupsThatHangDoNotStarveTheDefaultExecutor() throws Exception {
        var server = new Server();
        server.run(() -> {
            var lookups = server.fill();
            for (var i = 5; i <= 100; i++) {
                lookups.add(EventLoop.current().getAddrInfo("host" + i, 80));
            }
            assertEquals(42, await(Asyncio.toThread(() -> 42)));
            server.mayAnswer.countDown();
            for (var lookup : lookups) {
                await(lookup);
            }
        });
    }

    @Test
    void aFullDefaultExecutorDoesNotStarveLookups() throws Exception {
        var server = new Server();
        server.mayAnswer.countDown();
        server.run(() -> {
            var single = Executors.newSingleThreadExecutor();
            EventLoop.current().setDefaultExecutor(single);
            var release = new CountDownLatch(1);
            var blocked = Asyncio.toThread(() -> {
                release.await();
                return null;
            });
            assertEquals(
                    1, await(EventLoop.current().getAddrInfo("example", 80)).size());
            release.countDown();
            await(blocked);
        });
    }

    @Test
    void anAddressNeedsNoThread() throws Exception {
        var server = new Server();
        server.run(() -> {
            server.fill();
            assertEquals(
                    1, await(EventLoop.current().getAddrInfo("127.0.0.1", 80)).size());
            server.mayAnswer.countDown();
        });
    }

    @Test
    void aLookupThatIsCancelledBeforeItBeginsNeverDoes() throws Exception {
        var server = new Server();
        server.run(() -> {
            var lookups = server.fill();
            var fifth = EventLoop.current().getAddrInfo("fifth", 80);
            var sixth = EventLoop.current().getAddrInfo("sixth", 80);
            fifth.cancel();
            assertThrows(CancellationException.class, () -> await(fifth));
            server.mayAnswer.countDown();
            await(sixth);
            for (var lookup : lookups) {
                await(lookup);
            }
        });
        assertEquals(Set.of("host1", "host2", "host3", "host4", "sixth"), Set.copyOf(server.asked));
    }

    @Test
    void aLookupThatHangsDoesNotKeepTheProgram() throws Exception {
        var server = new Server();
        try (var runner = new Runner(LoopOptions.defaults().withResolver(server))) {
            runner.run(() -> {
                server.fill();
            });
            // Closed by the end of this block, which waits for nobody. The threads are told, and this server listens.
        }
        for (var thread : server.threads) {
            thread.join();
        }
        assertEquals(1, server.mayAnswer.getCount());
    }

    @Test
    void aLookupThatAnswersAClosedLoopIsForgotten() throws Exception {
        var answered = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        HostResolver deaf = host -> {
            asked.countDown();
            while (true) {
                try {
                    answered.await();
                    return List.of(InetAddress.getLoopbackAddress());
                } catch (InterruptedException ignored) {
                    // A lookup of the system cannot be interrupted either.
                }
            }
        };
        try (var runner = new Runner(LoopOptions.defaults().withResolver(deaf))) {
            runner.run(() -> {
                EventLoop.current().getAddrInfo("example", 80);
                await(Asyncio.toThread(() -> {
                    asked.await();
                    return null;
                }));
            });
        }
        answered.countDown();
    }

    /** If lookups were not known to be under way, the clock would jump over them to the time limit. */
    @Test
    void aVirtualClockStandsStillForALookup() throws Exception {
        HostResolver slow = host -> {
            // Long enough for the loop to find nothing to do.
            for (var i = 0; i < 10_000; i++) {
                Thread.yield();
            }
            return List.of(InetAddress.getLoopbackAddress());
        };
        var clock = new VirtualClock();
        try (var runner = new Runner(LoopOptions.defaults().withClock(clock).withResolver(slow))) {
            runner.run(() -> {
                var lookup = EventLoop.current().getAddrInfo("example", 80);
                await(Asyncio.waitFor(lookup, Duration.ofDays(1)));
            });
        }
        assertEquals(Duration.ZERO, clock.elapsed());
    }
}
