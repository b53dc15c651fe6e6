package io.eventrouter.loadgen.results;

import com.fasterxml.jackson.core.JsonGenerator;
import io.eventrouter.loadgen.Choices;
import io.eventrouter.loadgen.load.Ceiling;
import io.eventrouter.loadgen.load.FleetFigures;
import io.eventrouter.loadgen.load.Verdict;
import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Phase;
import io.eventrouter.loadgen.scenario.Rate;
import io.eventrouter.loadgen.scenario.RouterSetup;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The parts that several JSON files have in common; their fields are documented in docs/result-files.md. */
final class ScenarioJson {
    static final int FORMAT = 1;

    private ScenarioJson() {}

    static void writeHead(
            final JsonGenerator json,
            final String kind,
            final ScenarioFile file,
            final Scenario scenario,
            final String startedAt,
            final String ended,
            final Environment environment)
            throws IOException {
        json.writeNumberField("format", FORMAT);
        json.writeStringField("kind", kind);
        json.writeObjectFieldStart("scenario");
        json.writeStringField("name", scenario.name());
        json.writeStringField("about", scenario.about());
        json.writeStringField("source", file.source());
        json.writeNumberField("seed", scenario.seed());
        json.writeEndObject();
        json.writeStringField("started_at", startedAt);
        json.writeStringField("ended", ended);
        json.writeBooleanField("in_process", true);
        environment.write(json);
    }

    static void writeFleet(final JsonGenerator json, final FleetFigures fleet) throws IOException {
        json.writeObjectFieldStart("fleet");
        json.writeNumberField("accounts", fleet.accounts());
        json.writeNumberField("products", fleet.products());
        json.writeNumberField("owners", fleet.owners());
        json.writeNumberField("devices", fleet.devices());
        json.writeNumberField("devices_online", fleet.devicesOnline());
        json.writeNumberField("devices_claimed", fleet.devicesClaimed());
        json.writeNumberField("subscriptions", fleet.subscriptions());
        json.writeNumberField("integrations", fleet.integrations());
        json.writeNumberField("logic_functions", fleet.logicFunctions());
        json.writeNumberField("streams", fleet.streams());
        json.writeNumberField("load_ns", fleet.loadNs());
        json.writeNumberField("commands", fleet.commands());
        json.writeEndObject();
    }

    static void writeRouter(final JsonGenerator json, final RouterSetup router) throws IOException {
        json.writeObjectFieldStart("router");
        json.writeStringField("era", Choices.name(router.era()));
        json.writeStringField("product_scope", Choices.name(router.productScope()));
        json.writeNumberField("ring_slots", router.ringSlots());
        json.writeStringField("idle", Choices.name(router.idle()));
        json.writeEndObject();
    }

    static void writeLoad(final JsonGenerator json, final Load load, final Rate rate) throws IOException {
        json.writeObjectFieldStart("load");
        json.writeNumberField("rate_per_s", rate.perSecond());
        json.writeStringField("arrivals", load.isPoisson() ? "poisson" : "constant");
        json.writeNumberField("publishers", load.publishers());
        json.writeNumberField("warm_up_ns", load.warmUpNs());
        json.writeNumberField("max_lag_ns", load.maxLagNs());
        json.writeNumberField("duration_ns", load.durationNs());
        json.writeArrayFieldStart("phases");
        long startNs = 0;
        for (final Phase phase : load.phases()) {
            writePhase(json, phase, startNs, rate);
            startNs += phase.durationNs();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void writeGenerator(final JsonGenerator json, final Optional<Ceiling> ceiling, final double bytesPerEvent)
            throws IOException {
        json.writeObjectFieldStart("generator");
        if (ceiling.isPresent()) {
            json.writeNumberField("ceiling_per_s", ceiling.get().eventsPerSecond());
            json.writeNumberField(
                    "ceiling_allocated_bytes_per_event", ceiling.get().allocatedBytesPerEvent());
        }
        if (bytesPerEvent >= 0) {
            json.writeNumberField("allocated_bytes_per_event", bytesPerEvent);
        }
        json.writeEndObject();
    }

    static void writeChecks(final JsonGenerator json, final List<Verdict.Check> checks) throws IOException {
        json.writeArrayFieldStart("objective");
        for (final Verdict.Check check : checks) {
            json.writeStartObject();
            json.writeStringField("figure", check.figure());
            writeLimit(json, "limit", check, check.limit());
            writeLimit(json, "measured", check, check.measured());
            json.writeBooleanField("holds", check.holds());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeLimit(
            final JsonGenerator json, final String field, final Verdict.Check check, final double value)
            throws IOException {
        if (check.isShare()) {
            json.writeNumberField(field, value);
        } else {
            json.writeNumberField(field, (long) value);
        }
    }

    private static void writePhase(final JsonGenerator json, final Phase phase, final long startNs, final Rate rate)
            throws IOException {
        json.writeStartObject();
        if (phase instanceof Phase.Constant constant) {
            writeRates(
                    json, "constant", constant.rate().of(rate), constant.rate().of(rate));
        } else if (phase instanceof Phase.Ramp ramp) {
            writeRates(json, "ramp", ramp.from().of(rate), ramp.to().of(rate));
        } else if (phase instanceof Phase.Steps steps) {
            final List<Phase.PhaseRate> rates = steps.rates();
            writeRates(
                    json,
                    "steps",
                    rates.get(0).of(rate),
                    rates.get(rates.size() - 1).of(rate));
        } else if (phase instanceof Phase.Bursts bursts) {
            final Rate mean = Rate.ofPerSecond(bursts.size() * 1e9 / bursts.everyNs());
            writeRates(json, "bursts", mean, mean);
        }
        json.writeNumberField("start_ns", startNs);
        json.writeNumberField("duration_ns", phase.durationNs());
        json.writeEndObject();
    }

    private static void writeRates(final JsonGenerator json, final String kind, final Rate from, final Rate to)
            throws IOException {
        json.writeStringField("kind", kind);
        json.writeNumberField("from_per_s", from.perSecond());
        json.writeNumberField("to_per_s", to.perSecond());
    }
}
