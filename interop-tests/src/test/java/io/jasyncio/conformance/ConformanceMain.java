package io.jasyncio.conformance;

import java.util.List;

/** Runs the twins of some groups without a test framework: {@code ConformanceMain [group...]}. */
public final class ConformanceMain {

    private ConformanceMain() {}

    public static void main(String[] groups) {
        var failed = 0;
        for (var group : groups.length == 0 ? Recorded.groups() : List.of(groups)) {
            failed += run(Plan.of(group));
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private static int run(Plan plan) {
        plan.missing().forEach(what -> System.out.println("MISSING " + what));
        var failed = 0;
        for (var check : plan.checks()) {
            try {
                check.run();
            } catch (AssertionError differs) {
                failed++;
                System.out.println("FAILED  " + differs.getMessage());
                if (differs.getCause() != null) {
                    differs.getCause().printStackTrace(System.out);
                }
            }
        }
        System.out.println(plan.group() + ": " + (plan.checks().size() - failed) + " twins agree, " + failed
                + " do not, " + plan.missing().size() + " missing");
        return failed + plan.missing().size();
    }
}
