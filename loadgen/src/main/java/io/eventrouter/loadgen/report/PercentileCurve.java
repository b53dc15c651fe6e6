package io.eventrouter.loadgen.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Values by percentile, as HdrHistogram writes them to a {@code .hgrm} file.
 *
 * @param percentiles ascending, in [0, 100).
 * @param valuesNs the value at each, in nanoseconds.
 */
record PercentileCurve(double[] percentiles, double[] valuesNs) {
    private static final double NS_PER_MICROSECOND = 1_000;

    private record Point(double percentile, double valueNs) {}

    /** Read a file whose values are microseconds; the greatest value, at 100 %, has no place on a curve. */
    static PercentileCurve read(final Path file) {
        final List<Point> points = new ArrayList<>();
        try (ResultLines lines = new ResultLines(file)) {
            skipHeader(lines);
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                final Point point = point(lines, line.trim());
                // Close to 1 the steps are smaller than the digits that are written.
                final boolean isFurther =
                        points.isEmpty() || point.percentile > points.get(points.size() - 1).percentile;
                if (point.percentile < 100 && isFurther) {
                    points.add(point);
                }
            }
        }
        return new PercentileCurve(
                points.stream().mapToDouble(Point::percentile).toArray(),
                points.stream().mapToDouble(Point::valueNs).toArray());
    }

    private static void skipHeader(final ResultLines lines) {
        String line = lines.next();
        while (line != null && !line.trim().startsWith("Value")) {
            line = lines.next();
        }
        if (line == null) {
            throw lines.error("is no percentile output of HdrHistogram: the line that begins with Value is missing");
        }
    }

    private static Point point(final ResultLines lines, final String line) {
        final String[] cells = line.split("\\s+");
        if (cells.length < 3) {
            throw lines.error("must hold a value, a percentile and a count: " + ResultLines.cut(line));
        }
        final double percentile = lines.number("percentile", cells[1]) * 100;
        if (!(percentile >= 0 && percentile <= 100)) {
            throw lines.error("percentile must be in [0, 1]: value=" + ResultLines.cut(cells[1]));
        }
        return new Point(percentile, lines.number("value", cells[0]) * NS_PER_MICROSECOND);
    }
}
