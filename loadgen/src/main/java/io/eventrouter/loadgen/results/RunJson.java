package io.eventrouter.loadgen.results;

import com.fasterxml.jackson.core.JsonGenerator;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.loadgen.Choices;
import io.eventrouter.loadgen.load.CounterSample;
import io.eventrouter.loadgen.load.EventCounts;
import io.eventrouter.loadgen.load.Latencies;
import io.eventrouter.loadgen.load.LoadFigures;
import io.eventrouter.status.RouterCounter;
import java.io.IOException;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Writes {@code run.json}; its fields are documented in docs/result-files.md. */
final class RunJson {
    private RunJson() {}

    static void write(final JsonGenerator json, final RunResult result) throws IOException {
        final LoadFigures figures = result.figures();
        json.writeStartObject();
        ScenarioJson.writeHead(
                json,
                "run",
                result.file(),
                result.scenario(),
                figures.startedAt().toString(),
                Choices.name(figures.ended()),
                result.environment());
        ScenarioJson.writeFleet(json, result.fleet());
        ScenarioJson.writeRouter(json, result.scenario().router());
        ScenarioJson.writeLoad(
                json,
                result.load(),
                result.load().rate().orElseGet(result.scenario().fleet()::naturalRate));
        ScenarioJson.writeGenerator(json, result.ceiling(), figures.allocatedBytesPerEvent());
        writeEvents(json, figures);
        writeDeliveries(json, figures.counters());
        writeOperations(json, figures.counters());
        writeLatency(json, figures);
        ScenarioJson.writeChecks(json, result.verdict().checks());
        json.writeStringField("verdict", Choices.name(result.verdict().outcome()));
        json.writeArrayFieldStart("reasons");
        for (final String reason : result.verdict().reasons()) {
            json.writeString(reason);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeEvents(final JsonGenerator json, final LoadFigures figures) throws IOException {
        final EventCounts events = figures.events();
        final CounterSample counters = figures.counters();
        json.writeObjectFieldStart("events");
        json.writeNumberField("scheduled", events.scheduled());
        json.writeNumberField("offered", events.offered());
        json.writeNumberField("offered_in_time", events.inTime());
        json.writeNumberField("accepted", events.accepted());
        json.writeNumberField("refused", events.refused());
        json.writeNumberField("refused_late", events.refusedLate());
        json.writeNumberField("lag_excused", events.excused());
        writeCounts(json, "refused_by_code", events.refusedByCode());
        json.writeNumberField("refused_at_place", events.refusedAtPlace());
        writeCounts(json, "refused_at_place_by_code", events.refusedAtPlaceByCode());
        json.writeNumberField("answers", events.answers());
        json.writeNumberField("answers_refused", events.answersRefused());
        json.writeNumberField("changes", figures.changes());
        json.writeNumberField("changes_failed", figures.changesFailed());
        json.writeNumberField("routed", counters.get(RouterCounter.EVENTS_ROUTED));
        json.writeNumberField("unroutable", counters.get(RouterCounter.EVENTS_UNROUTABLE));
        json.writeNumberField("dropped_paused", counters.get(RouterCounter.EVENTS_DROPPED_PAUSED));
        json.writeNumberField("elapsed_ns", figures.elapsedNs());
        json.writeNumberField("drain_ns", figures.drainNs());
        json.writeNumberField("compiling_ns", figures.compilingNs());
        json.writeNumberField("rate_per_s", figures.offeredPerSecond());
        json.writeEndObject();
    }

    private static void writeCounts(final JsonGenerator json, final String field, final Map<String, Long> counts)
            throws IOException {
        json.writeObjectFieldStart(field);
        for (final Map.Entry<String, Long> count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }

    private static void writeDeliveries(final JsonGenerator json, final CounterSample counters) throws IOException {
        json.writeObjectFieldStart("deliveries");
        json.writeNumberField("device", counters.get(RouterCounter.DELIVERIES_TO_DEVICES));
        json.writeNumberField("integration", counters.get(RouterCounter.DELIVERIES_TO_INTEGRATIONS));
        json.writeNumberField("logic", counters.get(RouterCounter.DELIVERIES_TO_LOGIC_FUNCTIONS));
        json.writeNumberField("stream", counters.get(RouterCounter.DELIVERIES_TO_STREAMS));
        json.writeNumberField("devices_matched", counters.get(RouterCounter.DEVICES_MATCHED));
        json.writeNumberField("skipped_offline", counters.get(RouterCounter.DEVICES_SKIPPED_OFFLINE));
        json.writeNumberField("skipped_too_large", counters.get(RouterCounter.DEVICES_SKIPPED_TOO_LARGE));
        json.writeNumberField("skipped_paused", counters.get(RouterCounter.DEVICES_SKIPPED_PAUSED));
        json.writeNumberField("devices_timed_out", counters.get(RouterCounter.DEVICES_TIMED_OUT));
        json.writeEndObject();
    }

    private static void writeOperations(final JsonGenerator json, final CounterSample counters) throws IOException {
        json.writeObjectFieldStart("operations");
        json.writeNumberField("publish", counters.get(RouterCounter.PUBLISH_OPERATIONS));
        json.writeNumberField("subscribe", counters.get(RouterCounter.SUBSCRIBE_OPERATIONS));
        json.writeNumberField("total", counters.operations());
        json.writeEndObject();
    }

    private static void writeLatency(final JsonGenerator json, final LoadFigures figures) throws IOException {
        json.writeObjectFieldStart("latency");
        writeTimes(json, "all", figures.latencies().all());
        for (final RecipientKind kind : RecipientKind.values()) {
            if (figures.latencies().of(kind).getTotalCount() > 0) {
                writeTimes(json, Latencies.tag(kind), figures.latencies().of(kind));
            }
        }
        writeTimes(json, "handover", figures.latencies().handover());
        writeTimes(json, "lag", figures.latencies().lag());
        if (figures.latencies().change().getTotalCount() > 0) {
            writeTimes(json, "change", figures.latencies().change());
        }
        json.writeEndObject();
    }

    static void writeTimes(final JsonGenerator json, final String field, final Histogram times) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("count", times.getTotalCount());
        json.writeNumberField("mean_ns", Math.round(times.getTotalCount() == 0 ? 0 : times.getMean()));
        json.writeNumberField("p50_ns", times.getValueAtPercentile(50));
        json.writeNumberField("p90_ns", times.getValueAtPercentile(90));
        json.writeNumberField("p99_ns", times.getValueAtPercentile(99));
        json.writeNumberField("p99_9_ns", times.getValueAtPercentile(99.9));
        json.writeNumberField("p99_99_ns", times.getValueAtPercentile(99.99));
        json.writeNumberField("max_ns", times.getMaxValue());
        json.writeEndObject();
    }
}
