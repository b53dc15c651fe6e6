package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.page.DataTable;
import io.eventrouter.loadgen.page.LineChart;
import io.eventrouter.loadgen.page.Page;
import io.eventrouter.loadgen.page.Tone;
import io.eventrouter.loadgen.page.Unit;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What the page says of sweeps: how cost grows along each axis, with a curve for each sweep. */
final class SweepSection {
    private final List<ReportedSweep> sweeps;

    SweepSection(final List<ReportedSweep> sweeps) {
        this.sweeps = sweeps;
    }

    void write(final Page page) {
        for (final ReportedSweep sweep : sweeps) {
            final String label = sweeps.size() == 1 ? "" : sweep.head().label() + ": ";
            page.verdict(sweep.head().verdict().tone(), label + word(sweep), reason(sweep));
        }
        final Set<String> axes = sweeps.stream()
                .flatMap(sweep -> sweep.axes().stream())
                .map(ReportedSweep.Axis::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        axes.forEach(axis -> axis(page, axis));
    }

    private static String word(final ReportedSweep sweep) {
        return switch (sweep.head().verdict()) {
            case MET -> "Every point has a limit";
            case INVALID -> "Invalid";
            default -> "Some points have no limit";
        };
    }

    private static String reason(final ReportedSweep sweep) {
        final StringBuilder reason = new StringBuilder();
        for (final ReportedSweep.Axis axis : sweep.axes()) {
            final List<ReportedSweep.Point> measured = axis.points().stream()
                    .filter(point -> !Double.isNaN(point.nsPerEvent()))
                    .sorted(Comparator.comparingLong(ReportedSweep.Point::value))
                    .toList();
            if (measured.size() > 1) {
                final ReportedSweep.Point first = measured.get(0);
                final ReportedSweep.Point last = measured.get(measured.size() - 1);
                reason.append(reason.isEmpty() ? "" : " ")
                        .append("From ")
                        .append(Figures.count(first.value()))
                        .append(" to ")
                        .append(Figures.count(last.value()))
                        .append(" (")
                        .append(axis.name())
                        .append("), an event came to cost ")
                        .append(Unit.RATIO.text(last.nsPerEvent() / first.nsPerEvent()))
                        .append(" as much: ")
                        .append(Unit.NANOSECONDS.text(first.nsPerEvent()))
                        .append(", then ")
                        .append(Unit.NANOSECONDS.text(last.nsPerEvent()))
                        .append('.');
            }
        }
        return reason.toString();
    }

    private void axis(final Page page, final String axis) {
        page.heading("How cost grows with " + axis);
        page.chart(chart("Highest rate that held", axis, "events a second", Unit.PER_SECOND, SweepSection::rate));
        page.chart(chart("Time for each event", axis, "time", Unit.NANOSECONDS, ReportedSweep.Point::nsPerEvent));
        page.chart(chart("Time for each delivery", axis, "time", Unit.NANOSECONDS, ReportedSweep.Point::nsPerDelivery));
        page.chart(chart("p99.9 at the highest rate", axis, "latency", Unit.NANOSECONDS, ReportedSweep.Point::p999Ns));
        page.chart(chart("Memory of the router", axis, "memory", Unit.BYTES, ReportedSweep.Point::routerBytes)
                .logarithmicY());
        page.chart(chart("Memory for each device", axis, "memory", Unit.BYTES, ReportedSweep.Point::bytesPerDevice)
                .logarithmicY());
        for (final ReportedSweep sweep : sweeps) {
            sweep.axes().stream()
                    .filter(swept -> swept.name().equals(axis))
                    .forEach(swept -> table(page, sweep, swept));
        }
    }

    private LineChart chart(
            final String title,
            final String axis,
            final String yLabel,
            final Unit unit,
            final ToDoubleFunction<ReportedSweep.Point> figure) {
        final LineChart chart = LineChart.growth(title, axis, Unit.COUNT, yLabel, unit);
        for (final ReportedSweep sweep : sweeps) {
            for (final ReportedSweep.Axis swept : sweep.axes()) {
                final List<ReportedSweep.Point> points = swept.points().stream()
                        .filter(point -> point.value() > 0 && !Double.isNaN(figure.applyAsDouble(point)))
                        .sorted(Comparator.comparingLong(ReportedSweep.Point::value))
                        .toList();
                if (swept.name().equals(axis) && !points.isEmpty()) {
                    chart.series(
                            sweeps.size() == 1 ? title : sweep.head().label(),
                            points.stream()
                                    .mapToDouble(ReportedSweep.Point::value)
                                    .toArray(),
                            points.stream().mapToDouble(figure).toArray());
                }
            }
        }
        return chart;
    }

    private void table(final Page page, final ReportedSweep sweep, final ReportedSweep.Axis axis) {
        final DataTable table = new DataTable(
                        sweeps.size() == 1 ? "" : sweep.head().label())
                .number(axis.name())
                .number("highest rate")
                .number("deliveries for an event")
                .number("time for an event")
                .number("p99.9")
                .number("memory for a device")
                .number("time to load")
                .text("result");
        for (final ReportedSweep.Point point : axis.points()) {
            table.row(
                    point.limit() == null ? point.verdict().tone() : Tone.NEUTRAL,
                    Figures.count(point.value()),
                    Unit.PER_SECOND.text(rate(point)),
                    Unit.COUNT.text(point.deliveriesPerEvent()),
                    Unit.NANOSECONDS.text(point.nsPerEvent()),
                    Unit.NANOSECONDS.text(point.p999Ns()),
                    Unit.BYTES.text(point.bytesPerDevice()),
                    Unit.NANOSECONDS.text(point.loadNs()),
                    point.sentence());
        }
        page.table(table);
    }

    private static double rate(final ReportedSweep.Point point) {
        return point.limit() == null ? Double.NaN : point.limit().ratePerSecond();
    }
}
