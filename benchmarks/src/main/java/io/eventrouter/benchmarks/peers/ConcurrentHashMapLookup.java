package io.eventrouter.benchmarks.peers;

import io.eventrouter.identity.EntityId;
import java.util.concurrent.ConcurrentHashMap;

/** The map of the JDK, with immutable ids as keys; a key for asking lives on the stack if the compiler sees through. */
final class ConcurrentHashMapLookup implements DeviceLookup {
    private final ConcurrentHashMap<EntityId, Integer> owners;

    ConcurrentHashMapLookup(final int devices) {
        owners = new ConcurrentHashMap<>(devices);
    }

    @Override
    public void put(final long idHigh, final int idLow, final int owner) {
        owners.put(EntityId.of(idHigh, idLow), owner);
    }

    @Override
    public long sumOwners(final long[] idHighs, final int[] idLows, final int first, final int count) {
        long sum = 0;
        for (int i = first; i < first + count; i++) {
            sum += owners.get(EntityId.of(idHighs[i], idLows[i]));
        }
        return sum;
    }
}
