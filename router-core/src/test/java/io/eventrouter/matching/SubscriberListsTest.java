package io.eventrouter.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.ScopeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Who is subscribed to what, as seen from the prefixes and from the subscribers, while subscriptions come and go and
 * move in memory. Oracle: lists of the Java library.
 */
class SubscriberListsTest {
    private static final int SUBSCRIBERS = 40;
    private static final int PREFIXES = 30;
    private static final int STEPS = 20_000;
    private static final int STEPS_BETWEEN_LOOKS = 20;

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final SeededHash hash = new SeededHash(seed);
    private final BlockMemory blocks = new BlockMemory(OffHeapMemory.reserve(1 << 26));
    private final ScopeTable scopes = new ScopeTable(hash, 4);
    private final PrefixTable prefixes = new PrefixTable(blocks, scopes, new HashedName(hash));
    private final BatchMatcher matcher = new BatchMatcher(blocks, scopes, prefixes, hash);
    private final SubscriberCursor cursor = new SubscriberCursor(blocks);
    private final int scope = scopes.addUser(EntityId.of(1, 1));
    private final HashedName prefix = new HashedName(hash);
    private final int[] heads = new int[SUBSCRIBERS];
    private final ChainHeads chainHeads = new ChainHeads() {
        @Override
        public int head(final int subscriber) {
            return heads[subscriber];
        }

        @Override
        public void head(final int subscriber, final int element) {
            heads[subscriber] = element;
        }
    };

    /** By subscriber, the newest first. */
    private final Map<Integer, List<String>> expected = new TreeMap<>();

    @AfterEach
    void release() {
        blocks.close();
        scopes.close();
    }

    @Test
    void shouldKnowWhatEverySubscriberHasInChainsOfFew() {
        addAndRemove(new SubscriberChains(blocks.memory(), chainHeads));
    }

    @Test
    void shouldKnowWhatEverySubscriberHasInLongChains() {
        addAndRemove(new LongChains(blocks.memory(), chainHeads));
    }

    @Test
    void shouldWalkOverAnEntryAloneWhereverItLeftTheOneBefore() {
        final SubscriberLists lists =
                new SubscriberLists(blocks, prefixes, new SubscriberChains(blocks.memory(), chainHeads));
        final int ofMany = prefixes.findOrAdd(scope, EntryKind.SERVICE, prefix.copyOf("many"));
        for (int subscriber = 1; subscriber < SUBSCRIBERS; subscriber++) {
            lists.add(ofMany, subscriber, 0);
        }
        final int ofOne = prefixes.findOrAdd(scope, EntryKind.SERVICE, prefix.copyOf("one"));
        lists.add(ofOne, 0, 0);

        cursor.enter(ofMany);
        assertTrue(cursor.advance());
        cursor.enter(ofOne);
        assertTrue(cursor.advance());
        assertEquals(0, cursor.subscriber());
        assertFalse(cursor.advance());
    }

    private void addAndRemove(final SubscriberChains chains) {
        final SubscriberLists lists = new SubscriberLists(blocks, prefixes, chains);
        for (int step = 0; step < STEPS; step++) {
            final int subscriber = random.nextInt(SUBSCRIBERS);
            final List<String> own = expected.computeIfAbsent(subscriber, ignored -> new ArrayList<>());
            // Waves: nearly everybody has nearly everything, then nearly nothing.
            final boolean grows = step / 2_000 % 2 == 0;
            if (own.isEmpty() || random.nextInt(8) < (grows ? 6 : 2)) {
                final String text = "p" + random.nextInt(PREFIXES);
                if (!own.contains(text)) {
                    lists.add(prefixes.findOrAdd(scope, EntryKind.SERVICE, prefix.copyOf(text)), subscriber, 0);
                    own.add(0, text);
                }
            } else {
                final int index = random.nextInt(own.size());
                own.remove(index);
                lists.remove(elementAt(lists, subscriber, index));
            }
            if (step % STEPS_BETWEEN_LOOKS == 0) {
                compare(lists);
            }
        }
        for (int subscriber = 0; subscriber < SUBSCRIBERS; subscriber++) {
            while (heads[subscriber] != 0) {
                lists.remove(heads[subscriber]);
            }
        }
        assertEquals(0, blocks.allocatedBytes(), "nothing is left: seed=" + seed);
    }

    private int elementAt(final SubscriberLists lists, final int subscriber, final int index) {
        int element = heads[subscriber];
        for (int i = 0; i < index; i++) {
            element = lists.next(element);
        }
        return element;
    }

    private void compare(final SubscriberLists lists) {
        final Map<String, List<Integer>> ofPrefixes = new TreeMap<>();
        expected.forEach((subscriber, own) -> {
            final List<String> chain = new ArrayList<>();
            for (int element = heads[subscriber]; element != 0; element = lists.next(element)) {
                chain.add(text(lists.entry(element)));
            }
            assertEquals(own, chain, "subscriber=" + subscriber + ", seed=" + seed);
            own.forEach(text -> ofPrefixes
                    .computeIfAbsent(text, ignored -> new ArrayList<>())
                    .add(subscriber));
        });
        for (int i = 0; i < PREFIXES; i++) {
            final List<Integer> subscribers = ofPrefixes.getOrDefault("p" + i, List.of());
            assertEquals(subscribers, subscribersOf("p" + i), "p" + i + ", seed=" + seed);
        }
    }

    private List<Integer> subscribersOf(final String text) {
        final List<Integer> found = new ArrayList<>();
        final HashedName name = prefix.copyOf(text);
        matcher.clear();
        matcher.event(0, name.address(), name.length());
        matcher.probeServices(scope);
        for (int hit = 0, hits = matcher.match(); hit < hits; hit++) {
            if (prefixes.length(matcher.hitEntry(hit)) == text.length()) {
                cursor.enter(matcher.hitEntry(hit));
                while (cursor.advance()) {
                    found.add(cursor.subscriber());
                }
                assertEquals(found.size(), prefixes.subscribers(matcher.hitEntry(hit)), "seed=" + seed);
            }
        }
        found.sort(null);
        return found;
    }

    private String text(final int entry) {
        final StringBuilder text = new StringBuilder();
        final HashedName name = prefixes.nameOf(entry);
        for (int i = 0; i < name.length(); i++) {
            text.append((char) UnsafeApi.getByte(name.address() + i));
        }
        return text.toString();
    }
}
