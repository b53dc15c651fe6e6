package io.eventrouter.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Oracle: a map of the Java library. */
class SparseCountersTest {
    private static final int KEYS = 194;

    @Test
    void shouldCountByKeyWhileItGrowsAndForgetsWhatIsZero() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        try (BlockMemory blocks = new BlockMemory(OffHeapMemory.reserve(1 << 20))) {
            final SparseCounters counters = new SparseCounters(blocks);
            final Map<Integer, Integer> expected = new HashMap<>();
            int block = counters.allocate(2);
            for (int step = 0; step < 100_000; step++) {
                final boolean grows = step / 5_000 % 2 == 0;
                final int key = random.nextInt(KEYS);
                if (random.nextInt(10) < (grows ? 7 : 3)) {
                    block = counters.withRoom(block, 1 + random.nextInt(2));
                    counters.add(block, key, 1);
                    expected.merge(key, 1, Integer::sum);
                } else if (expected.containsKey(key)) {
                    counters.add(block, key, -1);
                    expected.merge(key, -1, (count, change) -> count + change == 0 ? null : count + change);
                }
                assertEquals(!expected.containsKey(key), counters.isZero(block, key), "key=" + key + ", seed=" + seed);
            }
            for (int key = 0; key < KEYS; key++) {
                assertEquals(!expected.containsKey(key), counters.isZero(block, key), "key=" + key + ", seed=" + seed);
            }
            counters.free(block);
            assertEquals(0, blocks.allocatedBytes(), "seed=" + seed);
        }
    }

    @Test
    void shouldHaveTheRoomThatWasMadeForCountersThatAreNotZero() {
        try (BlockMemory blocks = new BlockMemory(OffHeapMemory.reserve(1 << 20))) {
            final SparseCounters counters = new SparseCounters(blocks);
            int block = counters.allocate(2);
            for (int key = 0; key < KEYS; key += 2) {
                block = counters.withRoom(block, 2);
                final int neighbour = counters.allocate(2);
                counters.add(block, key, 1);
                counters.add(block, key + 1, 1);
                assertEquals(true, counters.isZero(neighbour, key), "nothing is written behind the block: key=" + key);
                counters.free(neighbour);
            }
            for (int key = 0; key < KEYS; key++) {
                assertEquals(false, counters.isZero(block, key), "key=" + key);
            }
        }
    }
}
