package io.jasyncio.sync;

import io.jasyncio.LoopFuture;
import io.jasyncio.WaitFuture;
import io.jasyncio.WaitQueue;
import io.jasyncio.spi.LoopBinding;
import io.jasyncio.spi.LoopRuntime;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A primitive of somebody else's: connections that tasks borrow. Made of what is public, and so short because order and
 * cancellation are the business of {@link WaitQueue}.
 */
final class Pool<C> {

    private final LoopBinding binding = new LoopBinding();
    private final Line waiting = new Line();
    private final Deque<C> idle = new ArrayDeque<>();

    /** Takes one that is idle, after all who asked before. */
    LoopFuture<C> borrowAsync() {
        binding.check("borrowAsync");
        return idle.isEmpty() || !waiting.isEmpty()
                ? new Borrowing(binding.bind(this, "borrowAsync"))
                : LoopBinding.current("borrowAsync").services().ended(idle.pop());
    }

    /** Gives one to whoever is next. */
    void giveBack(C connection) {
        binding.check("giveBack");
        idle.push(connection);
        waiting.wakeOneIfThereIsSomething();
    }

    @Override
    public String toString() {
        return "Pool[" + idle.size() + " idle, " + waiting.size() + " waiting]";
    }

    private final class Line extends WaitQueue {

        Line() {
            super(Pool.this, binding);
        }

        void wakeOneIfThereIsSomething() {
            if (!idle.isEmpty()) {
                wakeFirst();
            }
        }

        @Override
        protected void missed() {
            wakeOneIfThereIsSomething();
        }
    }

    private final class Borrowing extends WaitFuture<C> {

        Borrowing(LoopRuntime loop) {
            super(loop);
            standIn(waiting);
        }

        @Override
        protected void turn() {
            var connection = idle.pop();
            if (!endWith(connection)) {
                giveBack(connection);
            }
        }

        @Override
        protected void notTaken(C connection) {
            giveBack(connection);
        }
    }
}
