package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.sync.AsyncCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** S85, S86 and S96 in direct style. */
class ConditionracesDirect {

    /** Things to take, for those who wait until there is one: a wake-up for nothing does not show. */
    private static final class Shelf {

        final AsyncCondition condition = new AsyncCondition();
        private int things;

        /** Takes a thing, and says how that ended. */
        CoroutineAction take(Trace trace, String name) {
            return () -> {
                try (var held = await(condition.holdAsync())) {
                    waitForThing(trace, name);
                    things--;
                    trace.add(name, "takes at", millis());
                } catch (CancellationException cancelled) {
                    trace.add(name, cancelled, "requests", requests());
                    throw cancelled;
                }
            };
        }

        private void waitForThing(Trace trace, String name) throws Exception {
            try {
                while (things == 0) {
                    await(condition.waitAsync());
                }
            } catch (CancellationException cancelled) {
                trace.add(name, "leaves at", millis(), "locked", condition.isLocked());
                throw cancelled;
            }
        }

        List<Task<Void>> startTakers(Trace trace, String... names) throws Exception {
            var tasks = new ArrayList<Task<Void>>();
            for (var name : names) {
                tasks.add(createTask(take(trace, name)));
            }
            nap(1);
            return tasks;
        }

        /** Puts that many things there, and wakes as many. The lock must be held. */
        void put(int count) {
            things += count;
            condition.signal(count);
        }

        /** Does something with the lock. */
        void with(CoroutineAction action) throws Exception {
            try (var held = await(condition.holdAsync())) {
                action.run();
            }
        }
    }

    private final Shelf shelf = new Shelf();

    private void showEnd(Trace trace, Task<?> task) {
        trace.add("locked", shelf.condition.isLocked(), "cancelled", task.isCancelled());
    }

    @Twin("a_wait_that_is_cancelled_ends_with_the_lock")
    void aWaitThatIsCancelledEndsWithTheLock(Trace trace) throws Exception {
        var a = shelf.startTakers(trace, "a").get(0);
        shelf.with(() -> {
            a.cancel();
            nap(2);
            trace.add("still in at", millis());
        });
        nap(1);
        showEnd(trace, a);
    }

    @Twin("a_request_while_the_lock_is_taken_again_is_remembered")
    void aRequestWhileTheLockIsTakenAgainIsRemembered(Trace trace) throws Exception {
        var a = shelf.startTakers(trace, "a", "b").get(0);
        shelf.with(() -> {
            shelf.put(1);
            nap(1);
            a.cancel();
            nap(1);
            trace.add("still in at", millis());
        });
        nap(1);
        showEnd(trace, a);
    }

    @Twin("two_requests_while_the_lock_is_taken_again_end_it_once")
    void twoRequestsWhileTheLockIsTakenAgainEndItOnce(Trace trace) throws Exception {
        var a = shelf.startTakers(trace, "a", "b").get(0);
        shelf.with(() -> {
            shelf.put(1);
            for (var count = 0; count < 2; count++) {
                nap(1);
                a.cancel();
            }
            nap(1);
        });
        nap(1);
        showEnd(trace, a);
    }

    @Twin("a_request_in_the_pass_of_the_signal_passes_it_on")
    void aRequestInThePassOfTheSignalPassesItOn(Trace trace) throws Exception {
        var a = shelf.startTakers(trace, "a", "b").get(0);
        shelf.with(() -> {
            shelf.put(1);
            a.cancel();
        });
        nap(1);
        showEnd(trace, a);
    }

    @Twin("a_signal_after_a_request_of_the_same_pass_goes_to_the_next")
    void aSignalAfterARequestOfTheSamePassGoesToTheNext(Trace trace) throws Exception {
        var a = shelf.startTakers(trace, "a", "b").get(0);
        shelf.with(() -> {
            a.cancel();
            shelf.put(1);
        });
        nap(1);
        showEnd(trace, a);
    }

    @Twin("a_request_in_the_pass_in_which_the_lock_is_handed_over_passes_both_on")
    void aRequestInThePassInWhichTheLockIsHandedOverPassesBothOn(Trace trace) throws Exception {
        var a = shelf.startTakers(trace, "a", "b").get(0);
        shelf.with(() -> {
            shelf.put(1);
            nap(1);
            a.cancel();
        });
        nap(1);
        showEnd(trace, a);
    }

    @Twin("a_request_in_the_line_for_the_lock_costs_the_place")
    void aRequestInTheLineForTheLockCostsThePlace(Trace trace) throws Exception {
        var a = shelf.startTakers(trace, "a").get(0);
        shelf.with(() -> {
            shelf.put(1);
            nap(1);
            createTask(() -> shelf.with(() -> trace.add("newcomer in at", millis())));
            nap(1);
            a.cancel();
            nap(1);
        });
        nap(1);
    }

    @Twin("of_several_that_were_woken_one_may_be_cancelled")
    void ofSeveralThatWereWokenOneMayBeCancelled(Trace trace) throws Exception {
        var b = shelf.startTakers(trace, "a", "b", "c", "d").get(1);
        shelf.with(() -> {
            shelf.put(2);
            b.cancel();
        });
        nap(1);
        trace.add("signal");
        shelf.with(() -> shelf.put(1));
        nap(1);
    }

    @Twin("all_that_were_woken_may_be_cancelled")
    void allThatWereWokenMayBeCancelled(Trace trace) throws Exception {
        var tasks = shelf.startTakers(trace, "a", "b", "c", "d");
        shelf.with(() -> {
            shelf.put(2);
            tasks.get(0).cancel();
            tasks.get(1).cancel();
        });
        nap(1);
        trace.add("locked", shelf.condition.isLocked());
    }

    @Twin("a_waiter_that_was_cancelled_takes_no_signal")
    void aWaiterThatWasCancelledTakesNoSignal(Trace trace) throws Exception {
        var b = shelf.startTakers(trace, "a", "b").get(1);
        b.cancel();
        nap(1);
        shelf.with(() -> shelf.put(1));
        nap(1);
    }

    @Twin("a_wait_with_a_deadline_ends_with_the_lock")
    void aWaitWithADeadlineEndsWithTheLock(Trace trace) throws Exception {
        var task = createTask(() -> shelf.with(() -> {
            try {
                waitFor(() -> await(shelf.condition.waitAsync()), seconds(1));
            } catch (TimeoutException late) {
                trace.add(late, "at", millis(), "locked", shelf.condition.isLocked());
            }
        }));
        await(onePass());
        shelf.with(() -> {
            nap(3);
            trace.add("still in at", millis());
        });
        await(task);
        trace.add("locked", shelf.condition.isLocked());
    }

    @Twin("a_deadline_in_the_pass_of_the_signal_passes_it_on")
    void aDeadlineInThePassOfTheSignalPassesItOn(Trace trace) throws Exception {
        race(trace, new Shelf(), 2, 3);
        race(trace, new Shelf(), 3, 2);
    }

    private static void race(Trace trace, Shelf shelf, int signalAfter, int deadline) throws Exception {
        createTask(() -> shelf.with(() -> {
            try {
                waitFor(() -> await(shelf.condition.waitAsync()), seconds(deadline));
            } catch (TimeoutException late) {
                trace.add("hasty", late, "at", millis());
            }
        }));
        createTask(shelf.take(trace, "a"));
        await(onePass());
        shelf.with(() -> {
            EventLoop.current().callLater(seconds(signalAfter), () -> shelf.put(1));
            EventLoop.current().callLater(seconds(1), () -> trace.advance(seconds(5)));
            nap(5);
        });
        nap(10);
    }
}
