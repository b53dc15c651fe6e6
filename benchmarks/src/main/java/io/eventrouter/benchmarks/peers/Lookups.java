package io.eventrouter.benchmarks.peers;

import java.util.List;

/** The maps, by the names that benchmarks have as parameters. */
public final class Lookups {
    /** All names. */
    public static final List<String> NAMES =
            List.of("router", "router-batch", "chronicle-map", "concurrent-hash-map", "bare-array");

    private Lookups() {}

    /**
     * Make an empty map.
     *
     * @param name of {@link #NAMES}.
     * @param devices that there will be.
     * @return the map.
     */
    public static DeviceLookup create(final String name, final int devices) {
        return switch (name) {
            case "router" -> new RouterDeviceLookup(devices, false);
            case "router-batch" -> new RouterDeviceLookup(devices, true);
            case "chronicle-map" -> new ChronicleMapLookup(devices);
            case "concurrent-hash-map" -> new ConcurrentHashMapLookup(devices);
            case "bare-array" -> new BareArrayLookup(devices);
            default -> throw new IllegalArgumentException("map must be one of " + NAMES + ": map=" + name);
        };
    }
}
