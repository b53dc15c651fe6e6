package io.eventrouter.loadgen.scenario;

import java.util.Collection;
import java.util.Comparator;

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
        if (known.isEmpty()) {
            return "there are none";
        }
        final String nearest = known.stream()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .orElseThrow();
        return distance(word, nearest) <= Math.max(2, nearest.length() / 3)
                ? "did you mean " + nearest + "?"
                : "known: " + String.join(", ", known);
    }

    /** The least number of characters to insert, delete or replace. */
    private static int distance(final String a, final String b) {
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
