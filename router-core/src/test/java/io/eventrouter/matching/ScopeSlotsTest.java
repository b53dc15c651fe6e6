package io.eventrouter.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.MemoryExhaustedException;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.ScopeTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The slots of one scope, through every size that they can have. Oracle: a sorted map from hash to entry. */
class ScopeSlotsTest {
    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final LimitedBlocks blocks = new LimitedBlocks();
    private final ScopeTable scopes = new ScopeTable(new SeededHash(seed), 16);
    private final int scope = scopes.addUser(EntityId.of(1, 1));
    private final ScopeSlots slots = new ScopeSlots(blocks, scopes);
    private final TreeMap<Long, Integer> expected = new TreeMap<>();
    private int nextEntry = 1;

    /** Blocks of which so many can be had. */
    private static final class LimitedBlocks extends BlockMemory {
        private long left = Long.MAX_VALUE;

        LimitedBlocks() {
            super(OffHeapMemory.reserve(1L << 30));
        }

        @Override
        public int allocate(final int sizeClass) {
            if (left-- <= 0) {
                throw new MemoryExhaustedException("as the test wants it");
            }
            return super.allocate(sizeClass);
        }
    }

    private void add(final long hash) {
        slots.add(scope, hash, nextEntry);
        expected.put(hash, nextEntry++);
    }

    private void remove(final long hash) {
        slots.remove(scope, hash, expected.remove(hash));
    }

    private long anyHash() {
        return random.nextLong();
    }

    private void check() {
        assertEquals(expected.size(), slots.used(scope), "seed=" + seed);
        assertEquals(expected.isEmpty(), slots.isEmpty(scope), "seed=" + seed);
        expected.forEach((hash, entry) -> assertTrue(isFound(hash, entry), () -> "hash=" + hash + ", seed=" + seed));
    }

    // As probes do: from the slot that the hash names to the last that has its tag.
    private boolean isFound(final long hash, final int entry) {
        final long tag = ScopeSlots.tag(hash);
        long slot = slots.seek(slots.home(scope, tag), tag);
        while (ScopeSlots.hasTag(value(slot), tag)) {
            if (ScopeSlots.entry(value(slot)) == entry) {
                return true;
            }
            slot = ScopeSlots.next(slot);
        }
        return false;
    }

    private long value(final long slot) {
        return blocks.memory().getLong(slot);
    }

    private long slotsThatEntriesTake() {
        return blocks.allocatedBytes() / OrderedSlots.SLOT_LENGTH;
    }

    @Test
    void shouldFindEveryEntryWhileTheyBecomeManyAndFewAgain() {
        final int[] sizes = {1, 40, 0, 700, 3, 6_000, 200, 60_000, 0, 30_000, 29_000, 31_000, 0};
        for (final int size : sizes) {
            while (expected.size() < size) {
                add(anyHash());
            }
            check();
            final List<Long> hashes = new ArrayList<>(expected.keySet());
            Collections.shuffle(hashes, new java.util.Random(seed));
            for (final long hash : hashes.subList(0, hashes.size() - Math.min(size, hashes.size()))) {
                remove(hash);
            }
            check();
        }
        assertEquals(0, blocks.allocatedBytes(), "seed=" + seed);
    }

    @Test
    void shouldTellEntriesApartWhoseTagsAreTheSameOrNextToEachOther() {
        final long[] tags = {0, 1, 0x7FFFFFFEL, 0x7FFFFFFFL, 0x80000000L, 0x80000001L, 0xFFFFFFFEL, 0xFFFFFFFFL};
        for (int round = 0; round < 3; round++) {
            for (final long tag : tags) {
                for (int i = 0; i < 4; i++) {
                    add(tag << Integer.SIZE | random.nextInt() & 0xFFFFFFFFL);
                    check();
                }
            }
            while (expected.size() < 8_000 * round) {
                add(anyHash());
            }
            check();
            while (!expected.isEmpty()) {
                remove(random.nextBoolean() ? expected.firstKey() : expected.lastKey());
                if (expected.size() < 50) {
                    check();
                }
            }
        }
        assertEquals(0, blocks.allocatedBytes(), "seed=" + seed);
    }

    @Test
    void shouldUseThreeFifthsOfTheSlotsOfALargeScopeHoweverManyThereAre() {
        while (expected.size() < 60_000) {
            add(anyHash());
            if (expected.size() > 6_000) {
                final double share = (double) expected.size() / slotsThatEntriesTake();
                assertTrue(share > 0.55 && share <= 0.75, () -> "share=" + share + ", seed=" + seed);
            }
        }
    }

    @Test
    void shouldChangeNothingWhenMemoryEndsWhileItGrows() {
        int refused = 0;
        while (expected.size() < 20_000) {
            final long hash = anyHash();
            for (int allocations = 0; ; allocations++) {
                blocks.left = allocations;
                try {
                    add(hash);
                    break;
                } catch (final MemoryExhaustedException full) {
                    refused++;
                    blocks.left = Long.MAX_VALUE;
                    assertEquals(expected.size(), slots.used(scope), "seed=" + seed);
                    if (refused % 20 == 0) {
                        check();
                    }
                }
            }
        }
        blocks.left = Long.MAX_VALUE;
        check();
        assertTrue(refused > 50, "refused=" + refused + ", seed=" + seed);
        new ArrayList<>(expected.keySet()).forEach(this::remove);
        assertEquals(0, blocks.allocatedBytes(), "nothing is left behind: seed=" + seed);
    }

    /** Half of the tags have two thirds of the entries: so their groups are split earlier than the others. */
    @Test
    void shouldFindEveryEntryWhereSomeGroupsAreDeeperThanOthers() {
        for (final int size : new int[] {8_000, 14_000, 25_000, 45_000}) {
            while (expected.size() < size) {
                add(random.nextInt(3) == 0 ? anyHash() >>> 1 : anyHash());
                if (expected.size() % 1_000 == 0) {
                    check();
                }
            }
        }
        new ArrayList<>(expected.keySet()).forEach(this::remove);
        assertEquals(0, blocks.allocatedBytes(), "seed=" + seed);
    }

    @Test
    void shouldTakeNoMoreMemoryWhileEntriesComeAndGo() {
        final int size = 20_000;
        while (expected.size() < size) {
            add(anyHash());
        }
        final long before = blocks.allocatedBytes();
        for (int i = 0; i < 5 * size; i++) {
            final Long next = expected.ceilingKey(anyHash());
            remove(next == null ? expected.firstKey() : next);
            add(anyHash());
        }
        check();
        final long after = blocks.allocatedBytes();
        assertTrue(after <= before * 5 / 4, () -> "before=" + before + ", after=" + after + ", seed=" + seed);
    }

    /** A probe reads four slots where a scope has two: also behind the last block of all there is memory to read. */
    @Test
    void shouldProbeTheLastBlockOfAllMemory() {
        final int scopeCount = 2_000;
        try (ScopeTable manyScopes = new ScopeTable(new SeededHash(seed), scopeCount)) {
            final ScopeSlots manySlots = new ScopeSlots(blocks, manyScopes);
            for (int i = 1; i <= scopeCount; i++) {
                final int each = manyScopes.addUser(EntityId.of(2, i));
                final long hash = anyHash();
                final long tag = ScopeSlots.tag(hash);
                manySlots.add(each, hash, i);
                assertEquals(
                        i, ScopeSlots.entry(value(manySlots.seek(manySlots.home(each, tag), tag))), "seed=" + seed);
            }
        }
    }

    @Test
    void shouldHaveNoSlotsBeforeTheFirstEntryAndBehindTheLast() {
        assertTrue(slots.isEmpty(scope));
        add(anyHash());
        assertFalse(slots.isEmpty(scope));
        remove(expected.firstKey());
        assertTrue(slots.isEmpty(scope));
        blocks.left = 0;
        assertThrows(MemoryExhaustedException.class, () -> add(anyHash()));
        assertTrue(slots.isEmpty(scope));
    }
}
