package io.jasyncio.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The recorded traces are what CPython 3.13 prints. Runs where there is one: as {@code python3.13} or {@code python3}, or
 * where the environment variable {@code JASYNCIO_PYTHON} says.
 */
class RecordingTest {

    private static final String VERSION = "import sys; print(*sys.version_info[:2], sep='.')";

    @Test
    void theTracesAreWhatCPythonPrints() throws Exception {
        var python = findPython();
        assumeTrue(python.isPresent(), "there is no CPython 3.13 here; JASYNCIO_PYTHON can name one");
        var check = run(List.of(python.get(), "record.py", "--check"));
        assertEquals(0, check.exitCode(), () -> "record.py --check says:\n" + check.output());
    }

    /** One that was named must do, whatever it is; of the others, the first of the right version. */
    private static Optional<String> findPython() {
        var named = System.getenv("JASYNCIO_PYTHON");
        return named != null
                ? Optional.of(named)
                : Stream.of("python3.13", "python3")
                        .filter(RecordingTest::isRightVersion)
                        .findFirst();
    }

    private static boolean isRightVersion(String python) {
        try {
            return run(List.of(python, "-c", VERSION)).output().strip().equals("3.13");
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static Finished run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(Recorded.folder().toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Finished(process.waitFor(), output);
    }

    private record Finished(int exitCode, String output) {}
}
