package io.jasyncio.sync;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.toThread;
import static io.jasyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.VirtualTime;
import io.jasyncio.sync.Line.Face;
import io.jasyncio.sync.Line.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How every wait ends early: by a deadline, also in the pass of the wake-up, and by hand. Nothing is lost. */
@ExtendWith(AsyncioExtension.class)
class EveryWaitEndTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    static Stream<Arguments> everyFace() {
        return Line.everyFace(Line.all());
    }

    // ---- Deadlines -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("everyFace")
    void aDeadlineEndsTheWaitAndNothingElse(Face face, Kind kind) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            var task = face.taskThatAwaits(() -> waitFor(line.join(), SECOND));
            assertThrows(TimeoutException.class, () -> await(task));
            assertEquals(SECOND, VirtualTime.elapsed());
            line.letOneIn();
            line.assertThatOneMayEnter();
        });
    }

    @ParameterizedTest
    @MethodSource("everyFace")
    void aDeadlineThatIsNotReachedDoesNothing(Face face, Kind kind) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            var task = face.taskThatAwaits(() -> waitFor(line.join(), SECOND));
            await(sleep(TICK));
            line.letOneIn();
            await(task);
            assertEquals(TICK, VirtualTime.elapsed());
        });
    }

    @ParameterizedTest
    @MethodSource("everyFace")
    void aDeadlineRightAfterTheWakeUpWins(Face face, Kind kind) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            EventLoop.current().callLater(SECOND, line::letOneIn);
            var task = face.taskThatAwaits(() -> waitFor(line.join(), SECOND));
            assertThrows(TimeoutException.class, () -> await(task));
            line.assertThatOneMayEnter();
        });
    }

    @ParameterizedTest
    @MethodSource("everyFace")
    void aDeadlineRightBeforeTheWakeUpWins(Face face, Kind kind) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            var task = face.taskThatAwaits(() -> {
                var wait = waitFor(line.join(), SECOND);
                EventLoop.current().callLater(SECOND, line::letOneIn);
                return wait;
            });
            assertThrows(TimeoutException.class, () -> await(task));
            line.assertThatOneMayEnter();
        });
    }

    @ParameterizedTest
    @MethodSource("everyFace")
    void aTimeoutBlockInThePassOfTheWakeUpLosesNothing(Face face, Kind kind) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            EventLoop.current().callLater(SECOND, line::letOneIn);
            assertThrows(TimeoutException.class, () -> Asyncio.timeout(SECOND, () -> await(line.join())));
            line.assertThatOneMayEnter();
        });
    }

    // ---- By hand ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("io.jasyncio.sync.Line#all")
    void whoeverIsCompletedByHandGivesUpHisPlace(Kind kind) throws Exception {
        VirtualTime.run(() -> {
            var line = kind.open();
            var wait = line.join();
            wait.complete(null);
            await(wait);
            line.letOneIn();
            line.assertThatOneMayEnter();
        });
    }

    @ParameterizedTest
    @MethodSource("io.jasyncio.sync.Line#all")
    void whoeverIsCompletedByHandAfterTheWakeUpPassesItOn(Kind kind) throws Exception {
        VirtualTime.run(() -> {
            var line = kind.open();
            var wait = line.join();
            var next = line.join();
            line.letOneIn();
            wait.complete(null);
            await(next);
        });
    }

    @ParameterizedTest
    @MethodSource("io.jasyncio.sync.Line#all")
    void orTimeoutGivesUpThePlace(Kind kind) throws Exception {
        VirtualTime.run(() -> {
            var line = kind.open();
            var wait = line.join().orTimeout(1, TimeUnit.SECONDS);
            assertThrows(TimeoutException.class, () -> await(wait));
            assertEquals(SECOND, VirtualTime.elapsed());
            line.letOneIn();
            line.assertThatOneMayEnter();
        });
    }

    @ParameterizedTest
    @MethodSource("io.jasyncio.sync.Line#all")
    void anotherThreadMayNotComplete(Kind kind) throws Exception {
        VirtualTime.run(() -> {
            var line = kind.open();
            var wait = line.join();
            await(toThread(() -> {
                assertThatItMayBeCancelledOnly(() -> wait.complete(null));
                assertThatItMayBeCancelledOnly(() -> wait.completeExceptionally(new RuntimeException()));
            }));
            assertFalse(wait.isDone());
            line.letOneIn();
            await(wait);
        });
    }

    private static void assertThatItMayBeCancelledOnly(Runnable misuse) {
        var refused = assertThrows(IllegalStateException.class, misuse::run);
        assertTrue(refused.getMessage().contains("jasyncio-worker-"), refused.getMessage());
        assertTrue(refused.getMessage().contains("can be cancelled from other threads"), refused.getMessage());
    }
}
