package io.jasyncio.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jasyncio.Carrier;
import io.jasyncio.CoroutineAction;
import io.jasyncio.LoopOptions;
import io.jasyncio.Runner;
import io.jasyncio.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Random programs print what CPython 3.13 prints; the programs and their traces are in {@code conformance/random}. */
class RandomRecordedTest {

    /** Time is virtual, so a program takes a millisecond; one that takes longer hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A thread for each task is slow, and the same code decides who goes next: of so many programs it plays one. */
    private static final int SAMPLE = 5;

    private static final String FRESH = "100";

    @TestFactory
    Stream<DynamicTest> randomProgramsPrintWhatCPythonPrinted() {
        return RandomProgram.kinds().stream().flatMap(RandomRecordedTest::testsOf);
    }

    private static Stream<DynamicTest> testsOf(String kind) {
        var programs = RandomProgram.recorded(kind);
        var direct = Face.DIRECT.carriers().stream()
                .map(carrier -> dynamicTest(
                        kind + ", direct on " + carrier, () -> compare(sample(programs, carrier), carrier, false)));
        var kotlin = dynamicTest(kind + ", kotlin", () -> compare(forCoroutines(programs), Carrier.AUTO, true));
        return Stream.concat(direct, Stream.of(kotlin));
    }

    private static List<RandomProgram> sample(List<RandomProgram> programs, Carrier carrier) {
        var step = carrier == Carrier.LOOP ? 1 : SAMPLE;
        return IntStream.range(0, programs.size() / step)
                .mapToObj(program -> programs.get(program * step))
                .toList();
    }

    private static List<RandomProgram> forCoroutines(List<RandomProgram> programs) {
        return programs.stream().filter(program -> !program.cancelsTwice()).toList();
    }

    /** Of a seed that nobody had before; {@code -Djasyncio.random.seed} has the same programs again. */
    @TestFactory
    Stream<DynamicTest> freshProgramsPrintWhatCPythonPrints() {
        var seed = String.valueOf(Integer.getInteger("jasyncio.random.seed", new Random().nextInt(1_000_000)));
        return RandomProgram.kinds().stream()
                .map(kind -> dynamicTest(kind + " of seed " + seed, () -> compareFresh(kind, seed)));
    }

    private static void compareFresh(String kind, String seed) throws Exception {
        var text = CPython.orSkip()
                .run(RandomProgram.folder(), "random_programs.py", "--print", kind, "--seed", seed, "--count", FRESH);
        var programs = RandomProgram.parse(kind, text);
        assertEquals(Integer.parseInt(FRESH), programs.size());
        compare(programs, Carrier.AUTO, false);
        compare(forCoroutines(programs), Carrier.AUTO, true);
    }

    @Test
    void cPythonStillPrintsWhatWasRecorded() throws Exception {
        assertEquals(List.of(), CPython.orSkip().run(RandomProgram.folder(), "random_programs.py", "--check"));
    }

    @Test
    void thereAreProgramsOfEachKind() {
        assertEquals(
                List.of("barriers", "conditions", "events", "locks", "queues", "semaphores"), RandomProgram.kinds());
        RandomProgram.kinds()
                .forEach(kind -> assertFalse(RandomProgram.recorded(kind).isEmpty(), kind));
    }

    private static void compare(List<RandomProgram> programs, Carrier carrier, boolean coroutines) {
        var differences = new ArrayList<String>();
        for (var program : programs) {
            var printed =
                    assertTimeoutPreemptively(PATIENCE, () -> play(program, carrier, coroutines), program::toString);
            if (!printed.equals(program.lines())) {
                differences.add(Difference.describe(program.toString(), program.lines(), printed));
            }
        }
        assertTrue(
                differences.isEmpty(),
                () -> differences.size() + " of " + programs.size() + " differ, the first is " + differences.get(0));
    }

    private static List<String> play(RandomProgram program, Carrier carrier, boolean coroutines) throws Exception {
        var clock = new VirtualClock();
        var options = LoopOptions.defaults().withCarrier(carrier).withClock(clock);
        var trace = new Trace(options, clock);
        var player = new RandomPlayer(program, trace);
        try (var runner = new Runner(options)) {
            if (coroutines) {
                RandomCoroutines.run(runner, player);
            } else {
                runner.run((CoroutineAction) player::main);
            }
        }
        return trace.lines();
    }
}
