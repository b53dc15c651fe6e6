package io.eventrouter.loadgen.plan;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.loadgen.feed.FleetRouter;
import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.fleet.DeviceTable;
import io.eventrouter.loadgen.fleet.FleetFile;
import io.eventrouter.loadgen.fleet.Plans;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.replay.UsageTotals;
import io.eventrouter.loadgen.scope.Policies;
import io.eventrouter.loadgen.trace.OnError;
import io.eventrouter.loadgen.trace.TraceCounts;
import io.eventrouter.loadgen.trace.TraceReplay;
import io.eventrouter.status.RouterCounter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Plans a month from a trace of some time: all of it goes through the real router, and is taken to go on like that. */
public final class TracePlanner {
    private static final Pattern ID = Pattern.compile("(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])");
    private static final Pattern CHUNK = Pattern.compile("/[0-9]{1,3}$");

    private final TextSource source;
    private final TextSource trace;
    private final BigInteger monthSeconds;
    private final BigInteger coveredSeconds;
    private final int days;
    private TraceCounts counts;
    private long tableBytes;
    private long tooLong;

    private TracePlanner(final TextSource source, final TextSource trace, final long coveredSeconds, final int days) {
        this.source = source;
        this.trace = trace;
        this.coveredSeconds = BigInteger.valueOf(coveredSeconds);
        this.monthSeconds = BigInteger.valueOf(Frequency.SECONDS_PER_DAY * days);
        this.days = days;
    }

    /**
     * Plan a month.
     *
     * @param source of the fleet.
     * @param trace of what happened.
     * @param coveredSeconds in which it happened.
     * @param days of the month.
     * @param progress is told what is going on.
     * @return the plan.
     * @throws BadInputException if the fleet or a line of the trace is wrong.
     * @throws io.eventrouter.loadgen.feed.ReplayFailedException if the router fails.
     */
    public static PlanResult plan(
            final TextSource source,
            final TextSource trace,
            final long coveredSeconds,
            final int days,
            final Consumer<String> progress) {
        source.requireRereadable();
        trace.requireRereadable();
        final TracePlanner planner = new TracePlanner(source, trace, coveredSeconds, days);
        final List<PolicyMonth> months = new ArrayList<>();
        for (final Policies policies : Policies.ALL) {
            progress.accept("replaying under rules " + (months.size() + 1) + " of " + Policies.ALL.size());
            months.add(new PolicyMonth(policies, planner.route(policies)));
        }
        return new PlanResult(
                source.name(),
                days,
                FleetSize.of(FleetPlanner.load(source), planner.tableBytes),
                months,
                false,
                false,
                Map.of(),
                planner.warnings(),
                planner.notes());
    }

    private MonthFigures route(final Policies policies) {
        final FleetFile file = FleetFile.open(source, Plans.load());
        final UsageTotals usage = new UsageTotals();
        final DeliveriesByName deliveries =
                new DeliveriesByName(file.directory().devices());
        try (FleetRouter router =
                FleetRouter.launch(file.deviceCount(), file.accountLimit(), policies, deliveries, usage)) {
            router.load(file::load);
            tableBytes = router.tableBytes();
            counts = new TraceReplay(trace, file.directory(), router.feed(), router.failure())
                    .run(OnError.STOP, complaint -> {}, (lines, percent) -> {});
            if (counts.stop() != null) {
                throw new BadInputException(counts.stop());
            }
            router.finish();
            if (policies.equals(Policies.TODAY)) {
                tooLong = router.counter(RouterCounter.DEVICES_SKIPPED_TOO_LARGE);
            }
            return month(usage, deliveries, router);
        }
    }

    private MonthFigures month(final UsageTotals usage, final DeliveriesByName deliveries, final FleetRouter router) {
        final TreeMap<Payer, Costs> costs = new TreeMap<>();
        usage.rows()
                .forEach(row -> costs.merge(
                        new Payer(row.account(), row.productId()),
                        new Costs(row.publishOperations(), row.subscribeOperations(), 0, 0),
                        Costs::plus));
        // The sums, not the summands, so that rounding happens once for each figure.
        costs.replaceAll((payer, sum) -> new Costs(inMonth(sum.publish()), inMonth(sum.events()), 0, 0));
        final Map<Cause, Share> shares = new HashMap<>();
        deliveries
                .shares()
                .forEach((cause, share) -> shares.put(
                        cause,
                        new Share(
                                inMonth(share.events()), inMonth(share.deliveries()), inMonth(share.operations()), 0)));
        return new MonthFigures(
                costs,
                shares,
                inMonth(router.counter(RouterCounter.EVENTS_ROUTED)),
                inMonth(router.counter(RouterCounter.DELIVERIES_TO_DEVICES)),
                inMonth(router.counter(RouterCounter.EVENTS_UNROUTABLE)));
    }

    private long inMonth(final long inTrace) {
        return BigInteger.valueOf(inTrace)
                .multiply(monthSeconds)
                .multiply(BigInteger.TWO)
                .add(coveredSeconds)
                .divide(coveredSeconds.multiply(BigInteger.TWO))
                .longValueExact();
    }

    private List<String> warnings() {
        return tooLong == 0
                ? List.of()
                : List.of(Figures.count(tooLong) + " of the trace's deliveries to online devices that subscribed do not"
                        + " happen: the event is longer than the device takes (max_event_size).");
    }

    private List<String> notes() {
        return List.of(
                "Data operations a month: estimated. The trace, "
                        + Figures.count(counts.events(), "event") + ", "
                        + Figures.count(counts.hookResponses(), "integration answer") + " and "
                        + Figures.count(counts.commands(), "change") + " of the fleet in "
                        + Figures.count(coveredSeconds.longValue(), "second")
                        + ", was routed through the router itself under each of the rules, which is exact, and"
                        + " multiplied by "
                        + String.format(Locale.ROOT, "%.6g", monthSeconds.doubleValue() / coveredSeconds.doubleValue())
                        + " for the " + days + " days of the month, which is not: a month is not one hour again and"
                        + " again.",
                "Answers of integrations count as far as the trace has them; under other rules a service might have"
                        + " been asked more or less.");
    }

    /** Counts deliveries to devices by what the event is called. */
    private static final class DeliveriesByName implements DeliveryHandler {
        private final DeviceTable devices;
        private final Map<Cause, long[]> sums = new HashMap<>();
        private final Map<Cause, Long> lastEvents = new HashMap<>();

        DeliveriesByName(final DeviceTable devices) {
            this.devices = devices;
        }

        @Override
        public AttemptOutcome onDelivery(final Delivery delivery) {
            if (delivery.recipientKind() != RecipientKind.DEVICE) {
                return AttemptOutcome.ACKNOWLEDGED_FIRST;
            }
            final AttemptOutcome outcome = devices.outcome(delivery.deviceIdHigh(), delivery.deviceIdLow());
            final Cause cause = cause(delivery);
            final long[] sum = sums.computeIfAbsent(cause, same -> new long[3]);
            final Long sequence = delivery.event().sequence();
            sum[0] += sequence.equals(lastEvents.put(cause, sequence)) ? 0 : 1;
            sum[1]++;
            sum[2] += (long) delivery.operationsPerAttempt() * outcome.attempts();
            return outcome;
        }

        Map<Cause, Share> shares() {
            final Map<Cause, Share> shares = new HashMap<>();
            sums.forEach((cause, sum) -> shares.put(cause, new Share(sum[0], sum[1], sum[2], 0)));
            return shares;
        }

        // Without ids and numbers of chunks, which would make a cause of every device.
        private static Cause cause(final Delivery delivery) {
            final boolean isAnswer = delivery.event().origin() == EventOrigin.HOOK;
            final String name = ID.matcher(delivery.event().name()).replaceAll("<id>");
            return new Cause("", isAnswer ? CHUNK.matcher(name).replaceFirst("/<n>") : name, false);
        }
    }
}
