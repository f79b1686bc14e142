package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Contenders.secondBySecond;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onCancel;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.sync.AsyncCondition;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** S85, S86 and S96 in stage style. */
class ConditionracesStage {

    /** Things to take, for those who wait until there is one: a wake-up for nothing does not show. */
    private static final class Shelf {

        final AsyncCondition condition = new AsyncCondition();
        private int things;

        /** A task that takes a thing, and says how that ended. */
        Task<Void> startTaker(Trace trace, String name) {
            return createStageTask(() -> {
                var me = currentTask();
                var taken = condition
                        .lock()
                        .withLockAsync(() -> waitForThing(trace, name).thenRun(() -> {
                            things--;
                            trace.add(name, "takes at", millis());
                        }));
                return onCancel(taken, cancelled -> trace.add(name, cancelled, "requests", me.cancelling()));
            });
        }

        private CompletionStage<Void> waitForThing(Trace trace, String name) {
            return onCancel(
                    condition.waitForAsync(() -> things > 0),
                    cancelled -> trace.add(name, "leaves at", millis(), "locked", condition.isLocked()));
        }

        List<Task<Void>> startTakers(Trace trace, String... names) {
            return Stream.of(names).map(name -> startTaker(trace, name)).toList();
        }

        /** Puts that many things there, and wakes as many. The lock must be held. */
        void put(int count) {
            things += count;
            condition.signal(count);
        }

        /** Does something with the lock, which must be free, and does not wait meanwhile. */
        Runnable with(Runnable action) {
            return () -> {
                condition.tryAcquire();
                action.run();
                condition.release();
            };
        }
    }

    private final Shelf shelf = new Shelf();

    private Runnable showEnd(Trace trace, Task<?> task) {
        return () -> trace.add("locked", shelf.condition.isLocked(), "cancelled", task.isCancelled());
    }

    @Twin("a_wait_that_is_cancelled_ends_with_the_lock")
    CompletionStage<?> aWaitThatIsCancelledEndsWithTheLock(Trace trace) {
        var a = shelf.startTaker(trace, "a");
        return napStage(1)
                .thenRun(() -> {
                    shelf.condition.tryAcquire();
                    a.cancel();
                })
                .thenCompose(cancelled -> napStage(2))
                .thenRun(() -> {
                    trace.add("still in at", millis());
                    shelf.condition.release();
                })
                .thenCompose(released -> secondBySecond(showEnd(trace, a)));
    }

    @Twin("a_request_while_the_lock_is_taken_again_is_remembered")
    CompletionStage<?> aRequestWhileTheLockIsTakenAgainIsRemembered(Trace trace) {
        var a = shelf.startTakers(trace, "a", "b").get(0);
        return secondBySecond(
                () -> {
                    shelf.condition.tryAcquire();
                    shelf.put(1);
                },
                a::cancel,
                () -> {
                    trace.add("still in at", millis());
                    shelf.condition.release();
                },
                showEnd(trace, a));
    }

    @Twin("two_requests_while_the_lock_is_taken_again_end_it_once")
    CompletionStage<?> twoRequestsWhileTheLockIsTakenAgainEndItOnce(Trace trace) {
        var a = shelf.startTakers(trace, "a", "b").get(0);
        return secondBySecond(
                () -> {
                    shelf.condition.tryAcquire();
                    shelf.put(1);
                },
                a::cancel,
                a::cancel,
                shelf.condition::release,
                showEnd(trace, a));
    }

    @Twin("a_request_in_the_pass_of_the_signal_passes_it_on")
    CompletionStage<?> aRequestInThePassOfTheSignalPassesItOn(Trace trace) {
        var a = shelf.startTakers(trace, "a", "b").get(0);
        return secondBySecond(
                shelf.with(() -> {
                    shelf.put(1);
                    a.cancel();
                }),
                showEnd(trace, a));
    }

    @Twin("a_signal_after_a_request_of_the_same_pass_goes_to_the_next")
    CompletionStage<?> aSignalAfterARequestOfTheSamePassGoesToTheNext(Trace trace) {
        var a = shelf.startTakers(trace, "a", "b").get(0);
        return secondBySecond(
                shelf.with(() -> {
                    a.cancel();
                    shelf.put(1);
                }),
                showEnd(trace, a));
    }

    @Twin("a_request_in_the_pass_in_which_the_lock_is_handed_over_passes_both_on")
    CompletionStage<?> aRequestInThePassInWhichTheLockIsHandedOverPassesBothOn(Trace trace) {
        var a = shelf.startTakers(trace, "a", "b").get(0);
        return secondBySecond(
                () -> {
                    shelf.condition.tryAcquire();
                    shelf.put(1);
                },
                () -> {
                    a.cancel();
                    shelf.condition.release();
                },
                showEnd(trace, a));
    }

    @Twin("a_request_in_the_line_for_the_lock_costs_the_place")
    CompletionStage<?> aRequestInTheLineForTheLockCostsThePlace(Trace trace) {
        var a = shelf.startTaker(trace, "a");
        return secondBySecond(
                () -> {
                    shelf.condition.tryAcquire();
                    shelf.put(1);
                },
                () -> createStageTask(() -> shelf.condition.lock().withLockAsync(() -> {
                    trace.add("newcomer in at", millis());
                    return known(null);
                })),
                a::cancel,
                shelf.condition::release);
    }

    @Twin("of_several_that_were_woken_one_may_be_cancelled")
    CompletionStage<?> ofSeveralThatWereWokenOneMayBeCancelled(Trace trace) {
        var b = shelf.startTakers(trace, "a", "b", "c", "d").get(1);
        return secondBySecond(
                shelf.with(() -> {
                    shelf.put(2);
                    b.cancel();
                }),
                shelf.with(() -> {
                    trace.add("signal");
                    shelf.put(1);
                }));
    }

    @Twin("all_that_were_woken_may_be_cancelled")
    CompletionStage<?> allThatWereWokenMayBeCancelled(Trace trace) {
        var tasks = shelf.startTakers(trace, "a", "b", "c", "d");
        return secondBySecond(
                shelf.with(() -> {
                    shelf.put(2);
                    tasks.get(0).cancel();
                    tasks.get(1).cancel();
                }),
                () -> trace.add("locked", shelf.condition.isLocked()));
    }

    @Twin("a_waiter_that_was_cancelled_takes_no_signal")
    CompletionStage<?> aWaiterThatWasCancelledTakesNoSignal(Trace trace) {
        var b = shelf.startTakers(trace, "a", "b").get(1);
        return secondBySecond(b::cancel, shelf.with(() -> shelf.put(1)));
    }

    @Twin("a_wait_with_a_deadline_ends_with_the_lock")
    CompletionStage<?> aWaitWithADeadlineEndsWithTheLock(Trace trace) {
        var condition = shelf.condition;
        var task = createStageTask(() -> condition
                .lock()
                .withLockAsync(() -> waitFor(condition.waitAsync(), seconds(1)).<Void>handle((signalled, failure) -> {
                    trace.add(original(failure), "at", millis(), "locked", condition.isLocked());
                    return null;
                })));
        return onePass()
                .thenCompose(waiting -> condition
                        .lock()
                        .withLockAsync(() -> napStage(3).thenRun(() -> trace.add("still in at", millis()))))
                .thenCompose(released -> task)
                .thenRun(() -> trace.add("locked", condition.isLocked()));
    }

    @Twin("a_deadline_in_the_pass_of_the_signal_passes_it_on")
    CompletionStage<?> aDeadlineInThePassOfTheSignalPassesItOn(Trace trace) {
        return race(trace, new Shelf(), 2, 3).thenCompose(first -> race(trace, new Shelf(), 3, 2));
    }

    private static CompletionStage<Void> race(Trace trace, Shelf shelf, int signalAfter, int deadline) {
        var condition = shelf.condition;
        createStageTask(() -> condition
                .lock()
                .withLockAsync(() -> waitFor(condition.waitAsync(), seconds(deadline))
                        .<Void>handle((signalled, failure) -> {
                            trace.add("hasty", original(failure), "at", millis());
                            return null;
                        })));
        shelf.startTaker(trace, "a");
        return onePass()
                .thenCompose(waiting -> condition.lock().withLockAsync(() -> {
                    EventLoop.current().callLater(seconds(signalAfter), () -> shelf.put(1));
                    EventLoop.current().callLater(seconds(1), () -> trace.advance(seconds(5)));
                    return napStage(5);
                }))
                .thenCompose(released -> napStage(10));
    }
}
