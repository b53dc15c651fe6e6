package io.eventrouter.ownership;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.memory.SeededHash;
import org.junit.jupiter.api.Test;

/** Publishers may be told too little by the filter, never too much. */
class KnownIdsTest {
    private static final int IDS = 1 << 18;
    private static final long SEED = 20_261_123;

    @Test
    void shouldNeverDenyAnIdThatWasAddedAndTakeFewOthersForIt() {
        final KnownIds known = new KnownIds(new SeededHash(SEED), IDS);
        for (int i = 0; i < IDS; i++) {
            known.add(0xe00fce68L << 32, i);
        }

        int taken = 0;
        for (int i = 0; i < IDS; i++) {
            assertTrue(known.mayContain(0xe00fce68L << 32, i), "seed=" + SEED + ", id=" + i);
            taken += known.mayContain(0xe00fce69L << 32, i) ? 1 : 0;
        }
        assertTrue(taken < IDS / 50, "strangers taken for registered: " + taken + " of " + IDS + ", seed=" + SEED);
    }
}
