package io.eventrouter.ownership;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Keys of kept records as nobody can predict them, and back: for a table whose hash everybody knows, so that ids cannot
 * be chosen to collide in it.
 *
 * <p>Immutable and safe on any thread.
 */
final class KeyMask {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HIGH = 1;
    private static final int LOW = 9;

    private final long mask;
    private final long factor;
    private final long inverseOfFactor;
    private final long lowFactor;

    /** A mask of its own. */
    KeyMask() {
        final SecureRandom random = new SecureRandom();
        mask = random.nextLong();
        factor = random.nextLong() | 1;
        lowFactor = random.nextLong() | 1;
        long inverse = factor;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - factor * inverse;
        }
        inverseOfFactor = inverse;
    }

    /** Mask the id behind the kind at the start of some bytes. */
    void hide(final byte[] key) {
        final long product = ((long) LONG.get(key, HIGH) ^ mask) * factor;
        final long high = product ^ product >>> Integer.SIZE;
        LONG.set(key, HIGH, high);
        INT.set(key, LOW, (int) INT.get(key, LOW) ^ ofLow(high));
    }

    /** Take the mask off. */
    void show(final byte[] key) {
        final long high = (long) LONG.get(key, HIGH);
        INT.set(key, LOW, (int) INT.get(key, LOW) ^ ofLow(high));
        LONG.set(key, HIGH, (high ^ high >>> Integer.SIZE) * inverseOfFactor ^ mask);
    }

    private int ofLow(final long high) {
        return (int) (high * lowFactor >>> Integer.SIZE);
    }
}
