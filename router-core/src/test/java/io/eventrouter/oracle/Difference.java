package io.eventrouter.oracle;

import java.util.List;

/**
 * Where a subject and the oracle part.
 *
 * @param step index of the step.
 * @param findings each a paragraph.
 */
record Difference(int step, List<String> findings) {
    /** What kind of thing went wrong first, so that shrinking does not end at another mistake. */
    String kind() {
        return findings.get(0).split(" ", 2)[0];
    }

    String describe(final Scenario scenario) {
        return "seed " + scenario.seed() + " (run it again with -Drouter.seed=" + scenario.seed() + "), "
                + scenario.policies() + ", step " + step + ":\n  "
                + Scenario.describe(scenario.steps().get(step))
                + "\n" + Scenario.readable(String.join("\n", findings));
    }
}
