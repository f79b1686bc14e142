package examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;

import examples.Program.Face;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every program prints the same in Java's direct style, in stage style and in Kotlin, and takes exactly its time; those that wait
 * for threads or a network take what they take.
 */
class ProgramsTest {

    @BeforeAll
    static void useVirtualTime() {
        VirtualTimeProvider.install();
    }

    static Stream<Program> programs() {
        return Stream.of(
                        inEachFace("Kitchen", Duration.ofSeconds(4)),
                        inEachFace("Fetches", Duration.ofMillis(350 + 200)),
                        inEachFace("Workers", Duration.ofSeconds(4 + 4)),
                        inEachFace("Backups", Duration.ofMillis(2500 + 100)),
                        inEachFace("Mirrors", Duration.ofMillis(100)),
                        inEachFace("Downloads", Duration.ofSeconds(4)),
                        inEachFace("Patience", Duration.ofSeconds(1 + 2)),
                        inEachFace("RollCall", Duration.ofSeconds(2)),
                        inEachFace("Bakery", Duration.ofMillis(3860)),
                        inEachFace("Parking", Duration.ofMillis(4040)),
                        inEachFace("Savings", Duration.ofMillis(10 + 10 * 10)),
                        inEachFace("Sprint", Duration.ofSeconds(5)),
                        inEachFace("Pottery", Duration.ofMillis(4 * 600)),
                        inEachFace("Hike", Duration.ofMillis(300 + 500 + 400)),
                        inEachFace("Observatory", Duration.ofMillis((1000 + 800 + 500) * 2 + 1200 + 500)),
                        inEachFace("Countdown", Duration.ofSeconds(3)),
                        inEachFace("Numbers", Duration.ofMillis(300 + 600)),
                        inEachFace("Thumbnails", Duration.ofMillis(250 + 30 + 300)),
                        // Time passes as it really does while a pool computes, and on a network.
                        inEachFace("Fibonacci", null),
                        inEachFace("Echo", null),
                        inEachFace("Chat", null),
                        inEachFace("PortScan", null),
                        inEachFace("LogCollector", null),
                        inEachFace("TlsEcho", null))
                .flatMap(faces -> faces);
    }

    private static Stream<Program> inEachFace(String name, @Nullable Duration takes) {
        return Arrays.stream(Face.values()).map(face -> new Program(name, face, takes));
    }

    @ParameterizedTest
    @MethodSource("programs")
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void printsWhatItPromisesInExactlyItsTime(Program program) throws Exception {
        VirtualTimeProvider.useRealTime(program.takes() == null);
        assertLinesMatch(program.expected(), program.run(), program::toString);
        if (program.takes() != null) {
            assertEquals(program.takes(), VirtualTimeProvider.latestClock().elapsed(), program::toString);
        }
    }
}
