package io.jasyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.VirtualTime;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bad argument fails at the call that brings it, not some iterations later where nobody can tell whose it was. */
@ExtendWith(AsyncioExtension.class)
class BadArgumentsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    interface Body {
        void run(EventLoop loop) throws Exception;
    }

    record Call(String name, Body body) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Call> callsWithNull() {
        var calls = new ArrayList<Call>();
        calls.addAll(nullsForALoop());
        calls.addAll(nullsForAsyncio());
        calls.addAll(nullsForFutures());
        return calls.stream();
    }

    private static List<Call> nullsForALoop() {
        return List.of(
                new Call("callSoon", loop -> loop.callSoon(null)),
                new Call("callSoonThreadsafe", loop -> loop.callSoonThreadsafe(null)),
                new Call("execute", loop -> loop.execute(null)),
                new Call("callLater, delay", loop -> loop.callLater(null, () -> {})),
                new Call("callLater, callback", loop -> loop.callLater(SECOND, null)),
                new Call("callAt", loop -> loop.callAt(0, null)),
                new Call("createTask", loop -> loop.createTask((Coroutine<Object>) null)),
                new Call("createTask, action", loop -> loop.createTask((CoroutineAction) null)),
                new Call("createTask, options", loop -> loop.createTask(() -> 1, null)),
                new Call("createStageTask", loop -> loop.createStageTask((Supplier<CompletionStage<Object>>) null)),
                new Call("submit", loop -> loop.submit((Coroutine<?>) null)),
                new Call("submitStage", loop -> loop.submitStage((Supplier<CompletionStage<Object>>) null)),
                new Call("runInExecutor", loop -> loop.runInExecutor(null, null)),
                new Call("setDefaultExecutor", loop -> loop.setDefaultExecutor(null)),
                new Call("shutdownDefaultExecutor", loop -> loop.shutdownDefaultExecutor(null)),
                new Call("addReader, channel", loop -> loop.addReader(null, () -> {})),
                new Call("addWriter, channel", loop -> loop.addWriter(null, () -> {})),
                new Call("addReader, callback", BadArgumentsTest::addReaderOfNull),
                new Call("callExceptionHandler", loop -> loop.callExceptionHandler(null)),
                new Call("setSlowCallbackDuration", loop -> loop.setSlowCallbackDuration(null)));
    }

    private static void addReaderOfNull(EventLoop loop) throws Exception {
        var pipe = Pipe.open();
        try (var source = pipe.source();
                var sink = pipe.sink()) {
            source.configureBlocking(false);
            assertNotNull(sink);
            loop.addReader(source, null);
        }
    }

    private static List<Call> nullsForAsyncio() {
        return List.of(
                new Call("sleep", loop -> Asyncio.sleep(null)),
                new Call("waitFor, stage", loop -> Asyncio.waitFor((CompletionStage<Object>) null, SECOND)),
                new Call("waitFor, timeout", loop -> Asyncio.waitFor(loop.createFuture(), null)),
                new Call("waitFor, body", loop -> Asyncio.waitFor((Coroutine<Object>) null, SECOND)),
                new Call("timeout", loop -> Asyncio.timeout(null)),
                new Call("timeout, body", loop -> Asyncio.timeout(SECOND, (Coroutine<Object>) null)),
                new Call("timeoutAt", loop -> Asyncio.timeoutAt(null)),
                new Call("gather", loop -> Asyncio.gather((List<CompletionStage<Object>>) null)),
                new Call("gather, element", loop -> Asyncio.gather(Arrays.asList(loop.createFuture(), null))),
                new Call("gatherOutcomes", loop -> Asyncio.gatherOutcomes(Arrays.asList(loop.createFuture(), null))),
                new Call("wait", loop -> Asyncio.wait((List<LoopFuture<Object>>) null)),
                new Call("wait, element", loop -> Asyncio.wait(Arrays.asList(loop.createFuture(), null))),
                new Call("wait, mode", loop -> Asyncio.wait(List.of(loop.createFuture()), (ReturnWhen) null)),
                new Call("asCompleted", loop -> Asyncio.asCompleted((List<LoopFuture<Object>>) null)),
                new Call("shield", loop -> Asyncio.shield(null)),
                new Call("taskGroup", loop -> Asyncio.taskGroup((TaskGroup.Body<Object>) null)),
                new Call("toThread", loop -> Asyncio.toThread((java.util.concurrent.Callable<?>) null)),
                new Call("ensureFuture", loop -> Asyncio.ensureFuture(null)));
    }

    private static List<Call> nullsForFutures() {
        return List.of(
                new Call("addDoneCallback", loop -> loop.createFuture().addDoneCallback(null)),
                new Call("completeExceptionally", loop -> loop.createFuture().completeExceptionally(null)),
                new Call("thenApply", loop -> loop.createFuture().thenApply(null)),
                new Call("thenCompose", loop -> loop.createFuture().thenCompose(null)),
                new Call("completeAsync", loop -> loop.createFuture().completeAsync(null)),
                new Call("completeAsync, executor", loop -> loop.createFuture().completeAsync(() -> 1, null)),
                new Call("setName", loop -> loop.currentTask().setName(null)));
    }

    @ParameterizedTest
    @MethodSource("callsWithNull")
    void nullIsRefusedAtTheCall(Call call) throws Exception {
        VirtualTime.run(() -> {
            assertThrows(NullPointerException.class, () -> call.body().run(EventLoop.current()));
        });
    }

    @Test
    void nullIsRefusedOutsideOfALoop() {
        assertThrows(NullPointerException.class, () -> new Runner((LoopOptions) null));
        assertThrows(NullPointerException.class, () -> EventLoop.create(null));
        assertThrows(NullPointerException.class, () -> Asyncio.run((Coroutine<Object>) null));
        assertThrows(NullPointerException.class, () -> Asyncio.run((CoroutineAction) null));
        assertThrows(NullPointerException.class, () -> Asyncio.runStage((Supplier<CompletionStage<Object>>) null));
        assertThrows(NullPointerException.class, () -> LoopOptions.defaults().withClock(null));
        assertThrows(NullPointerException.class, () -> LoopOptions.defaults().withCarrier(null));
        assertThrows(NullPointerException.class, () -> LoopOptions.defaults().withProvider(null));
        assertThrows(NullPointerException.class, () -> new ContextVar<>(null));
    }

    /** A refused call leaves nothing behind that could fail later. */
    @Test
    void aRefusedCallLeavesNothingBehind() throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var tasks = loop.allTasks().size();
            assertThrows(NullPointerException.class, () -> loop.createTask((Coroutine<Object>) null));
            assertThrows(NullPointerException.class, () -> loop.createTask(() -> 1, null));
            assertThrows(
                    NullPointerException.class, () -> loop.createStageTask((Supplier<CompletionStage<Object>>) null));
            assertEquals(tasks, loop.allTasks().size());
        });
    }

    static Stream<Duration> durationsNotPositive() {
        return Stream.of(
                Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(-1), Duration.ofSeconds(Long.MIN_VALUE));
    }

    /** S16, S20: not an error, but as soon as possible. */
    @ParameterizedTest
    @MethodSource("durationsNotPositive")
    void aDelayOfZeroOrLessMeansTheNextIteration(Duration delay) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            assertNull(Asyncio.await(Asyncio.sleep(delay)));
            var called = loop.<Long>createFuture();
            loop.callLater(delay, () -> called.complete(loop.time()));
            assertEquals(0L, Asyncio.await(called));
            assertThrows(TimeoutException.class, () -> Asyncio.await(Asyncio.waitFor(loop.createFuture(), delay)));
            assertEquals(Duration.ZERO, VirtualTime.elapsed());
        });
    }

    /** S19: far away is far away, and does not overflow into the past. */
    @Test
    void aDelayBeyondTheRangeOfTheClockNeverComes() throws Exception {
        VirtualTime.run(() -> {
            var forEver = Asyncio.sleep(Duration.ofSeconds(Long.MAX_VALUE));
            Asyncio.await(Asyncio.sleep(Duration.ofDays(365)));
            assertTrue(!forEver.isDone());
            forEver.cancel();
        });
    }

    static Stream<Consumer<EventLoop>> negatives() {
        return Stream.of(
                loop -> loop.setSlowCallbackDuration(Duration.ofNanos(-1)),
                loop -> new VirtualClock().advance(Duration.ofNanos(-1)));
    }

    @ParameterizedTest
    @MethodSource("negatives")
    void aNegativeDurationWithoutAMeaningIsRefusedWithItsValue(Consumer<EventLoop> call) throws Exception {
        VirtualTime.run(() -> {
            var refused = assertThrows(IllegalArgumentException.class, () -> call.accept(EventLoop.current()));
            assertTrue(refused.getMessage().contains("PT-0.000000001S"), refused.getMessage());
        });
    }

    @Test
    void waitForNothingIsRefused() throws Exception {
        VirtualTime.run(() -> {
            assertThrows(IllegalArgumentException.class, () -> Asyncio.wait(List.<LoopFuture<Object>>of()));
        });
    }
}
