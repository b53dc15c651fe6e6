package io.eventrouter.loadgen.load;

import io.eventrouter.EventRouter;
import io.eventrouter.delivery.RecipientKind;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Collects, while a load runs, what its threads record, second by second.
 *
 * <p><b>Threading:</b> the thread that runs the load.
 */
final class LoadMonitor {
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long NS_PER_SECOND = 1_000_000_000L;
    // What was recorded in a second is handed over in the next.
    private static final long CLOSE_AFTER_NS = TimeUnit.MILLISECONDS.toNanos(150);
    private static final String[] TAGS = tags();

    private final EventRouter router;
    private final IntervalHistograms deliveries;
    private final Schedule schedule;
    private final List<Publisher> publishers;
    private final RouterChanges changes;
    private final ChangeLatency changeLatency;
    private final LoadListener listener;
    private final Latencies latencies = new Latencies();
    private final SecondSeries series;

    LoadMonitor(
            final LoadedRouter loaded,
            final Schedule schedule,
            final List<Publisher> publishers,
            final RouterChanges changes,
            final ChangeLatency changeLatency,
            final CounterSample atStart,
            final LoadListener listener) {
        this.router = loaded.router();
        this.deliveries = loaded.recorder().histograms();
        this.schedule = schedule;
        this.publishers = publishers;
        this.changes = changes;
        this.changeLatency = changeLatency;
        this.listener = listener;
        this.series = new SecondSeries(atStart);
    }

    Latencies latencies() {
        return latencies;
    }

    List<SecondRow> seconds() {
        return series.rows();
    }

    /** How long to wait: a little, but not beyond the end of the second. */
    long untilNextLookNs(final long elapsedNs) {
        return Math.min(LOOK_NS, NS_PER_SECOND - Math.floorMod(elapsedNs, NS_PER_SECOND));
    }

    /** Collect what there is. */
    SecondRow.Progress look(final long elapsedNs) {
        final SecondRow.Progress progress = progress();
        while (elapsedNs >= (series.sampled() + 1) * NS_PER_SECOND) {
            sample(progress);
        }
        poll();
        while (series.sampled() > series.rows().size()
                && elapsedNs >= (series.rows().size() + 1) * NS_PER_SECOND + CLOSE_AFTER_NS) {
            listener.onSecond(series.close());
        }
        return progress;
    }

    /** Collect the rest. */
    void finish(final long elapsedNs, final boolean isDrained) {
        look(elapsedNs);
        if (isDrained) {
            deliveries.finish(this::onDeliveries);
        }
        publishers.forEach(publisher -> publisher.lags().finish(this::onLags));
        readChanges();
        if (elapsedNs > series.sampled() * NS_PER_SECOND) {
            sample(progress());
        }
        while (series.sampled() > series.rows().size()) {
            listener.onSecond(series.close());
        }
    }

    private void sample(final SecondRow.Progress progress) {
        final long endNs = (series.sampled() + 1) * NS_PER_SECOND;
        series.sample(
                new SecondRow.Progress(
                        Math.round(schedule.before(endNs)),
                        progress.offered(),
                        progress.accepted(),
                        progress.answers(),
                        progress.changes()),
                CounterSample.of(router),
                router.ringSlots() - router.remainingSlots());
    }

    private void poll() {
        deliveries.poll(this::onDeliveries);
        publishers.forEach(publisher -> publisher.lags().poll(this::onLags));
        readChanges();
    }

    private void onDeliveries(final IntervalHistograms.Interval interval) {
        latencies.addDeliveries(interval);
        for (final RecipientKind kind : RecipientKind.values()) {
            series.addLatencies(interval.second(), interval.of(kind.ordinal()));
        }
        for (int i = 0; i < TAGS.length; i++) {
            tell(TAGS[i], interval.second(), interval.of(i));
        }
    }

    private void onLags(final IntervalHistograms.Interval interval) {
        latencies.lag().add(interval.of(0));
        series.addLags(interval.second(), interval.of(0));
        tell("lag", interval.second(), interval.of(0));
    }

    private void readChanges() {
        changeLatency.read(times -> {
            latencies.change().add(times);
            tell("change", series.sampled(), times);
        });
    }

    private void tell(final String tag, final long second, final Histogram times) {
        if (times.getTotalCount() > 0) {
            listener.onInterval(tag, second, times);
        }
    }

    private SecondRow.Progress progress() {
        long offered = 0;
        long accepted = 0;
        long answers = 0;
        for (final Publisher publisher : publishers) {
            offered += publisher.counts().offered();
            accepted += publisher.counts().accepted();
            answers += publisher.counts().answers();
        }
        return new SecondRow.Progress(0, offered, accepted, answers, changes.commands());
    }

    private static String[] tags() {
        final String[] tags = new String[DeliveryRecorder.HANDOVER + 1];
        for (final RecipientKind kind : RecipientKind.values()) {
            tags[kind.ordinal()] = Latencies.tag(kind);
        }
        tags[DeliveryRecorder.HANDOVER] = "handover";
        return tags;
    }
}
