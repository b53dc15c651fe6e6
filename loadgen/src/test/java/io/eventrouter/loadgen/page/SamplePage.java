package io.eventrouter.loadgen.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A page with every block there is, and with names that try to break out of it. */
final class SamplePage {
    static final String HOSTILE =
            "</script><script>alert('owned')</script><img src=x onerror=\"alert(1)\"> & \u202egnp\0";

    private SamplePage() {}

    static Page create() {
        final Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CPU", "AMD EPYC 9B14, 2 cores");
        environment.put("JDK", "17.0.15+6 (Debian)");
        environment.put("Flags", "-Xmx4g -XX:+UseParallelGC --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
        environment.put("Scenario", HOSTILE);
        return new Page("A sample of everything: " + HOSTILE)
                .verdict(Tone.GOOD, "Objective met", "p99.9 was 412 µs, under the 1 ms that was asked for.")
                .verdict(Tone.BAD, "Regression", "Matching became 12 % slower, 95 % sure of 9 % to 15 %.")
                .verdict(Tone.UNCERTAIN, "Inconclusive", "The range of the difference, -3 % to 4 %, is too wide.")
                .keyFigures(List.of(
                        new KeyFigure("Highest rate", Unit.PER_SECOND.text(2_134_000), "1.98M/s to 2.2M/s"),
                        new KeyFigure("p99.9 at half of it", Unit.NANOSECONDS.text(412_345)),
                        new KeyFigure("Memory per device", Unit.BYTES.text(48), "limit 48 B")))
                .heading("Over time")
                .paragraph("Ordinary prose stands between the charts and says what to see in them.")
                .chart(overTime())
                .heading("Percentiles")
                .chart(percentiles())
                .heading("Growth")
                .chart(growth())
                .heading("Rows")
                .chart(intervals())
                .chart(bars())
                .heading("Tables")
                .table(table())
                .subheading("Environment")
                .facts(environment)
                .list(List.of("One point", "Another with " + HOSTILE))
                .note("Small print says how it was measured.")
                .footer("Made by a test.");
    }

    private static LineChart overTime() {
        final LineChart chart = LineChart.overTime("Rate over time", "events a second", Unit.PER_SECOND)
                .caption("Each point is one second. The first ten seconds warm up and count nowhere.")
                .level("asked for", 2e6)
                .moment("warm-up ends", 10);
        for (int line = 0; line < 3; line++) {
            final double[] xs = new double[120];
            final double[] ys = new double[120];
            for (int i = 0; i < xs.length; i++) {
                xs[i] = i;
                ys[i] = 2e6 - 2.5e5 * line + 1e5 * Math.sin(i / (3.0 + line)) - (i < 10 ? 1e6 : 0);
            }
            ys[60] = Double.NaN;
            chart.series(List.of("offered", "routed", HOSTILE).get(line), xs, ys);
        }
        return chart;
    }

    private static LineChart percentiles() {
        final LineChart chart = LineChart.byPercentile("Latency by percentile", "latency", Unit.NANOSECONDS)
                .caption("From the time at which an event was due until the handler had it.")
                .level("objective: p99.9 under 1 ms", 1e6);
        for (int line = 0; line < 6; line++) {
            final double[] xs = new double[60];
            final double[] ys = new double[60];
            for (int i = 0; i < xs.length; i++) {
                xs[i] = 100 - 100 / Math.pow(10, i / 10.0);
                ys[i] = 800 * (1 + line) * Math.exp(i / (9.0 - line * 0.5));
            }
            chart.series("devices of kind " + (line + 1), xs, ys);
        }
        return chart;
    }

    private static LineChart growth() {
        final double[] sizes = {1e3, 1e4, 1e5, 1e6, 1e7};
        return LineChart.growth("Cost per event", "devices", Unit.COUNT, "time", Unit.NANOSECONDS)
                .series(
                        "skewed",
                        sizes,
                        new double[] {92, 101, 128, 170, 230},
                        new double[] {90, 97, 120, 160, 204},
                        new double[] {99, 109, 140, 181, 260})
                .series("uniform", sizes, new double[] {95, 118, 171, 243, 391});
    }

    private static IntervalChart intervals() {
        return new IntervalChart("Before and after", "events a second", Unit.PER_SECOND)
                .caption("Medians with their 95 % ranges.")
                .point("whole path, 1,000,000 devices, 100,000 subscriptions", "before", 2.1e6, 1.8e6, 2.2e6)
                .point("whole path, 1,000,000 devices, 100,000 subscriptions", "after", 4.3e6, 4.1e6, 4.4e6)
                .point("matching alone, 1,000 subscriptions", "before", 13.8e6, 13.1e6, 14.0e6)
                .point("matching alone, 1,000 subscriptions", "after", 13.7e6, 12.9e6, 14.1e6)
                .point(HOSTILE + HOSTILE, "before", 1e6, 0.9e6, 1.1e6)
                .level("goal", 10e6);
    }

    private static BarChart bars() {
        return new BarChart("Data operations by account and cause", "data operations", Unit.COUNT)
                .bar("ann", "publish", 120_000)
                .bar("ann", "delivery", 310_000)
                .bar("ann", "hook response", 90_000)
                .bar("a customer's", "publish", 20_000)
                .bar("a customer's", "presence", 44_000)
                .bar(HOSTILE, "publish", 7_000);
    }

    private static DataTable table() {
        return new DataTable("Verdicts by benchmark")
                .text("Benchmark")
                .number("before")
                .number("after")
                .number("difference")
                .text("verdict")
                .row("WholePathBenchmark.publishOneAtATime", "2.1M/s", "4.3M/s", "+105 %", "better")
                .row(Tone.BAD, "MatchingBenchmark.matchByLongestPrefix", "3.1M/s", "2.7M/s", "-12 %", "worse")
                .row(Tone.UNCERTAIN, HOSTILE, "1M/s", "1M/s", "0 %", "inconclusive")
                .total("all", "", "", "+14 %", "");
    }
}
