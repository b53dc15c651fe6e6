package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.json.Fields;

/** One rate that a search tried; latencies in nanoseconds. */
record Trial(
        String stage,
        double ratePerSecond,
        long durationNs,
        Verdict verdict,
        String reason,
        long offered,
        long refused,
        long p50Ns,
        long p99Ns,
        long p999Ns,
        long maxNs,
        long lagP999Ns) {
    static Trial of(final Fields fields) {
        return new Trial(
                fields.text("stage"),
                fields.decimal("rate_per_s"),
                fields.count("duration_ns"),
                Verdict.of(fields),
                fields.has("reason") ? fields.text("reason") : "",
                fields.count("offered"),
                fields.count("refused"),
                fields.count("p50_ns"),
                fields.count("p99_ns"),
                fields.count("p99_9_ns"),
                fields.count("max_ns"),
                fields.count("lag_p99_9_ns"));
    }

    String outcome() {
        return switch (verdict) {
            case MET -> "held";
            case NOT_MET -> "did not hold";
            default -> "invalid";
        };
    }
}
