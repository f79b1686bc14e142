package io.jasyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A closed loop refuses what it could not do any more, and loses nothing silently that somebody waits for (S9). */
@ExtendWith(AsyncioExtension.class)
class ClosedLoopTest {

    record Use(String name, Consumer<EventLoop> use) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Use> usesOfALoop() {
        return Stream.of(
                new Use("callSoon", loop -> loop.callSoon(() -> {})),
                new Use("callSoonThreadsafe", loop -> loop.callSoonThreadsafe(() -> {})),
                new Use("execute", loop -> loop.execute(() -> {})),
                new Use("callLater", loop -> loop.callLater(Duration.ofSeconds(1), () -> {})),
                new Use("callAt", loop -> loop.callAt(loop.time(), () -> {})),
                new Use("createTask", loop -> loop.createTask(() -> 1)),
                new Use("createTask, eager", loop -> loop.createTask(() -> 1, TaskOptions.DEFAULT.eager())),
                new Use("createStageTask", loop -> loop.createStageTask(() -> CompletableFuture.completedFuture(1))),
                new Use("submit", loop -> loop.submit(() -> 1)),
                new Use("submitStage", loop -> loop.submitStage(() -> CompletableFuture.completedFuture(1))),
                new Use("runInExecutor", loop -> loop.runInExecutor(null, () -> 1)),
                new Use("runInExecutor, own executor", loop -> loop.runInExecutor(Runnable::run, () -> 1)),
                new Use("runForever", EventLoop::runForever),
                new Use("addReader", loop -> withPipe(pipe -> loop.addReader(pipe.source(), () -> {}))),
                new Use("addWriter", loop -> withPipe(pipe -> loop.addWriter(pipe.sink(), () -> {}))));
    }

    private static void withPipe(Consumer<Pipe> use) {
        try {
            var pipe = Pipe.open();
            try (var source = pipe.source();
                    var sink = pipe.sink()) {
                source.configureBlocking(false);
                sink.configureBlocking(false);
                use.accept(pipe);
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @ParameterizedTest
    @MethodSource("usesOfALoop")
    void isRefused(Use method) {
        var loop = EventLoop.create();
        loop.close();
        var refused =
                assertThrows(IllegalStateException.class, () -> method.use().accept(loop));
        assertEquals("Event loop is closed", refused.getMessage());
    }

    @Test
    void runUntilCompleteIsRefusedAlsoForWhatHasEnded() {
        var loop = EventLoop.create();
        loop.close();
        var refused = assertThrows(
                IllegalStateException.class, () -> loop.runUntilComplete(CompletableFuture.completedFuture(1)));
        assertEquals("Event loop is closed", refused.getMessage());
    }

    @Test
    void whatOnlyAsksGoesOnWorking() {
        var loop = EventLoop.create();
        loop.close();
        loop.close();
        assertTrue(loop.isClosed());
        assertFalse(loop.isRunning());
        assertFalse(loop.isCurrent());
        assertTrue(loop.allTasks().isEmpty());
        assertFalse(withPipeOf(loop));
    }

    private static boolean withPipeOf(EventLoop loop) {
        var found = new ArrayList<Boolean>();
        withPipe(pipe -> found.add(loop.removeReader(pipe.source()) || loop.removeWriter(pipe.sink())));
        return found.get(0);
    }

    @Test
    void aRunningLoopCannotBeClosed() throws Exception {
        VirtualTime.run(() -> {
            var refused = assertThrows(
                    IllegalStateException.class, () -> EventLoop.current().close());
            assertTrue(refused.getMessage().contains("running"), refused.getMessage());
        });
    }

    @Test
    void whatIsQueuedDoesNotRun(Steps steps) {
        var loop = EventLoop.create();
        loop.callSoon(steps::unreached);
        loop.callSoonThreadsafe(steps::unreached);
        loop.callLater(Duration.ZERO, steps::unreached);
        steps.expect(1);
        loop.close();
        steps.finish(2);
    }

    /** A thread that waits for a task must be told, if the loop closes before the task has run. */
    @Test
    void whoWaitsForASubmittedTaskIsTold() {
        var loop = EventLoop.create();
        var submitted = List.of(loop.submit(() -> 1), loop.submitStage(() -> CompletableFuture.completedFuture(1)));
        loop.close();
        submitted.forEach(future -> assertTrue(future.isCompletedExceptionally(), future.toString()));
    }

    /** S30: a future may end after its loop; nobody on the loop hears of it, and that is no error. */
    @Test
    void completionAfterTheEndIsSilent(Steps steps) throws Exception {
        var loop = EventLoop.create();
        var future = loop.<Integer>createFuture();
        future.addDoneCallback(ended -> steps.unreached());
        loop.close();
        steps.expect(1);
        assertTrue(future.complete(5));
        assertEquals(5, future.result());
        steps.finish(2);
    }
}
