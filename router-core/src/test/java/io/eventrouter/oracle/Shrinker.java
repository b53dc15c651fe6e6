package io.eventrouter.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a failing list of steps short: takes chunks of them away for as long as it still fails.
 *
 * @param <T> kind of step.
 */
public final class Shrinker<T> {
    private static final int MAX_RUNS = 3_000;

    private final Predicate<List<T>> fails;
    private List<T> shortest;
    private int runs;

    private Shrinker(final List<T> steps, final Predicate<List<T>> fails) {
        this.shortest = steps;
        this.fails = fails;
    }

    static Scenario shrink(final Scenario scenario, final Predicate<Scenario> fails) {
        return scenario.withSteps(shrink(scenario.steps(), steps -> fails.test(scenario.withSteps(steps))));
    }

    /** The shortest list that was found to fail; it is not empty. */
    public static <T> List<T> shrink(final List<T> steps, final Predicate<List<T>> fails) {
        final Shrinker<T> shrinker = new Shrinker<>(steps, fails);
        boolean isShorter = true;
        while (isShorter) {
            isShorter = false;
            for (int chunk = Math.max(1, shrinker.shortest.size() / 2); chunk > 0; chunk /= 2) {
                isShorter |= shrinker.removeChunks(chunk);
            }
        }
        return shrinker.shortest;
    }

    /** From the end, where steps that nothing depends on are. */
    private boolean removeChunks(final int chunk) {
        final int before = shortest.size();
        for (int start = before - chunk; start > -chunk && runs < MAX_RUNS; start -= chunk) {
            final List<T> candidate = new ArrayList<>(shortest);
            candidate
                    .subList(Math.max(0, start), Math.min(candidate.size(), start + chunk))
                    .clear();
            runs++;
            if (!candidate.isEmpty() && fails.test(candidate)) {
                shortest = candidate;
            }
        }
        return shortest.size() < before;
    }
}
