package io.eventrouter.loadgen;

import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.figures.Paragraph;
import io.eventrouter.loadgen.figures.Table;
import io.eventrouter.loadgen.replay.DeliveryCounts;
import io.eventrouter.loadgen.replay.ReplayPlan;
import io.eventrouter.loadgen.replay.ReplayResult;
import io.eventrouter.loadgen.trace.TraceCounts;
import io.eventrouter.metering.UsageSnapshot.Totals;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Tells in plain words what came of a replay. */
final class ReplaySummary {
    private static final int ACCOUNTS_SHOWN = 10;
    private static final String TITLED = "  %-14s %s%n";

    private final ReplayPlan plan;
    private final ReplayResult result;

    ReplaySummary(final ReplayPlan plan, final ReplayResult result) {
        this.plan = plan;
        this.result = result;
    }

    void print(final PrintStream out) {
        final TraceCounts trace = result.trace();
        final DeliveryCounts deliveries = result.deliveries();
        out.printf(
                "%s: %s, %s, %s%n%n",
                plan.trace().name(),
                Figures.count(trace.lines(), "line"),
                Choices.name(plan.policies().era()),
                Choices.name(plan.policies().productScope()));
        facts(out, "fleet", Figures.count(result.devices(), "device"), "loaded in " + Figures.seconds(result.loadNs()));
        facts(
                out,
                "trace",
                Figures.count(trace.events(), "event"),
                Figures.count(trace.hookResponses(), "integration answer"),
                Figures.count(trace.commands(), "change") + " of the fleet");
        if (trace.wrong() > 0) {
            facts(
                    out,
                    "wrong",
                    trace.stop() == null
                            ? Figures.count(trace.wrong(), "line") + " skipped"
                            : "stopped at a wrong line; what came before it is counted here");
        }
        final String total = Figures.count(deliveries.total());
        facts(out, "deliveries", total);
        part(out, total, deliveries.toDevices(), "to devices");
        part(out, total, deliveries.toIntegrations(), "to integrations");
        part(out, total, deliveries.toLogicFunctions(), "to Logic functions");
        part(out, total, deliveries.toStreams(), "to streams");
        facts(
                out,
                "not delivered",
                Figures.count(result.unroutable(), "event") + " with nowhere to go",
                Figures.count(result.droppedPaused()) + " dropped as the account was paused");
        facts(
                out,
                "",
                Figures.count(result.skippedDevices()) + " times a subscribed device was offline",
                "paused or could not take the size");
        facts(
                out,
                "time",
                Figures.seconds(result.replayNs()),
                Figures.perSecond(trace.lines(), result.replayNs()) + " lines/s",
                Figures.perSecond(deliveries.total(), result.replayNs()) + " deliveries/s");
        facts(out, "", "reading, routing and writing shared this process");
        out.println();
        printOperations(out);
    }

    private void printOperations(final PrintStream out) {
        final Map<AccountId, Totals> byAccount = result.usage().byAccount();
        final Table table = new Table();
        table.row("  data operations by account", "publish", "subscribe", "total");
        final List<Map.Entry<AccountId, Totals>> largest = byAccount.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<AccountId, Totals> entry) ->
                                entry.getValue().total())
                        .reversed()
                        .thenComparing(entry -> entry.getKey().toString()))
                .limit(ACCOUNTS_SHOWN)
                .toList();
        largest.forEach(entry -> row(table, entry.getKey().toString(), entry.getValue()));
        if (byAccount.size() > largest.size()) {
            table.row("  ... and " + Figures.count(byAccount.size() - largest.size(), "more account"));
        }
        row(table, "all", result.usage().all());
        table.print(out);
    }

    // Facts that do not fit on one line go on below each other.
    private static void facts(final PrintStream out, final String what, final String... facts) {
        String title = what;
        String line = facts[0];
        for (int i = 1; i < facts.length; i++) {
            final String longer = line + ", " + facts[i];
            if (String.format(TITLED, title, longer).stripTrailing().length() < Paragraph.WIDTH) {
                line = longer;
            } else {
                out.printf(TITLED, title, line + ",");
                title = "";
                line = facts[i];
            }
        }
        out.printf(TITLED, title, line);
    }

    private static void part(final PrintStream out, final String total, final long count, final String what) {
        final String figure = Figures.count(count);
        facts(out, "", " ".repeat(Math.max(0, total.length() - figure.length())) + figure + " " + what);
    }

    private static void row(final Table table, final String name, final Totals totals) {
        table.row(
                "  " + name,
                Figures.count(totals.publishOperations()),
                Figures.count(totals.subscribeOperations()),
                Figures.count(totals.total()));
    }
}
