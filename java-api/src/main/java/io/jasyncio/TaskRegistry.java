package io.jasyncio;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tasks of a loop that have not ended, oldest first: a list through the tasks themselves. Loop only. */
final class TaskRegistry {

    private @Nullable Task<?> first;
    private @Nullable Task<?> last;

    void add(Task<?> task) {
        task.earlier = last;
        if (last == null) {
            first = task;
        } else {
            last.later = task;
        }
        last = task;
    }

    void remove(Task<?> task) {
        var before = task.earlier;
        var after = task.later;
        if (before == null && after == null && first != task) {
            return;
        }
        if (before == null) {
            first = after;
        } else {
            before.later = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.earlier = before;
        }
        task.earlier = null;
        task.later = null;
    }

    @Nullable
    Task<?> first() {
        return first;
    }

    Set<Task<?>> snapshot() {
        var tasks = new LinkedHashSet<Task<?>>();
        for (var task = first; task != null; task = task.later) {
            tasks.add(task);
        }
        return Collections.unmodifiableSet(tasks);
    }
}
