package io.eventrouter.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.agrona.UnsafeApi;

/**
 * Hashes that nobody can predict without the seed: of 96-bit ids and of every prefix of a name in one pass.
 *
 * <p>Immutable and safe on any thread.
 */
public final class SeededHash {
    /*
     * Names: NH, the multiply-and-add family that UMAC and VMAC are built on. Every 8-byte word of the name is split
     * in two halves, a secret key is added to each, and the products are summed. For a random key two different
     * names of one length have the same sum with a probability of at most 2^-32, whatever the names are; so names
     * cannot be made to collide without knowing the seed. The sum over the first words is shared by all prefixes
     * that start with them, and the words do not wait for each other.
     */
    private static final int WORDS = 32;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** Bytes of a name that are hashed at most. */
    public static final int MAX_NAME_LENGTH = WORDS * Long.BYTES - 1;

    /** Bytes from the start of a name that are read, however short it is. */
    public static final int READABLE_LENGTH = 4 * Long.BYTES;

    /** Bytes of the sums that {@link #sumWords} fills at most. */
    public static final int SUMS_LENGTH = (WORDS + 1) * Long.BYTES;

    /** Two for each word, one in each half. */
    private final long[] wordKeys = new long[WORDS];

    private final long idKey1;
    private final long idKey2;
    private final long lengthKey;

    /**
     * A hash with its own keys.
     *
     * @param seed from which the keys are drawn; keep it secret.
     */
    public SeededHash(final long seed) {
        long state = seed;
        for (int i = 0; i < wordKeys.length; i++) {
            final long first = mix(state += GOLDEN) >>> Integer.SIZE;
            wordKeys[i] = first | mix(state += GOLDEN) & -1L << Integer.SIZE;
        }
        idKey1 = mix(state += GOLDEN);
        idKey2 = mix(state += GOLDEN) | 1;
        lengthKey = mix(state + GOLDEN) | 1;
    }

    /**
     * A hash whose keys say nothing of those of another: from its seed to the other's no way leads back.
     *
     * @param seed of the other.
     * @param purpose of this one.
     * @return the hash.
     */
    public static SeededHash apartFrom(final long seed, final String purpose) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
            return new SeededHash(ByteBuffer.wrap(digest.digest(purpose.getBytes(StandardCharsets.US_ASCII)))
                    .getLong());
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /**
     * Hash of a 96-bit id.
     *
     * @param high first 64 bits.
     * @param low last 32 bits.
     * @return 64 bits.
     */
    public long ofId(final long high, final int low) {
        final long sum = product(high, 0) + (low & 0xFFFFFFFFL) * idKey2;
        return spread(sum ^ idKey1);
    }

    /**
     * Sum the words of a name, once for all its prefixes. The first four are summed whatever the length, as lengths
     * that the processor cannot predict cost more than words; what is summed beyond the name is not used.
     *
     * @param address of the name, off-heap, with {@link #READABLE_LENGTH} readable bytes, and 8 behind its end.
     * @param length in bytes, at most {@link #MAX_NAME_LENGTH}.
     * @param sums address of {@link #SUMS_LENGTH} bytes, filled with the sums of the first 0, 1, 2 … words.
     */
    public void sumWords(final long address, final int length, final long sums) {
        final long one = product(Words.get(address), 0);
        final long two = one + product(Words.get(address + 8), 1);
        final long three = two + product(Words.get(address + 16), 2);
        long sum = three + product(Words.get(address + 24), 3);
        UnsafeApi.putLong(sums, 0);
        UnsafeApi.putLong(sums + 8, one);
        UnsafeApi.putLong(sums + 16, two);
        UnsafeApi.putLong(sums + 24, three);
        UnsafeApi.putLong(sums + 32, sum);
        for (int word = 4, words = length >>> 3; word < words; word++) {
            sum += product(Words.get(address + (word << 3)), word);
            UnsafeApi.putLong(sums + (word + 1 << 3), sum);
        }
    }

    /**
     * Hash of one prefix of a name.
     *
     * @param address of the name, off-heap, with {@link #READABLE_LENGTH} readable bytes, and 8 behind its end.
     * @param length of the prefix in bytes, at most that of the name.
     * @param kind of key, so that equal prefixes of different kinds differ.
     * @param sums of the name, as {@link #sumWords} filled them.
     * @return 64 bits.
     */
    public long ofPrefix(final long address, final int length, final int kind, final long sums) {
        final int word = length >>> 3;
        final int offset = word << 3;
        final long rest = Words.first(Words.get(address + offset), length & 7);
        return spread(UnsafeApi.getLong(sums + offset) + product(rest, word) + (length << 2 | kind) * lengthKey);
    }

    private long product(final long bytes, final int word) {
        final long key = wordKeys[word];
        return ((int) bytes + (int) key & 0xFFFFFFFFL)
                * ((int) (bytes >>> Integer.SIZE) + (int) (key >>> Integer.SIZE) & 0xFFFFFFFFL);
    }

    // Spreads what tells two sums apart over the upper half, where tags are taken from, and from there over the lower.
    private static long spread(final long sum) {
        final long bits = (sum ^ sum >>> 32) * 0xBF58476D1CE4E5B9L;
        return bits ^ bits >>> 29;
    }

    // Draws keys from a seed.
    private static long mix(final long value) {
        long bits = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ bits >>> 27) * 0x94D049BB133111EBL;
        return bits ^ bits >>> 31;
    }
}
