package io.eventrouter.loadgen.scenario;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * A hint for a word that is not known.
     *
     * @param word that was given.
     * @param known words that would have done; may be empty.
     * @return {@code did you mean X?} for a near one, or else all of them.
     */
    public static String hint(final String word, final Collection<String> known) {
        final Optional<String> nearest = of(word, known);
        if (nearest.isEmpty()) {
            return "there are none";
        }
        return isNear(distance(word, nearest.get()), nearest.get())
                ? "did you mean " + nearest.get() + "?"
                : "known: " + String.join(", ", known);
    }

    /**
     * The end of a complaint about a word on the command line.
     *
     * @param word that is not known.
     * @param known words that would have done.
     * @return a question, or nothing if no word is near.
     */
    public static String question(final String word, final Collection<String> known) {
        return of(word, known)
                .filter(nearest -> isNear(distance(word, nearest), nearest))
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
    }

    /**
     * The nearest word, however far it is; upper and lower case are alike.
     *
     * @param word that was given.
     * @param known words that would have done.
     * @return one of them, or nothing if there are none.
     */
    public static Optional<String> of(final String word, final Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * What a name was perhaps meant to begin with.
     *
     * @param name that begins with none of the prefixes.
     * @param prefixes that would have done.
     * @return the nearest of those of which at least half is right, or nothing if none is near.
     */
    public static Optional<String> beginning(final String name, final Collection<String> prefixes) {
        return prefixes.stream()
                .filter(prefix -> {
                    final int distance = distanceOfBeginning(name, prefix);
                    return isNear(distance, prefix) && 2 * distance <= prefix.length();
                })
                .min(Comparator.comparingInt((String prefix) -> distanceOfBeginning(name, prefix))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int distanceOfBeginning(final String name, final String prefix) {
        final String beginning = name.substring(0, Math.min(name.length(), prefix.length()));
        return Math.min(distance(name, prefix), distance(beginning, prefix));
    }

    private static boolean isNear(final int distance, final String nearest) {
        return distance <= Math.max(2, nearest.length() / 3);
    }

    /** The least number of characters to insert, delete or replace; upper and lower case are alike. */
    private static int distance(final String word, final String other) {
        final String a = word.toLowerCase(Locale.ROOT);
        final String b = other.toLowerCase(Locale.ROOT);
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
