package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.shield;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.taskGroup;
import static io.jasyncio.Asyncio.timeout;
import static io.jasyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Awaiting where nothing can wait: refused at once, with a message that says what to do instead. */
@ExtendWith(AsyncioExtension.class)
class AwaitMisuseTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void outsideOfALoop() {
        var refused = assertThrows(IllegalStateException.class, () -> await(new CompletableFuture<>()));
        assertMentions(refused, "await()", "outside of an event loop", "Asyncio.run(");
    }

    record Call(String name, Executable call) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Call> callsThatNeedALoop() {
        return Stream.of(
                new Call("createTask", () -> createTask(() -> 1)),
                new Call("createTask", () -> createTask(() -> {})),
                new Call("createStageTask", () -> createStageTask(() -> CompletableFuture.completedFuture(1))),
                new Call("currentTask", Asyncio::currentTask),
                new Call("allTasks", Asyncio::allTasks),
                new Call("ensureFuture", () -> Asyncio.ensureFuture(new CompletableFuture<>())),
                new Call("sleep", () -> sleep(SECOND)),
                new Call("waitFor", () -> waitFor(new CompletableFuture<>(), SECOND)),
                new Call("timeout", () -> timeout(SECOND, () -> 1)),
                new Call("timeout", () -> timeout(SECOND)),
                new Call("gather", () -> gather(new CompletableFuture<>())),
                new Call("wait", () -> Asyncio.wait(List.of())),
                new Call("asCompleted", () -> Asyncio.asCompleted(List.of())),
                new Call("shield", () -> shield(new CompletableFuture<>())),
                new Call("taskGroup", () -> taskGroup(group -> 1)),
                new Call("toThread", () -> Asyncio.toThread(() -> 1)));
    }

    @ParameterizedTest
    @MethodSource("callsThatNeedALoop")
    void everyFunctionNamesItselfOutsideOfALoop(Call function) {
        var refused = assertThrows(IllegalStateException.class, function.call());
        assertMentions(refused, function.name() + "()", "outside of an event loop", "Asyncio.run(");
    }

    @Test
    void currentLoopOutsideOfALoop() {
        assertMentions(assertThrows(IllegalStateException.class, EventLoop::current), "no event loop", "Asyncio.run(");
    }

    @OnEachCarrier
    void inACallback(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var loop = EventLoop.current();
            var refusal = loop.<IllegalStateException>createFuture();
            loop.callSoon(() ->
                    refusal.complete(assertThrows(IllegalStateException.class, () -> await(loop.createFuture()))));
            assertMentions(await(refusal), "await()", "callback", "createTask(");
        });
    }

    @OnEachCarrier
    void inAStageStyleTask(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var task = createStageTask(() -> {
                assertMentions(
                        assertThrows(IllegalStateException.class, () -> await(sleep(SECOND))),
                        "await()",
                        "not in direct style",
                        "thenCompose",
                        "createTask(");
                return CompletableFuture.completedFuture("refused");
            });
            assertEquals("refused", await(task));
        });
    }

    /** The function of a stage runs where the stage is completed: here in the step of a task, which is not its own. */
    @OnEachCarrier
    void inAThreadOfItsOwn(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var refused = await(Asyncio.toThread(
                    () -> assertThrows(IllegalStateException.class, () -> await(new CompletableFuture<>()))));
            assertMentions(refused, "await()", "outside of an event loop", "loop.submit(");
        });
    }

    @OnEachCarrier
    void aFutureOfAnotherLoop(Carrier carrier) throws Exception {
        try (var other = EventLoop.create()) {
            var foreign = other.<String>createFuture();
            VirtualTime.run(carrier, () -> {
                for (Executable use : List.<Executable>of(
                        () -> await(foreign),
                        () -> gather(foreign),
                        () -> Asyncio.wait(List.of(foreign)),
                        () -> Asyncio.asCompleted(List.of(foreign)),
                        () -> waitFor(foreign, SECOND),
                        () -> shield(foreign),
                        () -> Asyncio.ensureFuture(foreign))) {
                    assertMentions(assertThrows(IllegalStateException.class, use), "attached to a different loop");
                }
                var stageTask = createStageTask(() -> foreign);
                assertMentions(
                        assertThrows(IllegalStateException.class, () -> await(stageTask)),
                        "attached to a different loop");
            });
            assertEquals(0, foreign.getNumberOfDependents());
        }
    }

    /** S29. */
    @OnEachCarrier
    void aTaskThatAwaitsItself(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var self = EventLoop.current().<Task<?>>createFuture();
            var task = createTask(() -> {
                await(await(self));
            });
            self.complete(task);
            assertMentions(assertThrows(IllegalStateException.class, () -> await(task)), "cannot await itself");
        });
    }

    @OnEachCarrier
    void awaitOfNull(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            assertMentions(assertThrows(NullPointerException.class, () -> await(null)), "stage");
        });
    }

    /** The message names the body, and the task fails with it. */
    @Test
    void aStageStyleBodyThatReturnsNull() {
        var refused = assertThrows(NullPointerException.class, () -> Asyncio.runStage(() -> null));
        assertMentions(refused, "returned null", "stage");
    }

    private static void assertMentions(Throwable failure, String... words) {
        for (var word : words) {
            assertTrue(
                    String.valueOf(failure.getMessage()).contains(word),
                    () -> "'" + word + "' is missing in: " + failure.getMessage());
        }
    }
}
