package io.jasyncio.benchmarks.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Children in a JVM like this one. */
public final class Jvm {

    /** Opens the fast carrier of direct style on JDK 24 and newer. */
    private static final List<String> OPEN = List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED");

    private Jvm() {}

    /** The command for a program of these benchmarks. */
    public static List<String> command(List<String> flags, Class<?> program, String... arguments) {
        var own = System.getProperty("java.class.path");
        return command(flags, own, program.getName(), arguments);
    }

    /** The command for a program of another class path. */
    public static List<String> command(List<String> flags, String classPath, String program, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPEN);
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, program));
        command.addAll(List.of(arguments));
        return command;
    }
}
