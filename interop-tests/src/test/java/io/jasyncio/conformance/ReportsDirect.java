package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Runner;
import io.jasyncio.Task;
import io.jasyncio.TaskOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** S27, S28, S52 in direct style. */
class ReportsDirect {

    static LoopFuture<String> failed(String name) {
        var future = EventLoop.current().<String>createFuture();
        future.completeExceptionally(new Boom(name));
        return future;
    }

    /** Hands the failures that reach the exception handler to a list. */
    static List<String> collectReports(EventLoop loop) {
        var reports = new ArrayList<String>();
        loop.setExceptionHandler((on, context) -> {
            var subject = context.exception() == null
                    ? " " + ((Task<?>) context.source()).getName()
                    : ": " + context.exception().getMessage();
            reports.add(context.message() + subject);
        });
        return reports;
    }

    @Twin(value = "a_failure_that_nobody_looked_at_is_reported", plain = true)
    void aFailureThatNobodyLookedAtIsReported(Trace trace) throws Exception {
        List<String> reports;
        try (var runner = new Runner(trace.options())) {
            reports = collectReports(runner.getLoop());
            runner.run(() -> {
                failed("of a future");
                createTask(() -> {
                    throw new Boom("of a task");
                });
                return await(sleep(ZERO));
            });
        }
        reports.stream().sorted().forEach(trace::add);
    }

    @Twin(value = "a_failure_that_somebody_looked_at_is_not_reported", plain = true)
    void aFailureThatSomebodyLookedAtIsNotReported(Trace trace) throws Exception {
        List<String> reports;
        try (var runner = new Runner(trace.options())) {
            reports = collectReports(runner.getLoop());
            runner.run(() -> {
                failed("exception").exception();
                expectBoom(trace, "result", () -> failed("result").result());
                expectBoom(trace, "await", () -> await(failed("await")));
                trace.add("cancel", failed("cancel").cancel());
                EventLoop.current().createFuture().cancel();
                return null;
            });
        }
        trace.add("reports", reports);
    }

    static void expectBoom(Trace trace, String name, Callable<?> question) throws Exception {
        try {
            trace.add(name, question.call());
        } catch (Boom error) {
            trace.add(name, error);
        }
    }

    @Twin(value = "a_task_that_is_pending_at_the_end_is_reported", plain = true)
    @SuppressWarnings("resource") // it is the loop that is closed, with the task still on it
    void aTaskThatIsPendingAtTheEndIsReported(Trace trace) throws Exception {
        var runner = new Runner(trace.options());
        var loop = runner.getLoop();
        var reports = collectReports(loop);
        runner.run(() -> {
            var forever = createTask(
                    () -> {
                        trace.add("begins");
                        await(loop.createFuture());
                    },
                    TaskOptions.named("forever"));
            var atOnce = createTask(() -> trace.add("ends"), TaskOptions.named("at once"));
            await(sleep(ZERO));
            trace.add("pending", List.of(!forever.isDone(), !atOnce.isDone()));
            return null;
        });
        loop.close();
        reports.forEach(trace::add);
    }
}
