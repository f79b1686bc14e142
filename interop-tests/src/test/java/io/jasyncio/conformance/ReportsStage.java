package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.jasyncio.EventLoop;
import io.jasyncio.Runner;
import io.jasyncio.TaskOptions;
import java.util.List;

/** S27, S28, S52 in stage style. */
class ReportsStage {

    @Twin(value = "a_failure_that_nobody_looked_at_is_reported", plain = true)
    void aFailureThatNobodyLookedAtIsReported(Trace trace) throws Exception {
        List<String> reports;
        try (var runner = new Runner(trace.options())) {
            reports = ReportsDirect.collectReports(runner.getLoop());
            runner.runStage(() -> {
                ReportsDirect.failed("of a future");
                createStageTask(() -> {
                    throw new Boom("of a task");
                });
                return sleep(ZERO);
            });
        }
        reports.stream().sorted().forEach(trace::add);
    }

    @Twin(value = "a_failure_that_somebody_looked_at_is_not_reported", plain = true)
    void aFailureThatSomebodyLookedAtIsNotReported(Trace trace) throws Exception {
        List<String> reports;
        try (var runner = new Runner(trace.options())) {
            reports = ReportsDirect.collectReports(runner.getLoop());
            runner.runStage(() -> {
                ReportsDirect.failed("exception").exception();
                ReportsDirect.failed("result").handle((value, error) -> {
                    trace.add("result", error);
                    return null;
                });
                return createStageTask(() -> ReportsDirect.failed("await")).handle((value, error) -> {
                    trace.add("await", error);
                    trace.add("cancel", ReportsDirect.failed("cancel").cancel());
                    EventLoop.current().createFuture().cancel();
                    return null;
                });
            });
        }
        trace.add("reports", reports);
    }

    @Twin(value = "a_task_that_is_pending_at_the_end_is_reported", plain = true)
    @SuppressWarnings("resource") // it is the loop that is closed, with the task still on it
    void aTaskThatIsPendingAtTheEndIsReported(Trace trace) throws Exception {
        var runner = new Runner(trace.options());
        var loop = runner.getLoop();
        var reports = ReportsDirect.collectReports(loop);
        runner.runStage(() -> {
            var forever = createStageTask(
                    () -> {
                        trace.add("begins");
                        return loop.createFuture();
                    },
                    TaskOptions.named("forever"));
            var atOnce = createStageTask(
                    () -> {
                        trace.add("ends");
                        return completedFuture(null);
                    },
                    TaskOptions.named("at once"));
            return sleep(ZERO).thenRun(() -> trace.add("pending", List.of(!forever.isDone(), !atOnce.isDone())));
        });
        loop.close();
        reports.forEach(trace::add);
    }
}
