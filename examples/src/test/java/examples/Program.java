package examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program in one of its faces.
 *
 * @param name the name that its faces and its expected output have in common
 * @param face what it is written in
 * @param takes how long it takes by the virtual clock; null if it waits for real threads or for a network
 */
record Program(String name, Face face, @Nullable Duration takes) {

    /** The three ways to write a program, and the class that {@code java} runs. */
    enum Face {
        DIRECT("examples.direct.%s"),
        STAGE("examples.stage.%s"),
        KOTLIN("examples.kotlin.%sKt");

        private final String mainClass;

        Face(String mainClass) {
            this.mainClass = mainClass;
        }
    }

    /** The class to run. */
    String mainClass() {
        return face.mainClass.formatted(name);
    }

    /** Runs it to its end and returns the lines that it printed. */
    List<String> run() throws Exception {
        var main = Class.forName(mainClass()).getMethod("main", String[].class);
        var printed = new ByteArrayOutputStream();
        var console = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            main.invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException failed) {
            throw new AssertionError(
                    "the program failed after printing:\n" + printed.toString(UTF_8), failed.getCause());
        } finally {
            System.setOut(console);
        }
        return printed.toString(UTF_8).lines().toList();
    }

    /** The lines that it shall print; where the machine has a say, a regular expression. */
    List<String> expected() throws IOException {
        try (var text = getClass().getResourceAsStream("/expected/" + name + ".txt")) {
            if (text == null) {
                throw new IOException("there is no expected/" + name + ".txt");
            }
            return new String(text.readAllBytes(), UTF_8).lines().toList();
        }
    }

    @Override
    public String toString() {
        return name + ", " + face;
    }
}
