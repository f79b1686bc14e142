package examples.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.jasyncio.LoopOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands say when they cannot do what they are asked for. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class RedisMainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int redis(String... arguments) {
        return RedisMainKt.redis(arguments, stream(out), stream(err), LoopOptions.defaults());
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }

    @Test
    void portThatIsTakenIsAFailure() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertEquals(1, redis("--port", "" + taken.getLocalPort()));
        }
        assertTrue(err.toString(UTF_8).startsWith("mini-redis: "), err.toString(UTF_8));
        assertTrue(err.toString(UTF_8).contains("in use"), err.toString(UTF_8));
        assertEquals("", out.toString(UTF_8));
    }

    @Test
    void helpNamesEveryOption() {
        assertEquals(0, redis("--help"));
        assertTrue(
                out.toString(UTF_8).contains("--port N") && out.toString(UTF_8).contains("--host H"));
        assertEquals(0, DemoKt.demo(new String[] {"--help"}, stream(out), stream(err)));
        assertTrue(out.toString(UTF_8).contains("--clients N")
                && out.toString(UTF_8).contains("demo ledger"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port              | mini-redis: --port takes a value
            --port x            | mini-redis: --port takes a whole number from 0 to 65535, not 'x'
            --color red         | mini-redis: unknown option '--color'; --help lists what there is
            """)
    void wrongOptionGivesOneLineAndExitCode2(String arguments, String expected) {
        assertEquals(2, redis(arguments.split(" ")));
        assertEquals(expected, err.toString(UTF_8).stripTrailing());
    }
}
