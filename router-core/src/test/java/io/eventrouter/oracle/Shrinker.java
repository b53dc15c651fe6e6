package io.eventrouter.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing scenario short: takes chunks of steps away for as long as it still fails. */
final class Shrinker {
    private static final int MAX_RUNS = 3_000;

    private final Predicate<Scenario> fails;
    private Scenario shortest;
    private int runs;

    private Shrinker(final Scenario scenario, final Predicate<Scenario> fails) {
        this.shortest = scenario;
        this.fails = fails;
    }

    static Scenario shrink(final Scenario scenario, final Predicate<Scenario> fails) {
        final Shrinker shrinker = new Shrinker(scenario, fails);
        boolean isShorter = true;
        while (isShorter) {
            isShorter = false;
            for (int chunk = Math.max(1, shrinker.shortest.steps().size() / 2); chunk > 0; chunk /= 2) {
                isShorter |= shrinker.removeChunks(chunk);
            }
        }
        return shrinker.shortest;
    }

    /** From the end, where steps that nothing depends on are. */
    private boolean removeChunks(final int chunk) {
        final int before = shortest.steps().size();
        for (int start = before - chunk; start > -chunk && runs < MAX_RUNS; start -= chunk) {
            final List<Step> steps = new ArrayList<>(shortest.steps());
            steps.subList(Math.max(0, start), Math.min(steps.size(), start + chunk))
                    .clear();
            final Scenario candidate = shortest.withSteps(steps);
            runs++;
            if (!steps.isEmpty() && fails.test(candidate)) {
                shortest = candidate;
            }
        }
        return shortest.steps().size() < before;
    }
}
