package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.conformance.Children.failAfterStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Contenders.secondBySecond;
import static io.jasyncio.conformance.Contenders.startTimedStage;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.sync.AsyncBoundedSemaphore;
import io.jasyncio.sync.AsyncSemaphore;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** S83 in stage style. */
class SemaphoresStage {

    /** Has a task for each name wait for a permit. */
    private static void startWaiters(Trace trace, AsyncSemaphore semaphore, String... names) {
        for (var name : names) {
            startTimedStage(trace, name, semaphore::acquireAsync);
        }
    }

    @Twin("permits_are_taken_at_once_while_there_are_any")
    CompletionStage<?> permitsAreTakenAtOnceWhileThereAreAny(Trace trace) {
        var semaphore = new AsyncSemaphore(2);
        var passes = Passes.start();
        trace.add("locked", semaphore.isLocked());
        return semaphore
                .acquireAsync()
                .thenCompose(first -> {
                    trace.add("locked", semaphore.isLocked());
                    return semaphore.acquireAsync();
                })
                .thenRun(() -> {
                    trace.add("passes", passes.stop(), "locked", semaphore.isLocked());
                    semaphore.release();
                    trace.add("locked", semaphore.isLocked());
                });
    }

    @Twin("as_many_are_in_as_there_are_permits")
    CompletionStage<?> asManyAreInAsThereArePermits(Trace trace) {
        var semaphore = new AsyncSemaphore(2);
        return gather(
                        worker(trace, semaphore, "a", 5),
                        worker(trace, semaphore, "b", 1),
                        worker(trace, semaphore, "c", 2),
                        worker(trace, semaphore, "d", 4))
                .thenRun(() -> trace.add("locked", semaphore.isLocked()));
    }

    private static Task<Void> worker(Trace trace, AsyncSemaphore semaphore, String name, int seconds) {
        return createStageTask(() -> semaphore.withPermitAsync(() -> {
            trace.add(name, "in at", millis());
            return napStage(seconds);
        }));
    }

    @Twin("a_permit_is_handed_over_at_once")
    CompletionStage<?> aPermitIsHandedOverAtOnce(Trace trace) {
        var semaphore = new AsyncSemaphore(0);
        startWaiters(trace, semaphore, "a");
        return secondBySecond(
                () -> {
                    semaphore.release();
                    trace.add("locked", semaphore.isLocked());
                },
                () -> trace.add("locked", semaphore.isLocked()));
    }

    @Twin("several_releases_in_one_pass_wake_as_many")
    CompletionStage<?> severalReleasesInOnePassWakeAsMany(Trace trace) {
        var semaphore = new AsyncSemaphore(0);
        var passes = new Passes[1];
        var tasks = Stream.of("a", "b", "c", "d")
                .map(name -> createStageTask(() ->
                        semaphore.acquireAsync().thenRun(() -> trace.add(name, "after", passes[0].count()))))
                .toList();
        return napStage(1)
                .thenRun(() -> {
                    passes[0] = Passes.start();
                    for (var count = 0; count < 3; count++) {
                        semaphore.release();
                    }
                })
                .thenCompose(released -> onePass())
                .thenRun(() -> {
                    trace.add("d waits", !tasks.get(3).isDone());
                    semaphore.release();
                })
                .thenCompose(released -> Asyncio.wait(tasks))
                .thenRun(() -> passes[0].stop());
    }

    @Twin("permits_may_become_more_than_there_were")
    CompletionStage<?> permitsMayBecomeMoreThanThereWere(Trace trace) {
        var semaphore = new AsyncSemaphore();
        semaphore.release();
        semaphore.release();
        startWaiters(trace, semaphore, "a", "b", "c", "d");
        return secondBySecond(() -> trace.add("locked", semaphore.isLocked()));
    }

    @Twin("anybody_may_give_a_permit_back")
    CompletionStage<?> anybodyMayGiveAPermitBack(Trace trace) {
        var semaphore = new AsyncSemaphore();
        semaphore.tryAcquire();
        EventLoop.current().callLater(seconds(2), semaphore::release);
        startWaiters(trace, semaphore, "a");
        return napStage(3).thenRun(() -> trace.add("locked", semaphore.isLocked()));
    }

    @Twin("there_are_no_negative_numbers_of_permits")
    CompletionStage<?> thereAreNoNegativeNumbersOfPermits(Trace trace) {
        for (var kind : List.<IntFunction<AsyncSemaphore>>of(AsyncSemaphore::new, AsyncBoundedSemaphore::new)) {
            try {
                kind.apply(-1);
            } catch (IllegalArgumentException refused) {
                trace.add(refused);
            }
            trace.add("locked", kind.apply(0).isLocked());
        }
        return known(null);
    }

    @Twin(
            value = "a_bounded_semaphore_takes_back_what_was_taken",
            because = SemaphoresDirect.STATE,
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
    CompletionStage<?> aBoundedSemaphoreTakesBackWhatWasTaken(Trace trace) {
        var semaphore = new AsyncBoundedSemaphore(2);
        startWaiters(trace, semaphore, "a", "b", "c");
        Runnable release = () -> {
            try {
                semaphore.release();
                trace.add("locked", semaphore.isLocked());
            } catch (IllegalStateException refused) {
                trace.add(refused, "locked", semaphore.isLocked());
            }
        };
        return secondBySecond(release, release, release, release)
                .thenRun(() -> startWaiters(trace, semaphore, "d", "e", "f"))
                .thenCompose(started -> napStage(1))
                .thenRun(() -> trace.add("locked", semaphore.isLocked()));
    }

    @Twin("a_block_gives_its_permit_back_however_it_is_left")
    CompletionStage<?> aBlockGivesItsPermitBackHoweverItIsLeft(Trace trace) {
        var semaphore = new AsyncSemaphore(2);
        var failing = createStageTask(() -> semaphore.withPermitAsync(failAfterStage(1, "in the block")));
        var waiting = createStageTask(() -> semaphore.withPermitAsync(() -> napStage(10)));
        return napStage(2)
                .thenCompose(slept -> {
                    trace.add("failed", failing.exception(), "locked", semaphore.isLocked());
                    return semaphore.acquireAsync();
                })
                .thenCompose(taken -> {
                    trace.add("locked", semaphore.isLocked());
                    waiting.cancel();
                    return napStage(1);
                })
                .thenRun(() -> trace.add("cancelled", waiting.isCancelled(), "locked", semaphore.isLocked()));
    }

    @Twin("a_block_that_was_not_entered_gives_nothing_back")
    CompletionStage<?> aBlockThatWasNotEnteredGivesNothingBack(Trace trace) {
        var semaphore = new AsyncSemaphore(0);
        var waiting = createStageTask(() -> semaphore.withPermitAsync(() -> known("not reached")));
        return secondBySecond(
                waiting::cancel, () -> trace.add("cancelled", waiting.isCancelled(), "locked", semaphore.isLocked()));
    }
}
