package io.eventrouter.loadgen.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.json.JsonComplaint;
import io.eventrouter.loadgen.json.JsonKind;
import io.eventrouter.loadgen.json.JsonReader;
import io.eventrouter.loadgen.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Reads what a machine did from a directory that {@code run}, {@code search} or {@code sweep} wrote. */
public final class MeasuredRate {
    private static final Set<String> KINDS_OF_DELIVERY = Set.of("device", "integration", "logic", "stream");
    private static final double NS_PER_SECOND = 1e9;
    // Of a run at a rate that was chosen, and of a search that the generator ended, not the router.
    private static final String NOT_THE_MOST = ", which is not the most that the machine can do";

    private final TextSource source;
    private final JsonValue root;

    private MeasuredRate(final TextSource source) {
        this.source = source;
        this.root = read(source);
    }

    /**
     * Read a directory.
     *
     * @param directory that was given as {@code --out}.
     * @return what the machine did.
     * @throws BadInputException if there is no result in it, or none that was held.
     */
    public static MachineRate of(final String directory) {
        final Path path = TextSource.ofFile(directory).path();
        if (!Files.isDirectory(path)) {
            throw new BadInputException(
                    directory + (Files.exists(path) ? ": is a file, not a directory" : ": no such directory"));
        }
        for (final String kind : new String[] {"search", "run", "sweep"}) {
            final TextSource source =
                    TextSource.ofFile(Path.of(directory, kind + ".json").toString());
            if (Files.exists(source.path())) {
                return new MeasuredRate(source).rate(kind);
            }
        }
        throw new BadInputException(directory + ": has neither search.json, run.json nor sweep.json in it");
    }

    private MachineRate rate(final String kind) {
        switch (kind) {
            case "search":
                requireVerdict(Set.of("met"));
                return limit(field(root, "limit"), "the confirmed limit in " + source.name());
            case "run":
                requireVerdict(Set.of("met", "none"));
                return run();
            default:
                return sweep();
        }
    }

    private MachineRate run() {
        final JsonValue events = field(root, "events");
        final JsonValue deliveries = field(root, "deliveries");
        final double seconds = (number(events, "elapsed_ns") + optional(events, "drain_ns")) / NS_PER_SECOND;
        double delivered = 0;
        for (final String kind : KINDS_OF_DELIVERY) {
            delivered += optional(deliveries, kind);
        }
        return rate(
                (number(events, "offered") + optional(events, "answers")) / seconds,
                delivered / seconds,
                "what the run in " + source.name() + " held" + NOT_THE_MOST);
    }

    private MachineRate sweep() {
        JsonValue largest = null;
        for (final JsonValue axis : field(root, "axes").values()) {
            for (final JsonValue point : field(axis, "points").values()) {
                if (isConfirmed(point.field("limit"))
                        && (largest == null || number(point, "devices") >= number(largest, "devices"))) {
                    largest = point;
                }
            }
        }
        if (largest == null) {
            throw new BadInputException(source.name() + ": no point of the sweep has a limit that is confirmed");
        }
        return limit(field(largest, "limit"), "the confirmed point with most devices in " + source.name());
    }

    // What held in a short trial alone is no rate to plan with.
    private static boolean isConfirmed(final JsonValue limit) {
        if (limit == null) {
            return false;
        }
        final JsonValue confidence = limit.field("confidence");
        return confidence == null
                || confidence.kind() != JsonKind.STRING
                || !confidence.text().equals("unconfirmed");
    }

    private MachineRate limit(final JsonValue limit, final String origin) {
        final JsonValue boundedBy = limit.field("bounded_by");
        final boolean isOfRouter = boundedBy == null
                || boundedBy.kind() != JsonKind.STRING
                || boundedBy.text().equals("router");
        return rate(
                number(limit, "rate_per_s"),
                optional(limit, "deliveries_per_s"),
                isOfRouter ? origin : origin + NOT_THE_MOST);
    }

    private MachineRate rate(final double events, final double deliveries, final String origin) {
        if (!(events > 0)) {
            throw new BadInputException(source.name() + ": no event was routed, so there is no rate");
        }
        return deliveries > 0
                ? new MachineRate(events, deliveries, true, origin)
                : new MachineRate(
                        events,
                        MachineRate.ASSUMED_DELIVERIES_PER_SECOND,
                        false,
                        origin + "; deliveries assumed, as there were none");
    }

    private void requireVerdict(final Set<String> held) {
        final JsonValue verdict = field(root, "verdict");
        if (verdict.kind() != JsonKind.STRING || !held.contains(verdict.text())) {
            throw new BadInputException(source.name() + ": a plan needs a rate that was held: verdict=" + verdict);
        }
    }

    private double optional(final JsonValue object, final String name) {
        return object.field(name) == null ? 0 : number(object, name);
    }

    private double number(final JsonValue object, final String name) {
        final JsonValue value = field(object, name);
        if (value.kind() == JsonKind.WHOLE_NUMBER) {
            return value.number();
        }
        if (value.kind() == JsonKind.OTHER_NUMBER) {
            return Double.parseDouble(value.text());
        }
        throw new BadInputException(source.name() + ": " + name + " must be a number: value=" + value);
    }

    private JsonValue field(final JsonValue object, final String name) {
        final JsonValue value = object.field(name);
        if (value == null) {
            throw new BadInputException(source.name() + ": " + name + " is missing");
        }
        return value;
    }

    private static JsonValue read(final TextSource source) {
        try (InputStream in = source.open();
                JsonReader reader = JsonReader.ofFile(in)) {
            if (reader.tokens().nextToken() != JsonToken.START_OBJECT) {
                throw new BadInputException(source.name() + ": must be a JSON object");
            }
            return reader.readObject(null, "");
        } catch (final JsonProcessingException e) {
            throw new BadInputException(source.name() + ": not readable as JSON: " + JsonComplaint.describe(e));
        } catch (final IOException e) {
            throw source.unreadable(e);
        }
    }
}
