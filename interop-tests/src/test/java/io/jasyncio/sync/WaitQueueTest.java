package io.jasyncio.sync;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.EventLoop;
import io.jasyncio.WaitFuture;
import io.jasyncio.WaitQueue;
import io.jasyncio.Waiter;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import io.jasyncio.spi.LoopBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a primitive can do with its line, and how it learns what has come of it. That a {@link Pool}, which is made of it,
 * loses nothing is shown by {@link EveryWaitTest}.
 */
@ExtendWith(AsyncioExtension.class)
class WaitQueueTest {

    private static final Duration TICK = Duration.ZERO;

    private final List<String> trace = new ArrayList<>();
    private final Line line = new Line();

    /** A line that says what it is told. */
    private final class Line extends WaitQueue {

        Line() {
            super("the line", new LoopBinding());
        }

        @Override
        protected void came() {
            trace.add("came");
        }

        @Override
        protected void missed() {
            trace.add("missed");
        }

        boolean next() {
            return wakeFirst();
        }

        void some(int count) {
            wake(count);
        }

        void everybody() {
            wakeAll();
        }

        boolean isAnybodyLeft() {
            return hasWaiting();
        }
    }

    /** A place that notes when it is woken, and takes its turn when the test says so. */
    private final class Place extends Waiter {

        private final String name;

        Place(String name) {
            this.name = name;
            line.join(this);
        }

        @Override
        protected void wake() {
            trace.add("wake " + name);
        }
    }

    private List<Place> places(String... names) {
        return List.of(names).stream().map(Place::new).toList();
    }

    // ---- The line --------------------------------------------------------------------------------------------------

    @Test
    void wakesInTheOrderOfArrival() throws Exception {
        VirtualTime.run(() -> {
            places("a", "b", "c");
            assertTrue(line.next());
            assertTrue(line.next());
            assertTrue(line.next());
            assertFalse(line.next());
            assertEquals(List.of("wake a", "wake b", "wake c"), trace);
        });
    }

    @Test
    void wakesSomeOrAll() throws Exception {
        VirtualTime.run(() -> {
            places("a", "b", "c", "d");
            line.some(0);
            assertEquals(List.of(), trace);
            line.some(2);
            assertEquals(List.of("wake a", "wake b"), trace);
            line.everybody();
            assertEquals(List.of("wake a", "wake b", "wake c", "wake d"), trace);
            line.some(5);
            line.everybody();
            assertEquals(4, trace.size());
        });
    }

    @Test
    void whoJoinsWhileAllAreWokenIsNotMeant() throws Exception {
        VirtualTime.run(() -> {
            line.join(new Waiter() {
                @Override
                protected void wake() {
                    new Place("late");
                }
            });
            line.everybody();
            assertEquals(List.of(), trace);
            assertTrue(line.isAnybodyLeft());
        });
    }

    @Test
    void whoLeavesIsNotWoken() throws Exception {
        VirtualTime.run(() -> {
            var places = places("first", "a", "middle", "b", "last");
            places.get(0).leaveLine();
            places.get(2).leaveLine();
            places.get(4).leaveLine();
            places.get(4).leaveLine();
            assertEquals(2, line.size());
            assertFalse(places.get(0).isWaiting());
            line.everybody();
            assertEquals(List.of("wake a", "wake b"), trace);
        });
    }

    /** So that nobody barges in (S80). */
    @Test
    void whoIsWokenCountsUntilHisTurnIsOver() throws Exception {
        VirtualTime.run(() -> {
            assertTrue(line.isEmpty());
            var place = new Place("a");
            assertTrue(place.isWaiting());
            assertFalse(place.isWoken());
            assertEquals(1, line.size());
            line.next();
            assertFalse(place.isWaiting());
            assertTrue(place.isWoken());
            assertFalse(line.isAnybodyLeft());
            assertFalse(line.isEmpty());
            assertEquals(1, line.size());
            place.came();
            assertFalse(place.isWoken());
            assertTrue(line.isEmpty());
            assertEquals(0, line.size());
        });
    }

    @Test
    void whoIsWokenCannotLeaveAnyMore() throws Exception {
        VirtualTime.run(() -> {
            var place = new Place("a");
            line.next();
            place.leaveLine();
            assertTrue(place.isWoken());
            assertFalse(line.isEmpty());
            place.missed();
            assertTrue(line.isEmpty());
        });
    }

    @Test
    void isToldWhoCameAndWhoMissedHisTurn() throws Exception {
        VirtualTime.run(() -> {
            var places = places("a", "b");
            line.everybody();
            places.get(0).missed();
            places.get(1).came();
            places.get(1).came();
            assertEquals(List.of("wake a", "wake b", "missed", "came"), trace);
        });
    }

    @Test
    void aPlaceMayBeUsedAgain() throws Exception {
        VirtualTime.run(() -> {
            var place = new Place("a");
            line.next();
            place.came();
            line.join(place);
            place.leaveLine();
            line.join(place);
            assertEquals(1, line.size());
            line.next();
            assertEquals(List.of("wake a", "came", "wake a"), trace);
        });
    }

    @Test
    void aPlaceCannotBeInALineTwice() throws Exception {
        VirtualTime.run(() -> {
            var places = places("a", "b");
            assertThrows(IllegalStateException.class, () -> line.join(places.get(0)));
            line.next();
            var refused = assertThrows(IllegalStateException.class, () -> line.join(places.get(0)));
            assertEquals(places.get(0) + " stands in a line already", refused.getMessage());
            line.everybody();
            assertEquals(List.of("wake a", "wake b"), trace);
            assertEquals(2, line.size());
        });
    }

    @Test
    void aHundredThousandLeaveFromTheMiddle() throws Exception {
        VirtualTime.run(() -> {
            var places = IntStream.range(0, 100_000)
                    .mapToObj(number -> new Place("" + number))
                    .toList();
            for (var i = 1; i < 50_000; i++) {
                places.get(50_000 - i).leaveLine();
                places.get(49_999 + i).leaveLine();
            }
            line.everybody();
            assertEquals(List.of("wake 0", "wake 99999"), trace);
        });
    }

    // ---- The loop --------------------------------------------------------------------------------------------------

    @Test
    void belongsToTheLoopOnWhichSomebodyJoins() throws Exception {
        assertThrows(IllegalStateException.class, () -> new Place("outside"));
        VirtualTime.run(() -> new Place("a").leaveLine());
        VirtualTime.run(() -> {
            var refused = assertThrows(IllegalStateException.class, () -> new Place("b"));
            assertEquals("the line is bound to a different event loop: make one for each loop", refused.getMessage());
            assertTrue(line.isEmpty());
        });
    }

    // ---- A future in the line --------------------------------------------------------------------------------------

    /** Waits for its turn, and for a second one if it is told so. */
    private final class Wait extends WaitFuture<String> {

        private int turns;

        Wait(int turns) {
            super(new LoopBinding().bind(WaitQueueTest.this, "Wait"));
            this.turns = turns;
            standIn(line);
        }

        @Override
        protected void turn() {
            trace.add("turn");
            if (--turns == 0) {
                endWith("done");
            } else {
                standIn(line);
            }
        }

        @Override
        protected void turnMissed(CancellationException cancelled) {
            trace.add("turn missed: " + cancelled.getMessage());
            super.turnMissed(cancelled);
        }

        @Override
        protected void notTaken(String value) {
            trace.add("not taken: " + value);
        }
    }

    @Test
    void theTurnComesInTheNextPassAndTheLineKnowsFirst(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var wait = new Wait(1);
            line.next();
            assertEquals(List.of(), trace);
            EventLoop.current().callSoon(() -> {
                assertEquals("done", wait.join());
                steps.expect(1);
            });
            assertEquals("done", await(wait));
            await(sleep(TICK));
            assertEquals(List.of("came", "turn"), trace);
            steps.finish(2);
        });
    }

    @Test
    void whoFindsNothingMayStandInLineAgain() throws Exception {
        VirtualTime.run(() -> {
            var wait = new Wait(2);
            line.next();
            await(sleep(TICK));
            assertFalse(wait.isDone());
            assertTrue(line.isAnybodyLeft());
            line.next();
            assertEquals("done", await(wait));
        });
    }

    @Test
    void aCancellationAfterTheWakeUpIsATurnThatIsMissed() throws Exception {
        VirtualTime.run(() -> {
            var wait = new Wait(1);
            line.next();
            assertTrue(wait.cancel("too late"));
            assertFalse(wait.isDone());
            assertThrows(CancellationException.class, () -> await(wait));
            assertEquals(List.of("missed", "turn missed: too late"), trace);
        });
    }

    @Test
    void aCancellationInTheLineLeavesIt() throws Exception {
        VirtualTime.run(() -> {
            var wait = new Wait(1);
            assertTrue(wait.cancel("enough"));
            assertTrue(wait.isCancelled());
            assertTrue(line.isEmpty());
            assertEquals(List.of(), trace);
        });
    }

    /** A stage that nobody reclaims from has taken it; of two tasks both must leave it. */
    @Test
    void whatNoTaskTakesIsGivenBack() throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var wait = new Wait(1);
            var one = loop.createTask(() -> await(wait));
            var other = loop.createTask(() -> await(wait));
            await(sleep(TICK));
            line.next();
            loop.callSoon(() -> {
                one.cancel();
                other.cancel();
            });
            assertThrows(CancellationException.class, () -> await(one));
            assertThrows(CancellationException.class, () -> await(other));
            assertEquals(List.of("came", "turn", "not taken: done"), trace);
        });
    }

    @Test
    void aTurnThatThrowsIsTheFailure() throws Exception {
        var problem = new IllegalArgumentException("in the turn");
        VirtualTime.run(() -> {
            var wait = new WaitFuture<String>(new LoopBinding().bind(this, "wait")) {
                {
                    standIn(line);
                }

                @Override
                protected void turn() {
                    throw problem;
                }

                @Override
                protected void notTaken(String value) {}
            };
            line.next();
            assertEquals(problem, assertThrows(IllegalArgumentException.class, () -> await(wait)));
            assertTrue(line.isEmpty());
        });
    }

    @Test
    void anotherThreadMayCancelButNotComplete() throws Exception {
        VirtualTime.run(() -> {
            var wait = new Wait(1);
            await(toThread(() -> assertThrows(IllegalStateException.class, () -> wait.complete("no"))));
            assertTrue(await(toThread(() -> wait.cancel("from outside"))));
            assertThrows(CancellationException.class, () -> await(wait));
            assertTrue(line.isEmpty());
        });
    }
}
