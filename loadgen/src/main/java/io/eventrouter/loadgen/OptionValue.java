package io.eventrouter.loadgen;

import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.scenario.Quantities;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Reads values of options that are quantities, and says of which option one is wrong. */
final class OptionValue {
    private OptionValue() {}

    static double positive(final String option, final String text) {
        final long number = quantity(option, () -> Quantities.number(text));
        if (number < 1) {
            throw new BadInputException(option + ": must be at least 1: value=" + text);
        }
        return number;
    }

    static long seconds(final String option, final String text) {
        final long ns = quantity(option, () -> Quantities.durationNs(text));
        final long seconds = TimeUnit.NANOSECONDS.toSeconds(ns);
        if (seconds < 1 || TimeUnit.SECONDS.toNanos(seconds) != ns) {
            throw new BadInputException(option + ": must be whole seconds, at least 1: value=" + text);
        }
        return seconds;
    }

    static int bytes(final String option, final String text, final int most) {
        final long bytes = quantity(option, () -> Quantities.bytes(text));
        if (bytes > most) {
            throw new BadInputException(option + ": must be at most " + most + " bytes: value=" + text);
        }
        return (int) bytes;
    }

    static <T> T quantity(final String option, final Supplier<T> reading) {
        try {
            return reading.get();
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(option + ": " + e.getMessage());
        }
    }
}
