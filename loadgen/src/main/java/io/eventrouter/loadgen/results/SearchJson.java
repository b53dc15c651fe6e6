package io.eventrouter.loadgen.results;

import com.fasterxml.jackson.core.JsonGenerator;
import io.eventrouter.loadgen.Choices;
import io.eventrouter.loadgen.load.FleetFigures;
import io.eventrouter.loadgen.load.LoadFigures;
import io.eventrouter.loadgen.scenario.Objective;
import io.eventrouter.loadgen.search.SearchOutcome;
import io.eventrouter.loadgen.search.SweepAxis;
import io.eventrouter.loadgen.search.SweepPoint;
import io.eventrouter.loadgen.search.Trial;
import java.io.IOException;
import org.HdrHistogram.Histogram;

/** Writes {@code search.json} and {@code sweep.json}; their fields are documented in docs/result-files.md. */
final class SearchJson {
    private static final double NS_PER_SECOND = 1e9;

    private SearchJson() {}

    static void write(final JsonGenerator json, final SearchResult result) throws IOException {
        json.writeStartObject();
        ScenarioJson.writeHead(
                json,
                "search",
                result.file(),
                result.scenario(),
                result.startedAt().toString(),
                result.isInterrupted() ? "interrupted" : "complete",
                result.environment());
        ScenarioJson.writeFleet(json, result.fleet());
        ScenarioJson.writeRouter(json, result.scenario().router());
        ScenarioJson.writeGenerator(json, result.ceiling(), -1);
        writeObjective(json, result.scenario().objective());
        writeOutcome(json, result.outcome());
        json.writeEndObject();
    }

    static void write(final JsonGenerator json, final SweepResult result) throws IOException {
        json.writeStartObject();
        ScenarioJson.writeHead(
                json,
                "sweep",
                result.file(),
                result.scenario(),
                result.startedAt().toString(),
                result.isInterrupted() ? "interrupted" : "complete",
                result.environment());
        ScenarioJson.writeRouter(json, result.scenario().router());
        ScenarioJson.writeGenerator(json, result.ceiling(), -1);
        writeObjective(json, result.scenario().objective());
        json.writeArrayFieldStart("axes");
        for (final SweepAxis axis : SweepAxis.values()) {
            if (result.points().stream().anyMatch(point -> point.axis() == axis)) {
                json.writeStartObject();
                json.writeStringField("axis", Choices.name(axis));
                json.writeArrayFieldStart("points");
                for (final SweepPoint point : result.points()) {
                    if (point.axis() == axis) {
                        writePoint(json, point);
                    }
                }
                json.writeEndArray();
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeStringField("verdict", Choices.name(result.verdict()));
        json.writeEndObject();
    }

    private static void writeObjective(final JsonGenerator json, final Objective objective) throws IOException {
        json.writeArrayFieldStart("objective");
        for (final Objective.LatencyLimit limit : objective.latencies()) {
            json.writeStartObject();
            json.writeStringField("figure", limit.name());
            json.writeNumberField("limit", limit.limitNs());
            json.writeEndObject();
        }
        json.writeStartObject();
        json.writeStringField("figure", "refused");
        json.writeNumberField("limit", objective.refusedShare());
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void writePoint(final JsonGenerator json, final SweepPoint point) throws IOException {
        final FleetFigures fleet = point.fleet();
        json.writeStartObject();
        json.writeNumberField("value", point.value());
        json.writeNumberField("devices", fleet.devices());
        json.writeNumberField("subscriptions", fleet.subscriptions());
        json.writeNumberField("load_ns", fleet.loadNs());
        if (fleet.routerBytes() > 0) {
            json.writeNumberField("router_bytes", fleet.routerBytes());
            json.writeNumberField("bytes_per_device", (double) fleet.routerBytes() / fleet.devices());
        }
        if (point.outcome().limit().isPresent()) {
            writeCosts(json, point.outcome().limit().get());
        }
        writeOutcome(json, point.outcome());
        json.writeEndObject();
    }

    private static void writeCosts(final JsonGenerator json, final Trial limit) throws IOException {
        final LoadFigures figures = limit.figures();
        json.writeNumberField("ns_per_event", NS_PER_SECOND / limit.rate().perSecond());
        if (figures.counters().deliveries() > 0) {
            json.writeNumberField("ns_per_delivery", NS_PER_SECOND / figures.deliveredPerSecond());
        }
        json.writeNumberField(
                "deliveries_per_event",
                (double) figures.counters().deliveries()
                        / Math.max(1, figures.events().accepted()));
        json.writeObjectFieldStart("latency");
        writeTimes(json, figures.latencies().all());
        json.writeEndObject();
    }

    private static void writeOutcome(final JsonGenerator json, final SearchOutcome outcome) throws IOException {
        json.writeArrayFieldStart("trials");
        for (final Trial trial : outcome.trials()) {
            writeTrial(json, trial);
        }
        json.writeEndArray();
        if (outcome.limit().isPresent()) {
            final Trial limit = outcome.limit().get();
            json.writeObjectFieldStart("limit");
            json.writeNumberField("rate_per_s", limit.rate().perSecond());
            json.writeNumberField("deliveries_per_s", limit.figures().deliveredPerSecond());
            if (outcome.upper().isPresent()) {
                json.writeNumberField("upper_per_s", outcome.upper().get().perSecond());
            }
            json.writeStringField("bounded_by", Choices.name(outcome.boundedBy()));
            json.writeStringField("confidence", Choices.name(outcome.confidence()));
            json.writeEndObject();
        }
        json.writeStringField("sentence", outcome.sentence());
        json.writeStringField("verdict", Choices.name(outcome.verdict()));
    }

    private static void writeTrial(final JsonGenerator json, final Trial trial) throws IOException {
        final LoadFigures figures = trial.figures();
        json.writeStartObject();
        json.writeStringField("stage", Choices.name(trial.stage()));
        json.writeNumberField("rate_per_s", trial.rate().perSecond());
        json.writeNumberField("duration_ns", trial.durationNs());
        json.writeStringField("ended", Choices.name(figures.ended()));
        json.writeStringField("verdict", Choices.name(trial.verdict().outcome()));
        json.writeStringField("reason", String.join("; ", trial.verdict().reasons()));
        json.writeNumberField("offered", figures.events().offered());
        json.writeNumberField("refused", figures.events().refused());
        json.writeNumberField("deliveries", figures.counters().deliveries());
        writeTimes(json, figures.latencies().all());
        json.writeNumberField("lag_p99_9_ns", figures.latencies().lag().getValueAtPercentile(99.9));
        json.writeNumberField("compiling_ns", figures.compilingNs());
        json.writeEndObject();
    }

    private static void writeTimes(final JsonGenerator json, final Histogram times) throws IOException {
        json.writeNumberField("p50_ns", times.getValueAtPercentile(50));
        json.writeNumberField("p99_ns", times.getValueAtPercentile(99));
        json.writeNumberField("p99_9_ns", times.getValueAtPercentile(99.9));
        json.writeNumberField("max_ns", times.getMaxValue());
    }
}
