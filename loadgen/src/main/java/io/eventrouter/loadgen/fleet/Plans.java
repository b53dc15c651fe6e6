package io.eventrouter.loadgen.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.eventrouter.identity.Quoted;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.InvalidElementException;
import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.json.JsonComplaint;
import io.eventrouter.loadgen.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The plans that accounts can have, from a data file. */
public final class Plans {
    /** The file that ships with the program. */
    public static final String RESOURCE = "plans.json";

    private final Map<String, Plan> byName;

    private Plans(final Map<String, Plan> byName) {
        this.byName = byName;
    }

    /**
     * The plans that ship with the program.
     *
     * @return the plans.
     */
    public static Plans load() {
        return read(TextSource.ofResource(RESOURCE));
    }

    /**
     * Plans from a file.
     *
     * @param source of the file: a JSON object with an array {@code plans}.
     * @return the plans.
     * @throws BadInputException if the file cannot be read or something in it is wrong.
     */
    public static Plans read(final TextSource source) {
        try (InputStream in = source.open();
                JsonReader reader = JsonReader.ofFile(in)) {
            if (reader.tokens().nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidElementException(1, "", "plans must be a JSON object with an array named plans");
            }
            return of(new Fields("", reader.readObject(Set.of("plans"), "")));
        } catch (final JsonProcessingException e) {
            throw new BadInputException(
                    source.name() + ":" + line(e) + ": not readable as JSON: " + JsonComplaint.describe(e));
        } catch (final InvalidElementException e) {
            throw e.in(source.name());
        } catch (final IOException e) {
            throw source.unreadable(e);
        }
    }

    private static Plans of(final Fields file) {
        final Map<String, Plan> byName = new LinkedHashMap<>();
        for (final Fields plan : file.objects("plans")) {
            final Plan read = new Plan(
                    plan.text("name"),
                    plan.number("operations_per_month", 0, Integer.MAX_VALUE),
                    plan.number("devices", 0, Integer.MAX_VALUE),
                    plan.number("usd_per_month", 0, Integer.MAX_VALUE),
                    plan.flag("in_blocks", false));
            if (byName.put(read.name(), read) != null) {
                throw plan.error("name", "is there twice: value=" + Quoted.of(read.name()));
            }
        }
        if (byName.isEmpty()) {
            throw file.error("plans", "must have at least one plan");
        }
        return new Plans(byName);
    }

    private static int line(final JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }

    /**
     * All of them, in the order of the file.
     *
     * @return the plans.
     */
    public Collection<Plan> all() {
        return byName.values();
    }

    /**
     * The plan with a name.
     *
     * @param name of the plan.
     * @return the plan.
     * @throws IllegalArgumentException if there is none; the message names those that there are.
     */
    public Plan named(final String name) {
        final Plan plan = byName.get(name);
        if (plan == null) {
            throw new IllegalArgumentException(
                    "must be one of " + String.join(", ", byName.keySet()) + ": plan=" + Quoted.of(name));
        }
        return plan;
    }
}
