package io.jasyncio.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A CPython 3.13 of this machine, which can record anew what was recorded. */
record CPython(String command) {

    private static final String VERSION = "import sys; print(*sys.version_info[:2], sep='.')";

    /** The one that {@code JASYNCIO_PYTHON} names or that is on the path; skips the test if there is none. */
    static CPython orSkip() {
        var found = Optional.ofNullable(System.getenv("JASYNCIO_PYTHON"))
                .or(() -> Stream.of("python3.13", "python3")
                        .filter(CPython::isRightVersion)
                        .findFirst());
        assumeTrue(found.isPresent(), "there is no CPython 3.13 here; JASYNCIO_PYTHON can name one");
        return new CPython(found.get());
    }

    /** What is called so may be of another version, or say that it is none. */
    private static boolean isRightVersion(String command) {
        try {
            return output(new CPython(command).start(Recorded.folder(), "-c", VERSION))
                    .equals("3.13\n");
        } catch (IOException notThere) {
            return false;
        }
    }

    /** What it prints in a folder, line by line. It must come to a good end. */
    List<String> run(Path folder, String... arguments) throws IOException, InterruptedException {
        var process = start(folder, arguments);
        var output = output(process);
        assertEquals(0, process.waitFor(), output);
        return output.lines().toList();
    }

    private Process start(Path folder, String... arguments) throws IOException {
        var line = Stream.concat(Stream.of(command), Stream.of(arguments)).toList();
        var process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        return process;
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
