package io.eventrouter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Eight bytes at a time must find what one byte at a time finds. */
class WordsTest {
    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(256));

    @Test
    void shouldFindEveryPlaceOfACharacterWhateverItsNeighboursAndWhateverIsBehindTheText() {
        for (int round = 0; round < 200_000; round++) {
            final byte wanted = (byte) random.nextInt(128);
            final int textLength = random.nextInt(Long.BYTES + 1);
            int expected = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                final byte value = i < textLength ? character(wanted) : (byte) random.nextInt(256);
                buffer.putByte(i, value);
                expected |= i < textLength && value == wanted ? 1 << i : 0;
            }
            final int found = Words.indexesOf(wanted, Words.get(buffer.addressOffset()));
            assertEquals(expected, found & (1 << textLength) - 1, "seed=" + seed);
        }
    }

    // Values that differ by one bit or by one are those that carries would confuse.
    private byte character(final byte wanted) {
        return (byte) (0x7F
                & switch (random.nextInt(4)) {
                    case 0 -> wanted;
                    case 1 -> wanted ^ 1 << random.nextInt(7);
                    case 2 -> wanted - 1;
                    default -> random.nextInt(128);
                });
    }

    /** Of every length that a name may have. */
    @Test
    void shouldCompareEveryByteOfARangeAndNoneBehindIt() {
        final int maxLength = 255;
        final int behind = 8;
        final UnsafeBuffer ranges = new UnsafeBuffer(ByteBuffer.allocateDirect(2 * (maxLength + behind)));
        final long one = ranges.addressOffset();
        final long other = one + maxLength + behind;
        for (int i = 0; i < maxLength + behind; i++) {
            ranges.putByte(i, (byte) i);
            ranges.putByte(maxLength + behind + i, (byte) i);
        }
        for (int different = 0; different < maxLength + behind; different++) {
            ranges.putByte(different, (byte) ~different);
            for (int length = 0; length <= maxLength; length++) {
                assertEquals(
                        different >= length,
                        Words.equal(one, other, length),
                        "length=" + length + ", different=" + different);
            }
            ranges.putByte(different, (byte) different);
        }
    }
}
