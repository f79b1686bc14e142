package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.nap;

import io.jasyncio.CoroutineAction;
import io.jasyncio.Runner;
import io.jasyncio.sync.AsyncBarrier;
import io.jasyncio.sync.AsyncBoundedSemaphore;
import io.jasyncio.sync.AsyncCondition;
import io.jasyncio.sync.AsyncEvent;
import io.jasyncio.sync.AsyncLock;
import io.jasyncio.sync.AsyncSemaphore;

/** S89 in direct style. */
class OtherloopsDirect {

    private static void run(Trace trace, CoroutineAction body) throws Exception {
        try (var runner = new Runner(trace.options())) {
            runner.run(body.asCoroutine());
        }
    }

    /** Has to wait for something that nobody gives, and is cancelled. */
    private static CoroutineAction fight(CoroutineAction waiting) {
        return () -> {
            var task = createTask(waiting);
            nap(1);
            task.cancel();
            ended(task);
        };
    }

    private static void refusal(Trace trace, CoroutineAction waiting) throws Exception {
        try {
            waiting.run();
            trace.add("not refused");
        } catch (IllegalStateException refused) {
            trace.add(refused);
        }
    }

    @Twin(value = "all_of_them_are_made_without_a_loop", plain = true)
    void allOfThemAreMadeWithoutALoop(Trace trace) {
        trace.add("locked", new AsyncLock().isLocked(), new AsyncCondition().isLocked());
        var event = new AsyncEvent();
        event.set();
        trace.add("set", event.isSet());
        trace.add("locked", new AsyncBoundedSemaphore(1).isLocked());
        var barrier = new AsyncBarrier(2);
        trace.add("parties", barrier.parties(), "waiting", barrier.waiting(), "broken", barrier.isBroken());
    }

    @Twin(value = "what_nobody_had_to_wait_for_belongs_to_no_loop", plain = true)
    void whatNobodyHadToWaitForBelongsToNoLoop(Trace trace) throws Exception {
        var lock = new AsyncLock();
        var semaphore = new AsyncSemaphore(1);
        var event = new AsyncEvent();
        CoroutineAction use = () -> {
            await(lock.acquireAsync());
            lock.release();
            await(semaphore.acquireAsync());
            semaphore.release();
            event.set();
            await(event.waitAsync());
            event.clear();
            trace.add("locked", lock.isLocked(), semaphore.isLocked(), "set", event.isSet());
        };
        run(trace, use);
        run(trace, use);
    }

    @Twin(value = "a_lock_belongs_to_the_loop_of_the_first_wait", plain = true)
    void aLockBelongsToTheLoopOfTheFirstWait(Trace trace) throws Exception {
        var lock = new AsyncLock();
        CoroutineAction acquire = () -> await(lock.acquireAsync());
        run(trace, () -> {
            acquire.run();
            fight(acquire).run();
        });
        run(trace, () -> {
            refusal(trace, acquire);
            trace.add("locked", lock.isLocked());
        });
    }

    @Twin(value = "an_event_belongs_to_the_loop_of_the_first_wait", plain = true)
    void anEventBelongsToTheLoopOfTheFirstWait(Trace trace) throws Exception {
        var event = new AsyncEvent();
        CoroutineAction wait = () -> await(event.waitAsync());
        run(trace, fight(wait));
        run(trace, () -> {
            refusal(trace, wait);
            trace.add("set", event.isSet());
        });
    }

    @Twin(value = "a_condition_belongs_to_the_loop_of_the_first_wait", plain = true)
    void aConditionBelongsToTheLoopOfTheFirstWait(Trace trace) throws Exception {
        var condition = new AsyncCondition();
        CoroutineAction wait = () -> await(condition.waitAsync());
        run(trace, fight(() -> {
            try (var held = await(condition.holdAsync())) {
                wait.run();
            }
        }));
        run(trace, () -> {
            try (var held = await(condition.holdAsync())) {
                refusal(trace, wait);
                trace.add("locked", condition.isLocked());
            }
        });
    }

    @Twin(value = "a_semaphore_belongs_to_the_loop_of_the_first_wait", plain = true)
    void aSemaphoreBelongsToTheLoopOfTheFirstWait(Trace trace) throws Exception {
        var semaphore = new AsyncSemaphore(0);
        CoroutineAction acquire = () -> await(semaphore.acquireAsync());
        run(trace, fight(acquire));
        run(trace, () -> {
            refusal(trace, acquire);
            trace.add("locked", semaphore.isLocked());
        });
    }

    @Twin(value = "a_barrier_belongs_to_the_loop_of_the_first_wait", plain = true)
    void aBarrierBelongsToTheLoopOfTheFirstWait(Trace trace) throws Exception {
        var barrier = new AsyncBarrier(2);
        CoroutineAction wait = () -> await(barrier.waitAsync());
        run(trace, fight(wait));
        run(trace, () -> {
            refusal(trace, wait);
            trace.add("waiting", barrier.waiting());
        });
    }
}
