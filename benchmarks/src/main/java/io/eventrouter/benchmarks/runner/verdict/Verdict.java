package io.eventrouter.benchmarks.runner.verdict;

import java.util.Locale;

/** What a comparison shows. */
public enum Verdict {
    /** The candidate is better by more than the threshold. */
    BETTER,
    /** The candidate is worse by more than the threshold. */
    WORSE,
    /** The two differ by less than the threshold. */
    SAME,
    /** The figures are compatible with more than one of these. */
    INCONCLUSIVE;

    /**
     * Judge a ratio of speeds. A whole interval has to lie on one side: one that only excludes "no difference" would
     * accuse an unchanged candidate as often as the confidence allows.
     *
     * @param change interval of the candidate's speed over the baseline's that a change has to be proved by.
     * @param same interval that no change has to be proved by.
     * @param threshold in (0, 1): with 0.05, a speed of 95 % of the other's still counts as the same.
     * @return the verdict.
     */
    static Verdict of(final RatioInterval change, final RatioInterval same, final double threshold) {
        final double worse = 1 - threshold;
        final double better = 1 / worse;
        if (change.high() < worse) {
            return WORSE;
        }
        if (change.low() > better) {
            return BETTER;
        }
        return same.low() > worse && same.high() < better ? SAME : INCONCLUSIVE;
    }

    /**
     * The word for people.
     *
     * @return the name in lower case.
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
