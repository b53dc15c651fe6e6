package io.eventrouter.loadgen.load;

import io.eventrouter.delivery.RecipientKind;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The times that a load took, in nanoseconds. */
public final class Latencies {
    private final Map<RecipientKind, Histogram> byKind = new EnumMap<>(RecipientKind.class);
    private final Histogram all = IntervalHistograms.newHistogram();
    private final Histogram handover = IntervalHistograms.newHistogram();
    private final Histogram lag = IntervalHistograms.newHistogram();
    private final Histogram change = IntervalHistograms.newHistogram();

    Latencies() {
        for (final RecipientKind kind : RecipientKind.values()) {
            byKind.put(kind, IntervalHistograms.newHistogram());
        }
    }

    /**
     * The word for a kind of recipient in files and logs.
     *
     * @param kind of recipient.
     * @return the word.
     */
    public static String tag(final RecipientKind kind) {
        return kind == RecipientKind.LOGIC_FUNCTION ? "logic" : kind.name().toLowerCase(Locale.ROOT);
    }

    /** Add what was recorded on the routing thread. */
    void addDeliveries(final IntervalHistograms.Interval interval) {
        for (final RecipientKind kind : RecipientKind.values()) {
            byKind.get(kind).add(interval.of(kind.ordinal()));
            all.add(interval.of(kind.ordinal()));
        }
        handover.add(interval.of(DeliveryRecorder.HANDOVER));
    }

    /**
     * From when an event was due to its delivery to recipients of a kind.
     *
     * @param kind of recipients.
     * @return the histogram.
     */
    public Histogram of(final RecipientKind kind) {
        return byKind.get(kind);
    }

    /**
     * From when an event was due to its delivery to any recipient.
     *
     * @return the histogram.
     */
    public Histogram all() {
        return all;
    }

    /**
     * From when the generator handed an event over to its delivery.
     *
     * @return the histogram.
     */
    public Histogram handover() {
        return handover;
    }

    /**
     * From when an event was due to when it was handed over, without those that are excused.
     *
     * @return the histogram.
     */
    public Histogram lag() {
        return lag;
    }

    /**
     * From when a change of the fleet was due to when it was acknowledged.
     *
     * @return the histogram.
     */
    public Histogram change() {
        return change;
    }
}
