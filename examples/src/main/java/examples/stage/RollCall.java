package examples.stage;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.Task;
import io.jasyncio.TaskOptions;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A body can ask in which task it runs while it makes its chain of stages; what the chain calls later runs in no task. The
 * loop knows all tasks that have not ended.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/RollCall.java}
 */
public class RollCall {
    static CompletionStage<Void> watch(int seconds) {
        var me = currentTask().getName();
        System.out.println(me + " begins");
        return sleep(Duration.ofSeconds(seconds)).thenAccept(slept -> System.out.println(me + " leaves"));
    }

    static void report() {
        System.out.println("on board: " + allTasks().stream().map(Task::getName).toList());
    }

    static CompletionStage<Void> voyage() {
        currentTask().setName("captain");
        var anna = createStageTask(() -> watch(1), TaskOptions.named("anna"));
        var ben = createStageTask(() -> watch(2), TaskOptions.named("ben"));
        report();
        return anna.thenRun(RollCall::report).thenCompose(done -> ben).thenRun(RollCall::report);
    }

    public static void main(String[] args) throws Exception {
        runStage(RollCall::voyage);
    }
}
