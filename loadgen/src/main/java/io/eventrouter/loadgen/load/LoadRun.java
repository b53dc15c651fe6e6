package io.eventrouter.loadgen.load;

import io.eventrouter.EventRouter;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.feed.ReplayFailedException;
import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Phase;
import io.eventrouter.loadgen.scenario.Rate;
import io.eventrouter.metering.UsageSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.SystemNanoClock;

/** One load against a router: warm-up, the measured part, and waiting until all is delivered. */
final class LoadRun {
    private static final long START_IN_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long GIVE_UP_LAG_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long CLOSE_SECOND_AFTER_NS = TimeUnit.MILLISECONDS.toNanos(1_150);
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long DRAIN_SECONDS = 60;
    private static final String[] TAGS = tags();

    private final LoadedRouter loaded;
    private final EventRouter router;
    private final Load load;
    private final Rate rate;
    private final EarlyDecision decision;
    private final StopSignal stop;
    private final LoadListener listener;
    private final Latencies latencies = new Latencies();
    private final ChangeLatency changeLatency = new ChangeLatency();

    LoadRun(
            final LoadedRouter loaded,
            final Load load,
            final EarlyDecision decision,
            final StopSignal stop,
            final LoadListener listener) {
        this.loaded = loaded;
        this.router = loaded.router();
        this.load = load;
        this.rate = load.rate().orElseGet(loaded.scenario().fleet()::naturalRate);
        this.decision = decision;
        this.stop = stop;
        this.listener = listener;
    }

    LoadFigures run() {
        warmUp();
        return measure();
    }

    private void warmUp() {
        if (load.warmUpNs() == 0) {
            return;
        }
        listener.onWaiting("warming up");
        final Load warmUp = load.withRate(Rate.ofPerSecond(
                        new Schedule(load, rate).segments().get(0).pace().fromMilliPerSecond() / 1_000.0))
                .withPhases(List.of(new Phase.Constant(load.warmUpNs(), Phase.RelativeRate.FULL)));
        final Schedule schedule = new Schedule(warmUp, warmUp.rate().orElseThrow());
        final long startNs = System.nanoTime();
        loaded.recorder().start(false, startNs);
        final List<Publisher> publishers = publishers(schedule, startNs, PublisherChanges.NONE);
        final PublisherThreads threads = PublisherThreads.start(publishers, startNs, stop);
        while (threads.sleep(LOOK_NS)) {
            publishers.forEach(publisher -> publisher.lags().poll(interval -> {}));
        }
        threads.throwIfFailed();
        await(router.usageSnapshot());
    }

    private LoadFigures measure() {
        final Schedule schedule = new Schedule(load, rate);
        final UsageSnapshot usageBefore = await(router.usageSnapshot());
        final CounterSample before = CounterSample.of(router);
        final SecondSeries series = new SecondSeries(before);
        final Instant startedAt = Instant.now();
        final long routingBytes = loaded.routingThread().allocatedBytes();
        final long startNs = System.nanoTime() + START_IN_NS;
        loaded.recorder().start(true, startNs);
        loaded.changes().start(schedule.durationNs());
        final PublisherChanges changes = new PublisherChanges.OfFleet(
                SystemNanoClock.INSTANCE, loaded.changes(), router, changeLatency, startNs);
        final List<Publisher> publishers = publishers(schedule, startNs, changes);
        final StopSignal end = new StopSignal();
        final PublisherThreads threads = PublisherThreads.start(publishers, startNs, end);
        boolean isDecided = false;
        while (threads.sleep(LOOK_NS)) {
            poll(publishers, series);
            final long elapsedNs = System.nanoTime() - startNs;
            closeSeconds(series, schedule, publishers, changes, elapsedNs - CLOSE_SECOND_AFTER_NS + NS_PER_SECOND);
            isDecided = isDecided || isClear(schedule, elapsedNs, publishers);
            if (isDecided || stop.isRequested()) {
                end.request();
            }
        }
        threads.throwIfFailed();
        final long endNs = threads.lastEndNs();
        listener.onWaiting("waiting until all is delivered");
        final UsageSnapshot usage = awaitOrNull(router.usageSnapshot());
        final long drainedNs = System.nanoTime();
        finish(publishers, series, usage != null);
        final long lastSecondNs =
                (Math.max(endNs, drainedNs) - startNs + NS_PER_SECOND - 1) / NS_PER_SECOND * NS_PER_SECOND;
        closeSeconds(series, schedule, publishers, changes, lastSecondNs);
        final Ended ended = ended(publishers, isDecided);
        return new LoadFigures(
                startedAt,
                ended,
                EventCounts.of(publishers, skipped(publishers, ended, endNs - startNs)),
                changes.commands(),
                changeLatency.failed(),
                CounterSample.of(router).minus(before),
                latencies,
                series.rows(),
                usage == null ? Map.of() : difference(usage, usageBefore),
                endNs - startNs,
                drainedNs - endNs,
                usage != null,
                threads.allocatedBytes(),
                loaded.routingThread().allocatedBytes() - routingBytes);
    }

    private List<Publisher> publishers(final Schedule schedule, final long startNs, final PublisherChanges changes) {
        final int cores = Runtime.getRuntime().availableProcessors();
        // The routing thread needs a core, and the acknowledging one and the compiler some of another.
        final PublisherLimits limits = new PublisherLimits(
                schedule.durationNs(), load.maxLagNs(), GIVE_UP_LAG_NS, cores < load.publishers() + 2);
        final List<Publisher> publishers = new ArrayList<>();
        for (int i = 0; i < load.publishers(); i++) {
            publishers.add(new Publisher(
                    SystemNanoClock.INSTANCE,
                    loaded.mix(),
                    EventSink.of(router),
                    i == 0 ? changes : PublisherChanges.NONE,
                    schedule.arrivals(i, load.publishers(), loaded.scenario().seed()),
                    limits));
        }
        return publishers;
    }

    private void poll(final List<Publisher> publishers, final SecondSeries series) {
        loaded.recorder().histograms().poll(interval -> onDeliveries(interval, series));
        publishers.forEach(publisher -> publisher.lags().poll(interval -> onLags(interval, series)));
    }

    private void finish(final List<Publisher> publishers, final SecondSeries series, final boolean isDrained) {
        if (isDrained) {
            loaded.recorder().histograms().finish(interval -> onDeliveries(interval, series));
        }
        publishers.forEach(publisher -> publisher.lags().finish(interval -> onLags(interval, series)));
    }

    private void onDeliveries(final IntervalHistograms.Interval interval, final SecondSeries series) {
        latencies.addDeliveries(interval);
        for (final RecipientKind kind : RecipientKind.values()) {
            series.addLatencies(interval.second(), interval.of(kind.ordinal()));
        }
        for (int i = 0; i < TAGS.length; i++) {
            tell(TAGS[i], interval.second(), interval.of(i));
        }
    }

    private void onLags(final IntervalHistograms.Interval interval, final SecondSeries series) {
        latencies.lag().add(interval.of(0));
        series.addLags(interval.second(), interval.of(0));
        tell("lag", interval.second(), interval.of(0));
    }

    private void tell(final String tag, final long second, final Histogram times) {
        if (times.getTotalCount() > 0) {
            listener.onInterval(tag, second, times);
        }
    }

    private void closeSeconds(
            final SecondSeries series,
            final Schedule schedule,
            final List<Publisher> publishers,
            final PublisherChanges changes,
            final long untilNs) {
        while ((series.rows().size() + 1) * NS_PER_SECOND <= untilNs) {
            final int second = series.rows().size();
            changeLatency.read(times -> {
                latencies.change().add(times);
                tell("change", second, times);
            });
            listener.onSecond(series.close(
                    progress(schedule, publishers, changes, (second + 1) * NS_PER_SECOND),
                    CounterSample.of(router),
                    router.ringSlots() - router.remainingSlots()));
        }
    }

    private static SecondRow.Progress progress(
            final Schedule schedule,
            final List<Publisher> publishers,
            final PublisherChanges changes,
            final long atNs) {
        long offered = 0;
        long accepted = 0;
        long answers = 0;
        for (final Publisher publisher : publishers) {
            offered += publisher.counts().offered();
            accepted += publisher.counts().accepted();
            answers += publisher.counts().answers();
        }
        return new SecondRow.Progress(
                Math.round(schedule.before(atNs)), offered, accepted, answers, changes.commands());
    }

    private boolean isClear(final Schedule schedule, final long elapsedNs, final List<Publisher> publishers) {
        long offered = 0;
        long accepted = 0;
        for (final Publisher publisher : publishers) {
            offered += publisher.counts().offered();
            accepted += publisher.counts().accepted();
        }
        return decision.isClear((double) elapsedNs / schedule.durationNs(), offered, accepted, latencies.all());
    }

    private Ended ended(final List<Publisher> publishers, final boolean isDecided) {
        if (publishers.stream().anyMatch(Publisher::hasGivenUp)) {
            return Ended.GAVE_UP;
        }
        if (publishers.stream().allMatch(publisher -> publisher.isThrough())) {
            return Ended.COMPLETE;
        }
        return isDecided ? Ended.DECIDED : Ended.INTERRUPTED;
    }

    /** What was due but not handed over: up to the end, or to when the load was stopped. */
    private static long skipped(final List<Publisher> publishers, final Ended ended, final long elapsedNs) {
        final long beforeNs = ended == Ended.GAVE_UP ? Arrivals.NONE : elapsedNs;
        return publishers.stream()
                .mapToLong(publisher -> publisher.skipped(beforeNs))
                .sum();
    }

    private static Map<AccountId, UsageSnapshot.Totals> difference(
            final UsageSnapshot later, final UsageSnapshot earlier) {
        final Map<AccountId, UsageSnapshot.Totals> difference = new HashMap<>();
        later.accounts().forEach((account, totals) -> {
            final UsageSnapshot.Totals before = earlier.of(account);
            difference.put(
                    account,
                    new UsageSnapshot.Totals(
                            totals.publishOperations() - before.publishOperations(),
                            totals.subscribeOperations() - before.subscribeOperations()));
        });
        return difference;
    }

    private UsageSnapshot await(final CompletableFuture<UsageSnapshot> snapshot) {
        final UsageSnapshot usage = awaitOrNull(snapshot);
        if (usage == null) {
            throw new ReplayFailedException(
                    "the router has not delivered within " + DRAIN_SECONDS + " s what it had accepted", null);
        }
        return usage;
    }

    // A snapshot has its place in the order, behind all that was published and delivered before.
    private static UsageSnapshot awaitOrNull(final CompletableFuture<UsageSnapshot> snapshot) {
        try {
            return snapshot.get(DRAIN_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            return null;
        } catch (final ExecutionException e) {
            throw new ReplayFailedException("the router failed: " + e.getCause(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayFailedException("interrupted", e);
        }
    }

    private static String[] tags() {
        final String[] tags = new String[DeliveryRecorder.HANDOVER + 1];
        for (final RecipientKind kind : RecipientKind.values()) {
            tags[kind.ordinal()] = tag(kind);
        }
        tags[DeliveryRecorder.HANDOVER] = "handover";
        return tags;
    }

    /** The word for a kind in result files. */
    static String tag(final RecipientKind kind) {
        return kind == RecipientKind.LOGIC_FUNCTION ? "logic" : kind.name().toLowerCase(Locale.ROOT);
    }
}
