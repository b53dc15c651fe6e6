package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.json.JsonValue;
import io.eventrouter.loadgen.page.Unit;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What all kinds of result begin with.
 *
 * @param label by which the page calls the result.
 * @param directory as the user named it.
 * @param about the scenario, in its author's words; may be empty.
 * @param environment facts about machine and program, by name.
 * @param setup facts about scenario, router and generator, by name.
 */
record ResultHead(
        String label,
        String directory,
        String scenario,
        String about,
        String ended,
        boolean isInProcess,
        Verdict verdict,
        Map<String, String> environment,
        Map<String, String> setup) {
    private static final DateTimeFormatter STARTED = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static ResultHead of(final String label, final String directory, final Fields result) {
        final Fields scenario = result.object("scenario");
        return new ResultHead(
                label,
                directory,
                scenario.text("name"),
                scenario.has("about") ? scenario.text("about") : "",
                result.text("ended"),
                result.flag("in_process", true),
                Verdict.of(result),
                environment(result.object("environment")),
                setup(result, scenario));
    }

    boolean isComplete() {
        return ended.equals("complete");
    }

    private static String started(final Fields result) {
        final Instant start = result.checked("started_at", result.text("started_at"), text -> {
            try {
                return Instant.parse(text);
            } catch (final DateTimeParseException e) {
                throw new IllegalArgumentException("must be a time of ISO 8601: value=" + ResultLines.cut(text), e);
            }
        });
        return STARTED.format(start);
    }

    private static Map<String, String> environment(final Fields fields) {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("CPU", fields.text("cpu"));
        facts.put("Processors", Figures.count(fields.count("processors")));
        facts.put("Memory", Unit.BYTES.text(fields.count("memory_bytes")));
        facts.put("System", fields.text("os"));
        facts.put("Java", fields.text("java"));
        facts.put(
                "Flags of the JVM",
                fields.items("jvm_flags").stream().map(ResultHead::text).collect(Collectors.joining(" ")));
        facts.put("loadgen", fields.text("loadgen"));
        if (fields.has("commit")) {
            facts.put("Commit", fields.text("commit"));
        }
        return facts;
    }

    private static Map<String, String> setup(final Fields result, final Fields scenario) {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Started", started(result));
        facts.put("Scenario", scenario.text("source"));
        facts.put("Seed", Long.toString(scenario.count("seed")));
        final Fields router = result.object("router");
        facts.put("Era", router.text("era"));
        facts.put("Product scope", router.text("product_scope"));
        facts.put("Ring", Figures.count(router.count("ring_slots"), "slot"));
        facts.put("Idle routing thread", router.text("idle"));
        final Fields generator = result.object("generator");
        if (generator.has("ceiling_per_s")) {
            facts.put(
                    "Ceiling of the generator",
                    Unit.PER_SECOND.text(generator.decimal("ceiling_per_s")) + " into a router that does nothing");
        }
        if (generator.has("allocated_bytes_per_event")) {
            facts.put("Allocated for an event", Unit.BYTES.text(generator.decimal("allocated_bytes_per_event")));
        }
        return facts;
    }

    private static String text(final JsonValue value) {
        return value.text() == null ? value.toString() : value.text();
    }
}
