package io.eventrouter.ownership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.memory.CraftedKeys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Masked keys are other keys, each of which leads back to its own, and collide no more than random ones do. */
class KeyMaskTest {
    private static final int KEYS = 20_000;

    private final KeyMask mask = new KeyMask();

    @Test
    void shouldLeadBackToEveryKey() {
        final SplittableRandom random = new SplittableRandom(1);
        final Set<ByteBuffer> hidden = new HashSet<>();
        for (int i = 0; i < KEYS; i++) {
            final byte[] key = key(i < 100 ? i : random.nextLong(), random.nextInt(4));
            final byte[] copy = key.clone();
            mask.hide(copy);
            hidden.add(ByteBuffer.wrap(copy.clone()));
            assertEquals(key[0], copy[0], "the kind stays");
            mask.show(copy);
            assertArrayEquals(key, copy);
        }
        assertEquals(KEYS, hidden.size());
    }

    @Test
    void shouldBreakCollisionsInTheHashOfChronicle() {
        final long[] crafted = CraftedKeys.forChronicle(KEYS, 40);
        final int[] plain = new int[1_024];
        final int[] masked = new int[1_024];
        for (final long high : crafted) {
            plain[(int) CraftedKeys.xx64(high) & 1_023]++;
            final byte[] key = key(high, 0);
            mask.hide(key);
            masked[
                    (int) CraftedKeys.xx64(ByteBuffer.wrap(key)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .getLong(1))
                            & 1_023]++;
        }
        assertEquals(KEYS, plain[0x2A], "unmasked, all are in one place");
        for (final int keys : masked) {
            assertTrue(keys < 100, "20 are fair: keys=" + keys);
        }
    }

    private static byte[] key(final long high, final int low) {
        return ByteBuffer.allocate(13)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 3)
                .putLong(high)
                .putInt(low)
                .array();
    }
}
