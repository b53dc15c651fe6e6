package io.eventrouter.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.ScopeTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Prefixes of integrations and streams are found whether all of a scope end a level, or some, or none, while they come
 * and go. Oracle: {@link String#startsWith(String)}.
 */
class ServicePrefixesTest {
    private static final List<String> WORDS = List.of("a", "ab", "a/", "a/b/", "b", "/", "//", "ab/c");

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final SeededHash hash = new SeededHash(seed);
    private final BlockMemory blocks = new BlockMemory(OffHeapMemory.reserveUpTo(BlockMemory.MAX_LENGTH));
    private final ScopeTable scopes = new ScopeTable(hash, 16);
    private final PrefixTable prefixes = new PrefixTable(blocks, scopes, new HashedName(hash));
    private final BatchMatcher matcher = new BatchMatcher(blocks, scopes, prefixes, hash);
    private final int scope = scopes.addUser(EntityId.of(1, 1));
    private final Map<String, Integer> entries = new HashMap<>();

    @Test
    void shouldFindThemInAScopeOfFew() {
        addAndRemove(4);
    }

    @Test
    void shouldFindThemInAScopeOfMany() {
        addAndRemove(60);
        // Again, when all have gone.
        addAndRemove(60);
    }

    @Test
    void shouldAskForSlashesOnlyAgainWhenTheLastOtherPrefixHasGone() {
        add("temperature");
        add("valve/");
        assertEquals(ScopeTable.HAS_SERVICES_WITHIN_LEVELS, withinLevels());
        remove("temperature");
        assertEquals(0, withinLevels());
        assertEquals(Set.of("valve/"), found("valve/fault"));
    }

    @Test
    void shouldAskForSlashesOnlyAgainInAScopeOfPrefixesOfEveryLength() {
        for (int length = 1; length <= 64; length++) {
            addAndRemoveWithinLevel(length);
            add("a".repeat(length - 1) + "/");
            addAndRemoveWithinLevel(length);
        }
        for (int length = 1; length <= 64; length++) {
            final String prefix = "a".repeat(length - 1) + "/";
            assertEquals(Set.of(prefix), found(prefix + "a"));
        }
    }

    @Test
    void shouldBeginToCountHoweverManyLengthsThereAre() {
        final int mostUncounted = 24;
        for (int lengths = 1; lengths <= mostUncounted; lengths++) {
            for (int i = 0; i < mostUncounted; i++) {
                add(String.valueOf((char) ('a' + i / lengths)).repeat(1 + i % lengths) + "/");
            }
            addAndRemoveWithinLevel(60);
            List.copyOf(entries.keySet()).forEach(this::remove);
            assertEquals(0, blocks.allocatedBytes());
        }
    }

    // The only one, beside those that end a level.
    private void addAndRemoveWithinLevel(final int length) {
        final String prefix = "z".repeat(length);
        add(prefix);
        assertEquals(ScopeTable.HAS_SERVICES_WITHIN_LEVELS, withinLevels(), "length=" + length);
        remove(prefix);
        assertEquals(0, withinLevels(), "length=" + length);
    }

    @Test
    void shouldKnowOfStreamsWithoutAPrefixUntilTheLastOneHasGone() {
        final HashedName nothing = new HashedName(hash).copyOf("");
        final int[] streams = new int[3];
        assertEquals(false, prefixes.hasEverything());
        for (int i = 0; i < streams.length; i++) {
            final int ofUser = i == 0 ? scope : scopes.addUser(EntityId.of(2, i));
            streams[i] = prefixes.findOrAdd(ofUser, EntryKind.SERVICE, nothing);
        }
        for (final int stream : streams) {
            assertEquals(true, prefixes.hasEverything());
            prefixes.remove(stream);
        }
        assertEquals(false, prefixes.hasEverything());
    }

    private void addAndRemove(final int mostEntries) {
        for (int step = 0; step < 5_000; step++) {
            final boolean onlyLevels = step / 500 % 2 == 0;
            final String prefix = onlyLevels ? text(12) + "/" : text(12);
            if (entries.containsKey(prefix)) {
                remove(prefix);
            } else if (entries.size() < mostEntries) {
                add(prefix);
            } else {
                remove(entries.keySet().iterator().next());
            }
            final String name = text(24);
            final Set<String> expected =
                    entries.keySet().stream().filter(name::startsWith).collect(Collectors.toCollection(TreeSet::new));
            assertEquals(expected, found(name), () -> "seed=" + seed + ", name=" + name + ", of " + entries.keySet());
            final boolean anyWithinLevel = entries.keySet().stream().anyMatch(other -> !other.endsWith("/"));
            assertEquals(anyWithinLevel, withinLevels() != 0, () -> "seed=" + seed + ", " + entries.keySet());
        }
        List.copyOf(entries.keySet()).forEach(this::remove);
        assertEquals(0, withinLevels());
        assertEquals(0, blocks.allocatedBytes(), "nothing is left: seed=" + seed);
    }

    private int withinLevels() {
        return scopes.flags(scope) & ScopeTable.HAS_SERVICES_WITHIN_LEVELS;
    }

    private String text(final int maxLength) {
        final StringBuilder text = new StringBuilder();
        do {
            text.append(WORDS.get(random.nextInt(WORDS.size())));
        } while (text.length() < maxLength && random.nextInt(4) != 0);
        return text.toString();
    }

    private void add(final String prefix) {
        entries.put(prefix, prefixes.findOrAdd(scope, EntryKind.SERVICE, new HashedName(hash).copyOf(prefix)));
    }

    private void remove(final String prefix) {
        prefixes.remove(entries.remove(prefix));
    }

    private Set<String> found(final String text) {
        final HashedName name = new HashedName(hash).copyOf(text);
        matcher.clear();
        matcher.event(0, name.address(), name.length());
        matcher.probeServices(scope);
        final Set<String> found = new TreeSet<>();
        for (int hit = 0, hits = matcher.match(); hit < hits; hit++) {
            final int entry = matcher.hitEntry(hit);
            entries.forEach((prefix, other) -> {
                if (other == entry) {
                    found.add(prefix);
                }
            });
        }
        return found;
    }
}
