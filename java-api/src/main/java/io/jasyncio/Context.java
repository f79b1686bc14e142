package io.jasyncio;

import io.jasyncio.spi.CurrentLoop;
import io.jasyncio.spi.LoopRuntime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The values of the {@link ContextVar}s that a piece of work sees (Python's {@code contextvars.Context}, S126).
 *
 * <p>Every task has its own, copied from its creator's when the task is created; every callback runs in a copy of the
 * context in which it was scheduled. Outside of a loop each thread has one. A copy costs one small object, since the
 * values themselves are shared until somebody sets one.
 *
 * <p>Thread rule: a context belongs to the one task, callback or thread that runs in it.
 */
public final class Context {

    /** The context of code outside of any loop; absent until a variable is set there. */
    private static final ThreadLocal<@Nullable Context> OF_THREAD = new ThreadLocal<>();

    /** What {@link #call} has entered on this thread; absent outside of it. */
    private static final ThreadLocal<@Nullable Entered> ENTERED = new ThreadLocal<>();

    /** Set by the first {@code ContextVar.set} of the process: before it, there is nothing to copy anywhere. */
    private static volatile boolean used;

    /** Never changed in place: a set makes a new map. */
    private Map<ContextVar<?>, Object> values;

    /** Creates an empty context. */
    public Context() {
        this(Map.of());
    }

    private Context(Map<ContextVar<?>, Object> values) {
        this.values = values;
    }

    /**
     * A context that was entered, and for whom. A function may wait or start a task eagerly inside {@link #call}; whoever
     * runs on this thread then is not meant.
     */
    private record Entered(
            Context context,
            @Nullable LoopRuntime loop,
            @Nullable Task<?> task) {

        boolean isFor(@Nullable LoopRuntime runningLoop) {
            return loop == runningLoop && (runningLoop == null || task == runningLoop.currentTask());
        }
    }

    /** The context that {@link #call} has entered, or else that of the running task or callback, or of this thread. */
    public static Context current() {
        var loop = CurrentLoop.get();
        var entered = ENTERED.get();
        if (entered != null && entered.isFor(loop)) {
            return entered.context;
        }
        var ofLoop = loop == null ? null : loop.currentContext();
        if (ofLoop != null) {
            return ofLoop;
        }
        var ofThread = OF_THREAD.get();
        if (ofThread == null) {
            ofThread = new Context();
            OF_THREAD.set(ofThread);
        }
        return ofThread;
    }

    /** What a new task or callback shall start with: a copy of the current context, or null for an empty one. */
    public static @Nullable Context capture() {
        return used ? current().copy() : null;
    }

    /** A context with the same values, which changes independently of this one. */
    public Context copy() {
        return new Context(values);
    }

    /**
     * Calls a function in this context: Python's {@code context.run}. What the function sets stays in this context, and the
     * caller goes on in its own.
     *
     * @throws Exception what the function throws
     */
    public <T extends @Nullable Object> T call(Callable<T> function) throws Exception {
        var outer = ENTERED.get();
        var loop = CurrentLoop.get();
        ENTERED.set(new Entered(this, loop, loop == null ? null : loop.currentTask()));
        try {
            return function.call();
        } finally {
            if (outer == null) {
                ENTERED.remove();
            } else {
                ENTERED.set(outer);
            }
        }
    }

    @Nullable
    Object get(ContextVar<?> variable) {
        return values.get(variable);
    }

    /** Puts a value, or takes the variable out if the value is null. */
    void put(ContextVar<?> variable, @Nullable Object value) {
        used = true;
        var changed = new HashMap<>(values);
        if (value == null) {
            changed.remove(variable);
        } else {
            changed.put(variable, value);
        }
        values = changed;
    }
}
