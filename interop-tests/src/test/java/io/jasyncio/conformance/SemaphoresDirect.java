package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Contenders.startTimed;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.sync.AsyncBoundedSemaphore;
import io.jasyncio.sync.AsyncSemaphore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** S83 in direct style. */
class SemaphoresDirect {

    static final String STATE = "it is the state that refuses and not an argument: an IllegalStateException in Java";

    /** Has a task for each name wait for a permit. */
    private static void startWaiters(Trace trace, AsyncSemaphore semaphore, String... names) throws Exception {
        for (var name : names) {
            startTimed(trace, name, () -> await(semaphore.acquireAsync()));
        }
        nap(1);
    }

    private static CoroutineAction within(AsyncSemaphore semaphore, CoroutineAction body) {
        return () -> {
            try (var permit = await(semaphore.holdAsync())) {
                body.run();
            }
        };
    }

    @Twin("permits_are_taken_at_once_while_there_are_any")
    void permitsAreTakenAtOnceWhileThereAreAny(Trace trace) throws Exception {
        var semaphore = new AsyncSemaphore(2);
        var passes = Passes.start();
        for (var count = 0; count < 2; count++) {
            trace.add("locked", semaphore.isLocked());
            await(semaphore.acquireAsync());
        }
        trace.add("passes", passes.stop(), "locked", semaphore.isLocked());
        semaphore.release();
        trace.add("locked", semaphore.isLocked());
    }

    @Twin("as_many_are_in_as_there_are_permits")
    void asManyAreInAsThereArePermits(Trace trace) throws Exception {
        var semaphore = new AsyncSemaphore(2);
        await(gather(
                createTask(worker(trace, semaphore, "a", 5)),
                createTask(worker(trace, semaphore, "b", 1)),
                createTask(worker(trace, semaphore, "c", 2)),
                createTask(worker(trace, semaphore, "d", 4))));
        trace.add("locked", semaphore.isLocked());
    }

    private static CoroutineAction worker(Trace trace, AsyncSemaphore semaphore, String name, int seconds) {
        return within(semaphore, () -> {
            trace.add(name, "in at", millis());
            nap(seconds);
        });
    }

    @Twin("a_permit_is_handed_over_at_once")
    void aPermitIsHandedOverAtOnce(Trace trace) throws Exception {
        var semaphore = new AsyncSemaphore(0);
        startWaiters(trace, semaphore, "a");
        semaphore.release();
        trace.add("locked", semaphore.isLocked());
        nap(1);
        trace.add("locked", semaphore.isLocked());
    }

    @Twin("several_releases_in_one_pass_wake_as_many")
    void severalReleasesInOnePassWakeAsMany(Trace trace) throws Exception {
        var semaphore = new AsyncSemaphore(0);
        var passes = new Passes[1];
        var tasks = new ArrayList<Task<Void>>();
        for (var name : List.of("a", "b", "c", "d")) {
            tasks.add(createTask(() -> {
                await(semaphore.acquireAsync());
                trace.add(name, "after", passes[0].count());
            }));
        }
        nap(1);
        passes[0] = Passes.start();
        for (var count = 0; count < 3; count++) {
            semaphore.release();
        }
        await(onePass());
        trace.add("d waits", !tasks.get(3).isDone());
        semaphore.release();
        await(Asyncio.wait(tasks));
        passes[0].stop();
    }

    @Twin("permits_may_become_more_than_there_were")
    void permitsMayBecomeMoreThanThereWere(Trace trace) throws Exception {
        var semaphore = new AsyncSemaphore();
        semaphore.release();
        semaphore.release();
        startWaiters(trace, semaphore, "a", "b", "c", "d");
        trace.add("locked", semaphore.isLocked());
    }

    @Twin("anybody_may_give_a_permit_back")
    void anybodyMayGiveAPermitBack(Trace trace) throws Exception {
        var semaphore = new AsyncSemaphore();
        await(semaphore.acquireAsync());
        EventLoop.current().callLater(seconds(2), semaphore::release);
        startWaiters(trace, semaphore, "a");
        nap(2);
        trace.add("locked", semaphore.isLocked());
    }

    @Twin("there_are_no_negative_numbers_of_permits")
    void thereAreNoNegativeNumbersOfPermits(Trace trace) {
        for (var kind : List.<IntFunction<AsyncSemaphore>>of(AsyncSemaphore::new, AsyncBoundedSemaphore::new)) {
            try {
                kind.apply(-1);
            } catch (IllegalArgumentException refused) {
                trace.add(refused);
            }
            trace.add("locked", kind.apply(0).isLocked());
        }
    }

    @Twin(
            value = "a_bounded_semaphore_takes_back_what_was_taken",
            because = STATE,
            trace = {
                "a goes on at 0",
                "b goes on at 0",
                "locked true",
                "c goes on at 1000",
                "locked false",
                "locked false",
                "IllegalState locked false",
                "d goes on at 5000",
                "e goes on at 5000",
                "locked true"
            })
    void aBoundedSemaphoreTakesBackWhatWasTaken(Trace trace) throws Exception {
        var semaphore = new AsyncBoundedSemaphore(2);
        startWaiters(trace, semaphore, "a", "b", "c");
        for (var count = 0; count < 4; count++) {
            try {
                semaphore.release();
                trace.add("locked", semaphore.isLocked());
            } catch (IllegalStateException refused) {
                trace.add(refused, "locked", semaphore.isLocked());
            }
            nap(1);
        }
        startWaiters(trace, semaphore, "d", "e", "f");
        trace.add("locked", semaphore.isLocked());
    }

    @Twin("a_block_gives_its_permit_back_however_it_is_left")
    void aBlockGivesItsPermitBackHoweverItIsLeft(Trace trace) throws Exception {
        var semaphore = new AsyncSemaphore(2);
        var failing = createTask(within(semaphore, () -> {
            nap(1);
            throw new Boom();
        }));
        var waiting = createTask(within(semaphore, () -> nap(10)));
        nap(2);
        trace.add("failed", failing.exception(), "locked", semaphore.isLocked());
        await(semaphore.acquireAsync());
        trace.add("locked", semaphore.isLocked());
        waiting.cancel();
        nap(1);
        trace.add("cancelled", waiting.isCancelled(), "locked", semaphore.isLocked());
    }

    @Twin("a_block_that_was_not_entered_gives_nothing_back")
    void aBlockThatWasNotEnteredGivesNothingBack(Trace trace) throws Exception {
        var semaphore = new AsyncSemaphore(0);
        var waiting = createTask(within(semaphore, () -> trace.add("not reached")));
        nap(1);
        waiting.cancel();
        nap(1);
        trace.add("cancelled", waiting.isCancelled(), "locked", semaphore.isLocked());
    }
}
