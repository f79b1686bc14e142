package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.sync.AsyncEvent;
import io.jasyncio.sync.AsyncLock;
import io.jasyncio.sync.AsyncSemaphore;

/** The letters of the random programs with a lock, a semaphore or an event, in direct style. */
final class RandomLocks {

    private RandomLocks() {}

    static final class Lock implements RandomThing {

        final AsyncLock lock = new AsyncLock();
        private final Trace trace;

        Lock(Trace trace) {
            this.trace = trace;
        }

        @Override
        public Object task(char letter, int number, int task) throws Exception {
            await(lock.acquireAsync());
            try {
                trace.add("T" + task, "in");
                RandomThing.hold(number, task);
            } finally {
                lock.release();
            }
            return "left";
        }

        @Override
        public void now(char letter, int number) {
            if (letter == 'u') {
                lock.release();
            } else {
                trace.add(state());
            }
        }

        @Override
        public String state() {
            return String.valueOf(lock.isLocked());
        }
    }

    static final class Semaphore implements RandomThing {

        final AsyncSemaphore semaphore;
        private final Trace trace;

        Semaphore(String head, Trace trace) {
            this.semaphore = new AsyncSemaphore(Integer.parseInt(head));
            this.trace = trace;
        }

        @Override
        public Object task(char letter, int number, int task) throws Exception {
            await(semaphore.acquireAsync());
            try {
                trace.add("T" + task, "in");
                RandomThing.hold(number, task);
            } finally {
                semaphore.release();
            }
            return "left";
        }

        @Override
        public void now(char letter, int number) {
            if (letter == 'v') {
                semaphore.release();
            } else {
                trace.add(state());
            }
        }

        @Override
        public String state() {
            return String.valueOf(semaphore.isLocked());
        }
    }

    static final class Event implements RandomThing {

        final AsyncEvent event = new AsyncEvent();
        private final Trace trace;

        Event(Trace trace) {
            this.trace = trace;
        }

        @Override
        public Object task(char letter, int number, int task) throws Exception {
            if (letter == 'E') {
                await(event.waitAsync());
                trace.add("T" + task, "once");
                RandomThing.passes(1);
            }
            await(event.waitAsync());
            return "set";
        }

        @Override
        public void now(char letter, int number) {
            switch (letter) {
                case 's' -> event.set();
                case 'x' -> event.clear();
                default -> trace.add(state());
            }
        }

        @Override
        public String state() {
            return String.valueOf(event.isSet());
        }
    }
}
