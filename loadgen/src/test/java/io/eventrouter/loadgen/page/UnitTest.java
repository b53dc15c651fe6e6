package io.eventrouter.loadgen.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UnitTest {
    @Test
    void writesThreeDigitsAndAUnitOfHandySize() {
        assertEquals("0\u00a0ns", Unit.NANOSECONDS.text(0));
        assertEquals("0.25\u00a0ns", Unit.NANOSECONDS.text(0.25));
        assertEquals("999\u00a0ns", Unit.NANOSECONDS.text(999));
        assertEquals("1\u00a0µs", Unit.NANOSECONDS.text(1_000));
        assertEquals("412\u00a0µs", Unit.NANOSECONDS.text(412_345));
        assertEquals("1.23\u00a0ms", Unit.NANOSECONDS.text(1_234_567));
        assertEquals("12,300\u00a0s", Unit.NANOSECONDS.text(12_300_000_000_000L));
        assertEquals("2.13M/s", Unit.PER_SECOND.text(2_134_000));
        assertEquals("100k", Unit.COUNT.text(100_000));
        assertEquals("-3\u00a0%", Unit.PERCENT.text(-3));
        assertEquals("1.5\u00a0min", Unit.SECONDS.text(90));
        assertEquals("16\u00a0KiB", Unit.BYTES.text(16_384));
        assertEquals("1.05×", Unit.RATIO.text(1.05));
    }

    @Test
    void roundsUpToTheNextUnit() {
        assertEquals("1M", Unit.COUNT.text(999_999));
        assertEquals("1\u00a0ms", Unit.NANOSECONDS.text(999_999.9));
    }

    @Test
    void showsADashForWhatIsNotKnown() {
        assertEquals("–", Unit.COUNT.text(Double.NaN));
        assertEquals("–", Unit.COUNT.text(Double.POSITIVE_INFINITY));
    }
}
