package io.eventrouter.loadgen.load;

import io.eventrouter.EventRouter;
import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.feed.ReplayFailedException;
import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Rate;
import io.eventrouter.metering.UsageSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.agrona.concurrent.SystemNanoClock;

/** One load against a router, from its first event until all is delivered. */
final class LoadRun {
    private static final long START_IN_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long GIVE_UP_LAG_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long DRAIN_SECONDS = 60;

    private final LoadedRouter loaded;
    private final EventMix mix;
    private final EventRouter router;
    private final Load load;
    private final Rate rate;
    private final EarlyDecision decision;
    private final StopSignal stop;
    private final LoadListener listener;

    LoadRun(
            final LoadedRouter loaded,
            final EventMix mix,
            final Load load,
            final EarlyDecision decision,
            final StopSignal stop,
            final LoadListener listener) {
        this.loaded = loaded;
        this.mix = mix;
        this.router = loaded.router();
        this.load = load;
        this.rate = load.rate().orElseGet(loaded.scenario().fleet()::naturalRate);
        this.decision = decision;
        this.stop = stop;
        this.listener = listener;
    }

    LoadFigures run() {
        return run(loaded.changes()::start);
    }

    /** Run it for nothing but its effect on JVM and machine, and without a storm of reconnections, which comes once. */
    void rehearse() {
        if (!run(loaded.changes()::startWithoutStorm).isDrained()) {
            throw notDelivered();
        }
    }

    private LoadFigures run(final LongConsumer startChanges) {
        final Schedule schedule = new Schedule(load, rate);
        final UsageSnapshot usageBefore = await(router.usageSnapshot());
        final CounterSample before = CounterSample.of(router);
        final Instant startedAt = Instant.now();
        final long compilingNs = CompilerTime.ns();
        final long routingBytes = loaded.routingThread().allocatedBytes();
        final long startNs = System.nanoTime() + START_IN_NS;
        loaded.recorder().start(startNs);
        startChanges.accept(schedule.durationNs());
        final ChangeLatency changeLatency = new ChangeLatency();
        final RouterChanges changes =
                new RouterChanges(SystemNanoClock.INSTANCE, loaded.changes(), router, changeLatency, startNs);
        final List<Publisher> publishers = publishers(schedule, changes);
        final LoadMonitor monitor =
                new LoadMonitor(loaded, schedule, publishers, changes, changeLatency, before, listener);
        final PublisherThreads threads = PublisherThreads.start(publishers, startNs, new StopSignal());
        final boolean isDecided = watch(threads, monitor, startNs, schedule.durationNs());
        final long endNs = threads.lastEndNs();
        listener.onWaiting("waiting until all is delivered");
        final UsageSnapshot usage = awaitOrNull(router.usageSnapshot());
        final long drainedNs = System.nanoTime();
        final long compiledNs = CompilerTime.ns() - compilingNs;
        monitor.finish(drainedNs - startNs, usage != null);
        final Ended ended = ended(publishers, isDecided);
        final CounterSample counters = CounterSample.of(router).minus(before);
        return new LoadFigures(
                startedAt,
                ended,
                EventCounts.of(publishers, skipped(publishers, ended, endNs - startNs), counters),
                changes.commands(),
                changeLatency.failed(),
                counters,
                monitor.latencies(),
                monitor.seconds(),
                usage == null ? Map.of() : difference(usage, usageBefore),
                endNs - startNs,
                drainedNs - endNs,
                usage != null,
                compiledNs,
                threads.allocatedBytes(),
                loaded.routingThread().allocatedBytes() - routingBytes);
    }

    /** Until all have ended; true if the outcome was clear before. */
    private boolean watch(
            final PublisherThreads threads, final LoadMonitor monitor, final long startNs, final long durationNs) {
        boolean isDecided = false;
        boolean isStopped = false;
        while (threads.sleep(monitor.untilNextLookNs(System.nanoTime() - startNs))) {
            final long elapsedNs = System.nanoTime() - startNs;
            final SecondRow.Progress progress = monitor.look(elapsedNs);
            isDecided = isDecided
                    || decision.isClear(
                            (double) elapsedNs / durationNs,
                            progress.offered(),
                            progress.accepted(),
                            monitor.latencies().all());
            if (!isStopped && (isDecided || stop.isRequested())) {
                isStopped = true;
                threads.request();
            }
        }
        threads.throwIfFailed();
        return isDecided;
    }

    private List<Publisher> publishers(final Schedule schedule, final PublisherChanges changes) {
        final int cores = Runtime.getRuntime().availableProcessors();
        // The routing thread needs a core, and the acknowledging one and the compiler some of another.
        final PublisherLimits limits = new PublisherLimits(
                schedule.durationNs() + load.maxLagNs(),
                load.maxLagNs(),
                Math.max(GIVE_UP_LAG_NS, load.maxLagNs()),
                cores < load.publishers() + 2);
        final List<Publisher> publishers = new ArrayList<>();
        for (int i = 0; i < load.publishers(); i++) {
            publishers.add(new Publisher(
                    SystemNanoClock.INSTANCE,
                    mix,
                    EventSink.of(router),
                    i == 0 ? changes : PublisherChanges.NONE,
                    schedule.arrivals(i, load.publishers(), loaded.scenario().seed()),
                    limits));
        }
        return publishers;
    }

    private Ended ended(final List<Publisher> publishers, final boolean isDecided) {
        if (publishers.stream().anyMatch(Publisher::hasGivenUp)) {
            return Ended.GAVE_UP;
        }
        if (publishers.stream().allMatch(Publisher::isThrough)) {
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
            throw notDelivered();
        }
        return usage;
    }

    private static ReplayFailedException notDelivered() {
        return new ReplayFailedException(
                "the router has not delivered within " + DRAIN_SECONDS + " s what it had accepted", null);
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
}
