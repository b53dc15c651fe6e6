package io.eventrouter.loadgen.report;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * Values by percentile, as HdrHistogram writes them to a {@code .hgrm} file.
 *
 * @param percentiles ascending, in [0, 100).
 * @param valuesNs the value at each, in nanoseconds.
 */
record PercentileCurve(double[] percentiles, double[] valuesNs) {
    private static final double NS_PER_MICROSECOND = 1_000;

    /** Read a file whose values are microseconds; the greatest value, at 100 %, has no place on a curve. */
    static PercentileCurve read(final Path file) {
        double[] percentiles = new double[64];
        double[] values = new double[64];
        int count = 0;
        try (ResultLines lines = new ResultLines(file)) {
            boolean isHeaderPast = false;
            for (String line = lines.next(); line != null; line = lines.next()) {
                final String trimmed = line.trim();
                if (trimmed.startsWith("Value")) {
                    isHeaderPast = true;
                } else if (isHeaderPast && !trimmed.isEmpty() && trimmed.charAt(0) != '#') {
                    final String[] cells = trimmed.split("\\s+");
                    if (cells.length < 3) {
                        throw lines.error("must hold a value, a percentile and a count: " + ResultLines.cut(trimmed));
                    }
                    final double value = lines.number("value", cells[0]) * NS_PER_MICROSECOND;
                    final double percentile = lines.number("percentile", cells[1]) * 100;
                    if (!(percentile >= 0 && percentile <= 100)) {
                        throw lines.error("percentile must be in [0, 1]: value=" + ResultLines.cut(cells[1]));
                    }
                    // Close to 1 the steps are smaller than the digits that are written.
                    if (percentile < 100 && (count == 0 || percentile > percentiles[count - 1])) {
                        if (count == percentiles.length) {
                            percentiles = Arrays.copyOf(percentiles, 2 * count);
                            values = Arrays.copyOf(values, 2 * count);
                        }
                        percentiles[count] = percentile;
                        values[count++] = value;
                    }
                }
            }
            if (!isHeaderPast) {
                throw lines.error(
                        "is no percentile output of HdrHistogram: the line that begins with Value is missing");
            }
        }
        return new PercentileCurve(Arrays.copyOf(percentiles, count), Arrays.copyOf(values, count));
    }
}
