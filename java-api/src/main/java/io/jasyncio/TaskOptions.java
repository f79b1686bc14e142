package io.jasyncio;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code createTask} may be told besides the body (the keyword arguments of asyncio's {@code create_task}).
 *
 * <pre>{@code createTask(() -> serve(client), TaskOptions.named("client-7").eager())}</pre>
 *
 * @param name the task's name; null for {@code Task-N}
 * @param context the very context to run in; null for a copy of the current one
 * @param eagerStart whether the first step runs inside {@code createTask} (S35). Only where the loop is running already;
 *     elsewhere the task starts as usual
 */
public record TaskOptions(@Nullable String name, @Nullable Context context, boolean eagerStart) {

    /** No name, a copy of the context, no eager start. */
    public static final TaskOptions DEFAULT = new TaskOptions(null, null, false);

    /** Options with a name. */
    public static TaskOptions named(String name) {
        return new TaskOptions(Objects.requireNonNull(name, "name"), null, false);
    }

    /** These options with the first step run at once. */
    public TaskOptions eager() {
        return new TaskOptions(name, context, true);
    }

    /** These options with this very context in place of a copy of the current one. */
    public TaskOptions in(Context context) {
        return new TaskOptions(name, Objects.requireNonNull(context, "context"), eagerStart);
    }
}
