package io.jasyncio.conformance;

import org.junit.jupiter.api.Test;

/**
 * The recorded traces are what CPython 3.13 prints. Runs where there is one: as {@code python3.13} or {@code python3}, or
 * where the environment variable {@code JASYNCIO_PYTHON} says.
 */
class RecordingTest {

    @Test
    void theTracesAreWhatCPythonPrints() throws Exception {
        CPython.orSkip().run(Recorded.folder(), "record.py", "--check");
    }
}
