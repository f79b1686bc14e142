package io.jasyncio.benchmarks.harness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * A row of the table: one kind of operation and who does it.
 *
 * @param name for {@code --rows}
 * @param title what one operation is
 * @param reference the contender that the others are compared with
 * @param contenders the scenario of each contender in a JVM, in the order in which they are printed
 * @param python the name of CPython's scenario; empty if there is none
 */
public record Row(String name, String title, String reference, Map<String, Scenario> contenders, String python) {

    /** The name of the contender that is CPython. */
    public static final String PYTHON = "CPython asyncio";

    static Row of(String name, String title) {
        return new Row(name, title, "", Map.of(), "");
    }

    /** With another contender; the first one after ours is the reference until {@link #against} names another. */
    Row with(String contender, Scenario scenario) {
        var all = new LinkedHashMap<>(contenders);
        all.put(contender, scenario);
        return new Row(name, title, reference, all, python);
    }

    Row against(String contender, Scenario scenario) {
        var row = with(contender, scenario);
        return new Row(name, title, contender, row.contenders, python);
    }

    Row python(String scenario) {
        return new Row(name, title, reference.isEmpty() ? PYTHON : reference, contenders, scenario);
    }

    Scenario scenario(String contender) {
        var scenario = contenders.get(contender);
        if (scenario == null) {
            throw new NoSuchElementException("row " + name + " has no contender '" + contender + "'");
        }
        return scenario;
    }

    /** All contenders, CPython last. */
    List<String> everybody() {
        var all = new java.util.ArrayList<>(contenders.keySet());
        if (!python.isEmpty()) {
            all.add(PYTHON);
        }
        return all;
    }
}
