package io.eventrouter.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a scenario through a subject and the oracle, step by step, until they part. */
final class DifferentialCheck {
    private static final int STEPS_BETWEEN_USAGE_CHECKS = 41;

    private final Function<Scenario, Subject> subjects;

    DifferentialCheck(final Function<Scenario, Subject> subjects) {
        this.subjects = subjects;
    }

    /** The first difference, or null if there is none. */
    Difference run(final Scenario scenario) {
        return run(scenario, new CoverageMarks());
    }

    Difference run(final Scenario scenario, final CoverageMarks marks) {
        final NaiveRouter oracle = new NaiveRouter(scenario.policies());
        try (Subject subject = subjects.apply(scenario)) {
            for (int i = 0; i < scenario.steps().size(); i++) {
                final List<String> findings = runStep(scenario, i, oracle, subject, marks);
                if (!findings.isEmpty()) {
                    return new Difference(i, findings);
                }
            }
            return null;
        }
    }

    /** The message for a failed scenario: the difference, and the shortest log that was found to fail as well. */
    String explain(final Scenario scenario) {
        return explain(scenario, this::run);
    }

    static String explain(final Scenario scenario, final Function<Scenario, Difference> run) {
        final Difference difference = run.apply(scenario);
        final Scenario shrunk = Shrinker.shrink(scenario, candidate -> {
            final Difference other = run.apply(candidate);
            return other != null && other.kind().equals(difference.kind());
        });
        return difference.describe(scenario)
                + "\n\nShrunk from " + scenario.steps().size() + " to "
                + shrunk.steps().size() + " steps:\n"
                + shrunk.log() + "\n\nwhich fails like this: "
                + run.apply(shrunk).describe(shrunk);
    }

    private static List<String> runStep(
            final Scenario scenario,
            final int index,
            final NaiveRouter oracle,
            final Subject subject,
            final CoverageMarks marks) {
        final Step step = scenario.steps().get(index);
        marks.before(step, oracle);
        final Outcome expected = oracle.perform(step);
        marks.after(step, oracle, expected);
        final List<String> findings = new ArrayList<>();
        try {
            findings.addAll(Comparison.ofStep(step, expected, subject.perform(step)));
            if (index == scenario.steps().size() - 1 || index % STEPS_BETWEEN_USAGE_CHECKS == 0) {
                findings.addAll(Comparison.ofUsage(oracle.usage(), subject.usage()));
            }
        } catch (final RuntimeException exception) {
            findings.add("threw: " + rootOf(exception));
        }
        return findings;
    }

    /** The first cause, with the places that it went through, since the message alone says little. */
    static String rootOf(final Throwable exception) {
        Throwable root = exception;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Stream.concat(
                        Stream.of(root.toString()),
                        Stream.of(root.getStackTrace()).limit(8).map(frame -> "  at " + frame))
                .collect(Collectors.joining("\n"));
    }
}
