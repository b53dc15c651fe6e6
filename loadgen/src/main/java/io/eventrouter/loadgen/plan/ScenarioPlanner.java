package io.eventrouter.loadgen.plan;

import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.feed.FleetRouter;
import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.json.PrintableText;
import io.eventrouter.loadgen.load.SampledFleet;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import io.eventrouter.loadgen.scope.Policies;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.metering.UsageSnapshot.Totals;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * Plans a month of a scenario from a sample of its events: of every source so many events, and what its integrations
 * answer to them, go through the real router; what they cost on average, times how often the source publishes, is the
 * month.
 */
public final class ScenarioPlanner {
    private static final int BATCHES = MonthEstimates.MOST_BATCHES;
    private static final int LEAST_BATCHES = 2;
    private static final long MOST_DELIVERIES_OF_KIND = 5_000_000;
    private static final int EVENTS_BETWEEN_LOOKS = 16;
    private static final int MANY = 1_000;

    private final ScenarioFile file;
    private final SampledFleet fleet;
    private final long sampleEvents;
    private final int days;
    private final Consumer<String> progress;
    private final double monthSeconds;
    private FleetSize size;
    private double widestError;
    private long eventsRouted;

    /** The least of what sources that publish in several products have published, for each of these on average. */
    private long fewestTurns = Long.MAX_VALUE;

    private final List<String> tooLong = new ArrayList<>();

    private ScenarioPlanner(
            final ScenarioFile file, final long sampleEvents, final int days, final Consumer<String> progress) {
        this.file = file;
        this.fleet = new SampledFleet(file.scenario());
        this.sampleEvents = sampleEvents;
        this.days = days;
        this.progress = progress;
        this.monthSeconds = (double) Frequency.SECONDS_PER_DAY * days;
    }

    /**
     * Plan a month.
     *
     * @param file with the scenario.
     * @param sampleEvents of each source, at most.
     * @param days of the month.
     * @param progress is told what is going on.
     * @return the plan.
     * @throws io.eventrouter.loadgen.feed.ReplayFailedException if the router fails.
     */
    public static PlanResult plan(
            final ScenarioFile file, final long sampleEvents, final int days, final Consumer<String> progress) {
        return new ScenarioPlanner(file, sampleEvents, days, progress).plan();
    }

    private PlanResult plan() {
        final List<PolicyMonth> months = new ArrayList<>();
        for (final Policies policies : Policies.ALL) {
            progress.accept("sampling rules " + (months.size() + 1) + " of " + Policies.ALL.size());
            months.add(new PolicyMonth(policies, sample(policies)));
        }
        return new PlanResult(file.scenario().name(), days, size, months, false, true, fleet.names(), tooLong, notes());
    }

    private MonthFigures sample(final Policies policies) {
        final Sample sample = new Sample(fleet);
        final CountedFleet counted = new CountedFleet();
        try (FleetRouter router =
                FleetRouter.launchForTotals(fleet.deviceCount(), fleet.accountLimit(), policies, sample)) {
            router.load(commands -> fleet.load(command -> {
                counted.accept(command);
                commands.accept(command);
            }));
            if (size == null) {
                size = counted.size(router.tableBytes());
            }
            return new Sampling(policies, router, sample, counted).run();
        }
    }

    private List<String> notes() {
        final SampledFleet.Source most = fleet.sources().stream()
                .max((a, b) -> Double.compare(a.eventsPerSecond(), b.eventsPerSecond()))
                .orElseThrow();
        return List.of(
                "How often each source publishes: exact, from every \"every\" of the scenario; together "
                        + String.format(
                                Locale.ROOT,
                                "%.4g",
                                fleet.sources().stream()
                                        .mapToDouble(SampledFleet.Source::eventsPerSecond)
                                        .sum())
                        + " events/s, most of them \"" + most.eventName()
                        + "\". The rate under load is a test's, and is not used.",
                "What an event costs, delivered and answered: a sample of " + Figures.count(eventsRouted)
                        + " events through the router itself under the four rules, up to " + Figures.count(sampleEvents)
                        + " of each source and kind of answer, fewer where many devices hear each. "
                        + (widestError == 0
                                ? "All of one kind cost the same on average"
                                : "The totals are within " + String.format(Locale.ROOT, "%.2g%%", 100 * widestError)
                                        + " with 95% confidence")
                        + "; single accounts and products, and causes, are less sure" + turns() + ".",
                "Assumed: the fleet stays as it is at first. Sessions and claims change which devices are online and who"
                        + " owns them, not how many; a reconnect storm costs no operations. A device that never"
                        + " acknowledges costs three attempts and is back for the next event.");
    }

    // Nothing where every source publishes in one product only.
    private String turns() {
        return fewestTurns == Long.MAX_VALUE
                ? ""
                : ": those of each product, or owner of devices in none, rest on "
                        + (fewestTurns == 0 ? "less than one event" : Figures.count(fewestTurns, "event"))
                        + " of a source on average, or more";
    }

    /** The sampling under one pair of policies. */
    private final class Sampling {
        private final Policies policies;
        private final FleetRouter router;
        private final Sample sample;
        private final CountedFleet counted;
        private final MonthEstimates estimates = new MonthEstimates();

        Sampling(final Policies policies, final FleetRouter router, final Sample sample, final CountedFleet counted) {
            this.policies = policies;
            this.router = router;
            this.sample = sample;
            this.counted = counted;
        }

        MonthFigures run() {
            for (int source = 0; source < fleet.sources().size(); source++) {
                final int publishing = source;
                final SampledFleet.Source described = fleet.sources().get(source);
                measure(
                        new Cause("", described.eventName(), false),
                        described,
                        n -> fleet.publish(publishing, n, router.feed()));
                for (int i = 0; i < fleet.integrations().size(); i++) {
                    final int integration = i;
                    measure(
                            new Cause("", fleet.integrations().get(i), true),
                            described,
                            n -> fleet.answer(publishing, n, integration, router.feed()));
                }
                estimates.endSource();
            }
            widestError = Math.max(widestError, estimates.relativeError());
            return estimates.figures();
        }

        private void measure(final Cause kind, final SampledFleet.Source source, final LongUnaryOperator publish) {
            final UsageSnapshot before = router.totals();
            final long routedBefore = router.counter(RouterCounter.EVENTS_ROUTED);
            final long unroutableBefore = router.counter(RouterCounter.EVENTS_UNROUTABLE);
            final long tooLongBefore = router.counter(RouterCounter.DEVICES_SKIPPED_TOO_LARGE);
            sample.begin();
            final double timesInMonth = source.eventsPerSecond() * monthSeconds;
            final long round = source.eventsInRound();
            final long most = sampleEvents - (round > sampleEvents ? 0 : sampleEvents % round);
            final List<Double> batches = new ArrayList<>();
            long n = 0;
            // What is heard by a million devices need not be published 20,000 times to know what it costs.
            while (batches.size() < BATCHES
                    && (batches.size() < LEAST_BATCHES
                            || sample.deliveries() * (1 + 1.0 / batches.size()) < MOST_DELIVERIES_OF_KIND)) {
                final int batch = batches.size();
                final long start = operations();
                final long published = publish(
                        n,
                        most * (batch + 1) / BATCHES - most * batch / BATCHES,
                        (batch + 1) * (MOST_DELIVERIES_OF_KIND / BATCHES),
                        publish);
                batches.add((double) (operations() - start) / published);
                n += published;
            }
            n += endRound(n, round, most, publish);
            if (round > 1) {
                fewestTurns = Math.min(fewestTurns, n / round);
            }
            final double scale = timesInMonth / n;
            final long routed = router.counter(RouterCounter.EVENTS_ROUTED) - routedBefore;
            eventsRouted += routed;
            estimates.route(
                    scale * routed, scale * (router.counter(RouterCounter.EVENTS_UNROUTABLE) - unroutableBefore));
            estimates.charge(kind.isAnswer(), scale, difference(before, router.totals()), sample.shareOfRetries());
            estimates.share(kind, scale, sample.bySubscription());
            estimates.deliver(scale * sample.deliveries());
            estimates.error(batches, timesInMonth);
            if (policies.equals(Policies.TODAY)) {
                warnOfTooLong(kind, router.counter(RouterCounter.DEVICES_SKIPPED_TOO_LARGE) - tooLongBefore);
            }
        }

        private void warnOfTooLong(final Cause kind, final long skipped) {
            final String what =
                    kind.isAnswer() ? "What " + kind.source() + " answers" : PrintableText.quoted(kind.source());
            final double percent = 100.0 * skipped / Math.max(1, skipped + sample.deliveries());
            final String warning = what + " does not get to " + String.format(Locale.ROOT, "%.1f%%", percent)
                    + " of the online devices that subscribed to it: it is longer than they take (max-event-size).";
            if (skipped > 0 && !tooLong.contains(warning)) {
                tooLong.add(warning);
            }
        }

        // A round that is not ended has events of some products only. Returns how many events it took.
        private long endRound(final long n, final long round, final long most, final LongUnaryOperator publish) {
            final long left = (round - n % round) % round;
            final boolean isAffordable = n + left <= most && sample.deliveries() / n * left <= MOST_DELIVERIES_OF_KIND;
            return left > 0 && isAffordable ? publish(n, left, Long.MAX_VALUE, publish) : 0;
        }

        // One event at least, whatever it is delivered to.
        private long publish(
                final long first, final long most, final long mostDeliveries, final LongUnaryOperator publish) {
            long published = 0;
            long last = -1;
            while (published < most && sample.deliveries() < mostDeliveries || published == 0) {
                last = Math.max(last, publish.applyAsLong(first + published++));
                // Often enough to see when an event has many receivers.
                if (published == 1 || published % EVENTS_BETWEEN_LOOKS == 0 || sample.deliveries() > published * MANY) {
                    router.awaitRouted(last);
                }
            }
            router.awaitRouted(last);
            return published;
        }

        private long operations() {
            return router.counter(RouterCounter.PUBLISH_OPERATIONS)
                    + router.counter(RouterCounter.SUBSCRIBE_OPERATIONS);
        }

        private Map<Payer, Totals> difference(final UsageSnapshot before, final UsageSnapshot after) {
            final Map<Payer, Totals> difference = new HashMap<>();
            final Map<AccountId, Totals> rest = new HashMap<>();
            after.accounts().forEach((account, totals) -> rest.put(account, minus(totals, before.of(account))));
            after.products().forEach((productId, totals) -> {
                final Totals grown = minus(totals, before.ofProduct(productId));
                final AccountId account = counted.accountOf(productId);
                difference.put(new Payer(account, productId), grown);
                rest.computeIfPresent(account, (same, all) -> minus(all, grown));
            });
            // What an account has beyond its products is that of devices in none.
            rest.forEach((account, totals) -> difference.put(new Payer(account, 0), totals));
            difference.values().removeIf(totals -> totals.total() == 0);
            return difference;
        }

        private static Totals minus(final Totals a, final Totals b) {
            return new Totals(
                    a.publishOperations() - b.publishOperations(), a.subscribeOperations() - b.subscribeOperations());
        }
    }
}
