package io.eventrouter.oracle;

import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * A slice of one fixed array of random bytes, so that a scenario can name a payload by two numbers.
 *
 * @param start of the slice.
 * @param length of the slice in bytes.
 */
public record Payload(int start, int length) {
    /** A start beyond this would run a payload of the greatest length over the end of the array. */
    static final int MAX_START = 64;

    private static final byte[] BYTES = randomBytes();

    static Payload of(final int length) {
        return new Payload(0, length);
    }

    /** The array that all payloads are slices of; nobody may write to it. */
    public static byte[] bytes() {
        return BYTES;
    }

    public static long checksum(final byte[] bytes, final int start, final int length) {
        final CRC32 checksum = new CRC32();
        checksum.update(bytes, start, length);
        return checksum.getValue();
    }

    long checksum() {
        return checksum(BYTES, start, length);
    }

    Payload slice(final int offset, final int sliceLength) {
        return new Payload(start + offset, sliceLength);
    }

    private static byte[] randomBytes() {
        final byte[] bytes = new byte[200_000];
        new SplittableRandom(1).nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return length + " bytes from " + start;
    }
}
