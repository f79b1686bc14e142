package io.jasyncio.benchmarks.harness;

import java.util.List;
import java.util.Optional;

/**
 * How a contender's process is started: in the JVM that runs this, or in the CPython that is found.
 *
 * @param jvmFlags what the children get besides this JVM's class path
 * @param python for the scenarios of CPython
 */
record Commands(List<String> jvmFlags, Python python) {

    /** The command for a contender; empty if it cannot be had here. */
    Optional<List<String>> of(Row row, String contender) {
        if (!contender.equals(Row.PYTHON)) {
            return Optional.of(Jvm.command(jvmFlags, Child.class, row.name(), contender));
        }
        return python.isThere() ? Optional.of(python.script("asyncio_child.py", row.python())) : Optional.empty();
    }
}
