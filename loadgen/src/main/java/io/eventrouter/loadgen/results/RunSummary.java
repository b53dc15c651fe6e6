package io.eventrouter.loadgen.results;

import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.figures.Table;
import io.eventrouter.loadgen.load.Ceiling;
import io.eventrouter.loadgen.load.CounterSample;
import io.eventrouter.loadgen.load.Ended;
import io.eventrouter.loadgen.load.EventCounts;
import io.eventrouter.loadgen.load.FleetFigures;
import io.eventrouter.loadgen.load.LoadFigures;
import io.eventrouter.loadgen.load.Verdict;
import io.eventrouter.status.RouterCounter;
import java.io.PrintStream;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Tells people what came of a run. */
public final class RunSummary {
    private static final double PERCENT = 100;

    private RunSummary() {}

    /**
     * Print it.
     *
     * @param out takes the text.
     * @param result of the run.
     */
    public static void print(final PrintStream out, final RunResult result) {
        printFleet(out, result.scenario().name(), result.fleet(), result.environment());
        result.ceiling()
                .ifPresent(ceiling -> printCeiling(out, ceiling, result.load().publishers()));
        if (result.figures().ended() == Ended.INTERRUPTED) {
            out.println("Interrupted: this is what ran until then.");
        }
        out.println();
        printCounts(out, result.figures());
        out.println();
        printTimes(out, result.figures());
        out.println();
        printVerdict(out, result.verdict());
    }

    static void printFleet(
            final PrintStream out, final String name, final FleetFigures fleet, final Environment environment) {
        out.println(name + ": " + Figures.count(fleet.devices(), "device") + ", "
                + Figures.count(fleet.devicesOnline()) + " online, " + Figures.count(fleet.devicesClaimed())
                + " claimed, " + Figures.count(fleet.subscriptions(), "subscription") + ", "
                + Figures.count(fleet.products(), "product") + "; loaded in " + Figures.seconds(fleet.loadNs()));
        out.println("Router and generator shared this process and its "
                + Figures.count(environment.processors(), "processor") + ": " + environment.cpu());
    }

    static void printCeiling(final PrintStream out, final Ceiling ceiling, final int publishers) {
        out.println(String.format(
                Locale.ROOT,
                "The generator's own ceiling, on %s, is %s events/s (into a router that does nothing; %.1f B an event)",
                Figures.count(publishers, "thread"),
                Figures.rate(ceiling.eventsPerSecond()),
                ceiling.allocatedBytesPerEvent()));
    }

    private static void printCounts(final PrintStream out, final LoadFigures figures) {
        final EventCounts events = figures.events();
        final CounterSample counters = figures.counters();
        final long ns = figures.elapsedNs();
        final Table table = new Table();
        table.row("", "in all", "a second");
        table.row("events scheduled", Figures.count(events.scheduled()), "");
        row(table, "events offered", events.offered(), ns);
        row(table, "  refused", events.refused(), ns);
        rowIfAny(table, "  refused at their place", events.refusedAtPlace(), ns);
        rowIfAny(table, "answers of integrations", events.answers(), ns);
        rowIfAny(table, "  refused", events.answersRefused(), ns);
        rowIfAny(table, "changes of the fleet", figures.changes(), ns);
        row(table, "deliveries to devices", counters.get(RouterCounter.DELIVERIES_TO_DEVICES), ns);
        rowIfAny(table, "  to integrations", counters.get(RouterCounter.DELIVERIES_TO_INTEGRATIONS), ns);
        rowIfAny(table, "  to Logic functions", counters.get(RouterCounter.DELIVERIES_TO_LOGIC_FUNCTIONS), ns);
        rowIfAny(table, "  to streams", counters.get(RouterCounter.DELIVERIES_TO_STREAMS), ns);
        row(table, "operations for publishing", counters.get(RouterCounter.PUBLISH_OPERATIONS), ns);
        row(table, "operations for deliveries", counters.get(RouterCounter.SUBSCRIBE_OPERATIONS), ns);
        table.print(out);
        events.refusedByCode()
                .forEach((reason, count) -> out.println("Refused as " + reason + ": " + Figures.count(count)));
        events.refusedAtPlaceByCode()
                .forEach((reason, count) ->
                        out.println("Refused at their place as " + reason + ": " + Figures.count(count)));
        out.println(String.format(
                Locale.ROOT,
                "%.2f%% of the events were handed over in time; all was delivered %s after the last; %.2f B an event"
                        + " were allocated",
                PERCENT * events.inTime() / Math.max(1, events.scheduled()),
                Figures.time(figures.drainNs()),
                figures.allocatedBytesPerEvent()));
    }

    private static void printTimes(final PrintStream out, final LoadFigures figures) {
        final Table table = new Table();
        table.row("latency, from when due", "p50", "p90", "p99", "p99.9", "p99.99", "max");
        for (final RecipientKind kind : RecipientKind.values()) {
            timesIfAny(
                    table,
                    "  to " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "s",
                    figures.latencies().of(kind));
        }
        timesIfAny(table, "  to all", figures.latencies().all());
        timesIfAny(table, "  of these, since handed over", figures.latencies().handover());
        timesIfAny(table, "lag of the generator", figures.latencies().lag());
        timesIfAny(table, "changes, until acknowledged", figures.latencies().change());
        table.print(out);
    }

    static void printVerdict(final PrintStream out, final Verdict verdict) {
        for (final Verdict.Check check : verdict.checks()) {
            out.println("Objective: " + check.figure() + " at most " + value(check, check.limit()) + ": "
                    + value(check, check.measured()) + (check.holds() ? ", holds" : ", does not hold"));
        }
        out.println(words(verdict.outcome()) + ": " + String.join("; ", verdict.reasons()));
    }

    private static String words(final Verdict.Outcome outcome) {
        return switch (outcome) {
            case MET -> "Met";
            case NOT_MET -> "Not met";
            case INVALID -> "Invalid, says nothing about the router";
            case NONE -> "Valid";
        };
    }

    private static String value(final Verdict.Check check, final double value) {
        return check.isShare() ? String.format(Locale.ROOT, "%.4f%%", value * PERCENT) : Figures.time((long) value);
    }

    private static void row(final Table table, final String label, final long count, final long ns) {
        table.row(label, Figures.count(count), Figures.perSecond(count, ns));
    }

    private static void rowIfAny(final Table table, final String label, final long count, final long ns) {
        if (count > 0) {
            row(table, label, count, ns);
        }
    }

    private static void timesIfAny(final Table table, final String label, final Histogram times) {
        if (times.getTotalCount() > 0) {
            table.row(
                    label,
                    Figures.time(times.getValueAtPercentile(50)),
                    Figures.time(times.getValueAtPercentile(90)),
                    Figures.time(times.getValueAtPercentile(99)),
                    Figures.time(times.getValueAtPercentile(99.9)),
                    Figures.time(times.getValueAtPercentile(99.99)),
                    Figures.time(times.getMaxValue()));
        }
    }
}
