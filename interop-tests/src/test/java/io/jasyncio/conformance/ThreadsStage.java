package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.toThread;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Ending.endedStage;
import static io.jasyncio.conformance.Ending.onCancel;
import static io.jasyncio.conformance.Ending.onePass;
import static io.jasyncio.conformance.ThreadsDirect.traceFailure;

import io.jasyncio.EventLoop;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** S123-S125 in stage style. */
class ThreadsStage {

    @Twin("a_function_in_a_thread_gives_its_value_or_its_failure")
    CompletionStage<?> aFunctionInAThreadGivesItsValueOrItsFailure(Trace trace) {
        return toThread(ThreadsDirect::describeLoop)
                .thenAccept(trace::add)
                .thenCompose(shown -> toThread(ThreadsDirect::fail))
                .handle((value, failure) -> original(failure))
                .thenAccept(failed -> trace.add(failed, failed.getMessage()));
    }

    @Twin("cancelling_the_wait_for_a_running_function_lets_it_go_on")
    CompletionStage<?> cancellingTheWaitForARunningFunctionLetsItGoOn(Trace trace) {
        var loop = EventLoop.current();
        var begun = loop.<Void>createFuture();
        var ended = loop.<String>createFuture();
        var release = new CountDownLatch(1);
        Callable<String> work = () -> {
            begun.complete(null);
            release.await();
            ended.complete("to its end");
            return "dropped";
        };
        var task = createStageTask(
                () -> onCancel(toThread(work), cancelled -> trace.add(cancelled, "ended", ended.isDone())));
        return begun.thenRunAsync(task::cancel)
                .thenCompose(cancelled -> endedStage(task))
                .thenRun(() -> {
                    trace.add("cancelled", task.isCancelled());
                    release.countDown();
                })
                .thenCompose(released -> ended)
                .thenAccept(trace::add);
    }

    @Twin("a_function_that_has_not_begun_is_taken_out_of_the_queue")
    CompletionStage<?> aFunctionThatHasNotBegunIsTakenOutOfTheQueue(Trace trace) {
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
        return begun.thenRunAsync(() -> {
                    trace.add("accepted", queued.cancel(), "cancelled", queued.isCancelled());
                    release.countDown();
                })
                .thenCompose(released -> running)
                .thenAccept(trace::add)
                .thenCompose(first -> loop.runInExecutor(executor, () -> "third"))
                .thenAccept(trace::add)
                .thenRun(executor::shutdown);
    }

    @Twin("the_default_executor_takes_no_work_after_its_shutdown")
    CompletionStage<?> theDefaultExecutorTakesNoWorkAfterItsShutdown(Trace trace) {
        var loop = EventLoop.current();
        var work = loop.runInExecutor(null, () -> "value");
        return loop.shutdownDefaultExecutor(Duration.ofSeconds(300))
                .thenCompose(shutDown -> work)
                .thenAccept(trace::add)
                .thenCompose(shown -> toThread(ThreadsDirect::fail))
                .handle((value, failure) -> original(failure))
                .thenAccept(trace::add);
    }

    @Twin("another_thread_may_run_a_task_and_wait_for_its_result")
    CompletionStage<?> anotherThreadMayRunATaskAndWaitForItsResult(Trace trace) {
        var loop = EventLoop.current();
        return toThread(() -> {
            var onLoop = loop.submitStage(() -> onePass().thenApply(passed -> loop.isCurrent()));
            trace.add("on the loop's thread", onLoop.get());
            traceFailure(
                    trace,
                    loop.submitStage(() -> onePass().thenRun(() -> {
                        throw new Boom("on the loop");
                    })));
            return null;
        });
    }

    @Twin("another_thread_may_cancel_its_task")
    CompletionStage<?> anotherThreadMayCancelItsTask(Trace trace) {
        var loop = EventLoop.current();
        var begun = new CountDownLatch(1);
        var cleanedUp = new CountDownLatch(1);
        return toThread(() -> {
            var submitted = loop.submitStage(() -> {
                begun.countDown();
                return onCancel(loop.<Void>createFuture(), cancelled -> {
                    trace.add("task", cancelled);
                    cleanedUp.countDown();
                });
            });
            begun.await();
            var accepted = submitted.cancel(false);
            cleanedUp.await();
            trace.add("accepted", accepted, "cancelled", submitted.isCancelled());
            return null;
        });
    }

    @Twin("a_task_of_another_thread_that_is_cancelled_here_ends_cancelled_there")
    CompletionStage<?> aTaskOfAnotherThreadThatIsCancelledHereEndsCancelledThere(Trace trace) {
        var loop = EventLoop.current();
        return toThread(() -> {
            var submitted = loop.submitStage(() -> {
                currentTask().cancel();
                return onePass();
            });
            submitted.handle((value, failure) -> value).get();
            trace.add("cancelled", submitted.isCancelled());
            return null;
        });
    }
}
