package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.toThread;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** S123-S125 in direct style. */
class ThreadsDirect {

    @Twin("a_function_in_a_thread_gives_its_value_or_its_failure")
    void aFunctionInAThreadGivesItsValueOrItsFailure(Trace trace) throws Exception {
        trace.add(await(toThread(ThreadsDirect::describeLoop)));
        try {
            await(toThread(ThreadsDirect::fail));
        } catch (Boom failed) {
            trace.add(failed, failed.getMessage());
        }
    }

    static String describeLoop() {
        try {
            return EventLoop.current().toString();
        } catch (IllegalStateException none) {
            return "no loop here";
        }
    }

    static String fail() {
        throw new Boom("in the thread");
    }

    @Twin("cancelling_the_wait_for_a_running_function_lets_it_go_on")
    void cancellingTheWaitForARunningFunctionLetsItGoOn(Trace trace) throws Exception {
        var loop = EventLoop.current();
        var begun = loop.<Void>createFuture();
        var ended = loop.<String>createFuture();
        var release = new CountDownLatch(1);
        var task = createTask(() -> {
            try {
                await(toThread(() -> {
                    begun.complete(null);
                    release.await();
                    ended.complete("to its end");
                    return "dropped";
                }));
            } catch (CancellationException cancelled) {
                trace.add(cancelled, "ended", ended.isDone());
                throw cancelled;
            }
        });
        await(begun);
        task.cancel();
        ended(task);
        trace.add("cancelled", task.isCancelled());
        release.countDown();
        trace.add(await(ended));
    }

    @Twin("a_function_that_has_not_begun_is_taken_out_of_the_queue")
    void aFunctionThatHasNotBegunIsTakenOutOfTheQueue(Trace trace) throws Exception {
        var loop = EventLoop.current();
        var begun = loop.<Void>createFuture();
        var release = new CountDownLatch(1);
        var executor = Executors.newSingleThreadExecutor();
        var running = loop.runInExecutor(executor, () -> {
            begun.complete(null);
            release.await();
            return "first";
        });
        var queued = loop.runInExecutor(executor, () -> {
            trace.add("not reached");
            return null;
        });
        await(begun);
        trace.add("accepted", queued.cancel(), "cancelled", queued.isCancelled());
        release.countDown();
        trace.add(await(running));
        trace.add(await(loop.runInExecutor(executor, () -> "third")));
        executor.shutdown();
    }

    @Twin("the_default_executor_takes_no_work_after_its_shutdown")
    void theDefaultExecutorTakesNoWorkAfterItsShutdown(Trace trace) throws Exception {
        var loop = EventLoop.current();
        var work = loop.runInExecutor(null, () -> "value");
        await(loop.shutdownDefaultExecutor(Duration.ofSeconds(300)));
        trace.add(await(work));
        try {
            await(toThread(ThreadsDirect::fail));
        } catch (IllegalStateException refused) {
            trace.add(refused);
        }
    }

    @Twin("another_thread_may_run_a_task_and_wait_for_its_result")
    void anotherThreadMayRunATaskAndWaitForItsResult(Trace trace) throws Exception {
        var loop = EventLoop.current();
        await(toThread(() -> {
            var onLoop = loop.submit(() -> {
                await(onePass());
                return loop.isCurrent();
            });
            trace.add("on the loop's thread", onLoop.get());
            traceFailure(trace, loop.submit(() -> {
                await(onePass());
                throw new Boom("on the loop");
            }));
            return null;
        }));
    }

    static void traceFailure(Trace trace, Future<?> failing) throws InterruptedException {
        try {
            failing.get();
        } catch (ExecutionException failed) {
            trace.add(failed.getCause(), failed.getCause().getMessage());
        }
    }

    @Twin("another_thread_may_cancel_its_task")
    void anotherThreadMayCancelItsTask(Trace trace) throws Exception {
        var loop = EventLoop.current();
        var begun = new CountDownLatch(1);
        var cleanedUp = new CountDownLatch(1);
        CoroutineAction body = () -> {
            begun.countDown();
            try {
                await(loop.createFuture());
            } catch (CancellationException cancelled) {
                trace.add("task", cancelled);
                cleanedUp.countDown();
                throw cancelled;
            }
        };
        await(toThread(() -> {
            var submitted = loop.submit(body.asCoroutine());
            begun.await();
            var accepted = submitted.cancel(false);
            cleanedUp.await();
            trace.add("accepted", accepted, "cancelled", submitted.isCancelled());
            return null;
        }));
    }

    @Twin("a_task_of_another_thread_that_is_cancelled_here_ends_cancelled_there")
    void aTaskOfAnotherThreadThatIsCancelledHereEndsCancelledThere(Trace trace) throws Exception {
        var loop = EventLoop.current();
        await(toThread(() -> {
            var submitted = loop.submit(() -> {
                currentTask().cancel();
                return await(onePass());
            });
            submitted.handle((value, failure) -> value).get();
            trace.add("cancelled", submitted.isCancelled());
            return null;
        }));
    }
}
