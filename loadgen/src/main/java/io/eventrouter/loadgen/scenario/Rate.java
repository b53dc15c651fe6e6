package io.eventrouter.loadgen.scenario;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How often something happens.
 *
 * @param milliPerSecond thousandths of a time a second; 0 for never.
 */
public record Rate(long milliPerSecond) {
    /** Never. */
    public static final Rate NEVER = new Rate(0);

    /** The highest rate, one event in a nanosecond: no event is due closer to another than a schedule can tell. */
    public static final long MAX_MILLI_PER_SECOND = 1_000_000_000_000L;

    private static final int THOUSAND = 1_000;

    public Rate {
        if (milliPerSecond < 0 || milliPerSecond > MAX_MILLI_PER_SECOND) {
            throw new IllegalArgumentException("rate must be in [0, " + MAX_MILLI_PER_SECOND
                    + "] thousandths a second: milliPerSecond=" + milliPerSecond);
        }
    }

    /**
     * A rate from times a second.
     *
     * @param perSecond times a second, rounded to a thousandth.
     * @return the rate.
     */
    public static Rate ofPerSecond(final double perSecond) {
        return new Rate(Math.round(perSecond * THOUSAND));
    }

    /**
     * Times a second.
     *
     * @return the number.
     */
    public double perSecond() {
        return (double) milliPerSecond / THOUSAND;
    }

    /**
     * Whether it never happens.
     *
     * @return true if the rate is 0.
     */
    public boolean isNever() {
        return milliPerSecond == 0;
    }

    @Override
    public String toString() {
        return BigDecimal.valueOf(milliPerSecond)
                        .divide(BigDecimal.valueOf(THOUSAND), 3, RoundingMode.UNNECESSARY)
                        .stripTrailingZeros()
                        .toPlainString()
                + "/s";
    }
}
