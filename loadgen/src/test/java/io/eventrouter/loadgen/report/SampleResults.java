package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.HdrHistogram.Histogram;

/** Result directories as docs/result-files.md describes them, with invented figures. */
final class SampleResults {
    /** A name that would be code if it were not shown as text. */
    static final String HOSTILE = "<script>alert(1)</script>";

    private static final String ENVIRONMENT = """
            {"cpu": "AMD EPYC 9B14", "processors": 2, "memory_bytes": 25769803776, "os": "Linux 6.1 amd64",
             "java": "17.0.15+6 (Debian)", "jvm_flags": ["-Xmx4g", "-XX:+UseParallelGC"], "loadgen": "0.1.0",
             "commit": "467a7f0"}""";
    private static final String ROUTER = """
            {"era": "after-2023-03", "product_scope": "all", "ring_slots": 65536, "idle": "back-off"}""";
    private static final String GENERATOR = """
            {"ceiling_per_s": 41234567.8, "ceiling_allocated_bytes_per_event": 0.0, "allocated_bytes_per_event": 0.02}""";
    private static final int SECONDS = 60;

    private SampleResults() {}

    /** A run at a rate; latencies grow with the factor. */
    static Path run(final Path directory, final String scenario, final double ratePerSecond, final double factor) {
        create(directory);
        write(directory, "scenario.yaml", "devices: []\n");
        final Random random = new Random(42);
        final StringBuilder latencies = new StringBuilder();
        for (final LatencyKind kind : LatencyKind.values()) {
            if (kind == LatencyKind.STREAM) {
                continue;
            }
            final Histogram histogram =
                    histogram(random, factor * (1 + kind.ordinal()) * (kind == LatencyKind.LAG ? 0.1 : 1));
            write(directory, kind.fileName(), percentiles(histogram));
            latencies
                    .append(latencies.isEmpty() ? "" : ",\n  ")
                    .append('"')
                    .append(kind.field())
                    .append("\": ")
                    .append(summary(histogram));
        }
        write(directory, "series.csv", series(random, ratePerSecond, factor));
        write(directory, "accounts.csv", """
                account,publish,subscribe,total
                acme organization:5da78e60c2b7e3d40012ab34,1200000,3600000,4800000
                %s user:597771d1f92bae142dbb7559,40000,1200,41200
                """.formatted(HOSTILE));
        final boolean isMet = factor < 2;
        write(directory, "run.json", """
                {"format": 1, "kind": "run", %s,
                 "ended": "complete",
                 "fleet": {"accounts": 2, "devices": 10000, "load_ns": 123456789},
                 "router": %s, "generator": %s,
                 "load": {"rate_per_s": %s, "arrivals": "poisson", "publishers": 1, "warm_up_ns": 2000000000,
                          "max_lag_ns": 1000000, "duration_ns": 60000000000,
                          "phases": [{"kind": "constant", "start_ns": 0, "duration_ns": 30000000000},
                                     {"kind": "bursts", "start_ns": 30000000000, "duration_ns": 30000000000}]},
                 "events": {"scheduled": 12000000, "offered": 12000000, "offered_in_time": 11999000, "accepted": 11999900,
                            "refused": 100, "refused_late": 3, "refused_by_code": {"back-pressured": 100},
                            "answers": 5000, "answers_refused": 0, "changes": 10, "routed": 12004900, "unroutable": 0,
                            "dropped_paused": 0, "elapsed_ns": 60000100000, "drain_ns": 40000,
                            "rate_per_s": %s},
                 "deliveries": {"device": 36000000, "integration": 5000, "logic": 12, "stream": 0,
                                "devices_matched": 36000500, "skipped_offline": 500, "skipped_too_large": 0,
                                "skipped_paused": 0, "devices_timed_out": 0},
                 "operations": {"publish": 12000000, "subscribe": 36000000, "total": 48000000},
                 "latency": {%s},
                 "objective": [{"figure": "p99.9", "limit": 1000000, "measured": %s, "holds": %s},
                               {"figure": "refused", "limit": 0.001, "measured": 0.0000083, "holds": true}],
                 "verdict": "%s",
                 "reasons": %s}
                """.formatted(
                        head(scenario),
                        ROUTER,
                        GENERATOR,
                        ratePerSecond,
                        ratePerSecond * 0.9999,
                        latencies,
                        isMet ? 412_000 : 1_830_000,
                        isMet,
                        isMet ? "met" : "not-met",
                        isMet ? "[]" : "[\"p99.9 was 1.83 ms, above the limit of 1 ms.\"]"));
        return directory;
    }

    /** A search that found a limit, with its confirming run. */
    static Path search(final Path directory, final String scenario) {
        create(directory);
        run(directory.resolve("confirm"), scenario, 2_000_000, 3);
        run(directory.resolve("confirm-2"), scenario, 1_900_000, 1);
        final double[] rates = {250e3, 500e3, 1e6, 2e6, 4e6, 2.8e6, 2.4e6, 2.2e6, 2e6, 1.9e6};
        final String[] verdicts = {
            "met", "met", "met", "met", "invalid", "not-met", "not-met", "not-met", "not-met", "met"
        };
        final StringBuilder trials = new StringBuilder();
        for (int i = 0; i < rates.length; i++) {
            final double load = 1 / Math.max(0.02, 1 - rates[i] / 2.9e6);
            trials.append(i == 0 ? "" : ",\n  ")
                    .append(String.format(
                            Locale.ROOT,
                            "{\"stage\": \"%s\", \"rate_per_s\": %.1f, \"duration_ns\": %d, \"verdict\": \"%s\", %s"
                                    + "\"offered\": 1000, \"refused\": %d, \"p50_ns\": %d, \"p99_ns\": %d, \"p99_9_ns\": %d,"
                                    + " \"max_ns\": %d, \"lag_p99_9_ns\": 900, \"deliveries\": 3000}",
                            i < 5 ? "grow" : i < 8 ? "bisect" : "confirm",
                            rates[i],
                            i < 8 ? 2_000_000_000L : 20_000_000_000L,
                            verdicts[i],
                            verdicts[i].equals("met") ? "" : "\"reason\": \"p99.9 was above 1 ms\", ",
                            verdicts[i].equals("met") ? 0 : 17,
                            (long) (900 * load),
                            (long) (9_000 * load),
                            (long) (90_000 * load * load / 2),
                            (long) (900_000 * load)));
        }
        write(directory, "search.json", """
                {"format": 1, "kind": "search", %s, "ended": "complete", "router": %s, "generator": %s,
                 "objective": [{"figure": "p99.9", "limit": 1000000}],
                 "trials": [%s],
                 "limit": {"rate_per_s": 1900000.0, "deliveries_per_s": 5700000.0, "upper_per_s": 2000000.0,
                           "bounded_by": "router", "confidence": "confirmed-after-retreat"},
                 "sentence": "1,900,000 events a second held p99.9 under 1 ms for 20 s; 2,000,000 did not.",
                 "verdict": "met"}
                """.formatted(head(scenario), ROUTER, GENERATOR, trials));
        return directory;
    }

    /** A sweep along two axes, one point of which has no limit. */
    static Path sweep(final Path directory, final String scenario, final double factor) {
        create(directory);
        final StringBuilder points = new StringBuilder();
        for (int power = 3; power <= 7; power++) {
            final long devices = Math.round(Math.pow(10, power));
            final double ns = factor * (80 + 25 * (power - 3) * (power - 3));
            points.append(power == 3 ? "" : ",\n  ")
                    .append(String.format(
                            Locale.ROOT,
                            "{\"value\": %1$d, \"devices\": %1$d, \"subscriptions\": 100000, \"limit\": {\"rate_per_s\": %2$.1f,"
                                    + " \"deliveries_per_s\": %3$.1f, \"upper_per_s\": %4$.1f, \"bounded_by\": \"router\","
                                    + " \"confidence\": \"confirmed\"}, \"trials\": [], \"sentence\": \"%2$.0f a second held.\","
                                    + " \"verdict\": \"met\", \"ns_per_event\": %5$.2f, \"ns_per_delivery\": %6$.2f,"
                                    + " \"deliveries_per_event\": 3.0, \"router_bytes\": %7$d, \"bytes_per_device\": %8$.1f,"
                                    + " \"load_ns\": %9$d, \"latency\": {\"p50_ns\": 900, \"p99_ns\": 90000, \"p99_9_ns\":"
                                    + " 700000, \"max_ns\": 3000000}}",
                            devices,
                            1e9 / ns,
                            3e9 / ns,
                            1.05e9 / ns,
                            ns,
                            ns / 3,
                            30_000_000 + devices * 52,
                            52 + 3e7 / devices,
                            devices * 300));
        }
        write(directory, "sweep.json", """
                {"format": 1, "kind": "sweep", %s, "ended": "complete", "router": %s, "generator": %s,
                 "axes": [{"axis": "devices", "points": [%s]},
                          {"axis": "publishers", "points": [
                             {"value": 1, "devices": 1000, "subscriptions": 10, "sentence": "No rate held.",
                              "verdict": "not-met", "trials": [], "load_ns": 100}]}],
                 "verdict": "not-met"}
                """.formatted(head(scenario), ROUTER, GENERATOR, points));
        return directory;
    }

    static void write(final Path directory, final String name, final String content) {
        Workspace.write(directory.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    private static String head(final String scenario) {
        return """
               "scenario": {"name": "%s", "about": "A product of 10,000 thermostats.", "source": "shipped:%s", "seed": 7},
                 "started_at": "2026-11-25T20:52:56Z", "in_process": true, "environment": %s""".formatted(scenario, scenario, ENVIRONMENT);
    }

    private static void create(final Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Histogram histogram(final Random random, final double factor) {
        final Histogram histogram = new Histogram(3_600_000_000_000L, 3);
        for (int i = 0; i < 200_000; i++) {
            histogram.recordValue((long) (700 * factor * Math.exp(Math.abs(random.nextGaussian()) * 1.7)));
        }
        return histogram;
    }

    private static String percentiles(final Histogram histogram) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        histogram.outputPercentileDistribution(new PrintStream(out, true, StandardCharsets.UTF_8), 5, 1_000.0);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String summary(final Histogram histogram) {
        return String.format(
                Locale.ROOT,
                "{\"count\": %d, \"mean_ns\": %d, \"p50_ns\": %d, \"p90_ns\": %d, \"p99_ns\": %d, \"p99_9_ns\": %d,"
                        + " \"p99_99_ns\": %d, \"max_ns\": %d}",
                histogram.getTotalCount(),
                Math.round(histogram.getMean()),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getValueAtPercentile(99.99),
                histogram.getMaxValue());
    }

    private static String series(final Random random, final double ratePerSecond, final double factor) {
        final StringBuilder rows = new StringBuilder("second,scheduled,offered,accepted,refused,answers,changes,device,"
                + "integration,logic,stream,publish_operations,subscribe_operations,p50_ns,p99_ns,p99_9_ns,max_ns,"
                + "lag_p99_ns,lag_max_ns,ring_slots_used\n");
        for (int second = 0; second <= SECONDS; second++) {
            final long events =
                    second == SECONDS ? 17 : Math.round(ratePerSecond * (second >= 30 && second % 5 == 0 ? 1.5 : 1));
            final double slow = factor * Math.exp(random.nextGaussian() * 0.3);
            rows.append(String.format(
                    Locale.ROOT,
                    "%d,%d,%d,%d,0,5,1,%d,%d,2,0,%d,%d,%d,%d,%d,%d,%d,%d,%d%n",
                    second,
                    events,
                    events,
                    events,
                    events * 3,
                    events / 100,
                    events,
                    events * 3,
                    (long) (900 * slow),
                    (long) (20_000 * slow),
                    (long) (300_000 * slow),
                    (long) (900_000 * slow),
                    (long) (700 * slow),
                    (long) (90_000 * slow),
                    (long) (300 * slow)));
        }
        return rows.toString();
    }
}
