package io.eventrouter.loadgen.load;

import io.eventrouter.identity.EntityId;

/**
 * The ids of everything in a fleet, computed from numbers, so that nothing has to be kept for each. All ids of a kind
 * are different.
 *
 * <p>Immutable.
 */
final class FleetIds {
    private static final long DEVICE_PREFIX = 0xe00fce68L << 32;
    private static final int ACCOUNT_MARK = 0x0acc0007;
    private static final int OWNER_MARK = 0x0a7e0008;

    private final long seed;

    FleetIds(final long seed) {
        this.seed = Mixing.mix(seed ^ Mixing.GOLDEN);
    }

    long deviceHigh(final int device) {
        return DEVICE_PREFIX | Mixing.mix(seed + device) >>> 32;
    }

    int deviceLow(final int device) {
        return (int) Mixing.mix(seed + device);
    }

    EntityId device(final int device) {
        return EntityId.of(deviceHigh(device), deviceLow(device));
    }

    /** The number of the device that has this id. */
    int deviceOf(final long idHigh, final int idLow) {
        return (int) (Mixing.unmix(idHigh << 32 | idLow & 0xFFFF_FFFFL) - seed);
    }

    EntityId account(final int number) {
        return EntityId.of(Mixing.mix(seed + number), ACCOUNT_MARK);
    }

    EntityId owner(final int number) {
        return EntityId.of(Mixing.mix(seed + number), OWNER_MARK);
    }
}
