package io.jasyncio.model;

import io.jasyncio.Carrier;
import io.jasyncio.LoopOptions;
import io.jasyncio.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Random programs of one kind, each from a seed of its own, one after the other on one loop.
 *
 * @param carrier of the actors in direct style
 */
record Series(RandomProgram.Kind kind, List<Face> faces, Carrier carrier, long firstSeed, int count) {

    /** Few enough for the time that a test may take. */
    private static final int MOST = 2_000;

    /** As many programs as are wanted, in parts. */
    static Stream<Series> of(RandomProgram.Kind kind, List<Face> faces, Carrier carrier, long firstSeed, int count) {
        return LongStream.iterate(0, done -> done < count, done -> done + MOST)
                .mapToObj(
                        done -> new Series(kind, faces, carrier, firstSeed + done, (int) Math.min(MOST, count - done)));
    }

    /** Fails with the seed and the story of the first program that goes wrong. */
    void run() throws Exception {
        var clock = new IdleClock();
        try (var runner = newRunner(clock)) {
            for (var seed = firstSeed; seed < firstSeed + count; seed++) {
                if (new RandomProgram(seed, kind, faces, null).run(runner, clock) != null) {
                    throw retold(seed);
                }
            }
        }
    }

    /** Runs the program once more, and writes down what happens. */
    private AssertionError retold(long seed) throws Exception {
        var story = new ArrayList<String>();
        var clock = new IdleClock();
        try (var runner = newRunner(clock)) {
            var violation = new RandomProgram(seed, kind, faces, story).run(runner, clock);
            var message = violation == null ? "it went well the second time" : violation.getMessage();
            return new AssertionError(
                    message + "\n" + kind + " in " + faces + " on " + carrier + ", -Djasyncio.model.seed=" + seed
                            + " -Djasyncio.model.programs=1\n  " + String.join("\n  ", story),
                    violation);
        }
    }

    private Runner newRunner(IdleClock clock) {
        return new Runner(LoopOptions.defaults().withClock(clock).withCarrier(carrier));
    }

    @Override
    public String toString() {
        return kind + " in " + faces + " on " + carrier + ", seeds " + firstSeed + " to " + (firstSeed + count - 1);
    }
}
