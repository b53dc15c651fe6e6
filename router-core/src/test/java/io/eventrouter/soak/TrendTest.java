package io.eventrouter.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** What is taken for growth, and what is not. */
class TrendTest {
    private static final int SAMPLES = 30;
    private static final long MIB = 1 << 20;

    @Test
    void shouldFindNothingInWhatStaysFlat() {
        assertEquals(List.of(), Trend.findings(resident(i -> 330 * MIB)));
    }

    @Test
    void shouldNotTakeWhatIsGivenBackForAMomentForGrowthAfterwards() {
        assertEquals(List.of(), Trend.findings(resident(i -> (i == 4 ? 264 : 325 + i % 7) * MIB)));
    }

    @Test
    void shouldFindMemoryThatIsKeptForEveryRouter() {
        assertEquals(
                List.of(
                        "resident memory beside the heap has grown by 1.6777216E8, bound=67108864",
                        "resident memory beside the heap grows by 8388608.0 a sample, over 30 samples, bound=67108864"),
                Trend.findings(resident(i -> (300 + 8L * i) * MIB)));
    }

    private static List<Resources> resident(final LongUnaryOperator bytes) {
        final List<Resources> samples = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            samples.add(new Resources(i, 14 * MIB, MIB, bytes.applyAsLong(i), 81, 13));
        }
        return samples;
    }
}
