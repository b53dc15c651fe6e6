package io.eventrouter.benchmarks.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many subscribers the events of a sequence have, found by comparing every name with every prefix of its product:
 * what any engine must find.
 */
public final class NaiveMatches {
    private static final byte UNKNOWN = -1;

    private final List<List<String>> prefixesOfProducts = new ArrayList<>();
    private final long[] matchesBefore;

    /**
     * Count.
     *
     * @param fleet whose devices subscribe.
     * @param events to count for.
     */
    public NaiveMatches(final Fleet fleet, final EventSequence events) {
        for (int i = 0; i < fleet.products(); i++) {
            prefixesOfProducts.add(new ArrayList<>());
        }
        for (int i = 0; i < fleet.devices(); i++) {
            if (fleet.prefixOf(i) != null) {
                prefixesOfProducts.get(fleet.productOf(i)).add(fleet.prefixOf(i));
            }
        }
        final byte[] known = new byte[fleet.products() * ReadingNames.NAMES];
        Arrays.fill(known, UNKNOWN);
        matchesBefore = new long[events.length() + 1];
        for (int i = 0; i < events.length(); i++) {
            final int key = events.product(i) * ReadingNames.NAMES + events.name(i);
            if (known[key] == UNKNOWN) {
                known[key] = (byte) count(events.product(i), ReadingNames.text(events.name(i)));
            }
            matchesBefore[i + 1] = matchesBefore[i] + known[key];
        }
    }

    /**
     * Subscribers of the first events.
     *
     * @param count of events; beyond the length of the sequence they begin again.
     * @return the number.
     */
    public long ofFirst(final long count) {
        final int length = matchesBefore.length - 1;
        return count / length * matchesBefore[length] + matchesBefore[(int) (count % length)];
    }

    private int count(final int product, final String name) {
        int matches = 0;
        for (final String prefix : prefixesOfProducts.get(product)) {
            if (name.startsWith(prefix)) {
                matches++;
            }
        }
        return matches;
    }
}
