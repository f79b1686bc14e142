package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.conformance.Contenders.secondBySecond;
import static io.jasyncio.conformance.Ending.known;

import io.jasyncio.Runner;
import io.jasyncio.sync.AsyncBarrier;
import io.jasyncio.sync.AsyncCondition;
import io.jasyncio.sync.AsyncEvent;
import io.jasyncio.sync.AsyncLock;
import io.jasyncio.sync.AsyncSemaphore;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** S89 in stage style. */
@NotHere(
        scenario = "all_of_them_are_made_without_a_loop",
        because = "no task in it has a body; it is in the direct twins")
class OtherloopsStage {

    private static void run(Trace trace, Supplier<CompletionStage<Void>> body) throws Exception {
        try (var runner = new Runner(trace.options())) {
            runner.runStage(body);
        }
    }

    /** Has to wait for something that nobody gives, and is cancelled. */
    private static Supplier<CompletionStage<Void>> fight(Supplier<CompletionStage<Void>> waiting) {
        return () -> {
            var task = createStageTask(waiting);
            return secondBySecond(task::cancel);
        };
    }

    private static void refusal(Trace trace, Supplier<? extends CompletionStage<?>> waiting) {
        try {
            waiting.get();
            trace.add("not refused");
        } catch (IllegalStateException refused) {
            trace.add(refused);
        }
    }

    @Twin(value = "what_nobody_had_to_wait_for_belongs_to_no_loop", plain = true)
    void whatNobodyHadToWaitForBelongsToNoLoop(Trace trace) throws Exception {
        var lock = new AsyncLock();
        var semaphore = new AsyncSemaphore(1);
        var event = new AsyncEvent();
        Supplier<CompletionStage<Void>> use = () -> lock.withLockAsync(() -> known(null))
                .thenCompose(released -> semaphore.withPermitAsync(() -> known(null)))
                .thenCompose(givenBack -> {
                    event.set();
                    return event.waitAsync();
                })
                .thenRun(() -> {
                    event.clear();
                    trace.add("locked", lock.isLocked(), semaphore.isLocked(), "set", event.isSet());
                });
        run(trace, use);
        run(trace, use);
    }

    @Twin(value = "a_lock_belongs_to_the_loop_of_the_first_wait", plain = true)
    void aLockBelongsToTheLoopOfTheFirstWait(Trace trace) throws Exception {
        var lock = new AsyncLock();
        run(
                trace,
                () -> lock.acquireAsync()
                        .thenCompose(held -> fight(lock::acquireAsync).get()));
        run(trace, () -> {
            refusal(trace, lock::acquireAsync);
            trace.add("locked", lock.isLocked());
            return known(null);
        });
    }

    @Twin(value = "an_event_belongs_to_the_loop_of_the_first_wait", plain = true)
    void anEventBelongsToTheLoopOfTheFirstWait(Trace trace) throws Exception {
        var event = new AsyncEvent();
        run(trace, fight(event::waitAsync));
        run(trace, () -> {
            refusal(trace, event::waitAsync);
            trace.add("set", event.isSet());
            return known(null);
        });
    }

    @Twin(value = "a_condition_belongs_to_the_loop_of_the_first_wait", plain = true)
    void aConditionBelongsToTheLoopOfTheFirstWait(Trace trace) throws Exception {
        var condition = new AsyncCondition();
        run(trace, fight(() -> condition.lock().withLockAsync(condition::waitAsync)));
        run(
                trace,
                () -> condition.lock().withLockAsync(() -> {
                    refusal(trace, condition::waitAsync);
                    trace.add("locked", condition.isLocked());
                    return known(null);
                }));
    }

    @Twin(value = "a_semaphore_belongs_to_the_loop_of_the_first_wait", plain = true)
    void aSemaphoreBelongsToTheLoopOfTheFirstWait(Trace trace) throws Exception {
        var semaphore = new AsyncSemaphore(0);
        run(trace, fight(semaphore::acquireAsync));
        run(trace, () -> {
            refusal(trace, semaphore::acquireAsync);
            trace.add("locked", semaphore.isLocked());
            return known(null);
        });
    }

    @Twin(value = "a_barrier_belongs_to_the_loop_of_the_first_wait", plain = true)
    void aBarrierBelongsToTheLoopOfTheFirstWait(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(2);
        run(trace, fight(() -> barrier.waitAsync().thenAccept(index -> trace.add("not reached"))));
        run(trace, () -> {
            refusal(trace, barrier::waitAsync);
            trace.add("waiting", barrier.waiting());
            return known(null);
        });
    }
}
