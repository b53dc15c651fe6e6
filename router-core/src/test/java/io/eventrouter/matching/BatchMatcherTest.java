package io.eventrouter.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.ScopeTable;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Names where events have them: in memory that goes on behind them. Oracle: the prefixes' lengths. */
class BatchMatcherTest {
    private static final int MAX_PREFIX_LENGTH = 64;
    private static final int MAX_NAME_LENGTH = 255;

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final SeededHash hash = new SeededHash(seed);
    private final BlockMemory blocks = new BlockMemory(OffHeapMemory.reserve(1 << 26));
    private final ScopeTable scopes = new ScopeTable(hash, 16);
    private final PrefixTable prefixes = new PrefixTable(blocks, scopes, new HashedName(hash));
    private final BatchMatcher matcher = new BatchMatcher(blocks, scopes, prefixes, hash);
    private final int scope = scopes.addUser(EntityId.of(1, 1));
    private final int otherScope = scopes.addUser(EntityId.of(1, 2));
    private final HashedName prefix = new HashedName(hash);
    private final UnsafeBuffer text = new UnsafeBuffer(ByteBuffer.allocateDirect(512));

    @AfterEach
    void release() {
        blocks.close();
        scopes.close();
    }

    /** Prefixes of what is in memory, some of them longer than the name. */
    @Test
    void shouldFindPrefixesOfEveryLengthOfANameAndNothingOfWhatIsBehindIt() {
        for (int round = 0; round < 20_000; round++) {
            for (int i = 0; i < 300; i++) {
                text.putByte(i, (byte) (random.nextInt(3) == 0 ? '/' : 'a' + random.nextInt(2)));
            }
            final int nameLength = 1 + random.nextInt(random.nextBoolean() ? MAX_PREFIX_LENGTH + 1 : MAX_NAME_LENGTH);
            final Set<String> expected = new TreeSet<>();
            final Map<Integer, String> added = new TreeMap<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                final int kind = random.nextInt(3);
                final int length = kind == EntryKind.EXACT
                        ? Math.min(nameLength + random.nextInt(2), MAX_NAME_LENGTH)
                        : 1 + random.nextInt(MAX_PREFIX_LENGTH);
                final String what = kind + "/" + length;
                added.put(find(kind, 0, length), what);
                if (kind == EntryKind.EXACT ? length == nameLength : length <= nameLength) {
                    expected.add(what);
                }
            }

            assertEquals(expected, match(nameLength, added), () -> "nameLength=" + nameLength + ", seed=" + seed);
            added.keySet().forEach(prefixes::remove);
        }
        assertEquals(0, blocks.allocatedBytes());
    }

    private Set<String> match(final int nameLength, final Map<Integer, String> added) {
        matcher.clear();
        matcher.event(0, text.addressOffset(), nameLength);
        matcher.probeDevices(scope);
        matcher.probeServices(scope);
        matcher.probeWholeName(scope);
        final Set<String> found = new TreeSet<>();
        for (int hit = 0, hits = matcher.match(); hit < hits; hit++) {
            found.add(added.get(matcher.hitEntry(hit)));
        }
        return found;
    }

    private int find(final int kind, final int start, final int length) {
        prefix.copyOf(text.addressOffset() + start, length);
        return prefixes.findOrAdd(scope, kind, prefix);
    }

    /**
     * Prefixes of every length in all scopes: no event has more probes, and whoever asks for room gets it for all of
     * them.
     */
    @Test
    void shouldHaveRoomForTheEventsThatItSaysItHasRoomFor() {
        prefix.copyOf("n".repeat(MAX_PREFIX_LENGTH));
        for (int length = 1; length <= MAX_PREFIX_LENGTH; length++) {
            for (final int each : new int[] {scope, otherScope}) {
                prefixes.findOrAdd(each, EntryKind.DEVICE, prefix.copyOf("n".repeat(length)));
                prefixes.findOrAdd(each, EntryKind.SERVICE, prefix);
            }
        }
        prefixes.findOrAdd(scope, EntryKind.EXACT, prefix);
        text.setMemory(0, MAX_NAME_LENGTH, (byte) 'n');
        int events = 0;
        for (; matcher.hasRoomForAnotherEvent(); events++) {
            matcher.event(events, text.addressOffset(), MAX_PREFIX_LENGTH);
            matcher.probeDevices(scope);
            matcher.probeDevices(otherScope);
            matcher.probeServices(scope);
            matcher.probeServices(otherScope);
            matcher.probeServices(scope);
            matcher.probeWholeName(scope);
        }

        assertEquals(events * (5 * MAX_PREFIX_LENGTH + 1), matcher.match());
        assertTrue(events > 1, "events=" + events);
    }

    /** Of thousands of names two have hashes that agree in all bits that are compared: then their bytes decide. */
    @RepeatedTest(8)
    void shouldTellNamesApartWhoseHashesAreTheSame() {
        final Map<Long, String> byTag = new HashMap<>();
        String one = null;
        String other = null;
        for (int i = 0; one == null; i++) {
            other = "name/" + (1_000_000 + i);
            one = byTag.put(ScopeSlots.tag(prefix.copyOf(other).hash(other.length(), EntryKind.DEVICE)), other);
        }
        final int ofOne = prefixes.findOrAdd(scope, EntryKind.DEVICE, prefix.copyOf(one));
        final int ofOther = prefixes.findOrAdd(scope, EntryKind.DEVICE, prefix.copyOf(other));
        final Map<Integer, String> entries = Map.of(ofOne, one, ofOther, other);
        assertNotEquals(ofOne, ofOther, () -> "seed=" + seed);
        // So that what is looked for is not the first that is looked up.
        prefixes.findOrAdd(scope, EntryKind.DEVICE, prefix.copyOf("a"));
        prefixes.findOrAdd(scope, EntryKind.DEVICE, prefix.copyOf("ab"));

        for (final String each : entries.values()) {
            assertEquals(Set.of(each), matchText(each, entries), () -> "seed=" + seed);
            final int known = prefixes.findOrAdd(scope, EntryKind.DEVICE, prefix.copyOf(each));
            assertEquals(each, entries.get(known), () -> "seed=" + seed);
        }
        prefixes.remove(ofOne);
        assertEquals(Set.of(), matchText(one, entries), () -> "seed=" + seed);
        assertEquals(Set.of(other), matchText(other, entries), () -> "seed=" + seed);
    }

    private Set<String> matchText(final String name, final Map<Integer, String> entries) {
        text.putStringWithoutLengthAscii(0, name);
        return match(name.length(), entries);
    }
}
