package io.eventrouter.loadgen.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void showsCountsWithSeparatorsAndTheRightForm() {
        assertEquals("1,234,567", Figures.count(1_234_567));
        assertEquals("0 lines", Figures.count(0, "line"));
        assertEquals("1 line", Figures.count(1, "line"));
        assertEquals("2,000 deliveries", Figures.count(2_000, "delivery"));
    }

    @Test
    void showsDurationsAndRatesWithThreeDigits() {
        assertEquals("0.05 s", Figures.seconds(50_000_000));
        assertEquals("12 s", Figures.seconds(12_400_000_000L));
        assertEquals("123,000", Figures.perSecond(123_456, 1_000_000_000));
        assertEquals("12", Figures.perSecond(12, 1_000_000_000));
        assertEquals("0", Figures.perSecond(0, 0));
    }

    @Test
    void showsTimesWithThreeDigitsAfterRounding() {
        assertEquals("999 ns", Figures.time(999));
        assertEquals("1.00 us", Figures.time(1_000));
        assertEquals("9.99 us", Figures.time(9_994));
        assertEquals("10.0 us", Figures.time(9_995));
        assertEquals("99.9 us", Figures.time(99_949));
        assertEquals("100 us", Figures.time(99_950));
        assertEquals("999 us", Figures.time(999_499));
        assertEquals("1.00 ms", Figures.time(999_500));
        assertEquals("1.00 ms", Figures.time(999_999));
        assertEquals("1.00 s", Figures.time(999_999_999));
        assertEquals("1234 s", Figures.time(1_234_000_000_000L));
    }
}
