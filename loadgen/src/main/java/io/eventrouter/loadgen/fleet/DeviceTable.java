package io.eventrouter.loadgen.fleet;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.identity.EntityId;

/**
 * Which devices there are and how each answers an attempt to deliver, in about 20 bytes a device.
 *
 * <p>Open addressing with linear probing; it does not grow and nothing is removed. <b>Threading:</b> one thread
 * fills it; once it is filled, any thread may read it.
 */
public final class DeviceTable {
    // A slot without an outcome is free: PENDING has ordinal 0 and is no answer of a device.
    private final byte[] outcomes;
    private final long[] highs;
    private final int[] lows;
    private final int mask;
    private int size;

    /**
     * An empty table.
     *
     * @param capacity the most devices that it is to hold.
     */
    public DeviceTable(final int capacity) {
        // At most two thirds full, so that probes stay short.
        final long wanted = Math.max(4L, capacity + capacity / 2L);
        final int slots = (int) Math.min(1L << 30, Long.highestOneBit(wanted - 1) << 1);
        outcomes = new byte[slots];
        highs = new long[slots];
        lows = new int[slots];
        mask = slots - 1;
    }

    /**
     * Add a device.
     *
     * @param device to add.
     * @param outcome of every attempt to deliver to it; not {@link AttemptOutcome#PENDING}.
     * @return false if it is there already; nothing has changed then.
     */
    public boolean add(final EntityId device, final AttemptOutcome outcome) {
        final int slot = find(device.high(), device.low());
        if (outcomes[slot] != 0) {
            return false;
        }
        if (size == mask) {
            throw new IllegalStateException("table is full: size=" + size);
        }
        highs[slot] = device.high();
        lows[slot] = device.low();
        outcomes[slot] = (byte) outcome.ordinal();
        size++;
        return true;
    }

    /**
     * Whether a device is there.
     *
     * @param device to look up.
     * @return true if it is.
     */
    public boolean contains(final EntityId device) {
        return outcomes[find(device.high(), device.low())] != 0;
    }

    /**
     * How a device answers.
     *
     * @param idHigh first 64 bits of its id.
     * @param idLow last 32 bits of its id.
     * @return the outcome of an attempt to deliver to it; {@link AttemptOutcome#PENDING} if it is not there.
     */
    public AttemptOutcome outcome(final long idHigh, final int idLow) {
        return AttemptOutcome.of(outcomes[find(idHigh, idLow)]);
    }

    /** How many devices there are. */
    int size() {
        return size;
    }

    private int find(final long high, final int low) {
        int slot = hash(high, low) & mask;
        while (outcomes[slot] != 0 && (highs[slot] != high || lows[slot] != low)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    // Ids of one fleet differ in a few digits only; the multiplications spread them over all bits.
    private static int hash(final long high, final int low) {
        long hash = (high ^ Integer.toUnsignedLong(low) * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        hash ^= hash >>> 32;
        return (int) (hash * 0x94D049BB133111EBL >>> 32);
    }
}
