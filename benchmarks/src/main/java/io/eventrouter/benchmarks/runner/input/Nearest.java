package io.eventrouter.benchmarks.runner.input;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Guesses what somebody meant who mistyped a name. */
public final class Nearest {
    private Nearest() {}

    /**
     * The end of a complaint about a name.
     *
     * @param name that does not exist.
     * @param names that exist.
     * @return a question, or nothing if no name exists.
     */
    public static String hint(final String name, final Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt((String other) -> distance(fold(name), fold(other)))
                        .thenComparing(Comparator.naturalOrder()))
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
    }

    // Levenshtein's distance: insertions, deletions and replacements of one character.
    private static int distance(final String from, final String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            final int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                final int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }

    private static String fold(final String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
