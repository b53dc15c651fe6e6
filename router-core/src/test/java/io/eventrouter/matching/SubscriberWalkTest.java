package io.eventrouter.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.ScopeTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A walk meets everybody who was there when it began and has stayed, and nobody who has gone, whatever happens to the
 * lists between its steps. Oracle: sets of the Java library.
 */
class SubscriberWalkTest {
    private static final int ROUNDS = 500;

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final SeededHash hash = new SeededHash(seed);
    private final BlockMemory blocks = new BlockMemory(OffHeapMemory.reserve(1 << 26));
    private final ScopeTable scopes = new ScopeTable(hash, 100);
    private final PrefixTable prefixes = new PrefixTable(blocks, scopes, new HashedName(hash));
    private final HashedName prefix = new HashedName(hash);
    private final Map<Integer, Integer> heads = new HashMap<>();
    private final ChainHeads chainHeads = new ChainHeads() {
        @Override
        public int head(final int subscriber) {
            return heads.getOrDefault(subscriber, 0);
        }

        @Override
        public void head(final int subscriber, final int element) {
            heads.put(subscriber, element);
        }
    };
    private final SubscriberLists lists =
            new SubscriberLists(blocks, prefixes, new SubscriberChains(blocks.memory(), chainHeads));
    private final int scope = scopes.addUser(EntityId.of(1, 1));
    private final TreeSet<Integer> subscribed = new TreeSet<>();
    private final List<String> names = new ArrayList<>();
    private int subscribers;
    private int removals;
    private int metTwiceOrNew;
    private int metGone;
    private int entriesGone;

    @AfterEach
    void release() {
        blocks.close();
        scopes.close();
    }

    @Test
    void shouldMeetWhoeverStaysAndNobodyWhoHasGone() {
        final SubscriberWalk walk = lists.newWalk();
        for (int round = 0; round < ROUNDS; round++) {
            fill();
            walk.begin();
            names.forEach(name -> walk.add(entry(name)));

            final Set<Integer> missed = missed(
                    () -> walk.enter() && (walk.advance(1) || walk.enter() && walk.advance(1)),
                    () -> walk.stretch().subscriber(0),
                    this::changeAnything);

            assertTrue(walk.isOver(), () -> "seed=" + seed);
            walk.end();
            assertEquals(Set.of(), missed, () -> "seed=" + seed);
        }
        assertEquals(0, metGone, () -> "seed=" + seed);
        assertTrue(metTwiceOrNew > 0, () -> "a moved element was met again: seed=" + seed);
        assertTrue(entriesGone > 0, () -> "an entry went during a walk: seed=" + seed);
    }

    @Test
    void shouldBeginAnewWhereverItWasEnded() {
        for (final int subscribersMet : new int[] {0, 1, 2, 50}) {
            for (int i = 0; i < 100; i++) {
                subscribe("long/");
            }
            subscribe("short/");
            final List<SubscriberWalk> underWay = new ArrayList<>();
            final SubscriberWalk walk = new SubscriberWalk(blocks.memory(), underWay);
            walk.begin();
            walk.add(entry("short/"));
            walk.add(entry("long/"));
            for (int met = 0; met < subscribersMet; met++) {
                assertTrue(walk.enter() && walk.advance(1));
            }
            assertEquals(List.of(walk), underWay);
            walk.end();
            assertEquals(List.of(), underWay, "nobody tells a walk that has ended");
            assertTrue(walk.isOver());

            walk.begin();
            walk.add(entry("short/"));
            assertTrue(walk.enter() && walk.advance(1));
            assertEquals(subscribers, walk.stretch().subscriber(0));
            assertTrue(walk.isOver());
            walk.end();
            subscribed.stream().toList().forEach(this::unsubscribe);
        }
    }

    /** The cursor for walks that nothing comes between goes forward: interrupted, it misses some. */
    @Test
    void shouldNoticeAWalkThatIsNotMadeForThis() {
        int roundsWithMissed = 0;
        for (int round = 0; round < 200; round++) {
            fill();
            final SubscriberCursor cursor = new SubscriberCursor(blocks);
            cursor.enter(entry(names.get(0)));
            roundsWithMissed += missed(cursor::advance, cursor::subscriber, this::replaceOne)
                            .isEmpty()
                    ? 0
                    : 1;
        }
        assertTrue(roundsWithMissed > 20, "rounds=" + roundsWithMissed + ", seed=" + seed);
    }

    private void fill() {
        subscribed.stream().toList().forEach(this::unsubscribe);
        names.clear();
        for (int i = random.nextInt(2); i >= 0; i--) {
            names.add("list" + i + "/");
            for (int count = 1 + random.nextInt(1 + random.nextInt(300)); count > 0; count--) {
                subscribe("list" + i + "/");
            }
        }
        removals = random.nextInt(1, 60);
    }

    /** Walks while the lists change, and tells who has stayed and was not met. */
    private Set<Integer> missed(final BooleanSupplier advance, final IntSupplier subscriber, final Runnable change) {
        final Set<Integer> stayed = new HashSet<>(subscribed);
        final Set<Integer> met = new HashSet<>();
        while (advance.getAsBoolean()) {
            final int current = subscriber.getAsInt();
            metGone += subscribed.contains(current) ? 0 : 1;
            metTwiceOrNew += met.add(current) && stayed.contains(current) ? 0 : 1;
            if (random.nextInt(4) == 0) {
                change.run();
            }
        }
        stayed.retainAll(subscribed);
        stayed.removeAll(met);
        return stayed;
    }

    private void changeAnything() {
        for (int i = random.nextInt(removals); i > 0 && !subscribed.isEmpty(); i--) {
            final int removed = anyone();
            entriesGone += prefixes.subscribers(lists.entry(heads.get(removed))) == 1 ? 1 : 0;
            unsubscribe(removed);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            subscribe(names.get(random.nextInt(names.size())));
        }
    }

    /** So that no memory of the list ever goes. */
    private void replaceOne() {
        subscribe(names.get(0));
        unsubscribe(anyone());
    }

    private int anyone() {
        final int first = subscribed.first();
        return subscribed.ceiling(first + random.nextInt(subscribed.last() - first + 1));
    }

    private void subscribe(final String name) {
        final int subscriber = ++subscribers;
        lists.add(entry(name), subscriber, Reach.of(1_024, false));
        subscribed.add(subscriber);
    }

    private int entry(final String name) {
        return prefixes.findOrAdd(scope, EntryKind.DEVICE, prefix.copyOf(name));
    }

    private void unsubscribe(final int subscriber) {
        lists.remove(heads.get(subscriber));
        subscribed.remove(subscriber);
    }
}
