package io.eventrouter.loadgen.scenario;

import io.eventrouter.RouterContext;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads how the router is set up, what load is put on it, and what that is to hold. */
final class LoadSections {
    private static final long MAX_NS = Quantities.durationNs("30day");
    private static final long DEFAULT_WARM_UP_NS = Quantities.durationNs("5s");
    private static final long DEFAULT_MAX_LAG_NS = Quantities.durationNs("10ms");
    private static final long DEFAULT_PHASE_NS = Quantities.durationNs("30s");
    private static final int MAX_RELATIVE_PERCENT = 10_000;
    private static final int MIN_RING_SLOTS = 2_048;
    private static final int MAX_RING_SLOTS = 4_194_304;
    private static final int DEFAULT_RING_SLOTS = 65_536;
    private static final int MAX_BURST = 1_000_000_000;
    private static final Map<String, Double> LATENCIES = latencies();

    private LoadSections() {}

    static RouterSetup router(final YamlSection section) {
        return new RouterSetup(
                Era.valueOf(
                        constant(section.choice("era", List.of("after-2023-03", "before-2023-03"), "after-2023-03"))),
                ProductScope.valueOf(constant(
                        section.choice("product-scope", List.of("all", "unclaimed-only", "hook-and-api-only"), "all"))),
                ringSlots(section),
                RouterSetup.Idle.valueOf(
                        constant(section.choice("idle", List.of("backoff", "yield", "spin"), "backoff"))));
    }

    static ReconnectStorm storm(final YamlSection section) {
        return new ReconnectStorm(
                section.durationNs("after", 0, MAX_NS, 0),
                section.share("share", 1),
                section.required("rate").as(LoadSections::ratePositive));
    }

    static Load load(final YamlSection section) {
        final List<Phase> phases = new ArrayList<>();
        for (final YamlValue value : section.items("phases")) {
            phases.add(phase(value));
        }
        if (section.has("phases") && phases.isEmpty()) {
            throw section.error("phases", "must have at least one phase");
        }
        if (phases.isEmpty()) {
            phases.add(new Phase.Constant(DEFAULT_PHASE_NS, Phase.RelativeRate.FULL));
        }
        final long durationNs = phases.stream().mapToLong(Phase::durationNs).sum();
        if (durationNs > Load.MAX_DURATION_NS) {
            throw section.error("phases", "must be at most 4h long together");
        }
        return new Load(
                section.optional("rate").map(value -> value.as(LoadSections::ratePositive)),
                section.choice("arrivals", List.of("constant", "poisson"), "constant")
                        .equals("poisson"),
                section.number("publishers", 1, Load.MAX_PUBLISHERS, 1),
                section.durationNs("warm-up", 0, Load.MAX_DURATION_NS, DEFAULT_WARM_UP_NS),
                section.durationNs("max-lag", 1, MAX_NS, DEFAULT_MAX_LAG_NS),
                phases);
    }

    static Objective objective(final YamlSection section) {
        final List<Objective.LatencyLimit> limits = new ArrayList<>();
        LATENCIES.forEach((name, percentile) -> {
            if (section.has(name)) {
                limits.add(new Objective.LatencyLimit(name, percentile, section.durationNs(name, 1, MAX_NS, 0)));
            }
        });
        return new Objective(limits, section.share("refused", 0), !limits.isEmpty() || section.has("refused"));
    }

    static String[] objectiveKeys() {
        final List<String> keys = new ArrayList<>(LATENCIES.keySet());
        keys.add("refused");
        return keys.toArray(new String[0]);
    }

    static SearchSetup search(final YamlSection section) {
        final double precision = section.share("precision", 0.05);
        if (precision <= 0) {
            throw section.error("precision", "must be above 0%");
        }
        return new SearchSetup(
                section.optional("from").map(value -> value.as(LoadSections::ratePositive)),
                section.durationNs("trial", 1, MAX_NS, Quantities.durationNs("5s")),
                section.durationNs("confirm", 1, MAX_NS, Quantities.durationNs("20s")),
                precision);
    }

    static SweepSetup sweep(final YamlSection section) {
        return new SweepSetup(
                numbers(section, "devices", 1, RouterContext.MAX_MAX_DEVICES),
                numbers(section, "subscriptions", 0, SweepSetup.MAX_SUBSCRIPTIONS),
                numbers(section, "fan-out", 0, SweepSetup.MAX_FAN_OUT),
                numbers(section, "publishers", 1, Load.MAX_PUBLISHERS),
                section.durationNs("trial", 1, MAX_NS, Quantities.durationNs("2s")));
    }

    private static Phase phase(final YamlValue value) {
        final YamlSection section = value.section("for", "rate", "to", "steps", "burst", "every");
        section.required("for");
        final long durationNs = section.durationNs("for", 1, Load.MAX_DURATION_NS, 0);
        if (section.has("burst")) {
            return bursts(section, durationNs);
        }
        if (section.has("every")) {
            throw section.error("every", "belongs to burst");
        }
        if (section.has("steps")) {
            return steps(section, durationNs);
        }
        final Phase.PhaseRate rate =
                section.optional("rate").map(LoadSections::phaseRate).orElse(Phase.RelativeRate.FULL);
        if (!section.has("to")) {
            return new Phase.Constant(durationNs, rate);
        }
        section.required("rate");
        return new Phase.Ramp(durationNs, rate, phaseRate(section.required("to")));
    }

    private static Phase bursts(final YamlSection section, final long durationNs) {
        if (Parts.count(section, "rate", "to", "steps") > 0) {
            throw section.error("burst", "excludes rate, to and steps");
        }
        section.required("every");
        return new Phase.Bursts(
                durationNs, section.number("burst", 1, MAX_BURST), section.durationNs("every", 1, MAX_NS, 0));
    }

    private static Phase steps(final YamlSection section, final long durationNs) {
        if (Parts.count(section, "rate", "to") > 0) {
            throw section.error("steps", "excludes rate and to");
        }
        final List<Phase.PhaseRate> rates =
                section.items("steps").stream().map(LoadSections::phaseRate).toList();
        if (rates.isEmpty()) {
            throw section.error("steps", "must have at least one rate");
        }
        return new Phase.Steps(durationNs, rates);
    }

    private static Phase.PhaseRate phaseRate(final YamlValue value) {
        return value.text().endsWith("%")
                ? new Phase.RelativeRate(value.as(text -> Quantities.share(text, MAX_RELATIVE_PERCENT)))
                : new Phase.OwnRate(value.as(Quantities::rate));
    }

    private static Rate ratePositive(final String text) {
        final Rate rate = Quantities.rate(text);
        if (rate.isNever()) {
            throw new IllegalArgumentException("must be above 0/s: value=" + text);
        }
        return rate;
    }

    private static int ringSlots(final YamlSection section) {
        final int slots = section.number("ring-slots", MIN_RING_SLOTS, MAX_RING_SLOTS, DEFAULT_RING_SLOTS);
        if (Integer.bitCount(slots) != 1) {
            throw section.error("ring-slots", "must be a power of two: value=" + slots);
        }
        return slots;
    }

    private static List<Integer> numbers(final YamlSection section, final String key, final int min, final int max) {
        final List<Integer> numbers = new ArrayList<>();
        for (final YamlValue item : section.items(key)) {
            final long number = item.as(Quantities::number);
            if (number < min || number > max) {
                throw item.error("must be in [" + min + ", " + max + "]: value=" + item.text());
            }
            if (numbers.contains((int) number)) {
                throw item.error("is there twice: value=" + item.text());
            }
            numbers.add((int) number);
        }
        return numbers;
    }

    private static String constant(final String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Map<String, Double> latencies() {
        final Map<String, Double> latencies = new LinkedHashMap<>();
        for (final String percentile : List.of("50", "90", "99", "99.9", "99.99")) {
            latencies.put("p" + percentile, Double.valueOf(percentile));
        }
        latencies.put("max", 100.0);
        return latencies;
    }
}
