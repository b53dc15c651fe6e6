package io.eventrouter.usage;

import io.eventrouter.identity.AccountId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The oracle: what was counted, window by window, in plain maps; and what the router has handed out, by sequence.
 * Shares nothing with the meter or the journal. A window of it is wholly there after a crash, or wholly gone.
 */
final class UsageLedger {
    /** Who ran up operations, as fine as records are. */
    record Key(AccountId account, int product, long device) {}

    /** Operations for publishing and for deliveries. */
    record Operations(long publish, long subscribe) {
        static final Operations NONE = new Operations(0, 0);

        Operations plus(final Operations other) {
            return new Operations(publish + other.publish, subscribe + other.subscribe);
        }

        long total() {
            return publish + subscribe;
        }
    }

    /** What was counted in one window of a lane. */
    static final class Window {
        final long startMs;
        long endMs;
        long monthMs;
        boolean isCounted;
        final Map<Key, Operations> rows = new HashMap<>();
        final Map<AccountId, Operations> accounts = new HashMap<>();
        final Map<Integer, Operations> products = new HashMap<>();

        Window(final long startMs, final long monthMs) {
            this.startMs = startMs;
            this.monthMs = monthMs;
        }

        void add(final Key row, final int product, final Operations operations) {
            rows.merge(row, operations, Operations::plus);
            accounts.merge(row.account(), operations, Operations::plus);
            if (product != 0) {
                products.merge(product, operations, Operations::plus);
            }
        }

        @Override
        public String toString() {
            return "[" + startMs + ", " + endMs + "]" + (isCounted ? " counted " : " closed ") + rows;
        }
    }

    /** A record that was handed out. */
    record Handed(long startMs, long endMs, Key key, Operations operations) {}

    /** A threshold that was handed out. */
    record Told(AccountId account, long monthMs, int percent) {}

    final List<Window> closed = new ArrayList<>();
    final TreeMap<Long, Handed> handed = new TreeMap<>();
    final TreeMap<Long, Told> told = new TreeMap<>();
    final Set<Told> expectedTold = new HashSet<>();

    /** What happened, for a test to see that it was no walk in the sun. */
    int windowsLost;

    int windowsRescued;
    int recordsRepeated;
    int thresholdsRepeated;

    /** After a restart, when everything was handed out: which windows are there, and are they what was counted? */
    void checkWindows() {
        final Map<String, Map<Key, Operations>> found = new HashMap<>();
        handed.values()
                .forEach(record -> found.computeIfAbsent(
                                record.startMs() + "-" + record.endMs(), window -> new HashMap<>())
                        .merge(record.key(), record.operations(), Operations::plus));
        final List<Window> lost = new ArrayList<>();
        for (final Window window : closed) {
            final Map<Key, Operations> rows = found.remove(window.startMs + "-" + window.endMs);
            if (rows == null && !window.rows.isEmpty()) {
                check(!window.isCounted, "a counted window is lost: " + window);
                lost.add(window);
            } else if (rows != null) {
                windowsRescued += window.isCounted ? 0 : 1;
                check(rows.equals(window.rows), "window is not what was counted: " + window + ", found=" + rows);
            }
        }
        check(found.isEmpty(), "records of no window: " + found);
        closed.removeAll(lost);
        windowsLost += lost.size();
        closed.forEach(window -> window.isCounted = true);
    }

    void hand(final long sequence, final Handed record) {
        check(!told.containsKey(sequence), "sequence was a threshold: " + sequence);
        final Handed before = handed.put(sequence, record);
        recordsRepeated += before == null ? 0 : 1;
        check(
                before == null || before.equals(record),
                "sequence " + sequence + " was " + before + " and is now " + record);
    }

    void tell(final long sequence, final Told threshold) {
        check(!handed.containsKey(sequence), "sequence was a record: " + sequence);
        final Told before = told.put(sequence, threshold);
        thresholdsRepeated += before == null ? 0 : 1;
        check(
                before == null && !containsOnce(threshold, sequence) || threshold.equals(before),
                "threshold was told under another sequence: " + threshold + ", sequence=" + sequence);
    }

    private boolean containsOnce(final Told threshold, final long sequence) {
        return told.entrySet().stream()
                .anyMatch(
                        entry -> entry.getKey() != sequence && entry.getValue().equals(threshold));
    }

    /** The last sequence of all that were handed out. */
    long lastSequence() {
        return Math.max(handed.isEmpty() ? 0 : handed.lastKey(), told.isEmpty() ? 0 : told.lastKey());
    }

    Operations of(final AccountId account) {
        return sum(closed, account, Long.MIN_VALUE);
    }

    Operations ofMonth(final AccountId account, final long monthMs) {
        return sum(closed, account, monthMs);
    }

    Operations ofProduct(final int product) {
        Operations sum = Operations.NONE;
        for (final Window window : closed) {
            sum = sum.plus(window.products.getOrDefault(product, Operations.NONE));
        }
        return sum;
    }

    static Operations sum(final List<Window> windows, final AccountId account, final long monthMs) {
        Operations sum = Operations.NONE;
        for (final Window window : windows) {
            if (monthMs == Long.MIN_VALUE || window.monthMs == monthMs) {
                sum = sum.plus(window.accounts.getOrDefault(account, Operations.NONE));
            }
        }
        return sum;
    }

    static void check(final boolean holds, final String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }
}
