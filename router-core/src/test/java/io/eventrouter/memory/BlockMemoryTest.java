package io.eventrouter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Oracle: a set of the units that are handed out. */
class BlockMemoryTest {
    @Test
    void shouldNeverHandOutOverlappingBlocksAndReuseWhatComesBack() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        final BlockMemory blocks = new BlockMemory();
        final BitSet taken = new BitSet();
        final List<int[]> handedOut = new ArrayList<>();
        for (int step = 0; step < 200_000; step++) {
            if (handedOut.size() < 1_000 || random.nextInt(2) == 0 && handedOut.size() < 2_000) {
                final int sizeClass = Math.min(random.nextInt(12), random.nextInt(12));
                final int block = blocks.allocate(sizeClass);
                assertEquals(0, block & (1 << sizeClass) - 1, "aligned to its length: seed=" + seed);
                assertTrue(
                        block != 0 && taken.get(block, block + (1 << sizeClass)).isEmpty(), "free: seed=" + seed);
                taken.set(block, block + (1 << sizeClass));
                handedOut.add(new int[] {block, sizeClass});
            } else {
                final int[] block = handedOut.remove(random.nextInt(handedOut.size()));
                taken.clear(block[0], block[0] + (1 << block[1]));
                blocks.free(block[0], block[1]);
            }
            assertEquals((long) taken.cardinality() * BlockMemory.UNIT_LENGTH, blocks.allocatedBytes());
        }
        final long capacity = blocks.memory().capacity();
        assertTrue(capacity < 64L << 20, "memory comes back into use: capacity=" + capacity + ", seed=" + seed);
        blocks.close();
    }
}
