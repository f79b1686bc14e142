package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a callback throws, the loop goes on and somebody is told (S8, S127). */
@ExtendWith(AsyncioExtension.class)
class CallbackFailureTest {

    static Stream<Throwable> everyKind() {
        return Stream.of(
                new IllegalArgumentException("unchecked"),
                new IOException("checked, thrown sneakily"),
                new CancellationException("not a task's"),
                new AssertionError("an error"),
                new StackOverflowError("deep"),
                new OutOfMemoryError("full"),
                new NoClassDefFoundError("gone"),
                new Throwable("bare"));
    }

    private static void sneakyThrow(Throwable throwable) {
        throw Failures.sneaky(throwable);
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void aFailingCallbackIsReportedAndTheLoopGoesOn(Throwable problem, ErrorLog errors, Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            loop.callSoon(() -> sneakyThrow(problem));
            loop.callSoon(() -> steps.expect(1));
            await(sleep(Duration.ZERO));
            steps.finish(2);
        });
        var record = errors.take();
        assertTrue(record.getMessage().startsWith("Exception in callback "), record.getMessage());
        assertSame(problem, record.getThrown());
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void aFailingTimerIsReportedAndTheLoopGoesOn(Throwable problem, ErrorLog errors) throws Exception {
        VirtualTime.run(() -> {
            EventLoop.current().callLater(Duration.ofSeconds(1), () -> sneakyThrow(problem));
            await(sleep(Duration.ofSeconds(2)));
        });
        assertSame(problem, errors.takeException());
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void aFailingDoneCallbackDoesNotDisturbTheOthers(Throwable problem, ErrorLog errors, Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var future = EventLoop.current().<Integer>createFuture();
            future.addDoneCallback(ended -> steps.expect(1));
            future.addDoneCallback(ended -> sneakyThrow(problem));
            future.addDoneCallback(ended -> steps.finish(2));
            future.complete(1);
            await(sleep(Duration.ZERO));
        });
        assertSame(problem, errors.takeException());
    }

    /** S37: what a body throws is its task's failure, of whatever kind it is, and belongs to who awaits it. */
    @OnEachCarrier
    void whatABodyThrowsBelongsToItsTask(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            for (var problem : everyKind().toList()) {
                var task = createTask(() -> sneakyThrow(problem));
                var thrown = assertThrows(Throwable.class, () -> await(task));
                if (problem instanceof CancellationException) {
                    assertTrue(task.isCancelled());
                }
                assertSame(problem, thrown);
            }
        });
    }

    /** What the main body throws, run throws: the very object. */
    @OnEachCarrier
    void whatTheMainBodyThrowsRunThrows(Carrier carrier) {
        for (var problem : everyKind().toList()) {
            var thrown = assertThrows(Throwable.class, () -> VirtualTime.run(carrier, () -> sneakyThrow(problem)));
            assertSame(problem, thrown);
        }
    }

    @Test
    void theHandlerIsGivenTheErrorInPlaceOfTheLog() throws Exception {
        var problem = new IllegalStateException("for the handler");
        var seen = new ArrayList<ErrorContext>();
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            loop.setExceptionHandler((on, context) -> {
                assertSame(loop, on);
                assertSame(loop, EventLoop.current());
                assertNull(loop.currentTask());
                seen.add(context);
            });
            loop.callSoon(() -> sneakyThrow(problem));
            await(sleep(Duration.ZERO));
        });
        assertEquals(1, seen.size());
        assertSame(problem, seen.get(0).exception());
    }

    @Test
    void aHandlerThatFailsLosesNeitherErrorNorLoop(ErrorLog errors) throws Exception {
        var problem = new IllegalStateException("the first");
        var second = new AssertionError("of the handler");
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            loop.setExceptionHandler((on, context) -> sneakyThrow(second));
            loop.callSoon(() -> sneakyThrow(problem));
            await(sleep(Duration.ZERO));
        });
        var record = errors.take();
        assertTrue(record.getMessage().startsWith("Unhandled error in exception handler"), record.getMessage());
        assertSame(second, record.getThrown());
        assertSame(problem, errors.takeException());
    }

    @Test
    void theDefaultHandlerCanBeBroughtBack(ErrorLog errors) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            loop.setExceptionHandler((on, context) -> {
                throw new AssertionError("not asked any more");
            });
            loop.setExceptionHandler(null);
            assertNull(loop.getExceptionHandler());
            loop.callSoon(() -> sneakyThrow(new IllegalStateException("to the log")));
            await(sleep(Duration.ZERO));
        });
        assertEquals("to the log", errors.takeException().getMessage());
    }

    /** Even the description of what failed may fail. */
    @Test
    void aCallbackThatCannotBeDescribedIsReportedNevertheless(ErrorLog errors) throws Exception {
        var problem = new IllegalStateException("of the callback");
        Runnable indescribable = new Runnable() {
            @Override
            public void run() {
                throw problem;
            }

            @Override
            public String toString() {
                throw new UnsupportedOperationException("of the description");
            }
        };
        VirtualTime.run(() -> {
            EventLoop.current().callSoon(indescribable);
            await(sleep(Duration.ZERO));
        });
        assertSame(problem, errors.takeException());
    }

    /** In debug mode the report says where the callback was scheduled. */
    @Test
    void debugModeTellsWhereTheCallbackCameFrom(ErrorLog errors) throws Exception {
        try (var runner = new Runner(VirtualTime.options().withDebug(true))) {
            runner.run(() -> {
                EventLoop.current().callSoon(() -> sneakyThrow(new IllegalStateException("traced")));
                await(sleep(Duration.ZERO));
                return null;
            });
        }
        var message = errors.take().getMessage();
        assertTrue(message.contains("created at:"), message);
        assertTrue(message.contains("debugModeTellsWhereTheCallbackCameFrom"), message);
    }

    @Test
    void manyFailuresAreManyReports(ErrorLog errors) throws Exception {
        VirtualTime.run(() -> {
            for (var name : List.of("a", "b", "c")) {
                EventLoop.current().callSoon(() -> sneakyThrow(new IllegalStateException(name)));
            }
            await(sleep(Duration.ZERO));
        });
        for (var name : List.of("a", "b", "c")) {
            assertEquals(name, errors.takeException().getMessage());
        }
    }
}
