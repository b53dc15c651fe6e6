package io.eventrouter.loadgen.report;

/** What latencies are kept of, as result files name it. */
enum LatencyKind {
    ALL("all", "all deliveries"),
    DEVICE("device", "to devices"),
    INTEGRATION("integration", "to integrations"),
    LOGIC("logic", "to Logic functions"),
    STREAM("stream", "to event streams"),
    HANDOVER("handover", "the router's part"),
    LAG("lag", "schedule lag"),
    CHANGE("change", "changes of the fleet");

    private final String field;
    private final String words;

    LatencyKind(final String field, final String words) {
        this.field = field;
        this.words = words;
    }

    String field() {
        return field;
    }

    String words() {
        return words;
    }

    /** The file of a run's directory that holds the histogram. */
    String fileName() {
        return switch (this) {
            case HANDOVER, LAG, CHANGE -> field + ".hgrm";
            default -> "latency-" + field + ".hgrm";
        };
    }

    /** Whether it is a part of all deliveries. */
    boolean isPart() {
        return this == DEVICE || this == INTEGRATION || this == LOGIC || this == STREAM;
    }
}
