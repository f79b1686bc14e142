package examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import examples.Launcher.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code jasyncio}: what it says, and with which code it ends. */
class LauncherTest {

    private static Launcher launcher;

    /** Where the calls are made. */
    @TempDir
    private Path folder;

    @BeforeAll
    static void makeJars(@TempDir Path lib) throws Exception {
        launcher = Launcher.withJarsIn(lib);
    }

    private Output call(String... arguments) throws Exception {
        return Launcher.run(launcher.in(folder, arguments));
    }

    private void write(String file, String source) throws Exception {
        Files.writeString(folder.resolve(file), source);
    }

    @Test
    void aJavaProgramGetsItsArgumentsAsTheyAreAndItsExitCodeIsPassedOn() throws Exception {
        write("Tip.java", """
                import static io.jasyncio.Asyncio.*;
                import java.time.Duration;
                import java.util.List;

                public class Tip {
                    public static void main(String[] args) throws Exception {
                        System.out.println(List.of(args));
                        System.exit(run(() -> await(sleep(Duration.ZERO, 7))));
                    }
                }
                """);
        assertEquals(new Output(List.of("[two words, , *]"), 7), call("run", "Tip.java", "two words", "", "*"));
    }

    @Test
    void aClassOfTheExamplesRunsByItsName() throws Exception {
        var expected = new Program("Mirrors", Program.Face.KOTLIN, Duration.ofMillis(100)).expected();
        assertEquals(new Output(expected, 0), call("run", "examples.kotlin.MirrorsKt"));
    }

    @Test
    void aCompileErrorIsShownAndTheExitCodeIs1() throws Exception {
        write("Bad.java", """
                public class Bad {
                    public static void main(String[] args) {
                        int dishes = "three";
                    }
                }
                """);
        var output = call("run", "Bad.java");
        assertEquals(1, output.exitCode());
        assertLinesMatch(
                List.of("Bad\\.java:3: error: incompatible types: .*", ">> the place >>", "error: compilation failed"),
                output.lines());
    }

    @Test
    void anExceptionIsShownWithItsPlaceAndTheExitCodeIs1() throws Exception {
        write("Burnt.java", """
                import static io.jasyncio.Asyncio.*;

                public class Burnt {
                    static void cook() {
                        throw new IllegalStateException("the rice is burnt");
                    }

                    public static void main(String[] args) throws Exception {
                        run(() -> cook());
                    }
                }
                """);
        var output = call("run", "Burnt.java");
        assertEquals(1, output.exitCode());
        assertLinesMatch(
                List.of(
                        "Exception in thread \"main\" java\\.lang\\.IllegalStateException: the rice is burnt",
                        "\tat .*Burnt\\.cook\\(Burnt\\.java:5\\)",
                        ">> the way there >>"),
                output.lines());
    }

    @Test
    void whatCannotBeRunIsNamedAndTheExitCodeIs2() throws Exception {
        write("notes.txt", "");
        assertEquals(refusal("there is no file 'Nothing.java'"), call("run", "Nothing.java"));
        var neither = "' is neither a Java source file (FILE.java) nor the name of a class"
                + " (such as examples.kotlin.KitchenKt)";
        assertEquals(refusal("'notes.txt" + neither), call("run", "notes.txt"));
        assertEquals(refusal("'Kitchen.kt" + neither), call("run", "Kitchen.kt"));
        assertEquals(refusal("'some/folder" + neither), call("run", "some/folder"));

        var noClass = call("run", "examples.kotlin.Nobody");
        assertEquals(2, noClass.exitCode());
        assertLinesMatch(List.of("jasyncio: there is no class 'examples\\.kotlin\\.Nobody' in .*"), noClass.lines());
    }

    @Test
    void aWrongCallIsExplainedAndTheExitCodeIs2() throws Exception {
        assertEquals(refusal("run what? Usage: ./jasyncio run FILE.java [ARGUMENT...]"), call("run"));
        assertEquals(
                refusal("unknown command 'frobnicate'; ./jasyncio --help lists what there is"), call("frobnicate"));

        var withoutJars = launcher.in(folder, "demo");
        withoutJars.environment().put("JASYNCIO_LIB", folder.toString());
        assertEquals(refusal("JASYNCIO_LIB is '" + folder + "', and there are no jars"), Launcher.run(withoutJars));

        var withoutJdk = launcher.in(folder, "demo");
        withoutJdk.environment().put("JAVA_HOME", folder.toString());
        assertEquals(refusal("JAVA_HOME is '" + folder + "', and there is no JDK"), Launcher.run(withoutJdk));
    }

    private static Output refusal(String message) {
        return new Output(List.of("jasyncio: " + message), 2);
    }

    @Test
    void helpNamesEveryCommandAndVariable() throws Exception {
        var output = call("--help");
        assertEquals(0, output.exitCode());
        var text = String.join("\n", output.lines());
        for (var word : List.of(
                "run FILE.java",
                "run CLASS",
                "run mini-redis",
                "demo",
                "demo ledger",
                "--help",
                "JAVA_HOME",
                "JASYNCIO_LIB",
                "JASYNCIO_OPTS")) {
            assertTrue(text.contains(word), () -> "--help says nothing of " + word + ":\n" + text);
        }
        assertEquals(output, call());
    }

    @Test
    void theLedgerEndsByItselfAndPassesItsExitCodeOn() throws Exception {
        assertEquals(
                0, call("demo", "ledger", "--clients", "3", "--requests", "30").exitCode());
        assertEquals(
                new Output(List.of("demo: unknown option '--frobnicate'; --help lists what there is"), 2),
                call("demo", "ledger", "--frobnicate"));
    }
}
