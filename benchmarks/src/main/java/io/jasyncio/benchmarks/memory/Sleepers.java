package io.jasyncio.benchmarks.memory;

/** A crowd of tasks, all asleep for so long that none wakes up while we look. */
@FunctionalInterface
interface Sleepers {

    /**
     * Makes them, waits until the last one sleeps, and ends.
     *
     * @param count how many
     * @param gauge is told when the program stands but nobody sleeps yet, and when all do
     */
    void sleep(int count, Gauge gauge) throws Exception;

    /** What happens at the two moments that matter. */
    interface Gauge {
        void before();

        void allAsleep();
    }
}
