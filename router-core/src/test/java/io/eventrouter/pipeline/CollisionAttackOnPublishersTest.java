package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.memory.CraftedKeys;
import io.eventrouter.memory.SeededHash;
import org.junit.jupiter.api.Test;

/** Nobody can send everything through one lane, or make others share the buckets of a flooder, by choosing ids. */
class CollisionAttackOnPublishersTest {
    private static final int IDS = 64_000;
    private static final int SEEDS = 8;
    private static final long[][] ATTACKS = {
        CraftedKeys.forAgrona(IDS), CraftedKeys.forChronicle(IDS, 40), consecutive(32), consecutive(0)
    };

    @Test
    void shouldDivideCraftedIdsAmongLanes() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (int attack = 0; attack < ATTACKS.length; attack++) {
                final LaneMap map = new LaneMap(SeededHash.apartFrom(seed, "lanes"), 16);
                final int[] ofLane = new int[16];
                for (final long high : ATTACKS[attack]) {
                    ofLane[map.laneOf(high, 0)]++;
                }
                for (final int ids : ofLane) {
                    // 4,000 are fair; random ids would differ from that by 61 in a standard deviation.
                    assertTrue(ids > 2_000 && ids < 8_000, "attack=" + attack + ", seed=" + seed + ", ids=" + ids);
                }
            }
        }
    }

    @Test
    void shouldSpreadCraftedIdsOverTheBucketsOfShares() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final SeededHash hash = new SeededHash(seed);
            for (int attack = 0; attack < ATTACKS.length; attack++) {
                final CommandRing ring = new CommandRing(1 << 16, 0);
                final RingShares shares = new RingShares(ring, hash, 16);
                // A hundred flooders of the attack have their whole share; how many others of it meet two of theirs?
                for (int i = 0; i < 100; i++) {
                    shares.tryCount(hash.ofId(ATTACKS[attack][i], 0), ring.capacity() / 16);
                }
                int refused = 0;
                for (int i = 100; i < IDS; i++) {
                    final long publisher = hash.ofId(ATTACKS[attack][i], 0);
                    if (shares.tryCount(publisher, 1)) {
                        shares.discount(publisher, 1);
                    } else {
                        refused++;
                    }
                }
                // 38 are expected of random ids.
                assertTrue(refused < 400, "attack=" + attack + ", seed=" + seed + ", refused=" + refused);
            }
        }
    }

    private static long[] consecutive(final int shift) {
        final long[] ids = new long[IDS];
        for (int i = 0; i < IDS; i++) {
            ids[i] = (long) i << shift;
        }
        return ids;
    }
}
