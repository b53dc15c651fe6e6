package io.eventrouter.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.CraftedKeys;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.ScopeTable;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that are crafted to collide are found in as few steps as any others; steps are counted, no time is taken. */
class CollisionAttackOnNamesTest {
    private static final int NAMES = 20_000;
    private static final int SEEDS = 4;

    static Stream<List<String>> attacks() {
        final SplittableRandom random = new SplittableRandom(1);
        return Stream.of(
                // One hash code each.
                CraftedKeys.forStringHash(NAMES, ""),
                CraftedKeys.forStringHash(NAMES, "temperature/"),
                // Words that differ in one bit only, and words in which only the ends of the halves differ.
                IntStream.range(0, NAMES)
                        .mapToObj(i -> IntStream.range(0, 15)
                                .mapToObj(bit -> (i >>> bit & 1) == 0 ? "@" : "A")
                                .reduce("", String::concat))
                        .toList(),
                IntStream.range(0, NAMES)
                        .mapToObj(i -> String.format("%04d....%04d....", i % 10_000, i / 10_000))
                        .toList(),
                random.ints(NAMES)
                        .mapToObj(i -> String.format("%08x%08x", i, i))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void shouldFindCraftedNamesInAFewSteps(final List<String> names) {
        assertEquals(NAMES, names.stream().distinct().count());
        for (int seed = 1; seed <= SEEDS; seed++) {
            final int longest = longestSearch(seed, names);
            assertTrue(longest <= 64, "seed=" + seed + ", longest=" + longest + ", such as " + names.get(1));
        }
    }

    // The most slots that a look-up of one of the names reads, after all are in one scope.
    private static int longestSearch(final int seed, final List<String> names) {
        final SeededHash hash = new SeededHash(seed);
        try (BlockMemory blocks = new BlockMemory(OffHeapMemory.reserve(64 << 20));
                ScopeTable scopes = new ScopeTable(hash, 16)) {
            final PrefixTable prefixes = new PrefixTable(blocks, scopes, new HashedName(hash));
            final HashedName name = new HashedName(hash);
            final int user = scopes.addUser(EntityId.of(1, 1));
            for (final String text : names) {
                prefixes.findOrAdd(user, EntryKind.DEVICE, name.copyOf(text));
            }
            int longest = 0;
            for (final String text : names) {
                longest = Math.max(longest, search(blocks, prefixes, user, name.copyOf(text)));
            }
            return longest;
        }
    }

    private static int search(
            final BlockMemory blocks, final PrefixTable prefixes, final int scope, final HashedName name) {
        final ScopeSlots slots = prefixes.slots();
        final long tag = ScopeSlots.tag(name.hash(name.length(), EntryKind.DEVICE));
        final long home = slots.home(scope, tag);
        int steps = 1;
        long slot = slots.seek(home, tag);
        for (long before = home; before < slot; before = ScopeSlots.next(before)) {
            steps++;
        }
        while (true) {
            final long value = blocks.memory().getLong(slot);
            assertTrue(ScopeSlots.hasTag(value, tag), "it is there");
            if (prefixes.isEntryOf(ScopeSlots.entry(value), EntryKind.DEVICE, name.address(), name.length())) {
                return steps;
            }
            slot = ScopeSlots.next(slot);
            steps++;
        }
    }
}
