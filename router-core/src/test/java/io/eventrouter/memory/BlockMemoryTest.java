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
    void shouldChooseTheLeastSizeClassThatHoldsALength() {
        for (int length = 1; length <= 1 << 20; length += length < 4_096 ? 1 : 1_111) {
            final int sizeClass = BlockMemory.sizeClass(length);
            assertTrue(BlockMemory.units(sizeClass) * BlockMemory.UNIT_LENGTH >= length, "length=" + length);
            assertTrue(
                    sizeClass == 0 || BlockMemory.units(sizeClass - 1) * BlockMemory.UNIT_LENGTH < length,
                    "length=" + length);
        }
    }

    @Test
    void shouldUseWhatTheAlignmentOfLargeBlocksSkips() {
        try (BlockMemory blocks = new BlockMemory(OffHeapMemory.reserve(1L << 30))) {
            for (int i = 0; i < 100_000; i++) {
                blocks.allocate(BlockMemory.sizeClass(48));
                if (i % 300 == 0) {
                    blocks.allocate(BlockMemory.sizeClass(1 << 14));
                }
            }

            final long unused = blocks.memory().capacity() - blocks.allocatedBytes();
            assertTrue(unused < blocks.allocatedBytes() / 50, "unused=" + unused);
        }
    }

    @Test
    void shouldUseWhatIsLeftOfAGapWhenNothingElseOfItsKindFits() {
        try (BlockMemory blocks = new BlockMemory(OffHeapMemory.reserve(1L << 24))) {
            final int pairs = 2_000;
            for (int i = 0; i < pairs; i++) {
                // Between them 256 bytes are skipped.
                blocks.allocate(BlockMemory.sizeClass(768));
                blocks.allocate(BlockMemory.sizeClass(1_024));
            }
            final long capacity = blocks.memory().capacity();
            for (int i = 0; i < pairs - 1; i++) {
                blocks.allocate(BlockMemory.sizeClass(192));
            }
            for (int i = 0; i < pairs - 2; i++) {
                blocks.allocate(BlockMemory.sizeClass(64));
            }

            assertEquals(capacity, blocks.memory().capacity());
        }
    }

    @Test
    void shouldTakeWhatFittedOnceAgainWhenItHasGone() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        try (BlockMemory blocks = new BlockMemory(OffHeapMemory.reserve(1L << 20))) {
            final List<int[]> handedOut = new ArrayList<>();
            try {
                while (true) {
                    final int sizeClass = Math.min(random.nextInt(20), random.nextInt(20));
                    handedOut.add(new int[] {blocks.allocate(sizeClass), sizeClass});
                }
            } catch (final MemoryExhaustedException full) {
                handedOut.forEach(block -> blocks.free(block[0], block[1]));
            }
            handedOut.forEach(block -> blocks.allocate(block[1]));
            assertTrue(handedOut.size() > 100, "blocks=" + handedOut.size() + ", seed=" + seed);
        }
    }

    @Test
    void shouldNeverHandOutOverlappingBlocksAndReuseWhatComesBack() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        final BlockMemory blocks = new BlockMemory(OffHeapMemory.reserve(1L << 30));
        final BitSet taken = new BitSet();
        final List<int[]> handedOut = new ArrayList<>();
        for (int step = 0; step < 200_000; step++) {
            if (handedOut.size() < 1_000 || random.nextInt(2) == 0 && handedOut.size() < 2_000) {
                final int sizeClass = Math.min(random.nextInt(24), random.nextInt(24));
                final int units = BlockMemory.units(sizeClass);
                final int block = blocks.allocate(sizeClass);
                assertEquals(0, block & Integer.lowestOneBit(units) - 1, "aligned: seed=" + seed);
                assertTrue(block != 0 && taken.get(block, block + units).isEmpty(), "free: seed=" + seed);
                taken.set(block, block + units);
                handedOut.add(new int[] {block, sizeClass});
            } else {
                final int[] block = handedOut.remove(random.nextInt(handedOut.size()));
                taken.clear(block[0], block[0] + BlockMemory.units(block[1]));
                blocks.free(block[0], block[1]);
            }
            assertEquals((long) taken.cardinality() * BlockMemory.UNIT_LENGTH, blocks.allocatedBytes(), "seed=" + seed);
        }
        final long capacity = blocks.memory().capacity();
        assertTrue(capacity < 64L << 20, "memory comes back into use: capacity=" + capacity + ", seed=" + seed);
        blocks.close();
    }
}
