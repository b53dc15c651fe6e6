package io.eventrouter.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.DeviceFlags;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Scopes that are large enough for every way in which tables and lists grow and shrink. Oracle: a map from device to
 * its set of prefixes, matched by {@link String#startsWith(String)}.
 */
class LargeScopeTest {
    private static final int DEVICES = 20_000;
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final SeededHash hash = new SeededHash(seed);
    private final BlockMemory blocks = new BlockMemory(OffHeapMemory.reserveUpTo(BlockMemory.MAX_LENGTH));
    private final DeviceTable devices = new DeviceTable(hash, DEVICES);
    private final ScopeTable scopes = new ScopeTable(hash, 1 << 20);
    private final PrefixTable prefixes = new PrefixTable(blocks, scopes, new HashedName(hash));
    private final DeviceSubscriptions subscriptions =
            new DeviceSubscriptions(blocks, devices, prefixes, new HashedName(hash));
    private final BatchMatcher matcher = new BatchMatcher(blocks, scopes, prefixes, hash);
    private final SubscriberCursor cursor = new SubscriberCursor(blocks);
    private final Map<Integer, Set<String>> expected = new HashMap<>();
    private final int user = scopes.addUser(EntityId.of(1, 1));
    private final int product = scopes.addProduct(7, user);
    private final int otherProduct = scopes.addProduct(8, user);

    private void addDevices() {
        for (int i = 1; i <= DEVICES; i++) {
            final int device = devices.add(0xe00fce68L << 32, i, 1_024);
            devices.flags(device, DeviceFlags.ONLINE);
            devices.product(device, product);
            expected.put(device, new HashSet<>());
        }
    }

    private String ownPrefix(final int device) {
        return EntityId.toText(devices.idHigh(device), devices.idLow(device)) + "/hook-response/";
    }

    @Test
    void shouldFindExactlyTheSubscribersThroughGrowthChurnAndMoves() {
        addDevices();
        for (int device = 1; device <= DEVICES; device++) {
            subscribe(device, "cfg/");
            subscribe(device, ownPrefix(device));
        }
        checkAll(product);

        for (int step = 0; step < 60_000; step++) {
            changeSomething(1 + random.nextInt(DEVICES));
        }
        checkAll(product);
        checkAll(otherProduct);

        for (int device = 1; device <= DEVICES; device++) {
            subscriptions.removeAll(device);
            expected.get(device).clear();
        }
        checkAll(product);
        assertEquals(0, blocks.allocatedBytes(), "nothing is left: seed=" + seed);
    }

    @Test
    void shouldFindSubscribersThatComeBackAfterAllHaveGone() {
        addDevices();
        for (int round = 0; round < 3; round++) {
            for (int device = 1; device <= 5_000; device++) {
                subscribe(device, ownPrefix(device));
            }
            for (int device = 1; device <= 5_000; device++) {
                subscriptions.removeAll(device);
                expected.get(device).clear();
            }
            for (int device = 1; device <= 100; device++) {
                subscribe(device, ownPrefix(device));
            }
            for (int device = 1; device <= 75; device++) {
                subscriptions.remove(device, ownPrefix(device));
                expected.get(device).clear();
            }
            for (int device = 1; device <= 100; device++) {
                check(product, ownPrefix(device) + "temp/0");
            }
        }
    }

    @Test
    void shouldTakeNoMoreMemoryForAnEntryHoweverManyThereAre() {
        addDevices();
        for (int device = 1; device <= DEVICES; device++) {
            subscribe(device, EntityId.toText(devices.idHigh(device), devices.idLow(device)) + "/");
            if (device >= 2_000) {
                final double bytes = (double) blocks.allocatedBytes() / device;
                assertTrue(bytes < 64, "bytes=" + bytes + ", subscriptions=" + device + ", seed=" + seed);
            }
        }
    }

    private void changeSomething(final int device) {
        switch (random.nextInt(6)) {
            case 0:
                subscribe(device, "cfg/" + random.nextInt(3_000) + "/");
                break;
            case 1:
                subscribe(device, "temp");
                break;
            case 2:
                subscribe(device, ownPrefix(device));
                break;
            case 3:
                final int next = devices.product(device) == product ? otherProduct : product;
                subscriptions.enter(device, 0, next);
                devices.product(device, next);
                subscriptions.leave(device);
                break;
            default:
                final Set<String> held = expected.get(device);
                if (!held.isEmpty()) {
                    final String prefix = new TreeSet<>(held).first();
                    subscriptions.remove(device, prefix);
                    held.remove(prefix);
                }
                break;
        }
    }

    private void subscribe(final int device, final String prefix) {
        subscriptions.add(device, prefix, UNLIMITED);
        expected.get(device).add(prefix);
    }

    private void checkAll(final int scope) {
        check(scope, "cfg/limit");
        check(scope, "temperature");
        check(scope, "te");
        for (int i = 0; i < 200; i++) {
            check(scope, "cfg/" + random.nextInt(3_000) + "/x");
            check(scope, ownPrefix(1 + random.nextInt(DEVICES)) + "temp/0");
        }
    }

    private void check(final int scope, final String name) {
        final Set<Integer> wanted = new TreeSet<>();
        expected.forEach((device, held) -> {
            if (devices.product(device) == scope && held.stream().anyMatch(name::startsWith)) {
                wanted.add(device);
            }
        });
        assertEquals(wanted, match(scope, name), "scope=" + scope + ", name=" + name + ", seed=" + seed);
    }

    private Set<Integer> match(final int scope, final String text) {
        final HashedName name = new HashedName(hash).copyOf(text);
        final Set<Integer> found = new TreeSet<>();
        matcher.clear();
        matcher.event(0, name.address(), name.length());
        matcher.probeDevices(scope);
        for (int hit = 0, hits = matcher.match(); hit < hits; hit++) {
            collect(matcher.hitEntry(hit), found);
        }
        return found;
    }

    private void collect(final int entry, final Set<Integer> found) {
        for (cursor.enter(entry); cursor.advance(1); ) {
            if (!Reach.isShadowed(cursor.stretch().reach(0))) {
                assertEquals(true, found.add(cursor.stretch().subscriber(0)), "delivered twice: seed=" + seed);
            }
        }
    }

    private long lengthsInUse(final int scope) {
        return scopes.records().getLong(ScopeTable.position(scope) + ScopeTable.DEVICE_LENGTHS)
                | scopes.records().getLong(ScopeTable.position(scope) + ScopeTable.DEVICE_LEVEL_LENGTHS);
    }

    @Test
    void shouldForgetLengthsThatAreOutOfUse() {
        addDevices();
        for (int device = 1; device <= 100; device++) {
            subscribe(device, ownPrefix(device));
            subscribe(device, "x".repeat(1 + device % 64));
        }
        assertEquals(-1L, lengthsInUse(product));

        for (int device = 1; device <= 100; device++) {
            subscriptions.remove(device, "x".repeat(1 + device % 64));
        }

        assertEquals(
                1L << ownPrefix(1).length() - 1,
                lengthsInUse(product),
                "only the length of the own prefixes is probed");
    }

    @Test
    void shouldForgetLengthsInAScopeThatWasLargeAndHasNearlyNothingLeft() {
        addDevices();
        for (int device = 1; device <= 5_000; device++) {
            subscribe(device, ownPrefix(device));
        }
        for (int device = 2; device <= 5_000; device++) {
            subscriptions.remove(device, ownPrefix(device));
        }
        for (int length = 1; length <= 64; length++) {
            subscriptions.add(1 + length, "x".repeat(length), UNLIMITED);
        }
        assertEquals(-1L, lengthsInUse(product));

        for (int length = 1; length <= 64; length++) {
            subscriptions.remove(1 + length, "x".repeat(length));
        }

        assertEquals(1L << ownPrefix(1).length() - 1, lengthsInUse(product));
    }
}
