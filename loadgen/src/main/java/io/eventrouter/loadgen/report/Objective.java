package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.page.Unit;

/**
 * One figure that a run had to keep below a limit.
 *
 * @param figure such as p99.9 or refused.
 * @param limit nanoseconds, or a share of 1.
 * @param measured in the same unit; NaN if it is not known.
 */
record Objective(String figure, double limit, double measured, boolean isHeld) {
    /** The objective of a run, which was measured, or of a search, which was not. */
    static Objective of(final Fields fields) {
        return new Objective(
                fields.text("figure"),
                fields.decimal("limit"),
                fields.has("measured") ? fields.decimal("measured") : Double.NaN,
                fields.flag("holds", false));
    }

    /** Whether the figure is a latency, not a share. */
    boolean isLatency() {
        return figure.startsWith("p") || figure.equals("max") || figure.equals("mean");
    }

    String words() {
        return figure + " at most " + text(limit);
    }

    String text(final double value) {
        return isLatency() ? Unit.NANOSECONDS.text(value) : Unit.PERCENT.text(value * 100);
    }
}
