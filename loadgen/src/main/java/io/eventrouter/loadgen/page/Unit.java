package io.eventrouter.loadgen.page;

import java.util.List;
import java.util.Locale;

/** What a number counts or measures, and how people write it: with three digits and a unit of handy size. */
public enum Unit {
    /** Things without a unit: 950, 12.3k, 1M. */
    COUNT(Ticks.DECIMAL, Step.of(1, ""), Step.of(1e3, "k"), Step.of(1e6, "M"), Step.of(1e9, "G"), Step.of(1e12, "T")),
    /** How many a second: 950/s, 12.3k/s, 1M/s. */
    PER_SECOND(Ticks.DECIMAL, Step.of(1, "/s"), Step.of(1e3, "k/s"), Step.of(1e6, "M/s"), Step.of(1e9, "G/s")),
    /** Nanoseconds, for latencies and costs: 250 ns, 1.2 ms. */
    NANOSECONDS(
            Ticks.DECIMAL,
            Step.of(1, "\u00a0ns"),
            Step.of(1e3, "\u00a0µs"),
            Step.of(1e6, "\u00a0ms"),
            Step.of(1e9, "\u00a0s")),
    /** Seconds, for the course of a run: 12 s, 5 min, 1.5 h. */
    SECONDS(Ticks.SEXAGESIMAL, Step.of(1, "\u00a0s"), Step.of(60, "\u00a0min"), Step.of(3_600, "\u00a0h")),
    /** Bytes: 48 B, 1.5 KiB, 2 GiB. */
    BYTES(
            Ticks.BINARY,
            Step.of(1, "\u00a0B"),
            Step.of(1L << 10, "\u00a0KiB"),
            Step.of(1L << 20, "\u00a0MiB"),
            Step.of(1L << 30, "\u00a0GiB"),
            Step.of(1L << 40, "\u00a0TiB")),
    /** Parts of a hundred: 99.9 %. */
    PERCENT(Ticks.DECIMAL, Step.of(1, "\u00a0%")),
    /** How many times another figure: 1.05×. */
    RATIO(Ticks.DECIMAL, Step.of(1, "×"));

    /** Which numbers are round for an axis. */
    enum Ticks {
        DECIMAL,
        SEXAGESIMAL,
        BINARY
    }

    /**
     * A size of the unit.
     *
     * @param factor how many of the smallest it holds.
     * @param suffix written right behind the number.
     */
    record Step(double factor, String suffix) {
        static Step of(final double factor, final String suffix) {
            return new Step(factor, suffix);
        }
    }

    private static final int DIGITS = 3;

    private final Ticks ticks;
    private final List<Step> steps;

    Unit(final Ticks ticks, final Step... steps) {
        this.ticks = ticks;
        this.steps = List.of(steps);
    }

    /**
     * A number as people read it.
     *
     * @param value in the smallest size of the unit, such as nanoseconds; NaN if it is not known.
     * @return three digits and the unit, such as {@code 1.23 ms}; a dash for what is not a finite number.
     */
    public String text(final double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "–";
        }
        final double magnitude = Math.abs(value);
        int chosen = 0;
        while (chosen + 1 < steps.size() && round(magnitude / steps.get(chosen + 1).factor) >= 1) {
            chosen++;
        }
        final Step step = steps.get(chosen);
        return digits(value / step.factor) + step.suffix;
    }

    Ticks ticks() {
        return ticks;
    }

    List<Step> steps() {
        return steps;
    }

    private static double round(final double value) {
        final double scale = Math.pow(10, DIGITS);
        return Math.rint(value * scale) / scale;
    }

    private static String digits(final double value) {
        final double magnitude = Math.abs(value);
        if (magnitude == 0) {
            return "0";
        }
        final int whole = (int) Math.floor(Math.log10(magnitude)) + 1;
        final int decimals = Math.min(9, Math.max(0, DIGITS - whole));
        final String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return text.indexOf('.') < 0 ? text : text.replaceFirst("\\.?0+$", "");
    }
}
