package io.eventrouter.ownership;

import io.eventrouter.memory.SeededHash;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Lets publishing threads refuse ids that are not registered without asking the routing thread: a Bloom filter of one
 * word per id.
 *
 * <p>It never denies an id whose registration was acknowledged. It takes about one unregistered id in a hundred for
 * registered; those are refused by the routing thread.
 *
 * <p><b>Threading:</b> any thread; the routing threads of all lanes add. <b>Memory:</b> two to four bytes per id that
 * it is made for.
 */
public final class KnownIds {
    private static final int BITS_PER_ID = 16;
    private static final int SIX_BITS = 0x3F;

    private final SeededHash hash;
    private final AtomicLongArray words;
    private final int mask;

    /**
     * A filter that knows nothing.
     *
     * @param hash that spreads the ids.
     * @param expectedIds that it is made for; with more it only lets more unregistered ids pass.
     */
    public KnownIds(final SeededHash hash, final int expectedIds) {
        this.hash = hash;
        final long neededWords = Math.max(1, (long) expectedIds * BITS_PER_ID / Long.SIZE);
        final long powerOfTwo = Long.highestOneBit(2 * neededWords - 1);
        words = new AtomicLongArray((int) Math.min(powerOfTwo, 1 << 29));
        mask = words.length() - 1;
    }

    /**
     * An id is registered.
     *
     * @param idHigh first 64 bits.
     * @param idLow last 32 bits.
     */
    public void add(final long idHigh, final int idLow) {
        final long bits = hash.ofId(idHigh, idLow);
        final int word = word(bits);
        final long pattern = pattern(bits);
        words.getAndUpdate(word, known -> known | pattern);
    }

    /**
     * Whether an id may be registered.
     *
     * @param idHigh first 64 bits.
     * @param idLow last 32 bits.
     * @return false if it certainly is not.
     */
    public boolean mayContain(final long idHigh, final int idLow) {
        final long bits = hash.ofId(idHigh, idLow);
        final long pattern = pattern(bits);
        return (words.getAcquire(word(bits)) & pattern) == pattern;
    }

    private int word(final long bits) {
        return (int) (bits >>> 32) & mask;
    }

    private static long pattern(final long bits) {
        return 1L << (bits & SIX_BITS) | 1L << (bits >>> 6 & SIX_BITS) | 1L << (bits >>> 12 & SIX_BITS);
    }
}
