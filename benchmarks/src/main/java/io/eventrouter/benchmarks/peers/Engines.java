package io.eventrouter.benchmarks.peers;

import java.util.List;

/** The engines, by the names that benchmarks have as parameters. */
public final class Engines {
    /** All names. */
    public static final List<String> NAMES =
            List.of("router", "hivemq", "moquette", "event-ruler", "prefix-scan", "sorted-map", "level-map");

    private Engines() {}

    /**
     * Make an engine without subscriptions.
     *
     * @param name of {@link #NAMES}.
     * @param tenants that there will be.
     * @param subscriptions that there will be, at most.
     * @return the engine.
     */
    public static Matcher create(final String name, final int tenants, final int subscriptions) {
        return switch (name) {
            case "router" -> new RouterMatcher(tenants, subscriptions);
            case "hivemq" -> new HiveMqMatcher();
            case "moquette" -> new MoquetteMatcher();
            case "event-ruler" -> new EventRulerMatcher(tenants);
            case "prefix-scan" -> new PrefixScanMatcher(tenants);
            case "sorted-map" -> new SortedMapMatcher(tenants);
            case "level-map" -> new LevelMapMatcher();
            default -> throw new IllegalArgumentException("engine must be one of " + NAMES + ": engine=" + name);
        };
    }
}
