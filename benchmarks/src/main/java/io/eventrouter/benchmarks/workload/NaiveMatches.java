package io.eventrouter.benchmarks.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many subscribers the events of a sequence have, found by comparing every name with every prefix of its product:
 * what any engine must find.
 */
public final class NaiveMatches {
    private static final byte UNKNOWN = -1;

    private final List<List<String>> prefixesOfProducts = new ArrayList<>();
    private final byte[] matches;

    /**
     * Count the events that one prefix matches.
     *
     * @param prefix of names.
     * @param events to count.
     */
    public NaiveMatches(final String prefix, final EventSequence events) {
        final byte[] ofNames = new byte[ReadingNames.NAMES];
        for (int i = 0; i < ofNames.length; i++) {
            ofNames[i] = (byte) (ReadingNames.text(i).startsWith(prefix) ? 1 : 0);
        }
        matches = new byte[events.length()];
        for (int i = 0; i < matches.length; i++) {
            matches[i] = ofNames[events.name(i)];
        }
    }

    /**
     * Count the subscribed devices of events in the scopes of their products.
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
        matches = new byte[events.length()];
        for (int i = 0; i < events.length(); i++) {
            final int key = events.product(i) * ReadingNames.NAMES + events.name(i);
            if (known[key] == UNKNOWN) {
                known[key] = (byte) count(events.product(i), ReadingNames.text(events.name(i)));
            }
            matches[i] = known[key];
        }
    }

    /**
     * Subscribers of the first events. Allocates nothing.
     *
     * @param count of events; beyond the length of the sequence they begin again.
     * @return the number.
     */
    public long ofFirst(final long count) {
        final int rest = (int) (count % matches.length);
        long ofAll = 0;
        long ofRest = 0;
        for (int i = 0; i < matches.length; i++) {
            ofAll += matches[i];
            ofRest += i < rest ? matches[i] : 0;
        }
        return count / matches.length * ofAll + ofRest;
    }

    /**
     * Subscribers of some events in a row.
     *
     * @param first event.
     * @param count of events.
     * @return the number.
     */
    public long of(final long first, final long count) {
        return ofFirst(first + count) - ofFirst(first);
    }

    /**
     * The subscribed devices of an event in the scope of its product.
     *
     * @param fleet whose devices subscribe.
     * @param events of the fleet.
     * @param event index of the event.
     * @return their numbers.
     */
    public static IntStream subscribedDevices(final Fleet fleet, final EventSequence events, final int event) {
        final String name = ReadingNames.text(events.name(event));
        return IntStream.range(0, fleet.devicesPerProduct())
                .map(member -> fleet.member(events.product(event), member))
                .filter(device -> fleet.prefixOf(device) != null && name.startsWith(fleet.prefixOf(device)));
    }

    private int count(final int product, final String name) {
        int found = 0;
        for (final String prefix : prefixesOfProducts.get(product)) {
            if (name.startsWith(prefix)) {
                found++;
            }
        }
        return found;
    }
}
