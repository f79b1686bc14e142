package io.jasyncio.sync;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import io.jasyncio.sync.Line.Face;
import io.jasyncio.sync.Line.Kind;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every wait, whatever it is for: order, and that a cancellation neither loses nor doubles anything (S96). */
@ExtendWith(AsyncioExtension.class)
class EveryWaitTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    static Stream<Arguments> everyFace() {
        return Line.everyFace(Line.all());
    }

    static Stream<Arguments> everyFaceOneByOne() {
        return Line.everyFace(Line.oneByOne());
    }

    static Stream<Arguments> everyFaceThatIsGivenSomething() {
        return Line.everyFace(Line.givingSomething());
    }

    // ---- Order -----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("everyFace")
    void firstComeFirstServed(Face face, Kind kind, Steps steps) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            for (var number = 1; number <= 3; number++) {
                var step = number;
                face.taskIn(line).addDoneCallback(ended -> steps.expect(step));
            }
            await(sleep(TICK));
            for (var i = 0; i < 3; i++) {
                line.letOneIn();
                await(sleep(SECOND));
            }
            steps.finish(4);
        });
    }

    /** The turn of the waiter is the step of the task: whatever comes into the ready queue later runs later. */
    @ParameterizedTest
    @MethodSource("everyFace")
    void theTaskGoesOnInTheVeryTurnOfTheWaiter(Face face, Kind kind, Steps steps) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            var task = face.taskIn(line);
            await(sleep(TICK));
            line.letOneIn();
            EventLoop.current().callSoon(() -> {
                assertTrue(task.isDone());
                steps.expect(2);
            });
            assertFalse(task.isDone());
            steps.expect(1);
            await(task);
            steps.finish(3);
        });
    }

    @ParameterizedTest
    @MethodSource("everyFace")
    void whoeverIsLetInBeforeHeComesDoesNotWait(Face face, Kind kind) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            line.letOneIn();
            line.assertThatOneMayEnter();
        });
    }

    // ---- Cancellation ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("everyFace")
    void whoIsCancelledInTheLineMakesRoomForTheNext(Face face, Kind kind) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            var leaves = face.taskIn(line);
            var next = face.taskIn(line);
            await(sleep(TICK));
            leaves.cancel("enough");
            line.letOneIn();
            assertEquals(
                    "enough",
                    assertThrows(CancellationException.class, () -> await(leaves))
                            .getMessage());
            await(next);
        });
    }

    @ParameterizedTest
    @MethodSource("everyFace")
    void whoIsCancelledAfterTheWakeUpPassesItOn(Face face, Kind kind) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            var leaves = face.taskIn(line);
            var next = face.taskIn(line);
            await(sleep(TICK));
            line.letOneIn();
            leaves.cancel("too late");
            assertEquals(
                    "too late",
                    assertThrows(CancellationException.class, () -> await(leaves))
                            .getMessage());
            await(next);
        });
    }

    @ParameterizedTest
    @MethodSource("everyFace")
    void theOnlyOneWhoIsCancelledAfterTheWakeUpTakesNothing(Face face, Kind kind) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            var leaves = face.taskIn(line);
            await(sleep(TICK));
            line.letOneIn();
            leaves.cancel();
            assertThrows(CancellationException.class, () -> await(leaves));
            line.assertThatOneMayEnter();
        });
    }

    @ParameterizedTest
    @MethodSource("everyFaceOneByOne")
    void whoComesBetweenTheWakeUpAndTheCancellationIsNotForgotten(Face face, Kind kind) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            var leaves = face.taskIn(line);
            await(sleep(TICK));
            line.letOneIn();
            leaves.cancel();
            await(face.taskIn(line));
            assertThrows(CancellationException.class, () -> await(leaves));
            line.assertThatNobodyMayEnter();
        });
    }

    @ParameterizedTest
    @MethodSource("io.jasyncio.sync.Line#all")
    void anotherThreadMayCancel(Kind kind) throws Exception {
        VirtualTime.run(() -> {
            var line = kind.open();
            var leaves = line.join();
            var next = line.join();
            assertTrue(await(toThread(() -> leaves.cancel("from outside"))));
            line.letOneIn();
            await(next);
            assertEquals(
                    "from outside",
                    assertThrows(CancellationException.class, () -> await(leaves))
                            .getMessage());
        });
    }

    // ---- Several who await one wait --------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("everyFaceOneByOne")
    void severalMayAwaitTheSameWait(Face face, Kind kind) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            var wait = line.join();
            var one = face.taskThatAwaits(() -> wait);
            var other = face.taskThatAwaits(() -> wait);
            await(sleep(TICK));
            line.letOneIn();
            assertEquals(await(one), await(other));
            line.assertThatNobodyMayEnter();
        });
    }

    /** S50: who is cancelled while he waits cancels what he waits for, and so whoever else does. */
    @ParameterizedTest
    @MethodSource("everyFaceOneByOne")
    void oneOfTwoWhoIsCancelledInTheLineTakesTheOtherAlong(Face face, Kind kind) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            var wait = line.join();
            var leaves = face.taskThatAwaits(() -> wait);
            var other = face.taskThatAwaits(() -> wait);
            await(sleep(TICK));
            leaves.cancel();
            assertThrows(CancellationException.class, () -> await(other));
            line.letOneIn();
            line.assertThatOneMayEnter();
        });
    }

    @ParameterizedTest
    @MethodSource("everyFaceOneByOne")
    void whatOneOfTwoDoesNotTakeTheOtherHas(Face face, Kind kind) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            var wait = line.join();
            var leaves = face.taskThatAwaits(() -> wait);
            var stays = face.taskThatAwaits(() -> wait);
            await(sleep(TICK));
            line.letOneIn();
            EventLoop.current().callSoon(() -> {
                assertTrue(wait.isDone());
                leaves.cancel();
            });
            await(stays);
            assertThrows(CancellationException.class, () -> await(leaves));
            line.assertThatNobodyMayEnter();
        });
    }

    @ParameterizedTest
    @MethodSource("everyFaceThatIsGivenSomething")
    void whatNeitherOfTwoTakesIsThereForTheNext(Face face, Kind kind) throws Exception {
        VirtualTime.run(face.carrier(), () -> {
            var line = kind.open();
            var wait = line.join();
            var one = face.taskThatAwaits(() -> wait);
            var other = face.taskThatAwaits(() -> wait);
            await(sleep(TICK));
            line.letOneIn();
            EventLoop.current().callSoon(() -> {
                assertTrue(wait.isDone());
                one.cancel();
                other.cancel();
            });
            assertThrows(CancellationException.class, () -> await(one));
            assertThrows(CancellationException.class, () -> await(other));
            line.assertThatOneMayEnter();
        });
    }

    // ---- Many ------------------------------------------------------------------------------------------------------

    /** A scan of the line for each of them would take minutes, and a recursion would end the stack. */
    @ParameterizedTest
    @MethodSource("io.jasyncio.sync.Line#all")
    void aHundredThousandAreCancelledFromTheMiddle(Kind kind) throws Exception {
        VirtualTime.run(() -> {
            var line = kind.open();
            var waits =
                    Stream.<LoopFuture<?>>generate(line::join).limit(100_000).toList();
            for (var i = 1; i < 50_000; i++) {
                assertTrue(waits.get(50_000 - i).cancel());
                assertTrue(waits.get(49_999 + i).cancel());
            }
            line.letOneIn();
            await(waits.get(0));
            line.letOneIn();
            await(waits.get(99_999));
        });
    }

    @ParameterizedTest
    @MethodSource("io.jasyncio.sync.Line#all")
    void aHundredThousandAreCancelledAfterTheWakeUpOfTheFirst(Kind kind) throws Exception {
        VirtualTime.run(() -> {
            var line = kind.open();
            var waits =
                    Stream.<LoopFuture<?>>generate(line::join).limit(100_000).toList();
            line.letOneIn();
            waits.forEach(LoopFuture::cancel);
            await(sleep(TICK));
            await(sleep(TICK));
            assertTrue(waits.stream().allMatch(LoopFuture::isCancelled));
            line.assertThatOneMayEnter();
        });
    }
}
