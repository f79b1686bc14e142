package examples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arguments of the demo. */
class DemoOptionsTest {

    @Test
    void withoutArgumentsAHundredClientsSendTenThousandRequests() {
        assertEquals(new DemoOptions(false, OptionalInt.empty(), 100, 10_000), DemoOptions.parse());
    }

    @Test
    void optionsComeInAnyOrderAndTheLastOneHolds() {
        assertEquals(
                new DemoOptions(false, OptionalInt.empty(), 3, 50),
                DemoOptions.parse("--requests", "5", "--clients", "3", "--requests", "50"));
    }

    @Test
    void thePortMayBeLeftOut() {
        assertEquals(OptionalInt.of(7007), DemoOptions.parse("--serve").servePort());
        assertEquals(OptionalInt.of(0), DemoOptions.parse("--serve", "0").servePort());
        assertEquals(new DemoOptions(true, OptionalInt.of(7007), 100, 10_000), DemoOptions.parse("--serve", "--help"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --clients          | demo: --clients takes a whole number from 1 to 10000
                    --clients 0        | demo: --clients takes a whole number from 1 to 10000, not '0'
                    --requests many    | demo: --requests takes a whole number from 1 to 100000000, not 'many'
                    --serve 65536      | demo: --serve takes a whole number from 0 to 65535, not '65536'
                    --serve 1 2        | demo: unknown option '2'; --help lists what there is
                    --color            | demo: unknown option '--color'; --help lists what there is
                    """)
    void aWrongArgumentGivesOneLineAndExitCode2(String arguments, String expected) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var exitCode =
                DemoKt.demo(arguments.split(" "), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        assertEquals(2, exitCode);
        assertEquals(expected, err.toString(UTF_8).stripTrailing());
        assertEquals("", out.toString(UTF_8));
    }
}
