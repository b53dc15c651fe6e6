package io.eventrouter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What a hash depends on, and what not. */
class SeededHashTest {
    private static final int KINDS = 3;

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final SeededHash hash = new SeededHash(seed);
    private final UnsafeBuffer bytes = AlignedBuffer.allocate(SeededHash.MAX_NAME_LENGTH + 1 + Long.BYTES);
    private final Records sums = new Records(1, SeededHash.SUMS_LENGTH);

    @Test
    void shouldDependOnEveryByteOfAPrefixAndOnNoneBehindIt() {
        fill();
        for (int length = 1; length <= SeededHash.MAX_NAME_LENGTH; length++) {
            final long before = hash(length, 0);
            for (int i = 0; i < bytes.capacity(); i++) {
                final byte value = bytes.getByte(i);
                bytes.putByte(i, (byte) (value ^ 1 << random.nextInt(7)));
                final boolean isSame = hash(length, 0) == before;
                assertEquals(i >= length, isSame, "length=" + length + ", byte=" + i + ", seed=" + seed);
                bytes.putByte(i, value);
            }
        }
    }

    @Test
    void shouldTellEveryPrefixOfANameAndEveryKindApart() {
        fill();
        final Set<Long> hashes = new HashSet<>();
        for (int length = 0; length <= SeededHash.MAX_NAME_LENGTH; length++) {
            for (int kind = 0; kind < KINDS; kind++) {
                assertTrue(hashes.add(hash(length, kind)), "length=" + length + ", kind=" + kind + ", seed=" + seed);
            }
        }
    }

    private void fill() {
        for (int i = 0; i < bytes.capacity(); i++) {
            bytes.putByte(i, (byte) random.nextInt(32, 127));
        }
    }

    private long hash(final int length, final int kind) {
        final long address = bytes.addressOffset();
        hash.sumWords(address, SeededHash.MAX_NAME_LENGTH, sums.address(0));
        return hash.ofPrefix(address, length, kind, sums.address(0));
    }
}
