package io.eventrouter.loadgen.load;

/**
 * Random numbers that are functions of what they are for: no state, so that any thread can make the n-th event of a
 * load, and it is the same one.
 */
final class Mixing {
    static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private static final long FIRST = 0xBF58476D1CE4E5B9L;
    private static final long SECOND = 0x94D049BB133111EBL;
    private static final long FIRST_INVERSE = 0x96DE1B173F119089L;
    private static final long SECOND_INVERSE = 0x319642B2D24D8EC3L;
    private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

    private Mixing() {}

    /** 64 bits for 64 bits, one to one: the finalizer of SplitMix64. */
    static long mix(final long value) {
        long bits = value;
        bits = (bits ^ bits >>> 30) * FIRST;
        bits = (bits ^ bits >>> 27) * SECOND;
        return bits ^ bits >>> 31;
    }

    /** The value that {@link #mix(long)} made these bits of. */
    static long unmix(final long bits) {
        long value = bits;
        value = (value ^ value >>> 31 ^ value >>> 62) * SECOND_INVERSE;
        value = (value ^ value >>> 27 ^ value >>> 54) * FIRST_INVERSE;
        return value ^ value >>> 30 ^ value >>> 60;
    }

    static long mix(final long seed, final long number) {
        return mix(seed + number * GOLDEN);
    }

    /** A number below a bound from 64 random bits. */
    static int below(final int bound, final long bits) {
        return (int) Math.multiplyHigh(bits >>> 1, (long) bound << 1);
    }

    /** A fraction, 0 to less than 1, from 64 random bits. */
    static double fraction(final long bits) {
        return (bits >>> 11) * TWO_TO_MINUS_53;
    }
}
