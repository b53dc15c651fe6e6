package io.eventrouter.loadgen.figures;

import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
    private static final double NS_PER_SECOND = 1e9;
    private static final int THOUSAND = 1_000;
    private static final String[] TIME_UNITS = {"ns", "us", "ms", "s"};

    private Figures() {}

    /**
     * A number with separators between thousands.
     *
     * @param value to show.
     * @return the text.
     */
    public static String count(final long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /**
     * A number and what it counts, in the singular or the plural.
     *
     * @param value to show.
     * @param thing that is counted, in the singular; an s makes it the plural.
     * @return the text.
     */
    public static String count(final long value, final String thing) {
        if (value == 1) {
            return "1 " + thing;
        }
        return count(value) + " "
                + (thing.endsWith("y") ? thing.substring(0, thing.length() - 1) + "ies" : thing + "s");
    }

    /**
     * A duration.
     *
     * @param ns nanoseconds.
     * @return seconds, with as many digits as make sense.
     */
    public static String seconds(final long ns) {
        final double seconds = ns / NS_PER_SECOND;
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
    }

    /**
     * How many a second.
     *
     * @param value that was reached.
     * @param ns nanoseconds that it took.
     * @return the rate, rounded to three digits.
     */
    public static String perSecond(final long value, final long ns) {
        final double rate = value * NS_PER_SECOND / Math.max(ns, 1);
        final double scale = rate < 1_000 ? 1 : Math.pow(10, Math.floor(Math.log10(rate)) - 2);
        return count(Math.round(Math.round(rate / scale) * scale));
    }

    /**
     * A short time.
     *
     * @param ns nanoseconds.
     * @return three digits in ns, us, ms or s.
     */
    public static String time(final long ns) {
        if (ns < THOUSAND) {
            return ns + " ns";
        }
        double value = ns;
        int unit = 0;
        // What is rounded up to the next power of ten has one digit more before the point.
        while (value >= THOUSAND - 0.5 && unit < TIME_UNITS.length - 1) {
            value /= THOUSAND;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value) + " "
                + TIME_UNITS[unit];
    }

    /**
     * A rate.
     *
     * @param perSecond how many a second.
     * @return the rate, rounded to three digits.
     */
    public static String rate(final double perSecond) {
        if (perSecond < 10) {
            return String.format(Locale.ROOT, "%.2f", perSecond);
        }
        return perSecond(Math.round(perSecond), (long) NS_PER_SECOND);
    }
}
