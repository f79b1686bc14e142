package io.jasyncio;

import static io.jasyncio.Asyncio.await;
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
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.extension.ExtendWith;

/** A loop that is closed while bodies still wait: they unwind, and nothing of them stays. */
@ExtendWith(AsyncioExtension.class)
class DirectStyleCloseTest {

    private static final Duration TICK = Duration.ZERO;

    private static void runOnce(EventLoop loop) {
        loop.stop();
        loop.runForever();
    }

    @OnEachCarrier
    void aWaitingBodyRunsItsFinallyBlocks(Carrier carrier, Steps steps, ErrorLog errors) {
        var loop = EventLoop.create(VirtualTime.options(carrier));
        var task = loop.createTask(() -> {
            try {
                steps.expect(1);
                await(loop.createFuture());
                steps.unreached();
            } finally {
                steps.expect(3);
                assertSame(loop, EventLoop.current());
            }
        });
        runOnce(loop);
        steps.expect(2);
        loop.close();
        steps.finish(4);
        assertTrue(task.isDone());
        assertTrue(loop.allTasks().isEmpty());
        assertDestroyedButPending(errors);
    }

    /** The unwinding is no exception that a program catches by habit. */
    @OnEachCarrier
    void aBodyThatCatchesExceptionsUnwindsNevertheless(Carrier carrier, Steps steps, ErrorLog errors) {
        var loop = EventLoop.create(VirtualTime.options(carrier));
        loop.createTask(() -> {
            while (true) {
                try {
                    steps.expect(1);
                    await(loop.createFuture());
                } catch (Exception caught) {
                    steps.unreached();
                }
            }
        });
        runOnce(loop);
        loop.close();
        steps.finish(2);
        assertDestroyedButPending(errors);
    }

    /** There is nothing any more that could wake it. */
    @OnEachCarrier
    void aBodyThatWaitsAgainWhileItUnwindsUnwindsOn(Carrier carrier, Steps steps, ErrorLog errors) {
        var loop = EventLoop.create(VirtualTime.options(carrier));
        loop.createTask(() -> {
            try {
                await(loop.createFuture());
            } finally {
                steps.expect(1);
                try {
                    await(loop.createFuture());
                } finally {
                    steps.expect(2);
                }
            }
        });
        runOnce(loop);
        loop.close();
        steps.finish(3);
        assertDestroyedButPending(errors);
    }

    @OnEachCarrier
    void aBodyThatHasNotStartedNeverDoes(Carrier carrier, Steps steps, ErrorLog errors) {
        var loop = EventLoop.create(VirtualTime.options(carrier));
        loop.createTask(() -> {
            steps.unreached();
        });
        loop.close();
        steps.finish(1);
        assertDestroyedButPending(errors);
    }

    /** Each of several; one that fails while it unwinds does not keep the others from it. */
    @OnEachCarrier
    void allBodiesUnwind(Carrier carrier, Steps steps, ErrorLog errors) {
        var loop = EventLoop.create(VirtualTime.options(carrier));
        for (var i = 1; i <= 3; i++) {
            var number = i;
            loop.createTask(() -> {
                try {
                    await(loop.createFuture());
                } finally {
                    steps.expect(number);
                    if (number == 2) {
                        throw new IllegalStateException("while unwinding");
                    }
                }
            });
        }
        runOnce(loop);
        loop.close();
        steps.finish(4);
        var messages = errors.takeMessages();
        assertEquals(
                3, messages.stream().filter(text -> text.contains("destroyed")).count(), "" + messages);
        assertEquals(
                1,
                messages.stream()
                        .filter(text -> text.contains("never retrieved"))
                        .count(),
                "" + messages);
    }

    @OnEachCarrier
    void whoWaitsInAnotherThreadIsTold(Carrier carrier, ErrorLog errors) {
        var loop = EventLoop.create(VirtualTime.options(carrier));
        var submitted = loop.submit(() -> await(loop.createFuture()));
        runOnce(loop);
        runOnce(loop);
        assertFalse(submitted.isDone());
        loop.close();
        assertTrue(assertThrows(ExecutionException.class, submitted::get)
                .getCause()
                .getMessage()
                .contains("closed"));
        assertDestroyedButPending(errors);
    }

    /** run() never comes that far: it cancels, waits, and only then closes. */
    @OnEachCarrier
    void runCancelsFirstAndClosesThen(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            Asyncio.createTask(() -> {
                try {
                    await(sleep(Duration.ofHours(1)));
                } finally {
                    steps.expect(2);
                    await(sleep(Duration.ofSeconds(1)));
                    steps.expect(3);
                }
            });
            await(sleep(TICK));
            steps.expect(1);
        });
        steps.finish(4);
    }

    private static void assertDestroyedButPending(ErrorLog errors) {
        var messages = errors.takeMessages();
        assertEquals(1, messages.size(), messages.toString());
        assertTrue(messages.get(0).startsWith("Task was destroyed but it is pending!"), messages.get(0));
    }
}
