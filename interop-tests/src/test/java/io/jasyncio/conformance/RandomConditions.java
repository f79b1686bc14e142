package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.waitFor;

import io.jasyncio.sync.AsyncBarrier;
import io.jasyncio.sync.AsyncCondition;
import java.util.concurrent.TimeoutException;

/** The letters of the random programs with a condition or a barrier, in direct style. */
final class RandomConditions {

    private RandomConditions() {}

    static final class Condition implements RandomThing {

        final AsyncCondition condition = new AsyncCondition();
        private final Trace trace;
        private int count;

        Condition(Trace trace) {
            this.trace = trace;
        }

        @Override
        public Object task(char letter, int number, int task) throws Exception {
            await(condition.acquireAsync());
            try {
                trace.add("T" + task, "in");
                switch (letter) {
                    case 'W' -> await(condition.waitAsync());
                    case 'L' -> waitSome(number, task);
                    case 'P' -> await(condition.waitForAsync(() -> hasCounted(number)));
                    case 'H' -> RandomThing.hold(number, task);
                    default -> signal(letter, number);
                }
            } finally {
                condition.release();
            }
            return "leaves";
        }

        private void waitSome(int seconds, int task) throws Exception {
            try {
                waitFor(() -> await(condition.waitAsync()), RandomThing.patience(seconds, task));
            } catch (TimeoutException late) {
                saysThatItWaited(task);
            }
        }

        void saysThatItWaited(int task) {
            trace.add("T" + task, "waited", state());
        }

        boolean hasCounted(int number) {
            return count >= number;
        }

        /** What a task with the lock does for others. */
        void signal(char letter, int number) {
            if (letter == 'N') {
                condition.signal(number);
            } else {
                condition.signalAll();
            }
        }

        @Override
        public void now(char letter, int number) {
            switch (letter) {
                case 'i' -> count++;
                case 'n' -> condition.signal();
                default -> trace.add(state());
            }
        }

        @Override
        public String state() {
            return String.valueOf(condition.isLocked());
        }
    }

    static final class Barrier implements RandomThing {

        final AsyncBarrier barrier;
        private final Trace trace;

        Barrier(String head, Trace trace) {
            this.barrier = new AsyncBarrier(Integer.parseInt(head));
            this.trace = trace;
        }

        @Override
        public Object task(char letter, int number, int task) throws Exception {
            if (letter == 'W') {
                await(barrier.waitAsync());
                return "through";
            }
            return change(letter);
        }

        String change(char letter) {
            if (letter == 'B') {
                barrier.abort();
                return "breaks it";
            }
            barrier.reset();
            return "resets it";
        }

        @Override
        public void now(char letter, int number) {
            trace.add(state());
        }

        @Override
        public String state() {
            return barrier.waiting() + " " + barrier.isBroken();
        }
    }
}
