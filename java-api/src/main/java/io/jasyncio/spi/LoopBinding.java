package io.jasyncio.spi;

import org.jspecify.annotations.Nullable;

/**
 * The loop that a primitive belongs to: the first one on which somebody had to wait for it (S89). Until then it belongs to
 * nobody, so that it can be made and filled before a loop runs.
 */
public final class LoopBinding {

    private @Nullable LoopRuntime loop;

    /** What a foreign thread should do; null for what holds everywhere. */
    private final @Nullable String advice;

    /** No loop yet. */
    public LoopBinding() {
        this(null);
    }

    /**
     * No loop yet.
     *
     * @param advice what a thread that is not the loop's should do instead; null for the usual
     */
    public LoopBinding(@Nullable String advice) {
        this.advice = advice;
    }

    /**
     * The loop that runs this code.
     *
     * @throws IllegalStateException outside of a loop
     */
    public static LoopRuntime current(String method) {
        var current = CurrentLoop.get();
        if (current == null) {
            throw new IllegalStateException(
                    method + "() was called outside of an event loop: hand the work to a running"
                            + " one with loop.submit(...), or start one with Asyncio.run(...)");
        }
        return current;
    }

    /**
     * Somebody has to wait: the owner belongs to the loop that runs this code, from now on or already.
     *
     * @throws IllegalStateException outside of a loop, or if the owner belongs to another one
     */
    public LoopRuntime bind(Object owner, String method) {
        var current = current(method);
        var bound = loop;
        if (bound == null) {
            loop = current;
        } else if (bound != current) {
            throw new IllegalStateException(owner + " is bound to a different event loop: make one for each loop");
        }
        return current;
    }

    /**
     * The loop that runs this code, which need not wait.
     *
     * @throws IllegalStateException outside of a loop, and on a thread that has nothing to do with the owner's loop
     */
    public LoopRuntime use(String method) {
        var current = CurrentLoop.get();
        if (current != null && (loop == null || loop == current)) {
            return current;
        }
        check(method);
        return current(method);
    }

    /**
     * Refuses a thread that has nothing to do with the loop while the loop runs.
     *
     * @throws IllegalStateException on such a thread
     */
    public void check(String method) {
        var bound = loop;
        if (bound != null && !bound.isCurrent()) {
            bound.services().requireOwnThread(method, advice);
        }
    }
}
