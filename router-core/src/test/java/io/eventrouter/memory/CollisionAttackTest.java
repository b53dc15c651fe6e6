package io.eventrouter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.ownership.KnownIds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.agrona.collections.Hashing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ids that are crafted to collide do so in tables whose hash everybody knows, which is shown first, and behave like any
 * others in ours. Steps are counted; no time is taken.
 */
class CollisionAttackTest {
    private static final int IDS = 20_000;
    private static final int RECORD_LENGTH = 32;
    private static final int PART_LENGTH = 1 << 14;
    private static final int SEEDS = 8;

    /** Ways to choose the ids of an attack. */
    enum Attack {
        /** One slot in agrona's hash maps. */
        AGRONA {
            @Override
            long high(final int i) {
                return AGRONA_KEYS[i];
            }
        },
        /** One slot of up to 2^40 in Chronicle Map. */
        CHRONICLE {
            @Override
            long high(final int i) {
                return CHRONICLE_KEYS[i];
            }
        },
        /** Neighbours, as from one production line. */
        CONSECUTIVE {
            @Override
            long high(final int i) {
                return 0xe00fce6800000000L;
            }
        },
        /** Ids that differ in their highest bits only. */
        HIGHEST_BITS {
            @Override
            long high(final int i) {
                return (long) i << 49;
            }

            @Override
            int low(final int i) {
                return 0;
            }
        },
        /** Ids whose two halves cancel each other out if they are combined by exclusive or. */
        CANCELLING {
            @Override
            long high(final int i) {
                return (long) i << 32 | i;
            }
        },
        /** One {@link EntityId#hashCode}. */
        JAVA_HASH {
            @Override
            long high(final int i) {
                return i;
            }

            @Override
            int low(final int i) {
                return -31 * i;
            }
        };

        private static final long[] AGRONA_KEYS = CraftedKeys.forAgrona(IDS);
        private static final long[] CHRONICLE_KEYS = CraftedKeys.forChronicle(IDS, 40);

        abstract long high(int i);

        int low(final int i) {
            return i;
        }
    }

    @Test
    void shouldShowTheAttackOnMapsOfAgrona() {
        final long[] crafted = CraftedKeys.forAgrona(2_000);
        assertEquals(2_000, LongStream.of(crafted).distinct().count());
        assertEquals(1_999, longestProbe(crafted, key -> Hashing.evenHash(key, 8_191) / 2, 4_096));
        final long[] others = new SplittableRandom(1).longs(2_000).toArray();
        assertTrue(longestProbe(others, key -> Hashing.evenHash(key, 8_191) / 2, 4_096) < 64);
    }

    @Test
    void shouldShowTheAttackOnChronicleMap() {
        final long[] crafted = CraftedKeys.forChronicle(2_000, 40);
        assertEquals(2_000, LongStream.of(crafted).distinct().count());
        assertEquals(1_999, longestProbe(crafted, key -> CraftedKeys.xx64(key) & 4_095, 4_096));
    }

    @Test
    void shouldShowTheAttackOnHashCodes() {
        final List<String> names = CraftedKeys.forStringHash(2_000, "temp/");
        assertEquals(2_000, names.stream().distinct().count());
        assertEquals(1, names.stream().mapToInt(String::hashCode).distinct().count());
        assertEquals(
                1,
                IntStream.range(0, 2_000)
                        .mapToObj(i -> EntityId.of(Attack.JAVA_HASH.high(i), Attack.JAVA_HASH.low(i)))
                        .mapToInt(EntityId::hashCode)
                        .distinct()
                        .count());
    }

    /** So that the hash maps of the JDK, where they are used, make a tree of what collides. */
    @Test
    void shouldBeOrderedWhatIsAKeyInHashMaps() {
        final AccountId account = AccountId.user(EntityId.of(1, 2));
        assertInstanceOf(Comparable.class, EntityId.of(1, 2));
        assertInstanceOf(Comparable.class, account);
        assertEquals(0, account.compareTo(AccountId.user(EntityId.of(1, 2))));
        assertTrue(account.compareTo(AccountId.user(EntityId.of(1, 3))) < 0);
        assertTrue(account.compareTo(AccountId.organization(EntityId.of(1, 1))) < 0);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindCraftedIdsInAsFewStepsAsRandomOnes(final Attack attack) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final long[] highs = random.longs(IDS).toArray();
            final Steps ofRandom = stepsInIndex(seed, i -> highs[i]);
            final Steps ofCrafted = stepsInIndex(seed, attack);

            final String message = attack + ", seed=" + seed + ": " + ofCrafted + ", of random ids " + ofRandom;
            assertTrue(ofCrafted.mean() < 1.5 * ofRandom.mean() + 1, message);
            assertTrue(ofCrafted.longest() < 3 * ofRandom.longest() + 64, message);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotTakeStrangersForKnownBecauseIdsAreCrafted(final Attack attack) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final KnownIds known = new KnownIds(new SeededHash(seed), IDS);
            for (int i = 0; i < IDS / 2; i++) {
                known.add(attack.high(i), attack.low(i));
            }
            int strangers = 0;
            for (int i = IDS / 2; i < IDS; i++) {
                strangers += known.mayContain(attack.high(i), attack.low(i)) ? 1 : 0;
            }
            assertTrue(strangers < IDS / 2 / 30, attack + ", seed=" + seed + ": strangers=" + strangers);
        }
    }

    @Test
    void shouldHaveKeysThatSayNothingOfThoseOfAnotherPurpose() {
        final SeededHash hash = new SeededHash(7);
        final SeededHash apart = SeededHash.apartFrom(7, "lanes");
        assertNotEquals(hash.ofId(1, 2), apart.ofId(1, 2));
        assertEquals(apart.ofId(1, 2), SeededHash.apartFrom(7, "lanes").ofId(1, 2));
        assertNotEquals(apart.ofId(1, 2), SeededHash.apartFrom(8, "lanes").ofId(1, 2));
    }

    private record Steps(double mean, int longest) {}

    private static Steps stepsInIndex(final int seed, final Attack attack) {
        return stepsInIndex(seed, attack::high, attack);
    }

    private static Steps stepsInIndex(final int seed, final IntToLong highs) {
        return stepsInIndex(seed, highs, Attack.CONSECUTIVE);
    }

    private interface IntToLong {
        long of(int i);
    }

    // How many slots lie between where a look-up begins and where it ends, for all ids.
    private static Steps stepsInIndex(final int seed, final IntToLong highs, final Attack lows) {
        final OffHeapMemory records = OffHeapMemory.reserve((IDS + 1L) * RECORD_LENGTH);
        final IdIndex index = new IdIndex(new SeededHash(seed), records, RECORD_LENGTH, IDS);
        for (int i = 0; i < IDS; i++) {
            final long record = (i + 1L) * RECORD_LENGTH;
            records.ensureCapacity(record + RECORD_LENGTH);
            records.putLong(record, highs.of(i));
            records.putInt(record + Long.BYTES, lows.low(i));
            index.add(highs.of(i), lows.low(i), i + 1);
        }
        long sum = 0;
        int longest = 0;
        for (int i = 0; i < IDS; i++) {
            assertEquals(i + 1, index.find(highs.of(i), lows.low(i)));
            final int steps = index.steps(highs.of(i), lows.low(i));
            sum += steps;
            longest = Math.max(longest, steps);
        }
        index.close();
        records.close();
        return new Steps((double) sum / IDS, longest);
    }

    // Open addressing by steps of one, as the maps do it: the longest way that a key goes to find its place.
    private static int longestProbe(final long[] keys, final LongUnaryOperator home, final int slots) {
        final boolean[] taken = new boolean[slots];
        Arrays.fill(taken, false);
        int longest = 0;
        for (final long key : keys) {
            int slot = (int) home.applyAsLong(key);
            int steps = 0;
            while (taken[slot]) {
                slot = (slot + 1) % slots;
                steps++;
            }
            taken[slot] = true;
            longest = Math.max(longest, steps);
        }
        return longest;
    }
}
