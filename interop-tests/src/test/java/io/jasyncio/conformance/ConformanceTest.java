package io.jasyncio.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The twins print what CPython printed; the scenarios and their traces are in the folder {@code conformance}. */
class ConformanceTest {

    @TestFactory
    Stream<DynamicNode> twinsPrintWhatCPythonPrinted() {
        return Recorded.groups().stream().map(ConformanceTest::testsOf);
    }

    private static DynamicNode testsOf(String group) {
        var plan = Plan.of(group);
        var complete = dynamicTest(
                group + ": each scenario has its twins",
                () -> assertTrue(plan.missing().isEmpty(), () -> String.join("\n", plan.missing())));
        var checks = plan.checks().stream().map(check -> dynamicTest(check.name(), check::run));
        return dynamicContainer(group, Stream.concat(Stream.of(complete), checks));
    }

    @Test
    void thereAreScenarios() {
        assertFalse(Recorded.groups().isEmpty());
    }
}
