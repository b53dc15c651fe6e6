package io.eventrouter.memory;

import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.algo.hashing.LongHashFunction;

/** Ids and names that collide in tables whose hash everybody knows. */
public final class CraftedKeys {
    private static final long MIX_1 = 0xBF58476D1CE4E5B9L;
    private static final long MIX_2 = 0x94D049BB133111EBL;
    private static final long XX_PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long XX_PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long XX_PRIME_4 = 0x85EBCA77C2B2AE63L;

    private CraftedKeys() {}

    /** Different keys with one hash in agrona's maps of longs: its mixer, taken backwards. */
    public static long[] forAgrona(final int count) {
        final long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = unmix((long) i << 32 | i ^ 0x12345678L);
        }
        return keys;
    }

    /** Different names with one {@link String#hashCode}: "Aa" and "BB" have the same, whatever stands around them. */
    public static List<String> forStringHash(final int count, final String start) {
        final int pairs = 32 - Integer.numberOfLeadingZeros(count - 1);
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final StringBuilder name = new StringBuilder(start);
            for (int pair = 0; pair < pairs; pair++) {
                name.append((i >>> pair & 1) == 0 ? "Aa" : "BB");
            }
            names.add(name.toString());
        }
        return names;
    }

    /** Different keys of 8 bytes whose XXH64, as Chronicle Map has it, begins with the same bits and ends with them. */
    public static long[] forChronicle(final int count, final int equalLowBits) {
        final long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = unXx64((long) i << equalLowBits | 0x2A);
        }
        return keys;
    }

    public static long xx64(final long key) {
        return LongHashFunction.xx_r39().hashLong(key);
    }

    private static long unmix(final long hash) {
        long key = unshift(hash, 31) * inverse(MIX_2);
        key = unshift(key, 27) * inverse(MIX_1);
        return unshift(key, 30);
    }

    // hash = avalanche(rotate(start ^ round(key), 27) * PRIME_1 + PRIME_4), step by step backwards.
    private static long unXx64(final long hash) {
        long state = unshift(hash, 32) * inverse(0x165667B19E3779F9L);
        state = unshift(state, 29) * inverse(XX_PRIME_2);
        state = unshift(state, 33);
        state = (state - XX_PRIME_4) * inverse(XX_PRIME_1);
        final long round = Long.rotateRight(state, 27) ^ 0x27D4EB2F165667C5L + Long.BYTES;
        return Long.rotateRight(round * inverse(XX_PRIME_1), 31) * inverse(XX_PRIME_2);
    }

    private static long unshift(final long value, final int shift) {
        long result = value;
        for (int known = shift; known < Long.SIZE; known += shift) {
            result = value ^ result >>> shift;
        }
        return result;
    }

    private static long inverse(final long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
