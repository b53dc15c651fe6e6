package io.eventrouter.loadgen.scenario;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads numbers with units, exactly. Every method refuses what it cannot read, or what is not whole or too large, with
 * an {@link IllegalArgumentException} that says what is expected.
 */
public final class Quantities {
    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?) ?([a-zA-Z%]*)");
    private static final Map<String, Long> MULTIPLES = units("", 1L, "k", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L);
    private static final Map<String, Long> DURATIONS = units(
            "ns",
            1L,
            "us",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "min",
            60_000_000_000L,
            "h",
            3_600_000_000_000L,
            "day",
            86_400_000_000_000L);
    private static final Map<String, Long> BYTES = units("B", 1L, "", 1L, "KiB", 1_024L, "MiB", 1_048_576L);
    private static final BigDecimal NS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);
    private static final BigDecimal MILLI = BigDecimal.valueOf(1_000);
    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

    private Quantities() {}

    /**
     * A whole number, such as {@code 10k}.
     *
     * @param text of the number.
     * @return the number.
     */
    public static long number(final String text) {
        return whole(text, MULTIPLES, "must be a whole number such as 500, 10k or 1.5M");
    }

    /**
     * A duration, such as {@code 10min}.
     *
     * @param text of the duration.
     * @return nanoseconds.
     */
    public static long durationNs(final String text) {
        return whole(
                text, DURATIONS, "must be a duration such as 1.5ms, 20s or 10min, in ns, us, ms, s, min, h or day");
    }

    /**
     * A duration as {@link #durationNs} reads it.
     *
     * @param ns of the duration.
     * @return the text, in the largest unit that makes it a whole number.
     */
    public static String durationText(final long ns) {
        String text = ns + "ns";
        for (final Map.Entry<String, Long> unit : DURATIONS.entrySet()) {
            if (ns != 0 && ns % unit.getValue() == 0) {
                text = ns / unit.getValue() + unit.getKey();
            }
        }
        return text;
    }

    /**
     * A size, such as {@code 16KiB}.
     *
     * @param text of the size.
     * @return bytes.
     */
    public static long bytes(final String text) {
        return whole(text, BYTES, "must be a size such as 64B or 16KiB, in B, KiB or MiB");
    }

    /**
     * A rate, such as {@code 200k/s}.
     *
     * @param text of the rate.
     * @return the rate, rounded to a thousandth a second.
     */
    public static Rate rate(final String text) {
        final String expected = "must be a rate such as 200k/s or 3/min, in s, min, h or day";
        final int slash = text.indexOf('/');
        final Long periodNs =
                slash < 0 ? null : DURATIONS.get(text.substring(slash + 1).trim());
        if (periodNs == null || periodNs < NS_PER_SECOND.longValue()) {
            throw refused(expected, text);
        }
        final BigDecimal times = scaled(text.substring(0, slash).trim(), MULTIPLES, expected, text);
        final BigDecimal milli = times.multiply(MILLI)
                .multiply(NS_PER_SECOND)
                .divide(BigDecimal.valueOf(periodNs), 0, RoundingMode.HALF_UP);
        if (milli.compareTo(BigDecimal.valueOf(Rate.MAX_MILLI_PER_SECOND)) > 0) {
            throw refused("must be at most 1G/s", text);
        }
        if (milli.signum() == 0 && times.signum() != 0) {
            throw refused("must be 0, or at least 0.001/s", text);
        }
        return new Rate(milli.longValueExact());
    }

    /**
     * A share, such as {@code 95%}.
     *
     * @param text of the share.
     * @param maxPercent the most that it may be.
     * @return the share as a fraction.
     */
    public static double share(final String text, final int maxPercent) {
        final String expected = "must be a share from 0% to " + maxPercent + "%";
        final Matcher matcher = QUANTITY.matcher(text);
        if (!matcher.matches() || !matcher.group(2).equals("%")) {
            throw refused(expected, text);
        }
        final BigDecimal percent = new BigDecimal(matcher.group(1));
        if (percent.compareTo(BigDecimal.valueOf(maxPercent)) > 0) {
            throw refused(expected, text);
        }
        return percent.divide(PERCENT).doubleValue();
    }

    private static long whole(final String text, final Map<String, Long> units, final String expected) {
        try {
            return scaled(text, units, expected, text).longValueExact();
        } catch (final ArithmeticException e) {
            throw refused(expected, text);
        }
    }

    private static BigDecimal scaled(
            final String text, final Map<String, Long> units, final String expected, final String whole) {
        final Matcher matcher = QUANTITY.matcher(text);
        final Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
        if (unit == null) {
            throw refused(expected, whole);
        }
        return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    }

    private static IllegalArgumentException refused(final String expected, final String text) {
        return new IllegalArgumentException(expected + ": value=" + text);
    }

    private static Map<String, Long> units(final Object... namesAndSizes) {
        final Map<String, Long> units = new LinkedHashMap<>();
        for (int i = 0; i < namesAndSizes.length; i += 2) {
            units.put((String) namesAndSizes[i], (Long) namesAndSizes[i + 1]);
        }
        return units;
    }
}
