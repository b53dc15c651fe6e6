package io.eventrouter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.function.Executable;

/** Oracle: the position at which an id was added. */
class IdIndexTest {
    private static final int RECORD_LENGTH = 32;
    private static final int MAX_IDS = 300_000;
    private static final long SEED = 20_261_123;

    @Test
    void shouldFindEveryIdAndNoOtherWhileItGrowsByManySplits() {
        final int ids = MAX_IDS;
        final OffHeapMemory records = OffHeapMemory.reserve((MAX_IDS + 1L) * RECORD_LENGTH);
        final IdIndex index = new IdIndex(new SeededHash(SEED), records, RECORD_LENGTH, MAX_IDS);
        for (int handle = 1; handle <= ids; handle++) {
            add(index, records, handle, idHigh(handle), handle);
        }

        for (int handle = 1; handle <= ids; handle++) {
            assertEquals(handle, index.find(idHigh(handle), handle), "seed=" + SEED);
            assertEquals(0, index.find(idHigh(handle), -handle), "seed=" + SEED);
            assertEquals(0, index.find(idHigh(handle) ^ 1, handle), "seed=" + SEED);
        }
        index.close();
        records.close();
    }

    /** When all parts have just been split an id takes most: there is memory for that. */
    @Test
    void shouldTakeAsManyIdsAsItIsMadeForWhenItsPartsAreNearlyHalfEmpty() {
        // What 64 parts hold, and a few more.
        final int ids = 64 * 3_276 + 5_000;
        final OffHeapMemory records = OffHeapMemory.reserve((ids + 1L) * RECORD_LENGTH);
        final IdIndex index = new IdIndex(new SeededHash(SEED), records, RECORD_LENGTH, ids);
        for (int handle = 1; handle <= ids; handle++) {
            add(index, records, handle, idHigh(handle), handle);
        }

        assertEquals(ids, index.find(idHigh(ids), ids));
        assertTrue(index.capacity() > 9L * ids, "nearly half empty: capacity=" + index.capacity());
        index.close();
        records.close();
    }

    @Test
    void shouldAllocateNothingForSplittingButItsDirectory() {
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final OffHeapMemory records = OffHeapMemory.reserve((MAX_IDS + 1L) * RECORD_LENGTH);
        final IdIndex index = new IdIndex(new SeededHash(SEED), records, RECORD_LENGTH, MAX_IDS);
        final long before = threads.getCurrentThreadAllocatedBytes();

        for (int handle = 1; handle <= MAX_IDS; handle++) {
            add(index, records, handle, idHigh(handle), handle);
        }

        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        // A hundred splits; one array of the ids of one part would have 26,000 bytes.
        assertTrue(allocated < 100_000, "allocated=" + allocated);
        index.close();
        records.close();
    }

    @Test
    void shouldPeekTheHandleOfNearlyEveryIdAndConfirmIt() {
        final OffHeapMemory records = OffHeapMemory.reserve((MAX_IDS + 1L) * RECORD_LENGTH);
        final IdIndex index = new IdIndex(new SeededHash(SEED), records, RECORD_LENGTH, MAX_IDS);
        for (int handle = 1; handle <= MAX_IDS; handle++) {
            add(index, records, handle, idHigh(handle), handle);
        }

        int peeked = 0;
        int mistaken = 0;
        for (int handle = 1; handle <= MAX_IDS; handle++) {
            final int peek = index.peek(index.hash(idHigh(handle), handle));
            peeked += peek == handle ? 1 : 0;
            assertEquals(handle, index.confirm(peek, idHigh(handle), handle), "seed=" + SEED);
            final int other = index.peek(index.hash(idHigh(handle), -handle));
            assertEquals(0, index.confirm(other, idHigh(handle), -handle), "seed=" + SEED);
            mistaken += other == 0 ? 0 : 1;
        }

        // With 13 bits of tag, one look in thousands meets another id first.
        assertTrue(peeked > MAX_IDS * 0.99, "peeked=" + peeked + ", seed=" + SEED);
        assertTrue(mistaken < MAX_IDS * 0.01, "mistaken=" + mistaken + ", seed=" + SEED);
        index.close();
        records.close();
    }

    /** Two parts that are nearly as full as they may be, in which a few ids are far from where they belong. */
    @Test
    void shouldFindAnIdThatIsFarFromWhereItBelongsIfOneLooksSoFar() {
        final int ids = 6_400;
        final OffHeapMemory records = OffHeapMemory.reserve((ids + 1L) * RECORD_LENGTH);
        final IdIndex index = new IdIndex(new SeededHash(SEED), records, RECORD_LENGTH, ids);
        for (int handle = 1; handle <= ids; handle++) {
            add(index, records, handle, idHigh(handle), handle);
        }

        int farther = 0;
        for (int handle = 1; handle <= ids; handle++) {
            final long bits = index.hash(idHigh(handle), handle);
            farther += index.peek(bits) == 0 ? 1 : 0;
            assertNotEquals(0, index.peekFar(bits), "handle=" + handle + ", seed=" + SEED);
        }

        assertTrue(farther > 0, "seed=" + SEED);
        index.close();
        records.close();
    }

    @Test
    @Timeout(300)
    void shouldBePeekedIntoByAnotherThreadWhileItGrows() throws Exception {
        final OffHeapMemory records = OffHeapMemory.reserve((MAX_IDS + 1L) * RECORD_LENGTH);
        final IdIndex index = new IdIndex(new SeededHash(SEED), records, RECORD_LENGTH, MAX_IDS);
        final AtomicInteger added = new AtomicInteger();
        final CompletableFuture<Long> peeking = CompletableFuture.supplyAsync(() -> {
            long found = 0;
            // Each once more when all are there.
            int rounds = MAX_IDS;
            for (int round = 0; round < rounds; round++) {
                rounds = added.get() < MAX_IDS ? round + 1 + MAX_IDS : rounds;
                final int handle = 1 + round % MAX_IDS;
                index.warmPeek(index.hash(idHigh(handle), handle));
                final int peek = index.peek(index.hash(idHigh(handle), handle));
                // Read behind the peek: what it has found was added before.
                if (peek < 0 || peek > added.get() + 1) {
                    throw new AssertionError("peek=" + peek + ", added=" + added + ", seed=" + SEED);
                }
                found += peek == handle ? 1 : 0;
            }
            return found;
        });

        for (int handle = 1; handle <= MAX_IDS; handle++) {
            add(index, records, handle, idHigh(handle), handle);
            added.set(handle);
        }

        assertTrue(peeking.get() > 0, "seed=" + SEED);
        index.close();
        records.close();
    }

    /**
     * First nothing but ids of one corner of the hash, so that the directory is far deeper than the parts elsewhere.
     */
    @Test
    @Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
    void shouldFindEveryIdWhereSomePartsAreMuchDeeperThanOthers() {
        final long seed = System.nanoTime();
        final SeededHash hash = new SeededHash(seed);
        final OffHeapMemory records = OffHeapMemory.reserve((MAX_IDS + 1L) * RECORD_LENGTH);
        final IdIndex index = new IdIndex(hash, records, RECORD_LENGTH, MAX_IDS);
        final int[] lows = new int[MAX_IDS + 1];
        int handle = 0;
        for (int low = 0; handle < MAX_IDS; low++) {
            if (handle >= 10_000 || corner(hash, low, 7) == 0) {
                lows[++handle] = low;
                add(index, records, handle, 0, low);
            }
        }

        for (int i = 1; i <= MAX_IDS; i++) {
            assertEquals(i, index.find(0, lows[i]), "seed=" + seed);
        }
        index.close();
        records.close();
    }

    @Test
    void shouldTellIdsApartThatDifferInOneBit() {
        final OffHeapMemory records = OffHeapMemory.reserve((MAX_IDS + 1L) * RECORD_LENGTH);
        final IdIndex index = new IdIndex(new SeededHash(SEED), records, RECORD_LENGTH, MAX_IDS);
        add(index, records, 1, 0, 0);
        for (int bit = 0; bit < 96; bit++) {
            final long high = bit < 64 ? 1L << bit : 0;
            final int low = bit < 64 ? 0 : 1 << bit - 64;
            assertEquals(0, index.find(high, low));
            add(index, records, bit + 2, high, low);
        }

        for (int bit = 0; bit < 96; bit++) {
            assertEquals(bit + 2, index.find(bit < 64 ? 1L << bit : 0, bit < 64 ? 0 : 1 << bit - 64));
        }
        assertEquals(1, index.find(0, 0));
        index.close();
        records.close();
    }

    @Test
    void shouldSpreadIdsThatCountUpOverThePartsEvenly() {
        final int ids = 1_000_000;
        final long seed = new SplittableRandom().nextLong();
        final SeededHash hash = new SeededHash(seed);
        final int[] perPart = new int[256];
        for (int i = 0; i < ids; i++) {
            perPart[(int) (hash.ofId(0xe00fce68_00000000L, i) >>> 40) & 255]++;
        }

        for (final int count : perPart) {
            assertEquals(ids / 256.0, count, ids / 256.0 * 0.1, () -> "seed=" + seed);
        }
    }

    /** When memory ends nothing has changed: the ids of the part that was to be split are found as before. */
    @Test
    @Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
    void shouldFindEveryIdWhenThereIsNoMemoryToSplitAPart() {
        final long seed = System.nanoTime();
        final SeededHash hash = new SeededHash(seed);
        final int maxIds = 20_000;
        final OffHeapMemory records = OffHeapMemory.reserve((maxIds + 1L) * RECORD_LENGTH);
        final IdIndex index = new IdIndex(hash, records, RECORD_LENGTH, maxIds);
        final List<Integer> lows = new ArrayList<>();
        final Executable addAll = () -> {
            // A part whose ids agree in many bits is split again and again, which leaves one half empty each time. Five
            // times 4,000 ids are more than their parts hold.
            for (int low = 0; lows.size() < maxIds; low++) {
                if (corner(hash, low, 12) < 5) {
                    add(index, records, lows.size() + 1, 0, low);
                    lows.add(low);
                }
            }
        };
        assertThrows(MemoryExhaustedException.class, addAll, "seed=" + seed);

        for (int i = 0; i < lows.size(); i++) {
            assertEquals(i + 1, index.find(0, lows.get(i)), "seed=" + seed);
        }
        index.close();
        records.close();
    }

    /** So many of the bits of an id's hash that select its part. */
    private static long corner(final SeededHash hash, final int low, final int bits) {
        return hash.ofId(0, low) >>> 40 & (1L << bits) - 1;
    }

    private static long idHigh(final int handle) {
        return 0xe00fce68_00000000L + handle % 7;
    }

    private static void add(
            final IdIndex index, final OffHeapMemory records, final int handle, final long high, final int low) {
        final long position = (long) handle * RECORD_LENGTH;
        records.ensureCapacity(position + RECORD_LENGTH);
        records.putLong(position, high);
        records.putInt(position + Long.BYTES, low);
        index.add(high, low, handle);
    }
}
