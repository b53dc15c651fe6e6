package io.eventrouter.benchmarks.peers;

import io.eventrouter.benchmarks.workload.EventSequence;
import io.eventrouter.benchmarks.workload.ReadingNames;
import io.eventrouter.identity.EntityId;
import io.eventrouter.matching.DeviceSubscriptions;
import io.eventrouter.matching.EntryKind;
import io.eventrouter.matching.HashedName;
import io.eventrouter.matching.PrefixTable;
import io.eventrouter.matching.SubscriberCursor;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;

/** The matching tables of the router: a tenant is a product, a subscriber a device in it. */
final class RouterMatcher implements Matcher {
    private static final int MAX_EVENT_SIZE = 1_024;

    private final SeededHash hash = new SeededHash(42);
    private final BlockMemory blocks = new BlockMemory();
    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final PrefixTable prefixes;
    private final SubscriberCursor cursor;
    private final HashedName name = new HashedName(hash);
    private final DeviceSubscriptions subscriptions;
    private final int[] scopesOfTenants;
    private ReadingNames names;
    private int[] eventScopes;
    private short[] eventNames;

    RouterMatcher(final int tenants, final int maxSubscriptions) {
        devices = new DeviceTable(hash, maxSubscriptions);
        scopes = new ScopeTable(hash, tenants + 2);
        prefixes = new PrefixTable(blocks, scopes, new HashedName(hash));
        cursor = new SubscriberCursor(blocks);
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
        for (int i = first; i < first + count; i++) {
            name.wrap(names.buffer(), names.offset(eventNames[i]), names.length(eventNames[i]));
            found += match(eventScopes[i]);
        }
        return found;
    }

    @Override
    public void close() {
        devices.close();
        scopes.close();
        blocks.close();
    }

    private long match(final int scope) {
        long found = 0;
        long lengths = prefixes.lengths(scope, ScopeTable.DEVICE_LENGTHS, name.length());
        for (; lengths != 0; lengths &= lengths - 1) {
            final int entry = prefixes.find(scope, EntryKind.DEVICE, name, Long.numberOfTrailingZeros(lengths) + 1);
            if (entry != 0) {
                for (cursor.enter(entry); cursor.advance(); ) {
                    found += cursor.subscriber() == 0 ? 0 : 1;
                }
            }
        }
        return found;
    }
}
