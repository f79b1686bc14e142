package io.jasyncio.sync;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jasyncio.Asyncio;
import io.jasyncio.Carrier;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.TaskOptions;
import io.jasyncio.kit.Carriers;
import io.jasyncio.queue.AsyncLifoQueue;
import io.jasyncio.queue.AsyncPriorityQueue;
import io.jasyncio.queue.AsyncQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * A wait that every primitive and every queue has one of, for tests of what must hold for all of them: at first nobody gets
 * through, and then as many as are let in.
 */
interface Line {

    /** Joins the line. */
    LoopFuture<?> join();

    /** Lets in whoever is next; if nobody is there, whoever comes next. */
    void letOneIn();

    /** Nothing was lost: whoever comes now need not wait. */
    default void assertThatOneMayEnter() {
        assertTrue(join().isDone());
    }

    /** Nothing was doubled: whoever comes now has to wait. */
    default void assertThatNobodyMayEnter() {
        var wait = join();
        assertFalse(wait.isDone());
        wait.cancel();
    }

    /** A line that can be opened as often as wanted. */
    record Kind(String name, Supplier<Line> opens) {

        Line open() {
            return opens.get();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** How a task waits in a line. */
    record Face(String name, Carrier carrier, boolean inStages, TaskOptions options) {

        Task<?> taskIn(Line line) {
            return taskThatAwaits(line::join);
        }

        Task<?> taskThatAwaits(Supplier<? extends LoopFuture<?>> wait) {
            return inStages
                    ? Asyncio.createStageTask(() -> narrowed(wait.get()), options)
                    : Asyncio.createTask(() -> narrowed(Asyncio.await(wait.get())), options);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @SuppressWarnings("unchecked") // nobody looks at the value
    private static <T> T narrowed(Object any) {
        return (T) any;
    }

    /** All faces that Java has. */
    static Stream<Face> faces() {
        var late = TaskOptions.DEFAULT;
        return Stream.concat(
                Carriers.available().map(carrier -> new Face("direct style on " + carrier, carrier, false, late)),
                Stream.of(
                        new Face("eager direct style", Carrier.AUTO, false, late.eager()),
                        new Face("stage style", Carrier.AUTO, true, late),
                        new Face("eager stage style", Carrier.AUTO, true, late.eager())));
    }

    /** Those where one is let in, and no other. */
    static Stream<Kind> oneByOne() {
        return Stream.concat(givingSomething(), Stream.of(new Kind("put", Line::ofPutters)));
    }

    /** Those that give something which may be given back. */
    static Stream<Kind> givingSomething() {
        return Stream.of(
                new Kind("lock", () -> ofLock(AsyncLock::acquireAsync)),
                new Kind("held lock", () -> ofLock(AsyncLock::holdAsync)),
                new Kind("semaphore", () -> ofSemaphore(AsyncSemaphore::acquireAsync)),
                new Kind("held semaphore", () -> ofSemaphore(AsyncSemaphore::holdAsync)),
                new Kind("get", () -> ofGetters(new AsyncQueue<>())),
                new Kind("get by priority", () -> ofGetters(new AsyncPriorityQueue<>())),
                new Kind("get of the last", () -> ofGetters(new AsyncLifoQueue<>())),
                new Kind("pool of somebody else's", Line::ofPool));
    }

    /** The same, and those where all are let in together. */
    static Stream<Kind> all() {
        return Stream.concat(
                oneByOne(), Stream.of(new Kind("event", Line::ofEvent), new Kind("join", Line::ofJoiners)));
    }

    /** Each of some kinds with each face. */
    static Stream<Arguments> everyFace(Stream<Kind> kinds) {
        var all = kinds.toList();
        return faces().flatMap(face -> all.stream().map(kind -> arguments(face, kind)));
    }

    /** What one can call on a lock or a semaphore in order to wait. */
    interface Entry<P> {
        LoopFuture<?> of(P primitive);
    }

    private static Line of(Supplier<LoopFuture<?>> join, Runnable letOneIn) {
        return new Line() {
            @Override
            public LoopFuture<?> join() {
                return join.get();
            }

            @Override
            public void letOneIn() {
                letOneIn.run();
            }
        };
    }

    private static Line ofLock(Entry<AsyncLock> entry) {
        var lock = new AsyncLock();
        lock.tryAcquire();
        return of(() -> entry.of(lock), lock::release);
    }

    private static Line ofSemaphore(Entry<AsyncSemaphore> entry) {
        var semaphore = new AsyncSemaphore(0);
        return of(() -> entry.of(semaphore), semaphore::release);
    }

    private static Line ofGetters(AsyncQueue<Integer> queue) {
        return of(queue::getAsync, () -> queue.putNowait(1));
    }

    private static Line ofPutters() {
        var queue = new AsyncQueue<Integer>(1);
        queue.putNowait(1);
        return of(() -> queue.putAsync(1), queue::getNowait);
    }

    private static Line ofPool() {
        var pool = new Pool<Integer>();
        return of(pool::borrowAsync, () -> pool.giveBack(1));
    }

    private static Line ofEvent() {
        var event = new AsyncEvent();
        return of(event::waitAsync, event::set);
    }

    private static Line ofJoiners() {
        var queue = new AsyncQueue<Integer>();
        queue.putNowait(1);
        return of(queue::joinAsync, () -> {
            if (queue.unfinished() > 0) {
                queue.taskDone();
            }
        });
    }
}
