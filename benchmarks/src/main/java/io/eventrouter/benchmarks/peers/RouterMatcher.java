package io.eventrouter.benchmarks.peers;

import io.eventrouter.benchmarks.workload.EventSequence;
import io.eventrouter.benchmarks.workload.ReadingNames;
import io.eventrouter.identity.EntityId;
import io.eventrouter.matching.BatchMatcher;
import io.eventrouter.matching.DeviceSubscriptions;
import io.eventrouter.matching.HashedName;
import io.eventrouter.matching.PrefixTable;
import io.eventrouter.matching.SubscriberCursor;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import java.util.stream.IntStream;

/**
 * The matching tables of the router: a tenant is a product, a subscriber a device in it. As many events are matched
 * together as in a router.
 */
final class RouterMatcher implements Matcher {
    private static final int MAX_EVENT_SIZE = 1_024;

    private final SeededHash hash = new SeededHash(42);
    private final BlockMemory blocks = new BlockMemory(OffHeapMemory.reserveUpTo(BlockMemory.MAX_LENGTH));
    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final PrefixTable prefixes;
    private final BatchMatcher matcher;
    private final DeviceSubscriptions subscriptions;
    private final int[] scopesOfTenants;
    private ReadingNames names;
    private int[] eventScopes;
    private short[] eventNames;

    RouterMatcher(final int tenants, final int maxSubscriptions) {
        devices = new DeviceTable(hash, maxSubscriptions);
        scopes = new ScopeTable(hash, tenants + 2);
        prefixes = new PrefixTable(blocks, scopes, new HashedName(hash));
        matcher = new BatchMatcher(blocks, scopes, prefixes, hash);
        subscriptions = new DeviceSubscriptions(blocks, devices, prefixes, new HashedName(hash));
        scopesOfTenants = new int[tenants];
        final int account = scopes.addOrganization(EntityId.of(1, 1));
        for (int i = 0; i < tenants; i++) {
            scopesOfTenants[i] = scopes.addProduct(i + 1, account);
        }
    }

    @Override
    public void subscribe(final int subscriber, final int tenant, final String prefix) {
        final int device = devices.add(subscriber, subscriber, MAX_EVENT_SIZE);
        devices.product(device, scopesOfTenants[tenant]);
        if (subscriptions.add(device, prefix, 1) != DeviceSubscriptions.Result.ADDED) {
            throw new IllegalStateException("not subscribed: subscriber=" + subscriber + ", prefix=" + prefix);
        }
    }

    @Override
    public void prepare(final EventSequence events) {
        names = events.readingNames();
        eventScopes = new int[events.length()];
        eventNames = new short[events.length()];
        for (int i = 0; i < events.length(); i++) {
            eventScopes[i] = scopesOfTenants[events.product(i)];
            eventNames[i] = (short) events.name(i);
        }
    }

    @Override
    public long match(final int first, final int count) {
        long found = 0;
        int next = first;
        while (next < first + count) {
            matcher.clear();
            final int last = Math.min(first + count, next + BatchMatcher.MAX_EVENTS);
            for (int number = 0; next < last && matcher.hasRoomForAnotherEvent(); number++, next++) {
                matcher.event(number, nameAddress(next), names.length(eventNames[next]));
                matcher.probeDevices(eventScopes[next]);
            }
            found += subscribersOfHits();
        }
        return found;
    }

    @Override
    public int[] subscribersOf(final int event) {
        matcher.clear();
        matcher.event(0, nameAddress(event), names.length(eventNames[event]));
        matcher.probeDevices(eventScopes[event]);
        final SubscriberCursor cursor = new SubscriberCursor(blocks);
        final IntStream.Builder found = IntStream.builder();
        for (int hit = 0, hits = matcher.match(); hit < hits; hit++) {
            cursor.enter(matcher.hitEntry(hit));
            while (cursor.advance()) {
                found.add(devices.idLow(cursor.subscriber()));
            }
        }
        return found.build().toArray();
    }

    @Override
    public void close() {
        devices.close();
        scopes.close();
        blocks.close();
    }

    private long nameAddress(final int event) {
        return names.buffer().addressOffset() + names.offset(eventNames[event]);
    }

    private long subscribersOfHits() {
        long found = 0;
        for (int hit = 0, hits = matcher.match(); hit < hits; hit++) {
            found += prefixes.subscribers(matcher.hitEntry(hit));
        }
        return found;
    }
}
