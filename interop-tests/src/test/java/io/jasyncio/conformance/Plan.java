package io.jasyncio.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What there is to check in a group, and what is missing. */
record Plan(String group, List<Check> checks, List<String> missing) {

    static Plan of(String group) {
        var plan = new Plan(group, new ArrayList<>(), new ArrayList<>());
        var scenarios = Recorded.of(group);
        for (var face : Face.values()) {
            Twins.of(group, face)
                    .ifPresentOrElse(
                            twins -> plan.add(face, scenarios, twins),
                            () -> plan.missing.add("there is no class " + face.classFor(group)));
        }
        return plan;
    }

    private void add(Face face, List<Recorded> scenarios, Twins twins) {
        var unknown = new TreeSet<>(twins.scenarios());
        unknown.addAll(twins.absent());
        for (var scenario : scenarios) {
            unknown.remove(scenario.name());
            var method = twins.twinOf(scenario.name());
            var absent = twins.absent().contains(scenario.name());
            if (method != null) {
                face.carriers().forEach(carrier -> checks.add(new Check(scenario, face, carrier, twins, method)));
            }
            if ((method != null) == absent) {
                var both = absent ? " has a twin and a @NotHere in " : " has neither a twin nor a @NotHere in ";
                missing.add(scenario.name() + both + face.classFor(group));
            }
        }
        unknown.forEach(
                name -> missing.add(face.classFor(group) + " has a twin of " + name + ", which was not recorded"));
    }
}
