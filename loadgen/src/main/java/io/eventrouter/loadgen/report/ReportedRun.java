package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.json.JsonKind;
import io.eventrouter.loadgen.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run left behind.
 *
 * @param load what was asked for.
 * @param counts what became of events, deliveries and operations.
 * @param latencies the summaries of its histograms.
 * @param curves the histograms themselves, of those that are not empty.
 * @param series what happened in each second.
 * @param accounts who ran up how many data operations.
 */
record ReportedRun(
        ResultHead head,
        Load load,
        RunCounts counts,
        Map<LatencyKind, LatencySummary> latencies,
        Map<LatencyKind, PercentileCurve> curves,
        List<Objective> objectives,
        List<String> reasons,
        ResultCsv series,
        ResultCsv accounts) {
    static final String FILE = "run.json";

    private static final List<String> SERIES = List.of(
            "second",
            "scheduled",
            "offered",
            "refused",
            "device",
            "integration",
            "logic",
            "stream",
            "publish_operations",
            "subscribe_operations",
            "p50_ns",
            "p99_ns",
            "p99_9_ns",
            "max_ns",
            "lag_p99_ns",
            "lag_max_ns",
            "ring_slots_used");

    /** A part of the load. */
    record Phase(String kind, long startNs) {}

    /** The load that was asked for. */
    record Load(double ratePerSecond, String arrivals, long publishers, long durationNs, List<Phase> phases) {}

    /** Read the directory of a run. */
    static ReportedRun read(final Path directory, final String label, final String name) {
        return ResultFile.read(directory.resolve(FILE), fields -> {
            final Map<LatencyKind, LatencySummary> latencies = latencies(fields.object("latency"));
            final Map<LatencyKind, PercentileCurve> curves = new EnumMap<>(LatencyKind.class);
            latencies.forEach((kind, summary) -> {
                if (summary.count() > 0) {
                    curves.put(kind, PercentileCurve.read(directory.resolve(kind.fileName())));
                }
            });
            return new ReportedRun(
                    ResultHead.of(label, name, fields),
                    load(fields.object("load")),
                    RunCounts.of(fields),
                    latencies,
                    curves,
                    fields.objects("objective").stream().map(Objective::of).toList(),
                    texts(fields, "reasons"),
                    ResultCsv.read(directory.resolve("series.csv"), List.of(), SERIES),
                    ResultCsv.read(
                            directory.resolve("accounts.csv"),
                            List.of("account"),
                            List.of("publish", "subscribe", "total")));
        });
    }

    private static Load load(final Fields fields) {
        final List<Phase> phases = new ArrayList<>();
        for (final Fields phase : fields.objects("phases")) {
            phases.add(new Phase(phase.text("kind"), phase.count("start_ns")));
        }
        return new Load(
                fields.decimal("rate_per_s"),
                fields.text("arrivals"),
                fields.count("publishers"),
                fields.count("duration_ns"),
                phases);
    }

    private static Map<LatencyKind, LatencySummary> latencies(final Fields fields) {
        final Map<LatencyKind, LatencySummary> latencies = new EnumMap<>(LatencyKind.class);
        for (final LatencyKind kind : LatencyKind.values()) {
            if (fields.has(kind.field())) {
                latencies.put(kind, LatencySummary.of(fields.object(kind.field())));
            }
        }
        return latencies;
    }

    static List<String> texts(final Fields fields, final String name) {
        final List<String> texts = new ArrayList<>();
        for (final JsonValue item : fields.items(name)) {
            texts.add(fields.require(item, JsonKind.STRING, Fields.itemName(name, texts.size()))
                    .text());
        }
        return texts;
    }
}
