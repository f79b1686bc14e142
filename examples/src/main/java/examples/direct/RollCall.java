package examples.direct;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.Task;
import io.jasyncio.TaskOptions;
import java.time.Duration;

/**
 * A body can ask in which task it runs, and the loop knows all tasks that have not ended.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/RollCall.java}
 */
public class RollCall {
    static void watch(int seconds) throws Exception {
        System.out.println(currentTask().getName() + " begins");
        await(sleep(Duration.ofSeconds(seconds)));
        System.out.println(currentTask().getName() + " leaves");
    }

    static void report() {
        System.out.println("on board: " + allTasks().stream().map(Task::getName).toList());
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            currentTask().setName("captain");
            var anna = createTask(() -> watch(1), TaskOptions.named("anna"));
            var ben = createTask(() -> watch(2), TaskOptions.named("ben"));
            report();
            await(anna);
            report();
            await(ben);
            report();
        });
    }
}
