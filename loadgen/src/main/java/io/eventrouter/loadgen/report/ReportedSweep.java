package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.json.Fields;
import java.nio.file.Path;
import java.util.List;

/**
 * What a sweep left behind.
 *
 * @param axes what was varied, one after the other.
 */
record ReportedSweep(ResultHead head, List<Axis> axes) {
    static final String FILE = "sweep.json";

    /** Something that was varied while the rest stayed as it was. */
    record Axis(String name, List<Point> points) {
        static Axis of(final Fields fields) {
            return new Axis(
                    fields.text("axis"),
                    fields.objects("points").stream().map(Point::of).toList());
        }
    }

    /**
     * A search at one value; figures that do not apply are NaN.
     *
     * @param limit what was found, or null if no rate held.
     */
    record Point(
            long value,
            ReportedSearch.Limit limit,
            String sentence,
            Verdict verdict,
            double nsPerEvent,
            double nsPerDelivery,
            double deliveriesPerEvent,
            double routerBytes,
            double bytesPerDevice,
            long loadNs,
            double p999Ns) {
        static Point of(final Fields fields) {
            return new Point(
                    fields.count("value"),
                    ReportedSearch.Limit.of(fields),
                    fields.text("sentence"),
                    Verdict.of(fields),
                    decimal(fields, "ns_per_event"),
                    decimal(fields, "ns_per_delivery"),
                    decimal(fields, "deliveries_per_event"),
                    decimal(fields, "router_bytes"),
                    decimal(fields, "bytes_per_device"),
                    fields.count("load_ns"),
                    fields.has("latency") ? decimal(fields.object("latency"), "p99_9_ns") : Double.NaN);
        }

        private static double decimal(final Fields fields, final String name) {
            return fields.has(name) ? fields.decimal(name) : Double.NaN;
        }
    }

    /** Read the directory of a sweep. */
    static ReportedSweep read(final Path directory, final String label, final String name) {
        return ResultFile.read(
                directory.resolve(FILE),
                fields -> new ReportedSweep(
                        ResultHead.of(label, name, fields),
                        fields.objects("axes").stream().map(Axis::of).toList()));
    }
}
