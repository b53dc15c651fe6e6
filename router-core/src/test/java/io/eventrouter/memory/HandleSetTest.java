package io.eventrouter.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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

    /** More pages than a word has bits, each with few handles. */
    @Test
    void shouldHoldWhatWasAddedToHundredsOfPages() {
        final int pages = 300;
        final int pageLength = 4_096;
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        try (HandleSet set = new HandleSet(pages * pageLength - 1)) {
            final Set<Integer> expected = new HashSet<>();
            for (int i = 0; i < 100_000; i++) {
                final int handle = random.nextInt(pages) * pageLength + random.nextInt(20);
                assertEquals(expected.add(handle), set.add(handle), () -> handle + ", seed=" + seed);
                if (random.nextInt(10_000) == 0) {
                    expected.clear();
                    set.clear();
                }
            }
        }
    }

    @Test
    void shouldAddManyAndKeepThoseThatAreNewInTheirOrder() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        try (HandleSet set = new HandleSet(MAX_HANDLE)) {
            final Set<Integer> held = new HashSet<>();
            for (int round = 0; round < 20_000; round++) {
                final int[] handles = handles(random);
                final int[] expected = Arrays.stream(handles).filter(held::add).toArray();

                final int added = set.addAll(handles, handles.length);

                assertArrayEquals(expected, Arrays.copyOf(handles, added), () -> "seed=" + seed);
                final int again = handles.length == 0 ? random.nextInt(MAX_HANDLE) : handles[0];
                assertEquals(held.add(again), set.add(again), () -> again + ", seed=" + seed);
                if (random.nextInt(1_000) == 0) {
                    held.clear();
                    set.clear();
                }
            }
        }
    }

    @Test
    void shouldTouchNothingForTheGreatestHandleButWhatIsNearIt() {
        final int maxHandle = 1 << 22;
        try (MarkedMemory marked = new MarkedMemory();
                HandleSet set = new HandleSet(maxHandle)) {
            set.add(maxHandle);
            set.add(maxHandle - 1);

            assertTrue(marked.touchedBytes() <= 1_024, "bytes=" + marked.touchedBytes());
        }
    }

    /** In order, backwards, or anyhow; some of them twice. */
    private static int[] handles(final SplittableRandom random) {
        final int first = random.nextInt(MAX_HANDLE - 200);
        final int direction = random.nextInt(3) - 1;
        return IntStream.range(0, random.nextInt(100))
                .map(i -> direction == 0 ? random.nextInt(MAX_HANDLE + 1) : first + 100 + direction * i)
                .map(handle -> random.nextInt(20) == 0 ? first : handle)
                .toArray();
    }
}
