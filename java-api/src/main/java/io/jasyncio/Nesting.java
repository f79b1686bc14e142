package io.jasyncio;

import java.util.ArrayDeque;

/**
 * Bounds how deep futures end, and are cancelled, inside each other: combinators may be nested a hundred thousand deep, the
 * stack is not (J11). What would go deeper is postponed until the outermost is through. Loop only.
 */
final class Nesting {

    private final int maxDepth;
    private final ArrayDeque<Runnable> postponed = new ArrayDeque<>();
    private int depth;

    Nesting(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /** Goes one deeper. False if it is deep enough: then {@link #postpone} and do not {@link #leave}. */
    boolean enter() {
        if (depth == maxDepth) {
            return false;
        }
        depth++;
        return true;
    }

    void postpone(Runnable action) {
        postponed.add(action);
    }

    /** Comes back up; at the top, does what was postponed. */
    void leave() {
        while (depth == 1 && !postponed.isEmpty()) {
            postponed.remove().run();
        }
        depth--;
    }
}
