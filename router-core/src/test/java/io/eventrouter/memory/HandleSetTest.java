package io.eventrouter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Oracle: a set of the Java library. */
class HandleSetTest {
    private static final int MAX_HANDLE = 50_000;

    @Test
    void shouldHoldWhatWasAddedSinceItWasEmptied() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        try (HandleSet set = new HandleSet(MAX_HANDLE)) {
            final Set<Integer> expected = new HashSet<>();
            for (int i = 0; i < 500_000; i++) {
                final int handle = random.nextInt(1 + random.nextInt(MAX_HANDLE + 1));
                assertEquals(expected.add(handle), set.add(handle), () -> handle + ", seed=" + seed);
                if (random.nextInt(20_000) == 0) {
                    expected.clear();
                    set.clear();
                }
            }
        }
    }
}
