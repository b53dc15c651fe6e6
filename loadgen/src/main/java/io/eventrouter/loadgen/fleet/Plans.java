package io.eventrouter.loadgen.fleet;

import com.fasterxml.jackson.core.JsonToken;
import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

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
        final Map<String, Plan> byName = new LinkedHashMap<>();
        try (InputStream in = TextSource.ofResource(RESOURCE).open()) {
            final JsonReader reader = JsonReader.ofFile(in);
            if (reader.tokens().nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalStateException("plans must be a JSON object: resource=" + RESOURCE);
            }
            for (final Fields plan : new Fields("", reader.readObject(null, "")).objects("plans")) {
                final Plan read = new Plan(
                        plan.text("name"),
                        plan.number("operations_per_month", 0, Integer.MAX_VALUE),
                        plan.number("devices", 0, Integer.MAX_VALUE),
                        plan.number("usd_per_month", 0, Integer.MAX_VALUE),
                        plan.flag("in_blocks", false));
                byName.put(read.name(), read);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Plans(byName);
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
            throw new IllegalArgumentException("must be one of " + String.join(", ", byName.keySet()) + ": plan="
                    + io.eventrouter.identity.Quoted.of(name));
        }
        return plan;
    }
}
