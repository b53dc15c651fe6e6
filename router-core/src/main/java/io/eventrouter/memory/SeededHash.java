package io.eventrouter.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

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

    /** Running sums that {@link #sumWords} fills at most. */
    public static final int MAX_SUMS = WORDS + 1;

    private final int[] wordKeys = new int[2 * WORDS];
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
            state += GOLDEN;
            wordKeys[i] = (int) (mix(state) >>> 32);
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
        final long sum =
                (((int) high + wordKeys[0]) & 0xFFFFFFFFL) * (((int) (high >>> 32) + wordKeys[1]) & 0xFFFFFFFFL)
                        + (low & 0xFFFFFFFFL) * idKey2;
        return spread(sum ^ idKey1);
    }

    /**
     * Sum the words of a name, once for all its prefixes. The first four are summed whatever the length, as lengths
     * that the processor cannot predict cost more than words; what is summed beyond the name is not used.
     *
     * @param address of the name, off-heap, with {@link #READABLE_LENGTH} readable bytes, and 8 behind its end.
     * @param length in bytes, at most {@link #MAX_NAME_LENGTH}.
     * @param sums filled with the sum of the first n words at index {@code first} + n.
     * @param first index of the sums.
     */
    public void sumWords(final long address, final int length, final long[] sums, final int first) {
        final long one = product(Words.get(address), 0);
        final long two = one + product(Words.get(address + 8), 1);
        final long three = two + product(Words.get(address + 16), 2);
        long sum = three + product(Words.get(address + 24), 3);
        sums[first] = 0;
        sums[first + 1] = one;
        sums[first + 2] = two;
        sums[first + 3] = three;
        sums[first + 4] = sum;
        for (int word = 4, words = length >>> 3; word < words; word++) {
            sum += product(Words.get(address + (word << 3)), word);
            sums[first + word + 1] = sum;
        }
    }

    /**
     * Hash of one prefix of a name.
     *
     * @param address of the name, off-heap, with {@link #READABLE_LENGTH} readable bytes, and 8 behind its end.
     * @param length of the prefix in bytes, at most that of the name.
     * @param kind of key, so that equal prefixes of different kinds differ.
     * @param sums of the name, from {@link #sumWords}.
     * @param first index of the sums.
     * @return 64 bits.
     */
    public long ofPrefix(final long address, final int length, final int kind, final long[] sums, final int first) {
        final int word = length >>> 3;
        final long rest = Words.first(Words.get(address + (word << 3)), length & 7);
        return spread(sums[first + word] + product(rest, word) + (length << 2 | kind) * lengthKey);
    }

    private long product(final long bytes, final int word) {
        return (((int) bytes + wordKeys[2 * word]) & 0xFFFFFFFFL)
                * (((int) (bytes >>> 32) + wordKeys[2 * word + 1]) & 0xFFFFFFFFL);
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
