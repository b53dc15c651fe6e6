package io.eventrouter.benchmarks.peers;

import io.eventrouter.benchmarks.workload.EventSequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A hash map of tenant and prefix, asked once for each level of a name. Keys for asking are used again and hashes are
 * made in one pass over the name, so that asking makes no garbage.
 */
final class LevelMapMatcher implements Matcher {
    private static final int HASH_FACTOR = 31;

    private final Map<Level, List<Integer>> subscribers = new HashMap<>();
    private final Level level = new Level();
    private NamedEvents events;

    @Override
    public void subscribe(final int subscriber, final int tenant, final String prefix) {
        final Level key = new Level();
        key.start(tenant, prefix);
        key.extendTo(prefix.length());
        subscribers.computeIfAbsent(key, ignored -> new ArrayList<>(1)).add(subscriber);
    }

    @Override
    public void prepare(final EventSequence sequence) {
        events = new NamedEvents(sequence);
    }

    @Override
    public long match(final int first, final int count) {
        long found = 0;
        for (int i = first; i < first + count; i++) {
            final String name = events.name(i);
            level.start(events.tenant(i), name);
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                level.extendTo(slash + 1);
                final List<Integer> matching = subscribers.get(level);
                found += matching == null ? 0 : matching.size();
            }
        }
        return found;
    }

    @Override
    public int[] subscribersOf(final int event) {
        final String name = events.name(event);
        level.start(events.tenant(event), name);
        final IntStream.Builder found = IntStream.builder();
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            level.extendTo(slash + 1);
            subscribers.getOrDefault(level, List.of()).forEach(found::add);
        }
        return found.build().toArray();
    }

    /** A tenant and the beginning of a text. */
    private static final class Level {
        private int tenant;
        private String text;
        private int length;
        private int hash;

        void start(final int newTenant, final String newText) {
            tenant = newTenant;
            text = newText;
            length = 0;
            hash = newTenant * 0x9E3779B9;
        }

        void extendTo(final int newLength) {
            for (; length < newLength; length++) {
                hash = hash * HASH_FACTOR + text.charAt(length);
            }
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(final Object other) {
            return other instanceof Level level
                    && tenant == level.tenant
                    && length == level.length
                    && text.regionMatches(0, level.text, 0, length);
        }
    }
}
