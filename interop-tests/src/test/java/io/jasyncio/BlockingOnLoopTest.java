package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** Blocking the loop for a future that only the loop can complete throws at once, in place of a dead-lock. */
@ExtendWith(AsyncioExtension.class)
class BlockingOnLoopTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static void assertRefused(CompletableFuture<?> future) {
        for (Executable block : List.<Executable>of(
                future::join,
                future::get,
                () -> future.get(1, TimeUnit.SECONDS),
                () -> future.get(0, TimeUnit.SECONDS))) {
            var refused = assertThrows(IllegalStateException.class, block);
            assertTrue(refused.getMessage().contains("would block the loop"), refused.getMessage());
            assertTrue(refused.getMessage().contains("await("), refused.getMessage());
        }
    }

    @OnEachCarrier
    void inADirectStyleBody(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var loop = EventLoop.current();
            var sleeping = sleep(SECOND);
            assertRefused(loop.createFuture());
            assertRefused(sleeping);
            assertRefused(sleeping.thenApply(done -> 1));
            assertRefused(sleeping.thenCompose(done -> sleep(SECOND)));
            assertRefused(gather(sleeping));
            assertRefused(createTask(() -> 1));
            assertRefused(createStageTask(() -> CompletableFuture.completedFuture(1)));
        });
    }

    @OnEachCarrier
    void inACallback(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var loop = EventLoop.current();
            var asked = loop.<Boolean>createFuture();
            loop.callSoon(() -> {
                assertRefused(loop.createFuture());
                asked.complete(true);
            });
            assertTrue(await(asked));
        });
    }

    @OnEachCarrier
    void inAStageStyleBody(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            await(createStageTask(() -> {
                assertRefused(EventLoop.current().createFuture());
                return CompletableFuture.completedFuture(1);
            }));
        });
    }

    /** What is handed to another thread is to be waited for in another thread. */
    @OnEachCarrier
    void aSubmittedTask(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var submitted = EventLoop.current().submit(() -> 1);
            assertRefused(submitted);
            assertEquals(1, await(submitted));
        });
    }

    @OnEachCarrier
    void whatHasEndedDoesNotBlock(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var task = createTask(() -> 7);
            await(task);
            assertEquals(7, task.join());
            assertEquals(7, task.get());
            assertEquals(7, task.get(0, TimeUnit.SECONDS));
            assertEquals(7, task.getNow(0));
        });
    }

    /** The loop is blocked for as long as the other one runs; that is the caller's choice and no dead-lock. */
    @OnEachCarrier
    void aFutureOfAnotherLoopMayBeWaitedFor(Carrier carrier) throws Exception {
        try (var other = EventLoop.create(VirtualTime.options(carrier))) {
            var foreign = other.<String>createFuture();
            var completer = new Thread(() -> foreign.complete("from outside"));
            VirtualTime.run(carrier, () -> {
                completer.start();
                assertEquals("from outside", foreign.join());
            });
            completer.join();
        }
    }

    @OnEachCarrier
    void anotherThreadMayWait(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var slow = createTask(() -> await(sleep(Duration.ofMillis(1), "slept")));
            assertEquals("slept", await(Asyncio.toThread(slow::join)));
        });
    }
}
