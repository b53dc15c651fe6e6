package io.eventrouter.routing;

import io.eventrouter.matching.BatchMatcher;
import io.eventrouter.matching.PrefixTable;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;

/**
 * Finds, for all events of a batch, their devices, their scopes and the entries of their subscribers.
 *
 * <p><b>Threading:</b> the routing thread only. Reads the tables, changes nothing but the batch and the matcher.
 */
final class BatchLookup {
    /*
     * An event follows a chain of look-ups, device, scopes, slots, entry, subscriber, and on a large fleet each link
     * misses the cache. A miss that waits for the one before costs hundreds of nanoseconds, one among many independent
     * ones about ten. So each link is followed for all events before the next is followed for any: a pass finds out
     * where the next link is, and then nothing but a short loop of reads brings all of them in at once. Reading them
     * as they are found would not do: the processor looks only so many instructions ahead.
     */
    private final LookupPass[] passes;

    BatchLookup(
            final DeviceTable devices,
            final ScopeTable scopes,
            final PrefixTable prefixes,
            final ScopeResolver resolver,
            final DeliveryPolicy policy,
            final BatchMatcher matcher,
            final CurrentEvent event) {
        passes = new LookupPass[] {
            new DeviceRecordPass(devices),
            new ScopeRecordPass(devices, scopes),
            new PayerPass(scopes, resolver, event),
            new ProbePass(scopes, policy, matcher),
            new EntryPass(matcher),
            new ReceiverPass(devices, prefixes, matcher)
        };
    }

    /** Look up as many events as there is room for, from the first; returns how many. */
    int lookUp(final EventBatch batch) {
        for (final LookupPass pass : passes) {
            pass.run(batch);
        }
        return batch.lookedUp;
    }
}
