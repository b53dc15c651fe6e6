package io.eventrouter.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.Watchdog;
import io.eventrouter.journal.SimulatedDisk;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A store that keeps records, compacts and is stopped anywhere, by kill or power cut, again and again: every record is
 * as it was acknowledged last, or as it was being changed to.
 */
class OwnershipCrashTest {
    private static final int DEVICES = 24;
    private static final int CHANGES = 400;

    private int stops;
    private int snapshots;
    private int changed;

    @Test
    void shouldKeepEveryRecordWhereverItIsStopped() throws Throwable {
        run(System.nanoTime(), 60);
    }

    @Test
    @Tag("crash")
    void shouldKeepEveryRecordWhereverItIsStoppedForLong() throws Throwable {
        run(System.nanoTime(), 1_000);
    }

    private void run(final long firstSeed, final int rounds) throws Throwable {
        for (int round = 0; round < rounds; round++) {
            final long seed = firstSeed + round;
            Watchdog.watch("seed=" + seed, () -> run(seed));
        }
        assertTrue(
                stops > rounds && snapshots > rounds && changed > 0,
                () -> "seed=" + firstSeed + ", stops=" + stops + ", snapshots=" + snapshots + ", changed=" + changed);
    }

    private void run(final long seed) throws IOException {
        final Random random = new Random(seed);
        final SimulatedDisk disk = new SimulatedDisk();
        final Map<String, String> acknowledged = new TreeMap<>();
        int version = 0;
        while (version < CHANGES) {
            version = runUntilStopped(disk, random, acknowledged, version, "seed=" + seed);
        }
    }

    // Returns the last version that was written.
    private int runUntilStopped(
            final SimulatedDisk disk,
            final Random random,
            final Map<String, String> acknowledged,
            final int firstVersion,
            final String seed)
            throws IOException {
        final Map<String, Set<String>> changing = new HashMap<>();
        final Map<String, String> latest = new HashMap<>();
        int version = firstVersion;
        disk.stopAt(1 + random.nextInt(300));
        try {
            final SmallStore store = new SmallStore(disk);
            while (version < CHANGES) {
                for (int batch = random.nextInt(4); batch >= 0; batch--) {
                    final OwnershipRecord record = SmallStore.device(random.nextInt(DEVICES), ++version);
                    store.store.append(record);
                    latest.put(SmallStore.keyOf(record), SmallStore.describe(record));
                    changing.computeIfAbsent(SmallStore.keyOf(record), key -> new HashSet<>())
                            .add(SmallStore.describe(record));
                }
                assertTrue(store.store.commit(store.nowMs), seed);
                acknowledged.putAll(latest);
                latest.clear();
                changing.clear();
                for (int step = random.nextInt(4); step > 0; step--) {
                    store.store.work(++store.nowMs);
                }
            }
        } catch (final SimulatedDisk.Stopped stopped) {
            stops++;
        }
        snapshots += (int)
                disk.files().stream().filter(name -> name.contains("snapshot")).count();
        if (random.nextBoolean()) {
            disk.kill();
        } else {
            disk.cutPower(random::nextBoolean);
        }
        try (SmallStore store = new SmallStore(disk)) {
            final Map<String, String> found = store.content();
            // What was being changed is as before, or as some change left it, and that is what counts from here on.
            found.forEach((key, value) -> {
                if (changing.getOrDefault(key, Set.of()).contains(value)) {
                    acknowledged.put(key, value);
                    changed++;
                }
            });
            assertEquals(acknowledged, found, seed);
            // A power cut may take one of the two blocks that a mark lies in, and keep the record behind it.
            assertTrue(
                    store.told.stream()
                            .allMatch(told -> told.getMessage().startsWith("repaired: a mark between two records")),
                    () -> seed + ": " + store.told);
        }
        disk.kill();
        return version;
    }
}
