package io.eventrouter.loadgen.scenario;

import io.eventrouter.loadgen.input.TextSource;
import java.util.List;
import java.util.Optional;

/** The scenarios that ship with the program. */
public final class ShippedScenarios {
    private static final List<String> NAMES = List.of(
            "developer-sandbox",
            "hook-response-unscoped",
            "hook-response-scoped",
            "customer-claimed-fleet",
            "unclaimed-fleet",
            "multi-tenant-tier",
            "reconnect-storm",
            "product-broadcast");

    private ShippedScenarios() {}

    /**
     * Their names.
     *
     * @return the names, the small ones first.
     */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * The text of one.
     *
     * @param name of it.
     * @return the text; empty if there is none of this name.
     */
    public static Optional<TextSource> source(final String name) {
        return NAMES.contains(name)
                ? Optional.of(TextSource.ofResource("scenarios/" + name + ".yaml"))
                : Optional.empty();
    }
}
