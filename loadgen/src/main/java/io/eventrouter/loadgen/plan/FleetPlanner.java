package io.eventrouter.loadgen.plan;

import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.fleet.DeviceState;
import io.eventrouter.loadgen.fleet.DeviceTable;
import io.eventrouter.loadgen.fleet.FleetFile;
import io.eventrouter.loadgen.fleet.FleetState;
import io.eventrouter.loadgen.fleet.Plans;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.json.PrintableText;
import io.eventrouter.loadgen.scope.Policies;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Plans a month of a fleet file whose publishing is described: by arithmetic, and one round of it checked. */
public final class FleetPlanner {
    private final TextSource source;
    private final List<Behaviour> behaviours;
    private final ResponseSizes responses;
    private final int days;
    private final Consumer<String> progress;
    private final FleetState fleet;
    private final FanOutIndex index;
    private final TriggeredIntegrations integrations;

    private FleetPlanner(
            final TextSource source,
            final List<Behaviour> behaviours,
            final ResponseSizes responses,
            final int days,
            final Consumer<String> progress) {
        this.source = source;
        this.behaviours = behaviours;
        this.responses = responses;
        this.days = days;
        this.progress = progress;
        progress.accept("loading the fleet");
        this.fleet = load(source);
        this.index = new FanOutIndex(fleet);
        this.integrations = new TriggeredIntegrations(fleet);
    }

    /**
     * Plan a month.
     *
     * @param source of the fleet.
     * @param behaviours what it publishes; at least one.
     * @param responses how long the answers of its integrations are.
     * @param days of the month.
     * @param progress is told what is going on.
     * @return the plan.
     * @throws BadInputException if the fleet is wrong, a behaviour does not fit it, or something was not said.
     * @throws io.eventrouter.loadgen.feed.ReplayFailedException if the router does not agree.
     */
    public static PlanResult plan(
            final TextSource source,
            final List<Behaviour> behaviours,
            final ResponseSizes responses,
            final int days,
            final Consumer<String> progress) {
        return new FleetPlanner(source, behaviours, responses, days, progress).plan();
    }

    /** A fleet file in memory. */
    static FleetState load(final TextSource source) {
        source.requireRereadable();
        final FleetFile file = FleetFile.open(source, Plans.load());
        final DeviceTable devices = file.directory().devices();
        final FleetState fleet = new FleetState(device -> devices.outcome(device.high(), device.low()));
        file.load(fleet);
        return fleet;
    }

    private PlanResult plan() {
        check();
        final List<PolicyMonth> months = new ArrayList<>();
        for (final Policies policies : Policies.ALL) {
            progress.accept("adding up under rules " + (months.size() + 1) + " of " + Policies.ALL.size());
            months.add(new PolicyMonth(
                    policies,
                    arithmetic(policies)
                            .run(behaviours, behaviour -> behaviour.frequency().inDays(days), Long.MAX_VALUE)));
        }
        progress.accept("choosing what to route as a check");
        final long checked = publishersToCheck();
        long tableBytes = 0;
        int checking = 0;
        for (final Policies policies : Policies.ALL) {
            progress.accept("routing every event once under rules " + ++checking + " of " + Policies.ALL.size());
            final MonthFigures round = arithmetic(policies).run(behaviours, behaviour -> 1, checked);
            tableBytes = new RoundCheck(fleet, integrations, responses, policies)
                    .require(source, behaviours, checked, round);
        }
        final FleetSize size = FleetSize.of(fleet, tableBytes);
        return new PlanResult(
                source.name(), days, size, months, true, true, Map.of(), warnings(), notes(checked, size.offline()));
    }

    // As many as can be routed by the way; a fleet in which everybody hears everybody has too many deliveries.
    private long publishersToCheck() {
        double share = 1;
        for (final Policies policies : Policies.ALL) {
            final MonthFigures round = arithmetic(policies).run(behaviours, behaviour -> 1, Long.MAX_VALUE);
            share = Math.min(share, (double) RoundCheck.MOST_EVENTS / Math.max(1, round.events()));
            share = Math.min(share, (double) RoundCheck.MOST_DELIVERIES / Math.max(1, round.deliveries()));
        }
        return share == 1
                ? Long.MAX_VALUE
                : Math.max(1, (long) (share * fleet.devices().size()));
    }

    private MonthArithmetic arithmetic(final Policies policies) {
        return new MonthArithmetic(fleet, index, integrations, responses, policies);
    }

    private void check() {
        for (final Behaviour behaviour : behaviours) {
            try {
                behaviour.publishers().check(fleet);
            } catch (final IllegalArgumentException e) {
                throw new BadInputException("--from: " + e.getMessage());
            }
            if (behaviour.frequency().inDays(days) == 0) {
                throw new BadInputException("--every: must be at most the month of " + days + " days, as \""
                        + behaviour.eventName() + "\" would never be published");
            }
        }
        for (final String integration : responses.byIntegration().keySet()) {
            if (fleet.integration(integration) == null) {
                throw new BadInputException(
                        "--response-bytes: is not an integration of the fleet: value=" + integration);
            }
        }
    }

    private List<String> warnings() {
        final UnknownNames unknown = new UnknownNames(fleet);
        return Stream.concat(
                        behaviours.stream()
                                .map(Behaviour::eventName)
                                .distinct()
                                .flatMap(name -> unknown.complaint(name).stream()),
                        behaviours.stream()
                                .flatMap(behaviour -> tooLong(behaviour).stream())
                                .distinct())
                .toList();
    }

    // Only names are compared, as for names that are unknown.
    private Optional<String> tooLong(final Behaviour behaviour) {
        final IntSummaryStatistics subscribed = fleet.devices().stream()
                .filter(device -> FanOutIndex.matchOrNull(device, behaviour.eventName()) != null)
                .mapToInt(DeviceState::maxEventSize)
                .filter(most -> most < behaviour.payloadLength())
                .summaryStatistics();
        if (subscribed.getCount() == 0) {
            return Optional.empty();
        }
        return Optional.of(PrintableText.quoted(behaviour.eventName()) + " with "
                + Figures.count(behaviour.payloadLength(), "byte")
                + " is too long for " + Figures.count(subscribed.getCount(), "device")
                + " subscribed to it, and never gets there: none of them takes more than "
                + Figures.count(subscribed.getMax()) + ".");
    }

    private List<String> notes(final long checked, final long silent) {
        final List<String> notes = new ArrayList<>();
        notes.add("Data operations a month: exact arithmetic. What each event costs once, its deliveries and the chunks"
                + " of its answers and all attempts, times how often it happens in " + days + " days; presence, claims"
                + " and subscriptions are taken to stay as the fleet file has them. Figures a day are a month's divided"
                + " by " + days + ", rounded.");
        notes.add((checked == Long.MAX_VALUE
                        ? "Checked: every event once"
                        : "Checked: every event of the first " + Figures.count(checked) + " publishers once")
                + ", with its answers, was routed through the router itself under each of the rules, and was charged"
                + " exactly as the arithmetic says.");
        final int never = index.neverAcknowledging().size();
        if (never > 0) {
            notes.add("Assumed: "
                    + (never == 1
                            ? "1 device that never acknowledges costs three attempts for the first event that reaches"
                                    + " it, and is offline for the rest of the month, though what it publishes goes on."
                            : Figures.count(never) + " devices that never acknowledge cost three attempts each for the"
                                    + " first event that reaches them, and are offline for the rest of the month,"
                                    + " though what they publish goes on."));
        }
        if (silent > 0) {
            notes.add("Assumed: "
                    + (silent == 1
                            ? "1 device offline in the fleet file stays so all month: it neither publishes nor hears."
                            : Figures.count(silent) + " devices offline in the fleet file stay so all month: they"
                                    + " neither publish nor hear."));
        }
        if (integrations.isAny()) {
            notes.add("Assumed: an integration answers every event that triggers it, with a response of that length;"
                    + " errors and time-outs are not planned for.");
        }
        return notes;
    }
}
